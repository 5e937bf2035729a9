// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_inspector.h"

#include <QFile>
#include <QMetaMethod>

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace parlour::wiring {

using channels::Inspector;
using namespace std::chrono_literals;

namespace {

constexpr auto LagInterval = 100ms;
constexpr auto LagWindow = 1000; ///< ms; the worst of it is shown
constexpr auto WatchedFor = 5s; ///< after the last snapshot

/// Resident memory of this process; -1 where the system does not say.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() > 1 ? pages.at(1).toLongLong() * sysconf(_SC_PAGESIZE) : -1;
}

} // namespace

HostInspector::HostInspector(channels::ChannelLayer &layer, QObject *parent)
    : Inspector(parent)
    , m_layer(layer)
    , m_started(QDateTime::currentMSecsSinceEpoch())
{
    m_lagTimer.setTimerType(Qt::PreciseTimer);
    m_lagTimer.setInterval(LagInterval);
    connect(&m_lagTimer, &QTimer::timeout, this, &HostInspector::measureLag);
}

channels::Snapshot HostInspector::snapshot() const
{
    m_watchedUntil.setRemainingTime(WatchedFor);
    if (!m_lagTimer.isActive())
        m_lagTimer.start();

    channels::Snapshot snapshot;
    snapshot.time = QDateTime::currentMSecsSinceEpoch();
    snapshot.started = m_started;
    snapshot.channels = m_layer.channels();
    snapshot.groups = m_layer.groups();
    if (m_server) {
        snapshot.connections = m_server->connections();
        snapshot.totals = m_server->totals();
    }
    const auto count = [&](const QMap<QString, qint64> &dropped) {
        for (auto it = dropped.begin(); it != dropped.end(); ++it)
            snapshot.totals.dropped[it.key()] += it.value();
    };
    count(m_layer.dropped());
    snapshot.eventLoopLagMs = m_worstLagMs;
    snapshot.memoryBytes = residentBytes();
    snapshot.tlsExpiry = m_tlsExpiry;
    if (m_bridge)
        count(m_bridge->dropped());
    snapshot.bridge = bridge();
    return snapshot;
}

std::optional<channels::BridgeInfo> HostInspector::bridge() const
{
    return m_bridge ? m_bridge->info() : std::nullopt;
}

channels::Expected<void> HostInspector::ping(quint64 connection)
{
    if (!m_server)
        return channels::Error{QStringLiteral("no_connection"),
                               QStringLiteral("the host is not running")};
    return m_server->ping(connection);
}

channels::Expected<void> HostInspector::close(quint64 connection, int code, const QString &reason)
{
    if (!m_server)
        return channels::Error{QStringLiteral("no_connection"),
                               QStringLiteral("the host is not running")};
    return m_server->close(connection, code, reason);
}

void HostInspector::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Inspector::activity) && !m_activity)
        m_activity =
            connect(&m_layer, &channels::ChannelLayer::activity, this, &HostInspector::forward);
}

/// Ends the watch with the first report that nobody hears: disconnectNotify() runs under QObject's
/// own lock, where disconnect() never returns.
void HostInspector::forward(const channels::Activity &report)
{
    if (isSignalConnected(QMetaMethod::fromSignal(&Inspector::activity)))
        Q_EMIT activity(report);
    else
        disconnect(std::exchange(m_activity, {}));
}

void HostInspector::measureLag()
{
    if (m_watchedUntil.hasExpired()) {
        m_lagTimer.stop();
        m_sinceTick.invalidate();
        return;
    }
    if (m_sinceTick.isValid()) {
        const double late = static_cast<double>(m_sinceTick.nsecsElapsed()) / 1e6
            - static_cast<double>(std::chrono::milliseconds(LagInterval).count());
        if (!m_sinceWorst.isValid() || m_sinceWorst.hasExpired(LagWindow) || late > m_worstLagMs) {
            m_worstLagMs = std::max(0.0, late);
            m_sinceWorst.start();
        }
    }
    m_sinceTick.start();
}

} // namespace parlour::wiring
