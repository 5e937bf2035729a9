// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_refusal.h"
#include "net/server_options.h"

#include <QHash>
#include <QList>

#include <optional>

namespace parlour::server {

/// For a client from whose address there are enough: 429.
HttpRefusal addressIsFull();
/// For a client whose head takes long, while too many others of its address do too: 429.
HttpRefusal headIsCrowdedOut();

/// Who may come in: counts connections, in all and by address, and heads that take long. A trusted
/// proxy has many clients, so that the limits of an address hold for these. Knows no socket; the
/// limits are read from the options each time.
class Admission
{
public:
    explicit Admission(const ServerOptions &options); ///< which outlive it

    /// With what a new connection is to be refused (503, 429), or nothing. One that is refused is
    /// not counted.
    std::optional<HttpRefusal> refusal(const QString &address) const;
    void entered(const QString &address, quint64 connection);
    /// A trusted proxy's connection: it brings a request of that client now (null: of nobody), who
    /// counts as its address. False, and nobody, where that one has too many already.
    bool carries(quint64 connection, const QString &client);
    /// Forgets the connection, its head included.
    void left(const QString &address, quint64 connection);

    /// The head of this connection has been unfinished for over a second. Returns the connection
    /// to refuse where its address has too many of these: the oldest one.
    std::optional<quint64> headIsSlow(const QString &address, quint64 connection);
    void headIsDone(const QString &address, quint64 connection);

    int connections() const { return m_connections; }

private:
    bool isFull(const QString &address) const;
    void leave(const QString &address);

    struct Address {
        int connections = 0;
        QList<quint64> slowHeads; ///< oldest first
    };

    const ServerOptions &m_options;
    QHash<QString, Address> m_addresses;
    QHash<quint64, QString> m_carried; ///< clients, by the connections of trusted proxies
    int m_connections = 0;
};

} // namespace parlour::server
