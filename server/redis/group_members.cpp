// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/group_members.h"

#include "redis/logging.h"
#include "redis/redis_problem.h"
#include "redis/redis_scripts.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;

namespace {

/// Whatever took members of ours out of Redis, they are back by then.
constexpr auto RenewalInterval = 10s;
/// Finding out on the way that Redis has lost some, no more often.
constexpr auto RetellInterval = 1s;
constexpr qsizetype MaxTold = 1000; ///< members in one command

} // namespace

GroupMembers::GroupMembers(CoreHosts &hosts, const CoreKeys &keys,
                           std::chrono::milliseconds groupExpiry)
    : m_hosts(hosts)
    , m_keys(keys)
    , m_groupExpiry(groupExpiry)
{
    for (int host = 0; host < hosts.size(); ++host)
        connect(&hosts.at(host), &CoreHost::readyChanged, this, [this, host] { follow(host); });
    m_renewal.setInterval(
        std::clamp<std::chrono::milliseconds>(groupExpiry / 4, 1ms, RenewalInterval));
    m_renewal.start();
    connect(&m_renewal, &QTimer::timeout, this, [this] { tellAll(); });
}

void GroupMembers::add(const QString &group, const QString &channel)
{
    auto &members = m_groups[group].members;
    m_leaving.remove({group, channel});
    if (!members.contains(channel))
        members.insert(channel, 0);
    tell(group, {channel});
}

void GroupMembers::remove(const QString &group, const QString &channel)
{
    const auto found = m_groups.find(group);
    if (found == m_groups.end() || !found->members.remove(channel))
        return;
    const auto waiting = isJoined(*found) ? std::exchange(found->waiting, {}) : QList<Waiting>();
    if (found->members.isEmpty())
        m_groups.erase(found);
    leave(group, channel);
    call(waiting);
}

void GroupMembers::leaveAll()
{
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
        auto &host = m_hosts.of(group.key());
        const QByteArrayList words{"ZREM", m_keys.group(group.key())};
        QByteArrayList names;
        for (const QString &channel : group->members.keys())
            names.append(channel.toUtf8());
        host.commands().send(RedisCommand(words + names), nullptr, {});
    }
    m_groups.clear();
}

void GroupMembers::follow(int host)
{
    if (m_hosts.at(host).isReady())
        return tellAll(host);
    for (auto group = m_groups.begin(); group != m_groups.end(); ++group) {
        if (m_hosts.indexOf(group.key()) == host)
            std::fill(group->members.begin(), group->members.end(), 0);
    }
}

void GroupMembers::tellAll()
{
    for (int host = 0; host < m_hosts.size(); ++host)
        tellAll(host);
}

void GroupMembers::tellAll(int host)
{
    const auto leaving = m_leaving;
    for (const auto &[group, channel] : leaving) {
        if (m_hosts.indexOf(group) == host && m_leaving.remove({group, channel}))
            leave(group, channel);
    }
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
        if (m_hosts.indexOf(group.key()) != host)
            continue;
        QStringList members = group->members.keys();
        members.sort(); // so that the commands are the same every time
        tell(group.key(), members);
    }
}

// With the time of now, also where they have been members for long: by it channels_redis drops
// whom it takes for gone.
void GroupMembers::tell(const QString &group, const QStringList &members)
{
    auto &host = m_hosts.of(group);
    if (!host.isReady())
        return; // all are told when it is
    const QByteArray key = m_keys.group(group);
    for (qsizetype first = 0; first < members.size(); first += MaxTold) {
        const QStringList told = members.mid(first, MaxTold);
        QByteArrayList words{"ZADD", key};
        for (const QString &channel : told)
            words << pythonFloat(host.clock().next()) << channel.toUtf8();
        host.commands().send(RedisCommand(words), this,
                             [this, group, told, key](const Expected<RedisReply> &answer) {
                                 if (answer && !answer->isError())
                                     return confirm(group, told);
                                 if (answer && answer->errorCode() == "WRONGTYPE")
                                     Q_EMIT blocked(key);
                             });
    }
    host.commands().send({"EXPIRE", key, expirySeconds(m_groupExpiry)}, nullptr, {});
}

void GroupMembers::confirm(const QString &group, const QStringList &told)
{
    const auto found = m_groups.find(group);
    if (found == m_groups.end())
        return;
    for (const QString &channel : told) {
        const auto member = found->members.find(channel);
        if (member != found->members.end() && *member == 0)
            *member = ++m_confirmations;
    }
    if (isJoined(*found))
        call(std::exchange(found->waiting, {}));
}

void GroupMembers::leave(const QString &group, const QString &channel)
{
    auto &host = m_hosts.of(group);
    if (!host.isReady())
        return leaveLater(group, channel);
    host.commands().send({"ZREM", m_keys.group(group), channel.toUtf8()}, this,
                         [this, group, channel](const Expected<RedisReply> &answer) {
                             if (!answer)
                                 leaveLater(group, channel);
                         });
}

void GroupMembers::leaveLater(const QString &group, const QString &channel)
{
    const auto found = m_groups.constFind(group);
    const bool isBack = found != m_groups.cend() && found->members.contains(channel);
    if (!isBack && m_leaving.size() < MaxLeaving)
        m_leaving.insert({group, channel});
}

bool GroupMembers::isJoined(const Group &group) const
{
    return std::none_of(group.members.begin(), group.members.end(),
                        [](quint64 confirmed) { return confirmed == 0; });
}

void GroupMembers::whenJoined(const QString &group, QObject *context,
                              const std::function<void()> &joined)
{
    const auto found = m_groups.find(group);
    if (found == m_groups.end() || isJoined(*found))
        joined();
    else
        found->waiting.append({context, joined});
}

void GroupMembers::call(const QList<Waiting> &waiting)
{
    for (const auto &[context, joined] : waiting) {
        if (context)
            joined();
    }
}

void GroupMembers::forgetProcess(const QString &channel)
{
    if (processOf(channel).isEmpty() || m_keys.isOwn(channel))
        return;
    const QString inbox = inboxOf(channel);
    for (const QString &group : m_groups.keys()) {
        const QByteArray key = m_keys.group(group);
        auto &commands = m_hosts.of(group).commands();
        commands.send({"ZRANGE", key, "0", "-1"}, this,
                      [&commands, key, inbox](const Expected<RedisReply> &answer) {
                          QByteArrayList words{"ZREM", key};
                          for (const auto &member :
                               answer ? answer->elements : QList<RedisReply>()) {
                              if (inboxOf(QString::fromUtf8(member.bytes)) == inbox)
                                  words.append(member.bytes);
                          }
                          if (words.size() > 2)
                              commands.send(RedisCommand(words), nullptr, {});
                      });
    }
}

QStringList GroupMembers::missingIn(const QString &group, const QStringList &members,
                                    quint64 moment)
{
    const auto found = m_groups.constFind(group);
    if (found == m_groups.cend())
        return {};
    const QSet<QString> known(members.begin(), members.end());
    QStringList missing;
    for (auto member = found->members.cbegin(); member != found->members.cend(); ++member) {
        if (*member != 0 && *member <= moment && !known.contains(member.key()))
            missing.append(member.key());
    }
    if (!missing.isEmpty())
        retell(group, missing);
    return missing;
}

// Whatever took them out of this group did hardly stop there; in others nobody may speak for long.
void GroupMembers::retell(const QString &group, const QStringList &missing)
{
    if (!m_nextRetelling.hasExpired())
        return tell(group, missing);
    m_nextRetelling.setRemainingTime(RetellInterval);
    tellAll();
}

} // namespace parlour::redis
