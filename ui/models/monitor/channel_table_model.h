// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "models/monitor/keyed_table_model.h"

namespace parlour::models {

struct ChannelRow {
    channels::ChannelInfo info;

    QString key() const { return info.name; }
    friend bool operator==(const ChannelRow &, const ChannelRow &) = default;
};

/// The channels of a watched host, one row each, known by their names.
class ChannelTableModel final : public KeyedTableModel<ChannelRow>
{
    Q_OBJECT
public:
    enum Column { Name, Person, Queue, Delivered, Dropped, Kind, Since, Groups, ColumnCount };

    using KeyedTableModel::KeyedTableModel;

    void setChannels(const QList<channels::ChannelInfo> &channels, qint64 now);
    /// nullptr: no such channel (any more). Valid until the next setChannels().
    const channels::ChannelInfo *channel(const QString &name) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// "Socket", "Worker" …, for people; an unknown kind as the host says it.
    static QString kindText(const QString &kind);
    /// 0 to 1; 0 where there is no capacity.
    static double fill(const channels::ChannelInfo &channel);
    static CellTone fillTone(double fill);

protected:
    QVariant sortValue(const ChannelRow &row, int column) const override;

private:
    QString text(const channels::ChannelInfo &channel, int column) const;
    static CellKind cell(int column);
    static CellTone tone(const channels::ChannelInfo &channel, int column);

    qint64 m_now = 0;
};

} // namespace parlour::models
