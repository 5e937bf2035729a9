// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/group_tree_model.h"

#include "models/monitor/format.h"

namespace parlour::models {

using channels::ChannelInfo;
using channels::GroupInfo;

void GroupTreeModel::setSnapshot(const channels::Snapshot &snapshot)
{
    m_now = snapshot.time;
    QList<Group> next;
    next.reserve(snapshot.groups.size());
    for (const GroupInfo &info : snapshot.groups) {
        auto node = std::make_shared<Node>();
        node->info = info;
        node->meter.add(m_now, info.messages);
        next.append({std::move(node)});
    }
    m_groups.update(std::move(next), changesUnder(nullptr), [this](int row, const Group &group) {
        updateNode(*m_groups[row].node, group.node->info);
    });
    MembersByGroup members = membersByGroup(snapshot.channels);
    for (int row = 0; row < m_groups.size(); ++row) {
        Node &node = *m_groups[row].node;
        updateMembers(node, members.take(node.info.name));
    }
}

GroupTreeModel::MembersByGroup GroupTreeModel::membersByGroup(const QList<ChannelInfo> &channels)
{
    MembersByGroup members;
    for (const ChannelInfo &channel : channels) {
        for (const QString &group : channel.groups)
            members[group].append({channel.name, channel.person, channel.personId});
    }
    return members;
}

RowChanges GroupTreeModel::changesUnder(const Node *parent)
{
    const auto place = [this, parent] { return parent ? index(parent->row, 0) : QModelIndex(); };
    return {
        [this, place](int first, int last) { beginRemoveRows(place(), first, last); },
        [this, parent] {
            if (!parent)
                renumber();
            endRemoveRows();
        },
        [this, place](int first, int last) { beginInsertRows(place(), first, last); },
        [this, parent] {
            if (!parent)
                renumber();
            endInsertRows();
        },
    };
}

void GroupTreeModel::renumber()
{
    for (int row = 0; row < m_groups.size(); ++row)
        m_groups[row].node->row = row;
}

void GroupTreeModel::updateNode(Node &node, const GroupInfo &next)
{
    node.meter.add(m_now, next.messages);
    const double rate = node.meter.perSecond();
    if (node.info == next && node.rate == rate)
        return;
    node.info = next;
    node.rate = rate;
    Q_EMIT dataChanged(index(node.row, Channel), index(node.row, Last));
}

void GroupTreeModel::updateMembers(Node &node, QList<Member> members)
{
    node.members.update(
        std::move(members), changesUnder(&node), [this, &node](int row, Member &&next) {
            if (node.members.at(row) == next)
                return;
            node.members[row] = std::move(next);
            const QModelIndex parent = index(node.row, 0);
            Q_EMIT dataChanged(index(row, Name, parent), index(row, Channel, parent));
        });
}

QModelIndex GroupTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    // An index of a member points to its group's node; an index of a group to nothing.
    return parent.isValid() ? createIndex(row, column, m_groups.at(parent.row()).node.get())
                            : createIndex(row, column);
}

QModelIndex GroupTreeModel::parent(const QModelIndex &child) const
{
    const auto *node = static_cast<const Node *>(child.constInternalPointer());
    return node ? createIndex(node->row, 0) : QModelIndex();
}

int GroupTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_groups.size();
    if (parent.column() != 0 || parent.constInternalPointer())
        return 0;
    return m_groups.at(parent.row()).node->members.size();
}

int GroupTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

QVariant GroupTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const auto *node = static_cast<const Node *>(index.constInternalPointer()))
        return memberData(node->members.at(index.row()), index.column(), role);
    return groupData(*m_groups.at(index.row()).node, index.column(), role);
}

QVariant GroupTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Messages || section == Rate ? Qt::AlignRight : Qt::AlignLeft)
                   | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Group and members");
    case Channel:
        return tr("Channels");
    case Messages:
        return tr("Messages");
    case Rate:
        return tr("Per second");
    case Last:
        return tr("Last message");
    default:
        return {};
    }
}

QVariant GroupTreeModel::groupData(const Node &node, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return groupText(node, column);
    case SortRole:
        return groupSortValue(node, column);
    case FilterRole:
    case KeyRole:
        return node.info.name;
    case CellRole:
        return int(column == Name                             ? CellKind::Code
                       : column == Messages || column == Rate ? CellKind::Number
                                                              : CellKind::Text);
    case ToneRole:
        return int(column == Channel || column == Last ? CellTone::Quiet : CellTone::Plain);
    default:
        return {};
    }
}

QString GroupTreeModel::groupText(const Node &node, int column) const
{
    switch (column) {
    case Name:
        return oneLine(node.info.name);
    case Channel:
        return formatNumber(node.info.members);
    case Messages:
        return formatNumber(node.info.messages);
    case Rate:
        return formatRate(node.rate);
    case Last:
        return formatClock(node.info.lastMessage, m_now);
    default:
        return {};
    }
}

QVariant GroupTreeModel::groupSortValue(const Node &node, int column)
{
    switch (column) {
    case Name:
        return node.info.name;
    case Channel:
        return node.info.members;
    case Messages:
        return node.info.messages;
    case Rate:
        return node.rate;
    case Last:
        return node.info.lastMessage;
    default:
        return {};
    }
}

QVariant GroupTreeModel::memberData(const Member &member, int column, int role)
{
    const bool named = !member.person.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        if (column == Name)
            return oneLine(named ? member.person : member.channel);
        return column == Channel ? QVariant(oneLine(member.channel)) : QVariant();
    case FilterRole:
        return QString(member.person + u'\n' + member.channel);
    case KeyRole:
        return member.channel;
    case CellRole:
        return int(column == Name && named ? CellKind::Person : CellKind::Code);
    case ToneRole:
        return int(column == Name ? CellTone::Plain : CellTone::Quiet);
    case PersonIdRole:
        return member.personId;
    default:
        return {};
    }
}

} // namespace parlour::models
