// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "support/raw_client.h"

#include <QList>

/// What one client says on /echo/ of the tiny application, and what it hears: RFC 6455 as a table.
namespace parlour::tests {

enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

constexpr int exchangeLimit = 1000; ///< maxMessageBytes of the servers that they are held with

struct Exchange {
    const char *name;
    QByteArray sent;
    QList<Frame> heard; ///< of Close frames the code alone counts
};

QList<Exchange> soundExchanges();
QList<Exchange> unsoundExchanges();

/// A frame for comparison; of Close frames the code alone. None is the end of the connection.
QString inWords(const std::optional<Frame> &frame);

inline QByteArray text(const QByteArray &payload)
{
    return clientFrame(Text, payload);
}

} // namespace parlour::tests
