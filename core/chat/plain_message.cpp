// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/plain_message.h"

#include "chat/json_reader.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Error;
using channels::Expected;

namespace {

Error badMessage(const QString &what)
{
    return {u"bad_frame"_s, what};
}

/// Walks over JSON that is known to be valid, to find where a value stands in its source.
class SourceWalk
{
public:
    explicit SourceWalk(QByteArrayView json)
        : m_json(json)
    {
    }

    /// The bytes of the `index`-th member's value of the object that the document is.
    QByteArrayView memberValue(int index)
    {
        skipSpace();
        ++m_at; // {
        for (;; --index) {
            skipSpace();
            skipString();
            skipSpace();
            ++m_at; // :
            skipSpace();
            const qsizetype start = m_at;
            skipValue();
            if (index == 0)
                return m_json.sliced(start, m_at - start);
            skipSpace();
            ++m_at; // ,
        }
    }

private:
    char current() const { return m_json.at(m_at); }

    void skipSpace()
    {
        while (current() == ' ' || current() == '\t' || current() == '\n' || current() == '\r')
            ++m_at;
    }

    void skipString()
    {
        for (++m_at; current() != '"'; ++m_at) {
            if (current() == '\\')
                ++m_at;
        }
        ++m_at;
    }

    static bool endsScalar(char c)
    {
        return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    void skipValue()
    {
        if (current() == '"') {
            skipString();
        } else if (current() == '{' || current() == '[') {
            skipNested();
        } else {
            while (!endsScalar(current()))
                ++m_at;
        }
    }

    void skipNested()
    {
        int depth = 0;
        do {
            const char c = current();
            if (c == '"') {
                skipString();
                continue;
            }
            if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
            ++m_at;
        } while (depth > 0);
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
};

QString compact(const QByteArray &json)
{
    QByteArray small(json.size(), Qt::Uninitialized);
    size_t size = 0;
    if (simdjson::minify(json.constData(), size_t(json.size()), small.data(), size)
        != simdjson::SUCCESS)
        return QString::fromUtf8(json);
    return QString::fromUtf8(small.constData(), qsizetype(size));
}

} // namespace

Expected<PlainMessage> parsePlainMessage(const QByteArray &utf8)
{
    const auto document = parseJson(utf8);
    if (!document)
        return badMessage(document.error().message);
    simdjson::dom::object object;
    if (document->get(object) != simdjson::SUCCESS)
        return badMessage(u"a message must be a JSON object"_s);
    int index = 0;
    int found = -1; // the last one counts, as in Python
    simdjson::dom::element value;
    for (const auto field : object) {
        if (field.key == "message") {
            found = index;
            value = field.value;
        }
        ++index;
    }
    if (found < 0)
        return badMessage(u"the field \"message\" is missing"_s);
    PlainMessage message;
    message.json = SourceWalk(utf8).memberValue(found).toByteArray();
    std::string_view text;
    message.text = value.get(text) == simdjson::SUCCESS
        ? QString::fromUtf8(text.data(), qsizetype(text.size()))
        : compact(message.json);
    return message;
}

} // namespace parlour::chat
