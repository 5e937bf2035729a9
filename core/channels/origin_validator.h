// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"

#include <QStringList>

#include <functional>

namespace parlour::channels {

/// Which hosts are ours, and which pages of other hosts may speak to us.
struct AllowedHosts {
    /// Further allowed origins, by Channels' rules: "*", "example.com", ".example.com",
    /// "https://example.com:8443".
    QStringList origins;
    /// Further names and addresses of this host, by the rules of Django's ALLOWED_HOSTS.
    QStringList hosts;
    /// Whether a name or address (lower case, no brackets, no port) is this machine's own; loopback
    /// names are always. Called at every handshake, since addresses come and go.
    std::function<bool(const QString &)> isOwn;
    /// What the host's owner changes, in the words of the program; a refusal names it.
    QByteArray hostsSetting = "AllowedHosts::hosts";
    QByteArray originsSetting = "AllowedHosts::origins";
};

/// Channels' OriginValidator for one Origin value (none: a null array) and its list.
bool isOriginAllowed(const QByteArray &origin, const QStringList &allowed);
/// Whether Origin and Host mean the same host and port, with default ports filled in. The scheme is
/// not compared: a proxy may have ended TLS.
bool isSameHost(const QByteArray &origin, const QByteArray &host, bool secure);
/// Whether the Host header names this host.
bool isHostAllowed(const QByteArray &host, const AllowedHosts &allowed);

/// Answers 400 where Host does not name this host (this stops DNS rebinding), or comes twice. For
/// every scope type.
Application hostValidator(const Application &inner, const AllowedHosts &allowed = {});

/// For WebSockets: the Origin must be the Host, and that a name of this host, or allowed; else 403.
/// A missing Origin passes where no Cookie is sent (native clients; a listed difference from
/// Channels); two Origins are 400. Counterpart: AllowedHostsOriginValidator.
Application allowedHostsOriginValidator(const Application &inner, const AllowedHosts &allowed = {});

} // namespace parlour::channels
