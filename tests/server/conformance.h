// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "server/exchanges.h"

/// RFC 6455 as the cases of Autobahn's test suite put it, sections 1 to 7 and 10, in their order
/// and under their numbers; their bytes are our own. Cases that exchanges.h has are not repeated.
/// They are held with a server of the options as shipped.
namespace parlour::tests {

QList<Exchange> framingCases(); ///< 1: sizes; 10: fragments made by a client's library
QList<Exchange> controlCases(); ///< 2: pings and pongs
QList<Exchange> reservedCases(); ///< 3: bits; 4: opcodes; and lengths that are not minimal
QList<Exchange> fragmentCases(); ///< 5
QList<Exchange> closeCases(); ///< 7

/// 6: some text, which is UTF-8 or is not.
struct TextCase {
    const char *name;
    QByteArray bytes;
};

QList<TextCase> validTexts();
QList<TextCase> invalidTexts();

} // namespace parlour::tests
