// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/bridge_host_model.h"

#include "models/monitor/bridge_model.h"
#include "models/monitor/format.h"
#include "models/monitor/redis_words.h"

namespace parlour::models {

using namespace Qt::StringLiterals;
using channels::BridgeInfo;

void BridgeHostModel::setHosts(const QList<BridgeInfo::Host> &hosts)
{
    QList<BridgeHostRow> rows;
    rows.reserve(hosts.size());
    for (const BridgeInfo::Host &host : hosts)
        rows.append({host, int(rows.size())});
    setRows(std::move(rows));
}

int BridgeHostModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BridgeHostModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BridgeInfo::Host &host = row(index.row()).info;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(host, column);
    case Qt::ToolTipRole:
        return column == Problem ? redisInOurWords(host.problem).toHtmlEscaped() : QVariant();
    case SortRole:
        return sortValue(row(index.row()), column);
    case KeyRole:
        return row(index.row()).number;
    case CellRole:
        return int(cell(column));
    case ToneRole:
        return int(tone(host, column));
    default:
        return {};
    }
}

QVariant BridgeHostModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((cell(section) == CellKind::Number ? Qt::AlignRight : Qt::AlignLeft)
                   | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Server:
        return tr("Server");
    case State:
        return tr("State");
    case RoundTrip:
        return tr("Round trip, ms");
    case Reconnects:
        return tr("Reconnects");
    case Problem:
        return tr("What happened");
    default:
        return {};
    }
}

QVariant BridgeHostModel::sortValue(const BridgeHostRow &row, int column) const
{
    switch (column) {
    case State:
        return int(row.info.state);
    case RoundTrip:
        return row.info.roundTripUs;
    case Reconnects:
        return row.info.reconnects;
    default:
        return text(row.info, column);
    }
}

QString BridgeHostModel::text(const BridgeInfo::Host &host, int column)
{
    switch (column) {
    case Server:
        return oneLine(host.address);
    case State:
        return BridgeModel::stateText(host.state);
    case RoundTrip:
        return BridgeModel::roundTripText(host.state == BridgeInfo::State::Up ? host.roundTripUs
                                                                              : -1);
    case Reconnects:
        return formatNumber(host.reconnects);
    case Problem:
        return redisInOurWords(host.problem);
    default:
        return {};
    }
}

CellKind BridgeHostModel::cell(int column)
{
    switch (column) {
    case Server:
        return CellKind::Code;
    case RoundTrip:
    case Reconnects:
        return CellKind::Number;
    default:
        return CellKind::Text;
    }
}

CellTone BridgeHostModel::tone(const BridgeInfo::Host &host, int column)
{
    switch (column) {
    case State:
        return BridgeModel::stateTone(host.state);
    case Problem:
        return CellTone::Quiet;
    default:
        return CellTone::Plain;
    }
}

} // namespace parlour::models
