// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QCoreApplication>
#include <QString>
#include <QUrl>

namespace parlour::client {

/// Where a host is, as people type, paste and read it.
struct HostAddress {
    Q_DECLARE_TR_FUNCTIONS(parlour::client::HostAddress)

public:
    static constexpr quint16 DefaultPort = 8765;

    QString host; ///< a name or an IP address, without brackets
    quint16 port = DefaultPort;
    bool secure = false; ///< TLS and nothing else: it was typed with https or wss
    QString room; ///< from the path, decoded; empty: none was named

    /// Reads "studio.local", "192.168.1.20:8765", "[::1]:8765", or a link to the host or to one of
    /// its rooms (http, https, ws, wss; the port of https is 443 where none is named). Fails with
    /// code "bad_address"; the message says what is wrong and what to type.
    static channels::Expected<HostAddress> parse(const QString &typed);

    /// The address of a socket of this host; `path` without a leading slash: "ws/parlour/".
    QUrl socketUrl(const QString &path, bool withTls) const;
    /// The page for a browser: of `room`, or of the lobby where it is empty.
    QUrl pageUrl(const QString &inRoom = {}) const;
    /// The page by which another device comes in as a person: by that code, with that name.
    QUrl linkUrl(const QString &code, const QString &name) const;
    /// This computer, as far as the address itself tells.
    bool isLoopback() const;
    /// What people see and can type again: "studio.local:8765".
    QString display() const;

    friend bool operator==(const HostAddress &, const HostAddress &) = default;
};

} // namespace parlour::client
