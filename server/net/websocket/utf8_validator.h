// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace parlour::server {

/// Judges UTF-8 piece by piece, at the first byte that cannot be right: no overlong forms, no
/// surrogates, nothing beyond U+10FFFF. A character may be split between pieces.
class Utf8Validator
{
public:
    /// False at once when no continuation could make the text valid.
    bool feed(QByteArrayView piece);
    /// Whether the text may end here: not inside a character.
    bool isComplete() const { return m_left == 0; }

private:
    bool begin(uchar lead);

    int m_left = 0; ///< bytes that the character still needs
    uchar m_low = 0x80; ///< what its next byte may be
    uchar m_high = 0xBF;
};

} // namespace parlour::server
