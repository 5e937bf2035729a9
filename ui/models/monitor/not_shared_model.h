// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/keyed_table_model.h"

#include <QMap>

namespace parlour::models {

struct NotSharedRow {
    QString cause;
    qint64 messages = 0;

    QString key() const { return cause; }
    friend bool operator==(const NotSharedRow &, const NotSharedRow &) = default;
};

/// The messages of a watched host that no other process got, by cause.
class NotSharedModel final : public KeyedTableModel<NotSharedRow>
{
    Q_OBJECT
public:
    enum Column { Words, Cause, Messages, ColumnCount };

    using KeyedTableModel::KeyedTableModel;

    /// Counts by cause, as in BridgeInfo; causes without a message have no row.
    void setCauses(const QMap<QString, qint64> &causes);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// What a cause means; empty for one that is not known here.
    static QString words(const QString &cause);

protected:
    QVariant sortValue(const NotSharedRow &row, int column) const override;

private:
    static QString text(const NotSharedRow &row, int column);
    static CellKind cell(int column);
};

} // namespace parlour::models
