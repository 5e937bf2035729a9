// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_writer.h"

#include <QLocale>

#include <cmath>

namespace parlour::chat {

namespace {

void appendEscape(QByteArray &json, char c)
{
    switch (c) {
    case '"':
        json += "\\\"";
        break;
    case '\\':
        json += "\\\\";
        break;
    case '\n':
        json += "\\n";
        break;
    case '\r':
        json += "\\r";
        break;
    case '\t':
        json += "\\t";
        break;
    default:
        json += "\\u00";
        json += QByteArray(1, c).toHex();
    }
}

bool needsEscape(char c)
{
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void appendString(QByteArray &json, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    json += '"';
    qsizetype done = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (!needsEscape(utf8.at(i)))
            continue;
        json.append(utf8.constData() + done, i - done);
        appendEscape(json, utf8.at(i));
        done = i + 1;
    }
    json.append(utf8.constData() + done, utf8.size() - done);
    json += '"';
}

} // namespace

void JsonWriter::separate()
{
    if (m_needsComma)
        m_json += ',';
    m_needsComma = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_json += '{';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_json += '}';
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_json += '[';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_json += ']';
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(const QString &name)
{
    separate();
    appendString(m_json, name);
    m_json += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::optionalBytes(QLatin1StringView name, const QByteArray &bytes)
{
    const auto encoded =
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return optionalField(name, QString::fromLatin1(encoded));
}

JsonWriter &JsonWriter::value(const QString &text)
{
    separate();
    appendString(m_json, text);
    return *this;
}

JsonWriter &JsonWriter::value(qint64 number)
{
    return raw(QByteArray::number(number));
}

JsonWriter &JsonWriter::value(quint64 number)
{
    return raw(QByteArray::number(number));
}

JsonWriter &JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        number = 0;
    return raw(QByteArray::number(number, 'g', QLocale::FloatingPointShortest));
}

JsonWriter &JsonWriter::value(bool flag)
{
    return raw(flag ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_json.append(json);
    return *this;
}

QByteArray jsonString(const QString &text)
{
    QByteArray json;
    appendString(json, text);
    return json;
}

} // namespace parlour::chat
