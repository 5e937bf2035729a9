// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_reader.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;
using simdjson::SUCCESS;

Expected<simdjson::dom::element> parseJson(QByteArrayView utf8)
{
    // simdjson copies from the pointer, which no bytes need not have.
    if (utf8.isEmpty())
        return Error{u"bad_json"_s, u"not JSON: there is nothing"_s};
    // One parser a thread, since its buffers are what parsing costs.
    thread_local simdjson::dom::parser parser{size_t(JsonLimits::DocumentBytes)};
    if (parser.max_depth() != JsonLimits::Depth
        && parser.allocate(parser.capacity(), JsonLimits::Depth) != SUCCESS)
        return Error{u"bad_json"_s, u"out of memory while reading JSON"_s};
    simdjson::dom::element element;
    const auto error = parser.parse(utf8.data(), size_t(utf8.size()), true).get(element);
    if (error != SUCCESS) {
        return Error{u"bad_json"_s,
                     u"not JSON: "_s + QString::fromUtf8(simdjson::error_message(error))};
    }
    return element;
}

void JsonProblem::set(const QString &text)
{
    if (m_text.isEmpty())
        m_text = text;
}

JsonReader::JsonReader(std::optional<simdjson::dom::object> object, JsonProblem &problem,
                       QString path)
    : m_object(object)
    , m_problem(problem)
    , m_path(std::move(path))
{
}

QString JsonReader::pathOf(const char *name) const
{
    return m_path + QString::fromUtf8(name).left(64);
}

void JsonReader::wrong(const QString &path, const QString &what) const
{
    m_problem.set(u"the field \"%1\" %2"_s.arg(path, what));
}

std::optional<JsonReader::Element> JsonReader::find(const char *name) const
{
    Element element;
    if (!m_object || m_object->at_key(name).get(element) != SUCCESS)
        return std::nullopt;
    return element;
}

std::optional<JsonReader::Element> JsonReader::required(const char *name) const
{
    auto element = find(name);
    if (!element)
        wrong(pathOf(name), u"is missing"_s);
    return element;
}

bool JsonReader::has(const char *name) const
{
    const auto element = find(name);
    return element && !element->is_null();
}

QString JsonReader::checkedText(Element element, const QString &path) const
{
    std::string_view utf8;
    if (element.get(utf8) != SUCCESS) {
        wrong(path, u"must be a text"_s);
        return {};
    }
    if (utf8.size() > size_t(JsonLimits::TextBytes)) {
        wrong(path, u"is too long"_s);
        return {};
    }
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

QString JsonReader::text(const char *name) const
{
    const auto element = required(name);
    return element ? checkedText(*element, pathOf(name)) : QString();
}

QString JsonReader::optionalText(const char *name) const
{
    return has(name) ? text(name) : QString();
}

QByteArray JsonReader::bytes(const char *name, qsizetype size) const
{
    const auto element = required(name);
    if (!element)
        return {};
    const QByteArray encoded = checkedText(*element, pathOf(name)).toUtf8();
    const auto result = QByteArray::fromBase64Encoding(
        encoded, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (result && result.decoded.size() == size)
        return result.decoded;
    wrong(pathOf(name), u"must be %1 bytes as base64url"_s.arg(size));
    return {};
}

QByteArray JsonReader::optionalBytes(const char *name, qsizetype size) const
{
    return has(name) ? bytes(name, size) : QByteArray();
}

qint64 JsonReader::integer(const char *name, qint64 least, qint64 most) const
{
    const auto element = required(name);
    if (!element)
        return 0;
    int64_t value = 0;
    if (element->get(value) != SUCCESS || value < least || value > most) {
        wrong(pathOf(name), u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
        return 0;
    }
    return value;
}

qint64 JsonReader::optionalInteger(const char *name) const
{
    return has(name) ? integer(name) : 0;
}

int JsonReader::smallInteger(const char *name, int least) const
{
    return int(integer(name, least, std::numeric_limits<int>::max()));
}

double JsonReader::number(const char *name) const
{
    const auto element = required(name);
    double value = 0;
    if (element && element->get(value) != SUCCESS)
        wrong(pathOf(name), u"must be a number"_s);
    return value;
}

bool JsonReader::flag(const char *name) const
{
    const auto element = required(name);
    bool value = false;
    if (element && element->get(value) != SUCCESS)
        wrong(pathOf(name), u"must be true or false"_s);
    return value;
}

bool JsonReader::optionalFlag(const char *name) const
{
    return has(name) && flag(name);
}

JsonReader JsonReader::asReader(Element element, const QString &path) const
{
    simdjson::dom::object object;
    if (element.get(object) == SUCCESS)
        return {object, m_problem, path + u'.'};
    wrong(path, u"must be an object"_s);
    return {std::nullopt, m_problem, path + u'.'};
}

JsonReader JsonReader::object(const char *name) const
{
    const auto element = required(name);
    if (!element)
        return {std::nullopt, m_problem, pathOf(name) + u'.'};
    return asReader(*element, pathOf(name));
}

QList<QString> JsonReader::texts(const char *name) const
{
    QList<QString> values;
    forEachElement(name, [&](Element element, const QString &path) {
        values.append(checkedText(element, path));
    });
    return values;
}

} // namespace parlour::chat
