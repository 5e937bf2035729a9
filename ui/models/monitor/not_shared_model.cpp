// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/not_shared_model.h"

#include "models/monitor/format.h"

namespace parlour::models {

using namespace Qt::StringLiterals;

void NotSharedModel::setCauses(const QMap<QString, qint64> &causes)
{
    QList<NotSharedRow> rows;
    for (auto cause = causes.begin(); cause != causes.end(); ++cause) {
        if (cause.value() > 0)
            rows.append({cause.key(), cause.value()});
    }
    setRows(std::move(rows));
}

int NotSharedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant NotSharedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NotSharedRow &shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case SortRole:
        return sortValue(shown, index.column());
    case KeyRole:
        return shown.cause;
    case CellRole:
        return int(cell(index.column()));
    case ToneRole:
        return int(index.column() == Cause ? CellTone::Quiet : CellTone::Plain);
    default:
        return {};
    }
}

QVariant NotSharedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Messages ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Words:
        return tr("Why", "messages were not shared");
    case Cause:
        return tr("Name in the metrics");
    case Messages:
        return tr("Messages");
    default:
        return {};
    }
}

QVariant NotSharedModel::sortValue(const NotSharedRow &row, int column) const
{
    return column == Messages ? QVariant(row.messages) : QVariant(text(row, column));
}

QString NotSharedModel::words(const QString &cause)
{
    if (cause == "expired"_L1)
        return tr("Redis was away longer than they are kept");
    if (cause == "queue_full"_L1)
        return tr("Too many waited already");
    if (cause == "unconfirmed"_L1)
        return tr("On their way when the link broke; some may have arrived");
    if (cause == "too_big"_L1)
        return tr("Too long to be shared");
    if (cause == "capacity"_L1)
        return tr("A reader was full: its capacity was reached");
    if (cause == "too_many_members"_L1)
        return tr("More readers in one room than are served");
    if (cause == "possibly_lost"_L1)
        return tr("The link broke while waiting for one: it may be lost on its way here");
    if (cause == "wrong_type"_L1)
        return tr("Another program keeps something else under the name in Redis");
    if (cause == "refused"_L1)
        return tr("Redis refused them");
    return {};
}

QString NotSharedModel::text(const NotSharedRow &row, int column)
{
    switch (column) {
    case Words: {
        const QString known = words(row.cause);
        return known.isEmpty() ? oneLine(row.cause) : known;
    }
    case Cause:
        return oneLine(row.cause);
    case Messages:
        return formatNumber(row.messages);
    default:
        return {};
    }
}

CellKind NotSharedModel::cell(int column)
{
    switch (column) {
    case Cause:
        return CellKind::Code;
    case Messages:
        return CellKind::Number;
    default:
        return CellKind::Text;
    }
}

} // namespace parlour::models
