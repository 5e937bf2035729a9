// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringView>

/// What all names and texts of people have in common.
namespace parlour::chat {

/// Characters as people count them in limits: a surrogate pair is one.
qsizetype codePoints(QStringView text);
/// Control characters, line separators, bidi controls or half of a surrogate pair: what lets a name
/// break out of its line, or read other than it is.
bool hasForbiddenCharacters(const QString &text);
/// Whether the code point is drawn as nothing: format and tag characters, joiners, variation
/// selectors, fillers, the empty Braille pattern.
bool isInvisible(char32_t c);
/// Whether there is nothing but invisible characters and spaces, if anything.
bool isBlank(const QString &text);
/// The first characters, never half of one.
QString firstCodePoints(const QString &text, qsizetype count);
/// Of persons and hosts: 1 to 64 ASCII letters, digits and '-'.
bool isId(QStringView text);
/// 8-4-4-4-12 hexadecimal digits.
bool isUuid(QStringView text);
QString newUuid();

} // namespace parlour::chat
