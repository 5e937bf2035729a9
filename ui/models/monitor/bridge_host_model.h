// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "models/monitor/keyed_table_model.h"

namespace parlour::models {

struct BridgeHostRow {
    channels::BridgeInfo::Host info;
    int number = 0; ///< place in the ring

    int key() const { return number; }
    friend bool operator==(const BridgeHostRow &, const BridgeHostRow &) = default;
};

/// The servers over which a watched host shares its rooms, in their order.
class BridgeHostModel final : public KeyedTableModel<BridgeHostRow>
{
    Q_OBJECT
public:
    enum Column { Server, State, RoundTrip, Reconnects, Problem, ColumnCount };

    using KeyedTableModel::KeyedTableModel;

    void setHosts(const QList<channels::BridgeInfo::Host> &hosts);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QVariant sortValue(const BridgeHostRow &row, int column) const override;

private:
    static QString text(const channels::BridgeInfo::Host &host, int column);
    static CellKind cell(int column);
    static CellTone tone(const channels::BridgeInfo::Host &host, int column);
};

} // namespace parlour::models
