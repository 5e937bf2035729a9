// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "models/monitor/keyed_rows.h"
#include "models/monitor/rate_meter.h"
#include "models/monitor/roles.h"

#include <QAbstractItemModel>

#include <memory>

namespace parlour::models {

/// The groups of a watched host, and below each the channels that are in it. Rows keep their place
/// while they live, so that what is open, chosen and scrolled to stays so.
class GroupTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Channel, Messages, Rate, Last, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setSnapshot(const channels::Snapshot &snapshot);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Member {
        QString channel;
        QString person;
        QString personId;

        QString key() const { return channel; }
        friend bool operator==(const Member &, const Member &) = default;
    };
    struct Node {
        channels::GroupInfo info;
        double rate = 0;
        RateMeter meter;
        KeyedRows<Member> members;
        int row = 0;
    };
    /// Nodes stay at one address: indexes of members point to them.
    struct Group {
        std::shared_ptr<Node> node;

        QString key() const { return node->info.name; }
    };
    using MembersByGroup = QHash<QString, QList<Member>>;

    static MembersByGroup membersByGroup(const QList<channels::ChannelInfo> &channels);
    RowChanges changesUnder(const Node *parent);
    void updateNode(Node &node, const channels::GroupInfo &next);
    void updateMembers(Node &node, QList<Member> members);
    void renumber();

    QVariant groupData(const Node &node, int column, int role) const;
    static QVariant memberData(const Member &member, int column, int role);
    QString groupText(const Node &node, int column) const;
    static QVariant groupSortValue(const Node &node, int column);

    KeyedRows<Group> m_groups;
    qint64 m_now = 0;
};

} // namespace parlour::models
