// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/json_pieces.h"

#include "chat/json_reader.h"

#include <QIODevice>

#include <utility>

namespace parlour::chat {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 ReadAtOnce = qint64(256) * 1024;

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool endsPlainJson(char c)
{
    return isJsonSpace(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

} // namespace

bool JsonPieces::fill()
{
    if (m_at < m_buffer.size())
        return true;
    m_buffer = m_device.read(ReadAtOnce);
    m_at = 0;
    return !m_buffer.isEmpty();
}

bool JsonPieces::skipSpaces()
{
    constexpr qint64 MaxSpaces =
        qint64(1024) * 1024; // else a file of nothing else is read for hours
    for (qint64 spaces = 0; spaces < MaxSpaces && fill(); ++spaces) {
        const char c = m_buffer.at(m_at);
        if (!isJsonSpace(c))
            return true;
        m_line += c == '\n' ? 1 : 0;
        ++m_at;
    }
    return false;
}

bool JsonPieces::takes(char wanted)
{
    if (!skipSpaces() || m_buffer.at(m_at) != wanted)
        return false;
    ++m_at;
    return true;
}

bool JsonPieces::isAtEnd()
{
    return !skipSpaces();
}

QByteArray JsonPieces::fail(const QString &problem)
{
    m_problem = problem;
    return {};
}

/// Whether the value ends with this character of it.
bool JsonPieces::isWhole(char c)
{
    if (m_isText) {
        const bool isEscaped = std::exchange(m_isEscaped, !m_isEscaped && c == '\\');
        m_isText = isEscaped || c != '"';
        return !m_isText && m_depth == 0;
    }
    m_isText = c == '"';
    if (c == '{' || c == '[')
        ++m_depth;
    else if (c == '}' || c == ']')
        --m_depth;
    return m_depth == 0 && (c == '}' || c == ']');
}

QByteArray JsonPieces::value(qsizetype most)
{
    if (!skipSpaces())
        return fail(u"it ends too early; the file may have been cut off"_s);
    m_depth = 0;
    m_isText = m_isEscaped = false;
    const char first = m_buffer.at(m_at);
    m_isPlain = first != '{' && first != '[' && first != '"';
    QByteArray value;
    while (fill()) {
        const char c = m_buffer.at(m_at);
        if (m_isPlain && endsPlainJson(c))
            return value.isEmpty() ? fail(u"a value is missing"_s) : value;
        if (value.size() >= most)
            return fail(u"it is larger than %1 bytes"_s.arg(most));
        value += c;
        ++m_at;
        m_line += c == '\n' ? 1 : 0;
        if (!m_isPlain && isWhole(c))
            return value;
        if (m_depth > int(JsonLimits::Depth))
            return fail(u"it is nested deeper than %1 levels"_s.arg(JsonLimits::Depth));
    }
    return fail(u"it ends too early; the file may have been cut off"_s);
}

} // namespace parlour::chat
