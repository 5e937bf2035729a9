// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/overview_model.h"

#include "models/monitor/format.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::Snapshot;

namespace {

/// A turn of the host's loop that takes this long is felt by people.
constexpr double SlowLoopMs = 100;

qint64 dropsIn(const Snapshot &snapshot)
{
    const QMap<QString, qint64> &dropped = snapshot.totals.dropped;
    return std::accumulate(dropped.begin(), dropped.end(), qint64(0));
}

} // namespace

void OverviewModel::setSnapshot(const chat::MonitorSnapshot &snapshot)
{
    if (snapshot.snapshot.started != m_started) {
        // Another run of the host: its numbers have nothing to do with the old ones.
        m_started = snapshot.snapshot.started;
        m_in = m_out = m_bytes = m_drops = {};
        m_history = {};
        m_lines = {};
    }
    measure(snapshot);
    for (int tile = 0; tile < TileCount; ++tile)
        setReading(tile, reading(tile, snapshot), !m_history[std::size_t(tile)].isEmpty());
}

void OverviewModel::measure(const chat::MonitorSnapshot &snapshot)
{
    const Snapshot &s = snapshot.snapshot;
    m_in.add(s.time, s.totals.messagesIn);
    m_out.add(s.time, s.totals.messagesOut);
    m_bytes.add(s.time, s.totals.bytesIn + s.totals.bytesOut);
    m_drops.add(s.time, dropsIn(s));
    remember(MessagesIn, m_in.perSecond());
    remember(MessagesOut, m_out.perSecond());
    remember(Traffic, m_bytes.perSecond());
    remember(EventLoopLag, s.eventLoopLagMs);
    m_lines[ConnectionLine].add(s.time, double(s.connections.size()));
    m_lines[InLine].add(s.time, m_in.perSecond());
    m_lines[OutLine].add(s.time, m_out.perSecond());
    m_lines[DropLine].add(s.time, m_drops.perSecond());
}

void OverviewModel::remember(Tile tile, double value)
{
    QList<double> &history = m_history[tile];
    history.append(value);
    if (history.size() > HistorySize)
        history.removeFirst();
}

QVariant OverviewModel::data(const QModelIndex &index, int role) const
{
    if (role == HistoryRole && checkIndex(index, CheckIndexOption::IndexIsValid))
        return QVariant::fromValue(m_history[std::size_t(index.row())]);
    return TileModel::data(index, role);
}

QString OverviewModel::title(int tile) const
{
    const QStringList titles{
        tr("Connections"),    tr("People"),       tr("Channels"), tr("Groups"),
        tr("Messages in"),    tr("Messages out"), tr("Traffic"),  tr("Dropped"),
        tr("Event loop lag"), tr("Memory"),       tr("Rooms"),    tr("Refused", "handshakes"),
    };
    return titles.value(tile);
}

OverviewModel::Reading OverviewModel::reading(int tile, const chat::MonitorSnapshot &snapshot) const
{
    const Snapshot &s = snapshot.snapshot;
    const QString perSecond = tr("/s", "per second");
    switch (tile) {
    case Connections:
        return connectionReading(s);
    case People:
        return {formatNumber(snapshot.people), {}, {}};
    case Channels:
        return {formatNumber(s.channels.size()), {}, {}};
    case Groups:
        return {formatNumber(s.groups.size()), {}, {}};
    case MessagesIn:
        return {formatRate(m_in.perSecond()), perSecond, {}};
    case MessagesOut:
        return {formatRate(m_out.perSecond()), perSecond, {}};
    case Traffic:
        return inBytes(m_bytes.perSecond(), tr("%1/s", "KiB per second"));
    case Dropped:
        return droppedReading(s);
    case EventLoopLag:
        return {formatRate(s.eventLoopLagMs),
                tr("ms"),
                {},
                s.eventLoopLagMs > SlowLoopMs ? CellTone::Bad : CellTone::Plain};
    case Memory:
        return s.memoryBytes < 0 ? Reading{u"–"_s, {}, tr("not known")}
                                 : inBytes(double(s.memoryBytes), u"%1"_s);
    case Rooms:
        return {formatNumber(snapshot.rooms), {}, {}};
    case Refused:
        return {formatNumber(s.totals.handshakesRefused),
                {},
                tr("since the start", "handshakes refused")};
    default:
        return {};
    }
}

OverviewModel::Reading OverviewModel::connectionReading(const Snapshot &snapshot)
{
    return {formatNumber(snapshot.connections.size()),
            {},
            tr("since the start: %1", "connections")
                .arg(formatNumber(snapshot.totals.connectionsAccepted))};
}

OverviewModel::Reading OverviewModel::droppedReading(const Snapshot &snapshot)
{
    const qint64 drops = dropsIn(snapshot);
    if (drops == 0)
        return {formatNumber(0),
                {},
                tr("nothing since %1").arg(formatClock(snapshot.started, snapshot.time))};
    QStringList causes;
    const QMap<QString, qint64> &dropped = snapshot.totals.dropped;
    for (auto cause = dropped.begin(); cause != dropped.end(); ++cause) {
        if (cause.value() > 0)
            causes << oneLine(cause.key()) + u' ' + formatNumber(cause.value());
    }
    return {formatNumber(drops), {}, causes.join(u", "_s), CellTone::Bad};
}

OverviewModel::Reading OverviewModel::inBytes(double bytes, const QString &unitForm)
{
    const QString text = formatBytes(qint64(std::clamp(bytes, 0.0, 9e18)));
    const qsizetype space = text.lastIndexOf(u' ');
    return {text.left(space), unitForm.arg(text.mid(space + 1)), {}};
}

} // namespace parlour::models
