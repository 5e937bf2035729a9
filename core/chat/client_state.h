// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

/// How a client stands, in words that the client library, the models and the window share.
namespace parlour::chat {

/// A client and its host, in one word.
enum class LinkState {
    Offline, ///< not asked to be connected
    Connecting, ///< TCP, handshake, hello
    Online, ///< welcomed
    Waiting, ///< lost or not reached; the next try comes by itself
    Refused, ///< the host said no; only a person can help
};

/// The key by which a host is known.
struct HostKey {
    QByteArray fingerprint; ///< 32 bytes; empty: none was shown
    qint64 since = 0; ///< ms UTC: when it was first seen here; 0: not known

    friend bool operator==(const HostKey &, const HostKey &) = default;
};

/// A client and its host.
struct Link {
    LinkState state = LinkState::Offline;
    QString problem; ///< what happened and what to do, for people; empty: nothing did
    std::chrono::milliseconds retryIn{0}; ///< Waiting: until the next try, when this was said
    qint64 lostAt = 0; ///< ms UTC of the loss; 0: not lost
    bool isReadable = false; ///< Online, not encrypted, and over a network
    HostKey key = {}; ///< that the host shows; empty over plain
    bool isNewKey = false; ///< nobody has compared it: the host was met for the first time
    std::optional<HostKey> keyBefore = {}; ///< Refused because the host had shown this one before

    friend bool operator==(const Link &, const Link &) = default;
};

/// An own message on its way. Others' messages are Received.
enum class Delivery { Received, Waiting, Sending, Sent, Failed };

} // namespace parlour::chat

Q_DECLARE_METATYPE(parlour::chat::Link)
Q_DECLARE_METATYPE(parlour::chat::Delivery)
