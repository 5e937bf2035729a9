// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/core_host.h"
#include "redis/core_keys.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>

namespace parlour::redis {

/// Which channels of this process are in which groups, kept in Redis: told at once, told again when
/// Redis comes back (perhaps as an empty one), and every few seconds, since nothing says that Redis
/// has lost them: it was emptied, another process took us for dead, or the group's expiry came,
/// after which channels_redis drops a member. A part of the core layer; lives in its thread.
class GroupMembers final : public QObject
{
    Q_OBJECT
public:
    /// Both outlive it.
    GroupMembers(CoreHosts &hosts, const CoreKeys &keys, std::chrono::milliseconds groupExpiry);

    void add(const QString &group, const QString &channel);
    void remove(const QString &group, const QString &channel);
    /// All of them, at the end.
    void leaveAll();
    /// As ChannelLayer::whenJoined().
    void whenJoined(const QString &group, QObject *context, const std::function<void()> &joined);
    /// As ChannelLayer::forgetProcess().
    void forgetProcess(const QString &channel);

    /// Redis has a member of ours that is no more: it is taken out there.
    void strike(const QString &group, const QString &channel) { leave(group, channel); }

    /// Of this process.
    QStringList of(const QString &group) const { return m_groups.value(group).members.keys(); }
    /// A moment, for missingIn().
    quint64 moment() const { return m_confirmations; }
    /// Who was confirmed as a member by that moment, is one still and is not among `members`, which
    /// Redis told then: it has lost them. They are told again, and so are those of all other
    /// groups.
    QStringList missingIn(const QString &group, const QStringList &members, quint64 moment);

Q_SIGNALS:
    /// Something else than members lies under the group's key.
    void blocked(const QByteArray &key);

private:
    struct Waiting {
        QPointer<QObject> context;
        std::function<void()> joined;
    };
    struct Group {
        QHash<QString, quint64> members; ///< when each was confirmed; 0: not yet
        QList<Waiting> waiting;
    };

    /// Members that left while Redis was away; over it the group's expiry has to do.
    static constexpr int MaxLeaving = 10'000;

    void follow(int host);
    void tellAll();
    void tellAll(int host);
    void tell(const QString &group, const QStringList &members);
    void retell(const QString &group, const QStringList &missing);
    void confirm(const QString &group, const QStringList &told);
    void leave(const QString &group, const QString &channel);
    void leaveLater(const QString &group, const QString &channel);
    bool isJoined(const Group &group) const;
    static void call(const QList<Waiting> &waiting);

    CoreHosts &m_hosts;
    const CoreKeys &m_keys;
    std::chrono::milliseconds m_groupExpiry;
    QHash<QString, Group> m_groups;
    QSet<std::pair<QString, QString>> m_leaving; ///< group and channel, while Redis is away
    quint64 m_confirmations = 0;
    QTimer m_renewal;
    QDeadlineTimer m_nextRetelling; ///< of everything, not before
};

} // namespace parlour::redis
