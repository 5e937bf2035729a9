// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"

#include <QUuid>

#include <algorithm>

namespace parlour::chat {

namespace {

bool isBidiControl(char32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
}

bool isForbidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return isBidiControl(c);
    }
}

} // namespace

qsizetype codePoints(QStringView text)
{
    const auto second = [](QChar c) { return c.isLowSurrogate(); };
    return text.size() - std::count_if(text.begin(), text.end(), second);
}

bool hasForbiddenCharacters(const QString &text)
{
    if (!text.isValidUtf16())
        return true;
    const auto points = text.toUcs4();
    return std::any_of(points.begin(), points.end(), isForbidden);
}

bool isInvisible(char32_t c)
{
    return QChar::category(c) == QChar::Other_Format || c == 0x034F || c == 0x115F || c == 0x1160
        || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || c == 0x2800 || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool isBlank(const QString &text)
{
    const auto points = text.toUcs4();
    return std::all_of(points.begin(), points.end(),
                       [](char32_t c) { return isInvisible(c) || QChar::isSpace(c); });
}

QString firstCodePoints(const QString &text, qsizetype count)
{
    qsizetype end = 0;
    for (; count > 0 && end < text.size(); --count)
        end += text.at(end).isHighSurrogate() ? 2 : 1;
    return text.left(end);
}

bool isId(QStringView text)
{
    constexpr qsizetype MaxIdLength = 64;
    const auto isAllowed = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'-';
    };
    return !text.isEmpty() && text.size() <= MaxIdLength
        && std::all_of(text.begin(), text.end(), isAllowed);
}

bool isUuid(QStringView text)
{
    return text.size() == 36 && !QUuid::fromString(text).isNull();
}

QString newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace parlour::chat
