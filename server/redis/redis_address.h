// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QString>

namespace parlour::redis {

/// Where a Redis server is, and as whom to speak to it. A value; whoever keeps it keeps a secret.
/// Counterpart: the URLs in the hosts of Django's CHANNEL_LAYERS, as redis-py reads them.
struct RedisAddress {
    enum class Transport { Tcp, Tls, Unix };

    static constexpr quint16 DefaultPort = 6379;

    Transport transport = Transport::Tcp;
    QString host = QStringLiteral("localhost");
    quint16 port = DefaultPort;
    QString path = {}; ///< of a Unix socket
    QString user = {}; ///< empty: Redis' default user
    QString password = {}; ///< empty: none
    int database = 0;
    /// Files in PEM, for TLS. The server's certificate is always verified.
    QString caFile = {}; ///< who may have signed it; empty: whom the system trusts
    QString certificateFile =
        {}; ///< our own certificate and its key, where the server asks for one
    QString keyFile = {};

    /// Reads redis://[[user]:password@]host[:port][/database], rediss:// (TLS; with ?ssl_ca_certs=,
    /// ssl_certfile= and ssl_keyfile=) and unix://[[user]:password@]/path[?db=database]. Fails
    /// (redis_address) with words that never have the password in them.
    static channels::Expected<RedisAddress> parse(const QString &url);

    /// For people: the same without the password and without the TLS files.
    QString shown() const;

    friend bool operator==(const RedisAddress &, const RedisAddress &) = default;
};

} // namespace parlour::redis
