// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/scope.h"
#include "net/server_options.h"
#include "storage/retention.h"
#include "tls/tls_identity.h"
#include "wiring/command_line.h"
#include "wiring/logging.h"
#include "wiring/sharing.h"

namespace parlour::wiring {

/// Where TLS is spoken.
enum class Encryption {
    OnNetwork, ///< at every address but loopback ones
    Never,
    Always,
};

/// Everything a host is started with.
struct HostConfig {
    QList<channels::Endpoint> listen{{QStringLiteral("127.0.0.1"), DefaultPort}};
    QString title; ///< as people see it
    QString dataFolder; ///< absolute
    bool ephemeral = false; ///< nothing on disk
    bool hasHistory = true; ///< on disk; else what was said is kept in memory, a little of it
    storage::Retention retention;
    QByteArray ownerToken; ///< 64 hex digits; empty: the host has no owner
    Encryption encryption = Encryption::OnNetwork;
    QString certificateFile; ///< PEM; empty: the host's own
    QString keyFile; ///< PEM; goes with the certificate's
    server::TlsIdentity identity; ///< from hostIdentity(), where needsIdentity()
    server::ServerOptions server;
    channels::ChannelLayerOptions layer;
    std::optional<Sharing> shared; ///< nothing: the host's rooms are its own
    QStringList allowedHosts;
    QStringList allowedOrigins;
    bool echo = false;
    LogLevel logLevel = LogLevel::Info;
    /// From one repair in place to the next (HostService).
    std::chrono::milliseconds repairInterval = std::chrono::hours(1);
    /// From one attempt to begin anew to the next.
    std::chrono::milliseconds repairPause = std::chrono::seconds(10);

    static constexpr quint16 DefaultPort = 8765;
};

/// The options that parlourd and the desktop app share, in the order of --help.
QList<Option> hostOptions();

/// What is better not said on a command line, which others can read.
struct Environment {
    QByteArray ownerToken; ///< PARLOUR_OWNER_TOKEN
    QString redisUrl; ///< PARLOUR_REDIS_URL

    static Environment ofThisProcess();
};

/// Fails (usage) with one line that names the option and says what it takes.
channels::Expected<HostConfig> makeHostConfig(const OptionValues &values,
                                              const Environment &environment);

/// The command line over the environment over the file that its --config names; what the
/// environment says is left out, for makeHostConfig() to read. Fails as parseConfigFile(), and
/// (usage) naming the file where that has a wrong address of Redis.
channels::Expected<OptionValues> withConfigFile(const QList<Option> &options,
                                                const OptionValues &commandLine,
                                                const Environment &environment);

/// "ADDRESS:PORT", with brackets around an IPv6 address; "localhost" is 127.0.0.1. Fails (usage).
channels::Expected<channels::Endpoint> parseEndpoint(const QString &text);

/// "http://127.0.0.1:8765/", with brackets where they belong; https over TLS.
QString httpUrl(const channels::Endpoint &endpoint,
                server::Transport transport = server::Transport::Plain);

} // namespace parlour::wiring
