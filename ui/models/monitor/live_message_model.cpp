// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/live_message_model.h"

#include "models/monitor/format.h"

#include <iterator>

namespace parlour::models {

using namespace Qt::StringLiterals;
using chat::MonitorEvent;

void LiveMessageModel::addActivity(const chat::MonitorActivity &activity)
{
    std::deque<Row> rows;
    for (const MonitorEvent &event : activity.events)
        rows.push_back({event, 0});
    const qint64 skipped = std::max<qint64>(0, activity.skipped);
    if (skipped > 0) {
        MonitorEvent at;
        at.time = rows.empty() ? 0 : rows.back().event.time;
        rows.push_back({at, skipped});
    }
    if (rows.empty())
        return;
    const qint64 came = qint64(activity.events.size()) + skipped;
    m_seen += came;
    m_skipped += skipped;
    if (m_paused) {
        m_cameInPause += came;
        keepWaiting(std::move(rows));
    } else {
        show(std::move(rows));
    }
    Q_EMIT countsChanged();
}

void LiveMessageModel::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (!paused) {
        if (m_lostInPause > 0) {
            MonitorEvent at;
            at.time = m_waiting.empty() ? 0 : m_waiting.front().event.time;
            m_waiting.push_front({at, m_lostInPause});
        }
        show(std::exchange(m_waiting, {}));
    }
    m_cameInPause = 0;
    m_lostInPause = 0;
    Q_EMIT countsChanged();
}

void LiveMessageModel::clear()
{
    if (!m_rows.empty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_rows.clear();
        endRemoveRows();
    }
    m_waiting.clear();
    m_seen = m_skipped = m_cameInPause = m_lostInPause = 0;
    Q_EMIT countsChanged();
}

void LiveMessageModel::keepWaiting(std::deque<Row> rows)
{
    m_waiting.insert(m_waiting.end(), std::make_move_iterator(rows.begin()),
                     std::make_move_iterator(rows.end()));
    // One place stays free for the row that tells of the loss.
    while (m_waiting.size() > MaxRows - 1) {
        const Row &oldest = m_waiting.front();
        m_lostInPause += oldest.skipped > 0 ? oldest.skipped : 1;
        m_waiting.pop_front();
    }
}

void LiveMessageModel::show(std::deque<Row> rows)
{
    if (rows.size() > MaxRows)
        rows.erase(rows.begin(), rows.end() - MaxRows);
    if (rows.empty())
        return;
    // Make room first: a view never sees more than MaxRows.
    const int surplus = rowCount() + int(rows.size()) - MaxRows;
    if (surplus > 0) {
        beginRemoveRows({}, rowCount() - surplus, rowCount() - 1);
        m_rows.erase(m_rows.end() - surplus, m_rows.end());
        endRemoveRows();
    }
    beginInsertRows({}, 0, int(rows.size()) - 1);
    for (Row &row : rows)
        m_rows.push_front(std::move(row));
    endInsertRows();
}

int LiveMessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LiveMessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(std::size_t(index.row()));
    switch (role) {
    case Qt::DisplayRole:
    case FilterRole:
        return sentence(row);
    case ToneRole:
        return int(tone(row));
    case TimeRole:
        return row.event.time > 0 ? formatExactClock(row.event.time) : QString();
    case WayRole:
        return wayText(row.event);
    case FromRole:
        return fromText(row.event);
    case ToRole:
        return toText(row.event);
    case TypeRole:
        return oneLine(row.event.message);
    case SizeRole:
        return row.event.message.isEmpty() ? QString() : formatNumber(row.event.size);
    case PreviewRole:
        return previewText(row);
    case IsSkipRole:
        return row.skipped > 0;
    default:
        return {};
    }
}

QString LiveMessageModel::wayText(const MonitorEvent &event)
{
    if (event.kind == "sent"_L1)
        return tr("in", "a message into the layer");
    if (event.kind == "delivered"_L1)
        return tr("out", "a message to channels");
    if (event.kind == "dropped"_L1)
        return tr("drop", "a message was dropped");
    if (event.kind == "opened"_L1)
        return tr("open", "a channel opened");
    if (event.kind == "closed"_L1)
        return tr("close", "a channel closed");
    if (event.kind == "joined"_L1)
        return tr("join", "a channel joined a group");
    if (event.kind == "left"_L1)
        return tr("leave", "a channel left a group");
    return oneLine(event.kind);
}

QString LiveMessageModel::fromText(const MonitorEvent &event)
{
    if (!event.from.isEmpty())
        return oneLine(event.from);
    // A drop says above all whose queue it was; the group it came from stands before it.
    const bool fromGroup = event.kind == "delivered"_L1 || event.kind == "dropped"_L1;
    return oneLine(fromGroup ? event.group : event.kind == "sent"_L1 ? QString() : event.channel);
}

QString LiveMessageModel::toText(const MonitorEvent &event)
{
    if (event.kind == "opened"_L1 || event.kind == "closed"_L1)
        return {};
    if (event.kind == "dropped"_L1 && !event.channel.isEmpty())
        return oneLine(event.channel);
    const QString to = event.group.isEmpty() ? event.channel : event.group;
    if (event.kind == "delivered"_L1 && event.receivers > 0)
        return tr("%1 (%2)", "group, number of channels")
            .arg(oneLine(to), formatNumber(event.receivers));
    return oneLine(to);
}

QString LiveMessageModel::previewText(const Row &row)
{
    if (row.skipped > 0)
        return tr("Not shown, there was too much at once: %1").arg(formatNumber(row.skipped));
    return oneLine(row.event.cause.isEmpty() ? row.event.preview : row.event.cause);
}

QString LiveMessageModel::sentence(const Row &row)
{
    if (row.skipped > 0)
        return previewText(row);
    const MonitorEvent &event = row.event;
    QStringList parts{formatExactClock(event.time), wayText(event), fromText(event)};
    if (const QString to = toText(event); !to.isEmpty())
        parts << u"→"_s << to;
    if (!event.message.isEmpty())
        parts << oneLine(event.message) << tr("%1 B", "bytes").arg(formatNumber(event.size));
    parts << previewText(row);
    parts.removeAll(QString());
    return parts.join(u' ');
}

CellTone LiveMessageModel::tone(const Row &row)
{
    if (row.skipped > 0 || row.event.kind == "sent"_L1)
        return CellTone::Warn;
    if (row.event.kind == "dropped"_L1)
        return CellTone::Bad;
    return row.event.kind == "delivered"_L1 ? CellTone::Good : CellTone::Quiet;
}

} // namespace parlour::models
