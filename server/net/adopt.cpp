// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/adopt.h"

#include "net/admission.h"
#include "net/qt/adopted_socket.h"

#include <QWebSocketServer>

#include <map>

namespace parlour::server {

/// The sockets and their turns.
class AdoptedServer::Sockets
{
public:
    Sockets(AdoptedServer &owner, QWebSocketServer &server, channels::Application application,
            const ServerOptions &options)
        : context{std::move(application), options, {}}
        , m_owner(owner)
        , m_server(server)
        , m_admission(context.options)
        , m_deadlines(context.clock)
    {
        context.options.trustedProxies.clear(); // of a header that comes twice Qt shows one
    }

    void takeWaiting()
    {
        while (QWebSocket *waiting = m_server.nextPendingConnection())
            take(std::unique_ptr<QWebSocket>(waiting));
    }

    void closeAll(int code, const QString &reason) const
    {
        for (const auto &[number, socket] : m_all)
            socket->close(code, reason);
    }

    QList<channels::ConnectionInfo> snapshots() const
    {
        QList<channels::ConnectionInfo> infos;
        for (const auto &[number, socket] : m_all)
            infos.append(socket->snapshot());
        return infos;
    }

    void checkDeadlines() { m_deadlines.check(); }

    ServerContext context;

private:
    void take(std::unique_ptr<QWebSocket> webSocket)
    {
        webSocket->setParent(nullptr);
        const quint64 number = context.lastConnection + 1;
        const bool isSecure = m_server.secureMode() == QWebSocketServer::SecureMode;
        auto made =
            std::make_unique<AdoptedSocket>(context, m_admission, m_deadlines, std::move(webSocket),
                                            isSecure, [this, number] { touch(number); });
        AdoptedSocket &socket = *made;
        m_all.emplace(number, std::move(made));
        const auto refusal = m_admission.refusal(socket.ends().client.address);
        m_admission.entered(socket.ends().client.address, number);
        ++context.totals.connectionsAccepted;
        if (refusal)
            socket.turnAway(refusal->message);
        else
            socket.start();
    }

    void touch(quint64 number)
    {
        m_touched.push_back(number);
        if (!std::exchange(m_turnIsDue, true))
            QMetaObject::invokeMethod(
                &m_owner, [this] { endTurn(); }, Qt::QueuedConnection);
    }

    void endTurn()
    {
        Q_EMIT m_owner.turnEnding();
        m_turnIsDue = false;
        for (const quint64 number : std::exchange(m_touched, {})) {
            const auto found = m_all.find(number);
            if (found == m_all.end())
                continue;
            found->second->endTurn();
            if (!found->second->isGone())
                continue;
            m_admission.left(found->second->ends().client.address, number);
            m_all.erase(found);
        }
    }

    AdoptedServer &m_owner;
    QWebSocketServer &m_server;
    Admission m_admission;
    Deadlines m_deadlines;
    std::vector<quint64> m_touched; ///< in this turn
    bool m_turnIsDue = false;
    std::map<quint64, std::unique_ptr<AdoptedSocket>> m_all; ///< by their number
};

AdoptedServer::AdoptedServer(QWebSocketServer &server, channels::Application application,
                             const ServerOptions &options)
    : QObject(&server)
    , m_sockets(std::make_unique<Sockets>(*this, server, std::move(application), options))
{
    connect(&server, &QWebSocketServer::newConnection, this, [this] { m_sockets->takeWaiting(); });
}

AdoptedServer::~AdoptedServer() = default;

void AdoptedServer::closeAll(int code, const QString &reason)
{
    m_sockets->closeAll(code, reason);
}

QList<channels::ConnectionInfo> AdoptedServer::connections() const
{
    return m_sockets->snapshots();
}

channels::Totals AdoptedServer::totals() const
{
    return m_sockets->context.totals;
}

void AdoptedServer::useClock(const channels::Clock &clock)
{
    m_sockets->context.clock = clock;
}

void AdoptedServer::checkDeadlines()
{
    m_sockets->checkDeadlines();
}

AdoptedServer *adopt(QWebSocketServer &server, channels::Application application,
                     const ServerOptions &options)
{
    auto *adopted = new AdoptedServer(server, std::move(application), options);
    adopted->m_sockets->takeWaiting();
    return adopted;
}

} // namespace parlour::server
