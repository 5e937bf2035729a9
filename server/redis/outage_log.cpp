// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/outage_log.h"

#include "redis/logging.h"

#include <QHash>
#include <QSet>

#include <utility>

namespace parlour::redis {

namespace {

constexpr int MostProblems = 20; ///< that are told in one outage

} // namespace

struct OutageLog::Server {
    int away = 0; ///< connections
    bool isToldUp = false;
    QSet<QString> problems; ///< told in this outage
};

std::shared_ptr<OutageLog::Server> OutageLog::serverAt(const QString &address)
{
    thread_local QHash<QString, std::weak_ptr<Server>> servers;
    servers.removeIf([](const auto &server) { return server.value().expired(); });
    auto server = servers.value(address).lock();
    if (!server) {
        server = std::make_shared<Server>();
        servers.insert(address, server);
    }
    return server;
}

OutageLog::OutageLog(const QString &address)
    : m_address(address)
    , m_server(serverAt(address))
{
}

OutageLog::~OutageLog()
{
    m_server->away -= m_isAway ? 1 : 0;
}

void OutageLog::away(const QString &problem)
{
    m_server->away += std::exchange(m_isAway, true) ? 0 : 1;
    m_server->isToldUp = false;
    if (m_server->problems.size() >= MostProblems || m_server->problems.contains(problem))
        return;
    m_server->problems.insert(problem);
    qCWarning(lcRedis).noquote() << m_address << "is away:" << problem;
}

void OutageLog::up()
{
    m_server->away -= std::exchange(m_isAway, false) ? 1 : 0;
    if (m_server->away > 0 || std::exchange(m_server->isToldUp, true))
        return;
    m_server->problems.clear();
    qCInfo(lcRedis).noquote() << m_address << "is connected";
}

} // namespace parlour::redis
