// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The copies of CoreOutbox: how they are stored, and how our own come back.
#include "redis/core_outbox.h"

#include <map>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using std::chrono::steady_clock;

namespace {

/// How long members here wait for a message to come back that Redis has taken.
constexpr auto EchoPatience = 5s;
/// Our own inbox is never full for us: we read it as fast as we write, see isInStep().
constexpr int OwnCapacity = 1'000'000;
/// Of channels in one body; a longer list is stored in several. Far below what a body may hold.
constexpr qsizetype MaxNames = 5'000;

} // namespace

void CoreOutbox::dispatch(Letter &letter)
{
    if (letter.message.group.isEmpty())
        dispatchToChannel(letter);
    else
        dispatchToGroup(letter);
}

void CoreOutbox::dispatchToChannel(Letter &letter)
{
    const QString &channel = letter.message.channels.constFirst();
    const bool isOwn = m_parts.keys.isOwn(channel);
    const int capacity = isOwn ? OwnCapacity : m_parts.local.options().capacityOf(channel);
    const auto member = stored(letter.message, isOwn);
    if (!member)
        return;
    m_writers.at(size_t(m_parts.hosts.indexOf(inboxOf(channel))))
        ->store({{{m_parts.keys.messages(channel), *member, capacity}, isOwn, letter.expires}});
}

void CoreOutbox::dispatchToGroup(Letter &letter)
{
    const OwnMessage &message = letter.message;
    QStringList channels = letter.members;
    if (!letter.isDelivered)
        channels += m_parts.members.missingIn(message.group, letter.members, letter.moment);
    QStringList inboxes; // in the order in which they first come up, as channels_redis has them
    QHash<QString, QStringList> byInbox;
    for (const QString &channel : std::as_const(channels)) {
        if (m_parts.keys.isOwn(channel) && !m_parts.local.hasChannel(channel)) {
            m_parts.members.strike(message.group, channel);
            continue;
        }
        auto &inHere = byInbox[inboxOf(channel)];
        if (inHere.isEmpty())
            inboxes.append(inboxOf(channel));
        inHere.append(channel);
    }
    std::map<int, QList<InboxCopy>> byHost;
    for (const QString &inbox : std::as_const(inboxes)) {
        const bool isOwn = m_parts.keys.isOwn(inbox);
        if (isOwn && letter.isDelivered)
            continue;
        const QStringList &inHere = byInbox[inbox];
        const int capacity =
            isOwn ? OwnCapacity : m_parts.local.options().capacityOf(inHere.constFirst());
        auto &copies = byHost[m_parts.hosts.indexOf(inbox)];
        for (qsizetype first = 0; first < inHere.size(); first += MaxNames) {
            const auto member =
                stored({message.group, inHere.mid(first, MaxNames), message.message}, isOwn);
            if (member)
                copies.append(
                    {{m_parts.keys.messages(inbox), *member, capacity}, isOwn, letter.expires});
        }
    }
    for (const auto &[host, copies] : byHost)
        m_writers.at(size_t(host))->store(copies);
}

/// What lies in Redis; expected back where it is our own. Nothing, and counted, where it has no
/// form: half a message would end the consumer that reads it.
std::optional<QByteArray> CoreOutbox::stored(const OwnMessage &message, bool isOwn)
{
    const QByteArray stamp = m_parts.sources.stamp();
    const QString &first = message.channels.constFirst();
    const auto body = !message.group.isEmpty()
        ? m_parts.codec.encode(message.message, message.channels)
        : first.contains(u'!') ? m_parts.codec.encode(message.message, first)
                               : m_parts.codec.encode(message.message);
    if (!body) {
        ++m_parts.tally.notShared[body.error().code];
        if (isOwn)
            deliver(message);
        return std::nullopt;
    }
    if (isOwn) {
        m_echoes.expect(stamp, message, steady_clock::now());
        if (!m_overdue.isActive())
            m_overdue.start();
    }
    return stamp + *body;
}

bool CoreOutbox::takeEcho(const QByteArray &stamp)
{
    const auto echo = m_echoes.take(stamp);
    if (!echo)
        return false;
    if (!echo->isDelivered)
        deliver(echo->message);
    dispatch();
    return true;
}

// Each of thousands of letters tells of the same loss: the first one is enough.
void CoreOutbox::deliverWhatCannotCome()
{
    const QList<bool> available = availability();
    if (std::exchange(m_handled, available) == available)
        return;
    if (!m_parts.isReading()) {
        for (const OwnMessage &message : m_echoes.takeInAdvance(steady_clock::now()))
            deliver(message);
    }
    for (const LetterPointer &letter : m_letters.undelivered()) {
        if (!canComeBack(*letter))
            deliverNow(*letter);
    }
    dispatch();
}

void CoreOutbox::watchEchoes()
{
    const auto now = steady_clock::now();
    for (const OwnMessage &message : m_echoes.takeInAdvance(now - EchoPatience))
        deliver(message);
    // One that waits for Redis may be stored as late as the expiry, and lie there as long again.
    m_echoes.forget(now - 3 * m_parts.local.options().expiry);
    if (m_echoes.isEmpty())
        m_overdue.stop();
    dispatch();
}

void CoreOutbox::flush()
{
    for (const OwnMessage &message : m_echoes.takeInAdvance(steady_clock::now())) {
        for (const QString &channel : message.channels)
            m_parts.local.count(u"flushed"_s, channel, message.message);
    }
    for (const LetterPointer &letter : m_letters.takeAll()) {
        letter->isDropped = true;
        if (letter->isForHere && !std::exchange(letter->isDelivered, true))
            m_parts.local.count(u"flushed"_s, letter->message.channels.value(0),
                                letter->message.message);
    }
    for (const auto &writer : m_writers)
        writer->flush();
}

} // namespace parlour::redis
