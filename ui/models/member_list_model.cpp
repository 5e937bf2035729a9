// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/member_list_model.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::models {

namespace {

/// Other hosts' owners are guests like others here.
bool isOwner(const chat::Person &person)
{
    return person.role == "owner"_L1 && person.host.isEmpty();
}

} // namespace

MemberListModel::MemberListModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
}

void MemberListModel::setSelf(const QString &personId)
{
    if (personId == m_self) {
        return;
    }
    m_self = personId;
    if (!m_people.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void MemberListModel::setPeople(const QList<chat::Person> &people)
{
    beginResetModel();
    const qsizetype kept = qMin(people.size(), qsizetype(MaxPeople));
    m_people.assign(people.cbegin(), people.cbegin() + kept);
    m_leftOut = static_cast<int>(people.size() - kept);
    // A host that names a person twice has one person.
    std::ranges::sort(m_people, {}, &chat::Person::id);
    const auto isSame = [](const auto &a, const auto &b) { return a.id == b.id; };
    m_people.erase(std::unique(m_people.begin(), m_people.end(), isSame), m_people.end());
    std::ranges::sort(m_people, [this](const auto &a, const auto &b) { return isBefore(a, b); });
    endResetModel();
    Q_EMIT peopleChanged();
}

void MemberListModel::apply(const chat::MembersFrame &frame)
{
    if (frame.people) {
        setPeople(*frame.people);
        return;
    }
    for (const chat::Person &person : frame.left) {
        take(person.id);
    }
    for (const chat::Person &person : frame.joined) {
        put(person);
    }
    for (const chat::Person &person : frame.changed) {
        if (rowOf(person.id) >= 0) {
            put(person);
        }
    }
    Q_EMIT peopleChanged();
}

int MemberListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

QVariant MemberListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const chat::Person &person = m_people[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return person.name;
    case Qt::AccessibleTextRole:
        return spoken(person);
    case IdRole:
        return person.id;
    case RoleRole:
        return person.role;
    case ViaRole:
        return person.via;
    case IsSelfRole:
        return !m_self.isEmpty() && person.id == m_self;
    case HostRole:
        return person.host;
    case AwayRole:
        return person.away;
    default:
        return {};
    }
}

QHash<int, QByteArray> MemberListModel::roleNames() const
{
    return {{IdRole, "personId"}, {NameRole, "name"},          {RoleRole, "role"},
            {ViaRole, "via"},     {IsSelfRole, "isSelf"},      {HostRole, "host"},
            {AwayRole, "away"},   {Qt::DisplayRole, "display"}};
}

bool MemberListModel::isBefore(const chat::Person &left, const chat::Person &right) const
{
    if (isOwner(left) != isOwner(right)) {
        return isOwner(left);
    }
    const int order = m_collator.compare(left.name, right.name);
    return order != 0 ? order < 0 : left.id < right.id;
}

int MemberListModel::rowOf(const QString &personId) const
{
    const auto found = std::ranges::find(m_people, personId, &chat::Person::id);
    return found == m_people.end() ? -1 : static_cast<int>(found - m_people.begin());
}

void MemberListModel::put(const chat::Person &person)
{
    const int known = rowOf(person.id);
    if (known >= 0 && m_people[static_cast<size_t>(known)] == person) {
        return;
    }
    take(person.id);
    if (rowCount() >= MaxPeople) {
        ++m_leftOut;
        return;
    }
    const auto place = std::ranges::upper_bound(
        m_people, person, [this](const auto &a, const auto &b) { return isBefore(a, b); });
    const int row = static_cast<int>(place - m_people.begin());
    beginInsertRows({}, row, row);
    m_people.insert(place, person);
    endInsertRows();
}

void MemberListModel::take(const QString &personId)
{
    const int row = rowOf(personId);
    if (row < 0) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_people.erase(m_people.begin() + row);
    endRemoveRows();
}

QString MemberListModel::spoken(const chat::Person &person) const
{
    QStringList parts{person.name};
    if (isOwner(person)) {
        parts << tr("Host", "role");
    } else if (person.role == "moderator"_L1) {
        parts << tr("Moderator");
    }
    if (!person.host.isEmpty()) {
        parts << tr("at %1", "person of another host").arg(person.host);
    }
    if (person.away) {
        parts << tr("away", "person");
    }
    if (person.via == "browser"_L1) {
        parts << tr("in a browser");
    }
    if (!m_self.isEmpty() && person.id == m_self) {
        parts << tr("you");
    }
    return parts.join(", "_L1);
}

} // namespace parlour::models
