// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/channel_table_model.h"

#include "models/monitor/format.h"

#include <algorithm>

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::ChannelInfo;

void ChannelTableModel::setChannels(const QList<ChannelInfo> &channels, qint64 now)
{
    m_now = now;
    QList<ChannelRow> rows;
    rows.reserve(channels.size());
    for (const ChannelInfo &info : channels)
        rows.append({info});
    setRows(std::move(rows));
}

const ChannelInfo *ChannelTableModel::channel(const QString &name) const
{
    const int number = rowOf(name);
    return number < 0 ? nullptr : &row(number).info;
}

int ChannelTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ChannelTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ChannelInfo &info = row(index.row()).info;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(info, column);
    case Qt::ToolTipRole:
        return column == Groups ? oneLine(info.groups.join(u", "_s)).toHtmlEscaped() : QVariant();
    case SortRole:
        return sortValue(row(index.row()), column);
    case FilterRole:
        return QStringList{info.name, info.person, kindText(info.kind), info.consumer,
                           info.groups.join(u' ')}
            .join(u'\n');
    case KeyRole:
        return info.name;
    case CellRole:
        return int(cell(column));
    case ToneRole:
        return int(tone(info, column));
    case FillRole:
        return fill(info);
    case PersonIdRole:
        return info.personId;
    default:
        return {};
    }
}

QVariant ChannelTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Delivered || section == Dropped ? Qt::AlignRight : Qt::AlignLeft)
                   | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Channel");
    case Person:
        return tr("Person");
    case Kind:
        return tr("Kind");
    case Groups:
        return tr("Groups");
    case Queue:
        return tr("Queue");
    case Delivered:
        return tr("Delivered");
    case Dropped:
        return tr("Dropped");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

QVariant ChannelTableModel::sortValue(const ChannelRow &row, int column) const
{
    const ChannelInfo &info = row.info;
    switch (column) {
    case Name:
        return info.name;
    case Person:
        return info.person;
    case Kind:
        return QString(kindText(info.kind) + u' ' + info.consumer);
    case Groups:
        return info.groups.join(u' ');
    case Queue:
        // The fullest first; equally full ones by number, so that an unbounded one counts too.
        return fill(info) + double(info.queued) * 1e-12;
    case Delivered:
        return info.delivered;
    case Dropped:
        return info.dropped;
    case Since:
        return info.since;
    default:
        return {};
    }
}

QString ChannelTableModel::kindText(const QString &kind)
{
    if (kind == "socket"_L1)
        return tr("Socket");
    if (kind == "local"_L1)
        return tr("Local");
    if (kind == "worker"_L1)
        return tr("Worker");
    if (kind == "redis"_L1)
        return tr("Redis");
    return oneLine(kind);
}

double ChannelTableModel::fill(const ChannelInfo &channel)
{
    if (channel.capacity <= 0)
        return 0;
    return std::clamp(double(channel.queued) / double(channel.capacity), 0.0, 1.0);
}

CellTone ChannelTableModel::fillTone(double fill)
{
    if (fill > 0.6)
        return CellTone::Bad;
    return fill > 0.3 ? CellTone::Warn : CellTone::Good;
}

QString ChannelTableModel::text(const ChannelInfo &channel, int column) const
{
    switch (column) {
    case Name:
        return oneLine(channel.name);
    case Person:
        return oneLine(channel.person);
    case Kind:
        return channel.consumer.isEmpty()
            ? kindText(channel.kind)
            : tr("%1, %2", "kind of channel, consumer class")
                  .arg(kindText(channel.kind), oneLine(channel.consumer));
    case Groups:
        return oneLine(channel.groups.join(u", "_s));
    case Queue:
        return channel.capacity > 0
            ? tr("%1 of %2", "queued, capacity")
                  .arg(formatNumber(channel.queued), formatNumber(channel.capacity))
            : formatNumber(channel.queued);
    case Delivered:
        return formatNumber(channel.delivered);
    case Dropped:
        return formatNumber(channel.dropped);
    case Since:
        return formatClock(channel.since, m_now);
    default:
        return {};
    }
}

CellKind ChannelTableModel::cell(int column)
{
    switch (column) {
    case Name:
    case Groups:
        return CellKind::Code;
    case Person:
        return CellKind::Person;
    case Queue:
        return CellKind::Meter;
    case Delivered:
    case Dropped:
        return CellKind::Number;
    default:
        return CellKind::Text;
    }
}

CellTone ChannelTableModel::tone(const ChannelInfo &channel, int column)
{
    switch (column) {
    case Queue:
        return fillTone(fill(channel));
    case Dropped:
        return channel.dropped > 0 ? CellTone::Bad : CellTone::Quiet;
    case Kind:
    case Since:
    case Groups:
        return CellTone::Quiet;
    default:
        return CellTone::Plain;
    }
}

} // namespace parlour::models
