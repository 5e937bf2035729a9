// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/msgpack_reader.h"

#include <QStringDecoder>

#include <limits>
#include <msgpack/null_visitor.hpp>
#include <msgpack/unpack.hpp>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;

namespace {

/// Nothing: it is no UTF-8. A byte order mark is a character like any other.
std::optional<QString> textOf(const char *bytes, quint32 size)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless
                               | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder(QByteArrayView(bytes, qsizetype(size)));
    if (decoder.hasError())
        return std::nullopt;
    return text.isNull() ? u""_s : text;
}

/// Builds the values that msgpack's parser comes across; ends the parsing where one is refused.
/// The parser's names.
class ValueBuilder : public msgpack::null_visitor
{
public:
    explicit ValueBuilder(const MsgpackLimits &limits)
        : m_limits(limits)
    {
    }

    bool visit_nil() { return take(QVariant::fromValue(nullptr), u"nil"_s); }
    bool visit_boolean(bool value) { return take(value, u"a boolean"_s); }
    bool visit_positive_integer(uint64_t value)
    {
        const bool fits = value <= uint64_t(std::numeric_limits<qint64>::max());
        return take(fits ? QVariant(qint64(value)) : QVariant(quint64(value)), u"an integer"_s);
    }
    bool visit_negative_integer(int64_t value) { return take(qint64(value), u"an integer"_s); }
    bool visit_float32(float value) { return take(double(value), u"a float"_s); }
    bool visit_float64(double value) { return take(value, u"a float"_s); }
    bool visit_str(const char *bytes, uint32_t size) { return text(bytes, size); }
    bool visit_bin(const char *bytes, uint32_t size)
    {
        return m_isKey ? text(bytes, size) : take(QByteArray(bytes, qsizetype(size)), {});
    }
    bool visit_ext(const char *, uint32_t) { return fail(u"it has an ext value"_s); }

    bool start_array(uint32_t) { return open(false); }
    bool end_array() { return close(); }
    bool start_map(uint32_t) { return open(true); }
    bool end_map() { return close(); }
    bool start_map_key()
    {
        m_isKey = true;
        return true;
    }
    bool end_map_key()
    {
        m_isKey = false;
        return true;
    }

    void parse_error(size_t, size_t) { m_problem = u"it is no msgpack"_s; }

    bool isComplete() const { return m_result.has_value(); }
    const QVariant &result() const { return *m_result; }
    const QString &problem() const { return m_problem; }

private:
    struct Container {
        bool isMap = false;
        QString key; ///< of the value that comes next
        QVariantMap map;
        QVariantList list;
    };

    bool fail(const QString &problem)
    {
        m_problem = problem;
        return false;
    }
    bool text(const char *bytes, quint32 size);
    bool take(const QVariant &value, const QString &kind);
    bool open(bool isMap);
    bool close();

    const MsgpackLimits &m_limits;
    std::vector<Container> m_open;
    std::optional<QVariant> m_result;
    QString m_problem;
    int m_values = 0;
    bool m_isKey = false;
};

bool ValueBuilder::text(const char *bytes, quint32 size)
{
    const auto text = textOf(bytes, size);
    if (!text)
        return fail(m_isKey ? u"a key is no UTF-8"_s : u"a text is no UTF-8"_s);
    if (!m_isKey)
        return take(*text, {});
    m_open.back().key = *text;
    return true;
}

bool ValueBuilder::take(const QVariant &value, const QString &kind)
{
    if (m_isKey)
        return fail(u"%1 is used as a key"_s.arg(kind));
    if (m_open.empty()) {
        m_result = value;
        return true;
    }
    if (++m_values > m_limits.values)
        return fail(u"it has more than %1 values"_s.arg(m_limits.values));
    if (m_open.back().isMap)
        m_open.back().map.insert(m_open.back().key, value);
    else
        m_open.back().list.append(value);
    return true;
}

bool ValueBuilder::open(bool isMap)
{
    if (m_isKey)
        return fail(u"%1 is used as a key"_s.arg(isMap ? u"a map"_s : u"a list"_s));
    if (m_open.size() >= size_t(m_limits.depth))
        return fail(
            u"its lists and maps lie deeper than %1 within each other"_s.arg(m_limits.depth));
    m_open.push_back({isMap, {}, {}, {}});
    return true;
}

bool ValueBuilder::close()
{
    const Container closed = std::move(m_open.back());
    m_open.pop_back();
    if (closed.isMap)
        return take(closed.map, {});
    return take(closed.list, {});
}

Error badBody(const QString &problem)
{
    return {u"bad_body"_s, u"the body is refused: %1"_s.arg(problem)};
}

} // namespace

Expected<QVariantMap> readMsgpack(QByteArrayView body, const MsgpackLimits &limits)
{
    if (body.size() > limits.bytes)
        return badBody(u"it is longer than %1 bytes"_s.arg(limits.bytes));
    ValueBuilder builder(limits);
    size_t end = 0;
    msgpack::parse(body.data(), size_t(body.size()), end, builder);
    if (!builder.problem().isEmpty())
        return badBody(builder.problem());
    if (!builder.isComplete())
        return badBody(u"it is truncated"_s);
    if (end < size_t(body.size()))
        return badBody(u"there are %1 bytes behind its end"_s.arg(size_t(body.size()) - end));
    if (builder.result().typeId() != QMetaType::QVariantMap)
        return badBody(u"it is no map"_s);
    return builder.result().toMap();
}

} // namespace parlour::redis
