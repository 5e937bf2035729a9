// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/bridge_model.h"

#include "models/monitor/format.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::BridgeInfo;

namespace {

/// -1 while one of them is away: what it would take is not known.
int slowest(const BridgeInfo &bridge)
{
    int roundTrip = -1;
    for (const BridgeInfo::Host &host : bridge.hosts) {
        if (host.state != BridgeInfo::State::Up)
            return -1;
        roundTrip = std::max(roundTrip, host.roundTripUs);
    }
    return roundTrip;
}

} // namespace

void BridgeModel::setSnapshot(const chat::MonitorSnapshot &snapshot)
{
    const channels::Snapshot &host = snapshot.snapshot;
    if (host.started != m_started || !host.bridge) {
        m_started = host.started;
        m_lastRoundTripUs = -1;
        m_roundTrips.clear();
    }
    m_now = host.time;
    m_bridge = host.bridge;
    if (m_bridge)
        measure();
    for (int tile = 0; tile < TileCount; ++tile)
        setReading(tile, m_bridge ? reading(tile) : Reading());
}

void BridgeModel::measure()
{
    const int roundTrip = slowest(*m_bridge);
    if (roundTrip >= 0)
        m_lastRoundTripUs = roundTrip;
    m_roundTrips.add(m_now,
                     roundTrip < 0 ? std::numeric_limits<double>::quiet_NaN() : roundTrip / 1000.0);
}

QString BridgeModel::stateText(BridgeInfo::State state)
{
    switch (state) {
    case BridgeInfo::State::Up:
        return tr("Connected");
    case BridgeInfo::State::Connecting:
        return tr("Connecting");
    case BridgeInfo::State::Away:
        return tr("No answer");
    }
    return {};
}

CellTone BridgeModel::stateTone(BridgeInfo::State state)
{
    switch (state) {
    case BridgeInfo::State::Up:
        return CellTone::Good;
    case BridgeInfo::State::Connecting:
        return CellTone::Quiet;
    case BridgeInfo::State::Away:
        return CellTone::Warn;
    }
    return CellTone::Plain;
}

QString BridgeModel::roundTripText(int microseconds)
{
    if (microseconds < 0)
        return u"–"_s;
    const double ms = microseconds / 1000.0;
    return QLocale().toString(ms, 'f', ms < 0.995 ? 2 : ms < 9.95 ? 1 : 0);
}

QString BridgeModel::title(int tile) const
{
    const QStringList titles{tr("State"), tr("Round trip"), tr("Waiting to go out"),
                             tr("Reconnects"), tr("Unreadable messages")};
    return titles.value(tile);
}

BridgeModel::Reading BridgeModel::reading(int tile) const
{
    switch (tile) {
    case State:
        return stateReading();
    case RoundTrip:
        return roundTripReading();
    case Waiting:
        return waitingReading();
    case Reconnects:
        return reconnectReading();
    case Unreadable:
        return unreadableReading();
    default:
        return {};
    }
}

BridgeModel::Reading BridgeModel::stateReading() const
{
    const BridgeInfo::State state = m_bridge->state();
    Reading reading{stateText(state)};
    if (state == BridgeInfo::State::Away)
        reading.tone = CellTone::Warn;
    const auto &hosts = m_bridge->hosts;
    if (hosts.size() > 1) {
        const auto up = std::count_if(hosts.begin(), hosts.end(), [](const BridgeInfo::Host &host) {
            return host.state == BridgeInfo::State::Up;
        });
        reading.note =
            tr("%1 of %2 servers answer").arg(formatNumber(up), formatNumber(hosts.size()));
    } else if (!hosts.isEmpty() && hosts.constFirst().since > 0) {
        const qint64 since = hosts.constFirst().since;
        reading.note = state == BridgeInfo::State::Up
            ? tr("since %1").arg(formatClock(since, m_now))
            : tr("for %1", "a duration").arg(formatDuration(m_now - since));
    }
    return reading;
}

BridgeModel::Reading BridgeModel::roundTripReading() const
{
    const int roundTrip = slowest(*m_bridge);
    if (roundTrip < 0)
        return {u"–"_s,
                {},
                m_lastRoundTripUs < 0 ? tr("not measured")
                                      : tr("was %1 ms").arg(roundTripText(m_lastRoundTripUs))};
    return {roundTripText(roundTrip), tr("ms"),
            m_bridge->hosts.size() > 1 ? tr("of the slowest server") : QString()};
}

BridgeModel::Reading BridgeModel::waitingReading() const
{
    return {formatNumber(m_bridge->waiting),
            {},
            m_bridge->waiting > 0 ? tr("messages, until Redis is back") : tr("nothing waits")};
}

BridgeModel::Reading BridgeModel::reconnectReading() const
{
    qint64 reconnects = 0;
    qint64 last = 0;
    for (const BridgeInfo::Host &host : m_bridge->hosts) {
        reconnects += host.reconnects;
        if (host.reconnects > 0 && host.state == BridgeInfo::State::Up)
            last = std::max(last, host.since);
    }
    return {formatNumber(reconnects),
            {},
            last > 0 ? tr("last %1", "time of day").arg(formatClock(last, m_now))
                     : tr("since the start", "reconnects")};
}

BridgeModel::Reading BridgeModel::unreadableReading() const
{
    if (m_bridge->undecodable == 0)
        return {formatNumber(0), {}, tr("all could be read")};
    return {formatNumber(m_bridge->undecodable),
            {},
            m_bridge->encrypted ? tr("another key, or damaged") : tr("encrypted, or damaged"),
            CellTone::Warn};
}

} // namespace parlour::models
