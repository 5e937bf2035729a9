// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>

/// How a client stands, in words that the client library, the models and the window share.
namespace parlour::chat {

/// A client and its host.
enum class LinkState {
    Offline, ///< not asked to be connected
    Connecting, ///< TCP, handshake, hello
    Online, ///< welcomed
    Waiting, ///< lost or not reached; the next try comes by itself
    Refused, ///< the host said no; only a person can help
};

struct Link {
    LinkState state = LinkState::Offline;
    QString problem; ///< what happened and what to do, for people; empty: nothing did
    std::chrono::milliseconds retryIn{0}; ///< Waiting: until the next try, when this was said
    qint64 lostAt = 0; ///< ms UTC of the loss; 0: not lost

    friend bool operator==(const Link &, const Link &) = default;
};

/// An own message on its way. Others' messages are Received.
enum class Delivery { Received, Waiting, Sending, Sent, Failed };

} // namespace parlour::chat

Q_DECLARE_METATYPE(parlour::chat::Link)
Q_DECLARE_METATYPE(parlour::chat::Delivery)
