// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What the bridge's state means, in sentences.
#include "models/monitor/bridge_model.h"
#include "models/monitor/format.h"
#include "models/monitor/redis_words.h"

#include <QUrl>

#include <algorithm>
#include <limits>

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::BridgeInfo;

namespace {

/// A try that is nearer than this is not counted down: the words would only flicker.
constexpr qint64 SoonMs = 2000;

bool isOnThisComputer(const QUrl &url)
{
    return url.scheme() == "unix"_L1 || url.host() == "localhost"_L1 || url.host() == "::1"_L1
        || url.host().startsWith("127."_L1);
}

bool isReadable(const BridgeInfo::Host &host)
{
    const QUrl url(host.address);
    return url.scheme() != "rediss"_L1 && !isOnThisComputer(url);
}

} // namespace

QList<BridgeInfo::Host> BridgeModel::away() const
{
    QList<BridgeInfo::Host> hosts = m_bridge ? m_bridge->hosts : QList<BridgeInfo::Host>();
    hosts.removeIf(
        [](const BridgeInfo::Host &host) { return host.state != BridgeInfo::State::Away; });
    return hosts;
}

/// Of a server that is away; else what one refuses to do.
QString BridgeModel::problem() const
{
    const auto hosts = away().isEmpty() && m_bridge ? m_bridge->hosts : away();
    for (const BridgeInfo::Host &host : hosts) {
        if (!host.problem.isEmpty())
            return redisInOurWords(host.problem);
    }
    return {};
}

QString BridgeModel::troubleHead() const
{
    const auto hosts = away();
    if (hosts.isEmpty())
        return problem().isEmpty() ? QString() : tr("Redis does not do all that is asked of it.");
    if (hosts.size() == m_bridge->hosts.size())
        return tr("Redis does not answer. The room goes on here.");
    return tr("%n of %1 Redis servers do(es) not answer. The room goes on here.", nullptr,
              int(hosts.size()))
        .arg(formatNumber(m_bridge->hosts.size()));
}

QString BridgeModel::trouble() const
{
    if (away().isEmpty())
        return problem();
    QStringList sentences{
        problem(),
        m_bridge->waiting > 0 ? tr("%n message(s) wait for its return.", nullptr, m_bridge->waiting)
                              : tr("People connected to this host notice nothing."),
        nextTry(),
    };
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString BridgeModel::nextTry() const
{
    qint64 soonest = std::numeric_limits<qint64>::max();
    for (const BridgeInfo::Host &host : away())
        soonest = std::min(soonest, host.nextTry > 0 ? host.nextTry - m_now : 0);
    if (soonest < SoonMs)
        return tr("It is tried again and again.");
    return tr("Next try in %n s.", nullptr, int((soonest + 999) / 1000));
}

QString BridgeModel::linkSecrecy() const
{
    if (!m_bridge)
        return {};
    const auto &hosts = m_bridge->hosts;
    if (std::any_of(hosts.begin(), hosts.end(), isReadable))
        return tr("No", "encrypted link");
    const bool isNear = std::all_of(hosts.begin(), hosts.end(), [](const BridgeInfo::Host &host) {
        return isOnThisComputer(QUrl(host.address));
    });
    return isNear ? tr("Not needed, on the same computer") : tr("Yes", "encrypted link");
}

CellTone BridgeModel::linkSecrecyTone() const
{
    if (!m_bridge)
        return CellTone::Plain;
    const auto &hosts = m_bridge->hosts;
    return std::any_of(hosts.begin(), hosts.end(), isReadable) ? CellTone::Warn : CellTone::Good;
}

} // namespace parlour::models
