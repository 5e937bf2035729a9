// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"

#include <QAbstractSocket>
#include <QCoreApplication>
#include <QString>

#include <chrono>
#include <optional>

namespace parlour::client {

/// What the end of an attempt or of a connection means: whether to come back, when, and a sentence
/// for people that says what happened and what to do.
struct LinkProblem {
    Q_DECLARE_TR_FUNCTIONS(parlour::client::LinkProblem)

public:
    chat::LinkState state = chat::LinkState::Waiting; ///< Waiting or Refused
    QString text;
    std::optional<std::chrono::milliseconds> comeBackIn; ///< none: the usual delays

    /// No TCP connection, or it ended without a Close frame. `detail` is the system's own word.
    static LinkProblem ofSocket(QAbstractSocket::SocketError error, const QString &where,
                                const QString &detail);
    /// QWebSocket tells the status of a refused handshake nowhere but in its error text. 0: none.
    static int httpStatusIn(const QString &errorText);
    /// The host answered the handshake with something else than 101. 0: it did not speak HTTP.
    static LinkProblem ofHandshake(int httpStatus, const QString &where);
    /// The host closed; `words` is what it said before (docs/protocol.md, "Close codes").
    static LinkProblem ofClose(int code, const QString &words, const QString &where);
    /// A WebSocket, but not one of a Parlour host.
    static LinkProblem notParlour(const QString &where);
    /// The host shows another key than it did before.
    static LinkProblem changedKey(const QString &where, const chat::HostKey &before,
                                  const chat::HostKey &shown);
    /// The host has a known key, but speaks no TLS now.
    static LinkProblem noTlsAnyMore(const QString &where);
    /// The host speaks no TLS, and was asked for nothing else.
    static LinkProblem noTls(const QString &where);
    /// The connection ended while TLS was being agreed upon.
    static LinkProblem brokenTls(const QString &where);
    /// The host says that it shows another key than the one that was seen.
    static LinkProblem otherKey(const QString &where);
    /// Nothing came where something was due.
    static LinkProblem noAnswer(const QString &where);
    /// A connection that worked has fallen silent.
    static LinkProblem silent(const QString &where);
};

} // namespace parlour::client
