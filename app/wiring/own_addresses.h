// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>

namespace parlour::wiring {

/// What this machine is called: its addresses and names. Addresses come and go, so they are read
/// again when they are older than a few seconds. Each thread has its own object.
class OwnAddresses
{
public:
    /// Whether a name or address (lower case, no brackets, no port) means this machine.
    bool contains(const QString &host);

    /// Addresses under which others on the network reach this machine, the likeliest first: IPv4
    /// before IPv6, without loopback and link-local ones.
    static QStringList reachable();

    /// The machine's names, lower case: "studio", "studio.local", perhaps with a domain.
    static QStringList names();

private:
    void refresh();

    QSet<QString> m_names;
    std::chrono::steady_clock::time_point m_read;
};

} // namespace parlour::wiring
