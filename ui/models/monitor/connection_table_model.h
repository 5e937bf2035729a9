// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "models/monitor/keyed_table_model.h"

namespace parlour::models {

struct ConnectionRow {
    channels::ConnectionInfo info;
    QString person; ///< whose channel it carries; empty: not known (yet)
    QString personId;

    quint64 key() const { return info.id; }
    friend bool operator==(const ConnectionRow &, const ConnectionRow &) = default;
};

/// The open connections of a watched host, one row each, known by their ids.
class ConnectionTableModel final : public KeyedTableModel<ConnectionRow>
{
    Q_OBJECT
public:
    enum Column {
        Id,
        Person,
        Address,
        Transport,
        Path,
        Program,
        In,
        Out,
        Traffic,
        Queue,
        RoundTrip,
        Since,
        ColumnCount
    };

    using KeyedTableModel::KeyedTableModel;

    /// Takes connections, and from the channels who speaks over them.
    void setSnapshot(const channels::Snapshot &snapshot);
    /// nullptr: not open (any more). Valid until the next setSnapshot().
    const ConnectionRow *connection(quint64 id) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// "WebSocket", "WebSocket with TLS" …
    static QString transportText(const channels::ConnectionInfo &connection);
    /// "12 ms"; empty where it was not measured.
    static QString roundTripText(const channels::ConnectionInfo &connection);

protected:
    QVariant sortValue(const ConnectionRow &row, int column) const override;

private:
    QString text(const ConnectionRow &row, int column) const;
    static CellKind cell(int column);
    static bool isNumber(int column);

    qint64 m_now = 0;
};

} // namespace parlour::models
