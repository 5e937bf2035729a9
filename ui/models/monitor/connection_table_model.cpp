// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/connection_table_model.h"

#include "models/monitor/format.h"

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::ChannelInfo;
using channels::ConnectionInfo;

void ConnectionTableModel::setSnapshot(const channels::Snapshot &snapshot)
{
    m_now = snapshot.time;
    QHash<quint64, const ChannelInfo *> channels;
    for (const ChannelInfo &channel : snapshot.channels) {
        if (channel.connection != 0 && !channel.person.isEmpty())
            channels.insert(channel.connection, &channel);
    }
    QList<ConnectionRow> rows;
    rows.reserve(snapshot.connections.size());
    for (const ConnectionInfo &info : snapshot.connections) {
        const ChannelInfo *channel = channels.value(info.id, nullptr);
        rows.append(
            {info, channel ? channel->person : QString(), channel ? channel->personId : QString()});
    }
    setRows(std::move(rows));
}

const ConnectionRow *ConnectionTableModel::connection(quint64 id) const
{
    const int number = rowOf(id);
    return number < 0 ? nullptr : &row(number);
}

int ConnectionTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ConnectionTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConnectionRow &shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case SortRole:
        return sortValue(shown, index.column());
    case FilterRole:
        return QStringList{
            shown.person,         shown.info.client,         shown.info.path,
            shown.info.userAgent, transportText(shown.info), QString::number(shown.info.id)}
            .join(u'\n');
    case KeyRole:
        return QVariant::fromValue<quint64>(shown.info.id);
    case CellRole:
        return int(cell(index.column()));
    case ToneRole:
        if (index.column() == Queue && shown.info.queuedMessages > 0)
            return int(CellTone::Warn);
        return int(index.column() > Address && !isNumber(index.column()) ? CellTone::Quiet
                                                                         : CellTone::Plain);
    case PersonIdRole:
        return shown.personId;
    default:
        return {};
    }
}

QVariant ConnectionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{
        tr("No.", "of a connection"),
        tr("Person"),
        tr("Address"),
        tr("Transport"),
        tr("Path"),
        tr("Program"),
        tr("In", "messages from the client"),
        tr("Out", "messages to the client"),
        tr("Traffic"),
        tr("Waiting", "messages that the socket has not taken"),
        tr("Round trip"),
        tr("Since"),
    };
    return titles.value(section);
}

QVariant ConnectionTableModel::sortValue(const ConnectionRow &row, int column) const
{
    const ConnectionInfo &info = row.info;
    switch (column) {
    case Id:
        return QVariant::fromValue<quint64>(info.id);
    case Person:
        return row.person;
    case Address:
        return info.client;
    case Transport:
        return transportText(info);
    case Path:
        return info.path;
    case Program:
        return info.userAgent;
    case In:
        return info.messagesIn;
    case Out:
        return info.messagesOut;
    case Traffic:
        return double(info.bytesIn) + double(info.bytesOut);
    case Queue:
        return info.queuedMessages;
    case RoundTrip:
        return info.roundTripMs;
    case Since:
        return info.since;
    default:
        return {};
    }
}

QString ConnectionTableModel::transportText(const ConnectionInfo &connection)
{
    const QString name = connection.transport == "websocket"_L1 ? u"WebSocket"_s
        : connection.transport == "http"_L1                     ? u"HTTP"_s
                                                                : oneLine(connection.transport);
    return connection.secure ? tr("%1 with TLS").arg(name) : name;
}

QString ConnectionTableModel::roundTripText(const ConnectionInfo &connection)
{
    return connection.roundTripMs < 0 ? QString()
                                      : tr("%1 ms").arg(formatNumber(connection.roundTripMs));
}

QString ConnectionTableModel::text(const ConnectionRow &row, int column) const
{
    const ConnectionInfo &info = row.info;
    switch (column) {
    case Id:
        return QString::number(info.id);
    case Person:
        return oneLine(row.person);
    case Address:
        return oneLine(info.client);
    case Transport:
        return transportText(info);
    case Path:
        return oneLine(info.path);
    case Program:
        return oneLine(info.userAgent);
    case In:
        return formatNumber(info.messagesIn);
    case Out:
        return formatNumber(info.messagesOut);
    case Traffic:
        return formatBytes(qint64(double(info.bytesIn) + double(info.bytesOut)));
    case Queue:
        return formatNumber(info.queuedMessages);
    case RoundTrip:
        return roundTripText(info);
    case Since:
        return formatClock(info.since, m_now);
    default:
        return {};
    }
}

CellKind ConnectionTableModel::cell(int column)
{
    if (column == Person)
        return CellKind::Person;
    if (column == Address || column == Path)
        return CellKind::Code;
    return isNumber(column) ? CellKind::Number : CellKind::Text;
}

bool ConnectionTableModel::isNumber(int column)
{
    return column == Id || (column >= In && column <= RoundTrip);
}

} // namespace parlour::models
