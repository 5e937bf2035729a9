// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/inbox_reader.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;

namespace {

/// How long Redis waits for a message; channels_redis' figure.
constexpr auto BlockingTime = 5s;
/// The same while a channel is left out whose readers are full: they are looked at again then.
constexpr auto ShortBlockingTime = 1s;
/// Messages taken at once; so few because each may be of 2 MiB.
constexpr int DrainCount = 16;
/// So often in a row, before other keys have their turn.
constexpr int DrainRounds = 16;
/// Redis may not wait yet when it is woken.
constexpr auto WakeRetry = 20ms;
/// Until a server that refuses to read is asked again.
constexpr auto RefusalPause = 1s;
/// Until a key of a wrong type is tried again.
constexpr auto BlockedPause = 5s;

QByteArray secondsText(std::chrono::seconds time)
{
    return QByteArray::number(qint64(time.count()));
}

} // namespace

InboxReader::InboxReader(const RedisAddress &address, const RedisConnectionOptions &options,
                         RedisConnection &commands, std::function<Wanted()> wanted)
    : m_connection(address, options)
    , m_commands(commands)
    , m_wanted(std::move(wanted))
{
    connect(&m_connection, &RedisConnection::stateChanged, this, &InboxReader::follow);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &InboxReader::refresh);
    m_unblock.setSingleShot(true);
    m_unblock.setInterval(BlockedPause);
    connect(&m_unblock, &QTimer::timeout, this, [this] {
        m_blocked.clear();
        refresh();
    });
}

void InboxReader::refresh()
{
    const Wanted wanted = m_wanted();
    if (!m_isOpen && wanted.inboxes.isEmpty() && wanted.shared.isEmpty() && !wanted.isMore)
        return;
    if (!std::exchange(m_isOpen, true))
        m_connection.open();
    if (m_asked.isEmpty())
        read();
    else if (QByteArrayList keys = nextKeys();
             QSet(keys.begin(), keys.end()) != QSet(m_asked.begin(), m_asked.end()))
        wake();
}

void InboxReader::follow()
{
    if (m_connection.isUp() && !m_wasUp) {
        m_connection.send({"CLIENT", "ID"}, this, [this](const Expected<RedisReply> &answer) {
            m_clientId = answer && answer->type == RedisReply::Type::Integer
                ? QByteArray::number(answer->integer)
                : QByteArray();
            refresh(); // what was wanted meanwhile
        });
        const auto removing = std::exchange(m_removing, {});
        for (auto inbox = removing.cbegin(); inbox != removing.cend(); ++inbox)
            remove(inbox.key(), inbox.value());
        read();
    }
    if (!m_connection.isUp())
        m_clientId.clear();
    m_wasUp = m_connection.isUp();
    Q_EMIT stateChanged();
}

QByteArrayList InboxReader::nextKeys()
{
    const Wanted wanted = m_wanted();
    m_inboxes = QSet(wanted.inboxes.begin(), wanted.inboxes.end());
    m_isMore = wanted.isMore;
    QByteArrayList keys = wanted.inboxes + wanted.shared;
    keys.removeIf([this](const QByteArray &key) { return m_blocked.contains(key); });
    const auto last = std::find(keys.begin(), keys.end(), m_lastServed);
    if (last != keys.end())
        std::rotate(keys.begin(), last + 1, keys.end());
    return keys;
}

void InboxReader::read()
{
    if (!m_connection.isUp() || !m_asked.isEmpty())
        return;
    const QByteArrayList keys = nextKeys();
    const auto time = m_isMore ? ShortBlockingTime : BlockingTime;
    if (keys.isEmpty())
        return m_isMore ? pause(ShortBlockingTime) : void();
    m_asked = keys;
    m_connection.send(
        RedisCommand(QByteArrayList{"BZPOPMIN"} + keys + QByteArrayList{secondsText(time)}), this,
        [this](const Expected<RedisReply> &answer) { take(answer); }, {.timeout = 2 * time});
}

void InboxReader::take(const Expected<RedisReply> &answer)
{
    const bool isRefused = answer && answer->isError();
    const bool isWrongType = isRefused && answer->errorCode() == "WRONGTYPE";
    if (isWrongType)
        return findBlocked();
    if (!answer) {
        m_asked.clear();
        if (answer.error().code == "interrupted"_L1)
            Q_EMIT interrupted();
        return; // read again when the connection is back
    }
    if (!isRefused && answer->elements.size() == 3)
        return takeMessage(*answer);
    m_asked.clear();
    if (isRefused)
        return pause(RefusalPause);
    read();
}

void InboxReader::takeMessage(const RedisReply &reply)
{
    const QByteArray key = reply.elements.at(0).bytes;
    if (!m_asked.contains(key)) {
        m_asked.clear();
        Q_EMIT unasked();
        return pause(RefusalPause);
    }
    m_lastServed = key;
    const bool isInbox = m_inboxes.contains(key);
    if (isInbox)
        drain(key, 1); // until then nothing else is asked for
    else
        m_asked.clear();
    Q_EMIT popped(key, reply.elements.at(1).bytes, reply.elements.at(2).bytes);
    // Whether a reader is still free is known when it has the message.
    if (!isInbox)
        QMetaObject::invokeMethod(this, &InboxReader::read, Qt::QueuedConnection);
}

void InboxReader::drain(const QByteArray &inbox, int rounds)
{
    m_connection.send({"ZRANGE", inbox, "0", QByteArray::number(DrainCount - 1)}, this,
                      [this, inbox, rounds](const Expected<RedisReply> &answer) {
                          if (answer)
                              takeDrained(inbox, rounds, *answer);
                          else
                              m_asked.clear();
                      });
}

// What is asked for next is asked for behind the removal.
void InboxReader::takeDrained(const QByteArray &inbox, int rounds, const RedisReply &answer)
{
    QByteArrayList members;
    for (const RedisReply &member : answer.elements)
        members.append(member.bytes);
    if (!members.isEmpty())
        remove(inbox, members);
    if (members.size() == DrainCount && rounds < DrainRounds) {
        drain(inbox, rounds + 1);
    } else {
        m_asked.clear();
        read();
    }
    for (const QByteArray &member : std::as_const(members))
        Q_EMIT popped(inbox, member, {});
}

// Whoever takes a message again after a loss would hear it twice.
void InboxReader::remove(const QByteArray &inbox, const QByteArrayList &members)
{
    m_removing[inbox] += members;
    m_connection.send(RedisCommand(QByteArrayList{"ZREM", inbox} + members), this,
                      [this, inbox, count = members.size()](const Expected<RedisReply> &answer) {
                          if (!answer)
                              return; // again when the connection is back
                          auto &removing = m_removing[inbox];
                          removing.remove(0, std::min(count, removing.size()));
                          if (removing.isEmpty())
                              m_removing.remove(inbox);
                      });
}

// Redis answers with nothing, and is asked anew. Where it may not be told so, the wanted keys are
// read when the time of the present ones is over.
void InboxReader::wake()
{
    if (m_clientId.isEmpty() || !m_commands.isUp())
        return;
    m_commands.send({"CLIENT", "UNBLOCK", m_clientId}, this,
                    [this](const Expected<RedisReply> &answer) {
                        if (answer && answer->type == RedisReply::Type::Integer
                            && answer->integer == 0 && !m_asked.isEmpty())
                            pause(WakeRetry);
                    });
}

// Redis does not say which of the keys it is. Where it does not tell types either, all are read
// again after a while.
void InboxReader::findBlocked()
{
    const auto before = m_blocked.size();
    for (const QByteArray &key : std::as_const(m_asked)) {
        const bool isLast = key == m_asked.constLast();
        m_connection.send({"TYPE", key}, this,
                          [this, key, isLast, before](const Expected<RedisReply> &answer) {
                              takeType(key, answer);
                              if (!isLast)
                                  return;
                              m_asked.clear();
                              if (m_blocked.size() > before)
                                  read();
                              else if (answer)
                                  pause(RefusalPause);
                          });
    }
}

void InboxReader::takeType(const QByteArray &key, const Expected<RedisReply> &answer)
{
    if (!answer || answer->type != RedisReply::Type::Status || answer->bytes == "zset"
        || answer->bytes == "none")
        return;
    m_blocked.insert(key);
    m_unblock.start();
    Q_EMIT blocked(key);
}

void InboxReader::pause(std::chrono::milliseconds time)
{
    if (!m_retry.isActive())
        m_retry.start(time);
}

} // namespace parlour::redis
