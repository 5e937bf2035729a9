// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

#include <QAbstractListModel>
#include <QCollator>

#include <vector>

namespace parlour::models {

/// The people in one room: the owner first, then by name as the language sorts. Names are shown as
/// they are, never as markup. Lives in the window's thread.
class MemberListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< of the person, QString
        NameRole,
        RoleRole, ///< owner, moderator, member, guest, read-only
        ViaRole, ///< app, browser, plain, or what the client calls itself
        IsSelfRole,
        HostRole, ///< title of the host whose guest it is; empty: of the room's own
        AwayRole,
    };

    /// Rows at most: what a host may have. People beyond it are counted by leftOut().
    static constexpr int MaxPeople = 20000;

    explicit MemberListModel(QObject *parent = nullptr);

    /// Whose window this is; marks that row.
    void setSelf(const QString &personId);
    /// All of them, in any order.
    void setPeople(const QList<chat::Person> &people);
    /// A members frame of the protocol: all people, or who joined, left and changed.
    void apply(const chat::MembersFrame &frame);
    void clear() { setPeople({}); }

    /// How many people had no room in the list.
    int leftOut() const { return m_leftOut; }
    const std::vector<chat::Person> &people() const { return m_people; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    /// The number of people, or who they are, is another.
    void peopleChanged();

private:
    bool isBefore(const chat::Person &left, const chat::Person &right) const;
    int rowOf(const QString &personId) const;
    void put(const chat::Person &person);
    void take(const QString &personId);
    QString spoken(const chat::Person &person) const;

    std::vector<chat::Person> m_people; ///< sorted by isBefore
    QString m_self;
    QCollator m_collator;
    int m_leftOut = 0;
};

} // namespace parlour::models
