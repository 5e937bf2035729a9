// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/core_outbox.h"

#include "channels/names.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;
using channels::Message;
using std::chrono::steady_clock;

namespace {

/// How often overdue echoes are looked for.
constexpr auto EchoStep = 500ms;
/// So often a group's members are asked for again; then the answer itself may be what ends the
/// line.
constexpr int MaxInterruptions = 3;
/// A group with more is shared with nobody. channels_redis asks for all, so that whoever fills a
/// group's key stops every process.
constexpr int MaxMembers = 50'000;

} // namespace

CoreOutbox::CoreOutbox(const Parts &parts)
    : m_parts(parts)
    , m_letters(parts.hosts.size())
{
    for (int host = 0; host < parts.hosts.size(); ++host) {
        m_writers.push_back(std::make_unique<InboxWriter>(
            parts.hosts.at(host),
            InboxWriter::Options{parts.local.options().expiry, parts.capacityPatience},
            parts.tally));
        const InboxWriter &writer = *m_writers.back();
        connect(&writer, &InboxWriter::blocked, this, &CoreOutbox::blocked);
        connect(&writer, &InboxWriter::failed, this, [this](const QByteArray &stamp) {
            deliverWhatCannotCome(); // what was sent before it comes before it
            if (const auto message = m_echoes.takeInAdvance(stamp))
                deliver(*message);
            dispatch();
        });
    }
    m_overdue.setInterval(EchoStep);
    connect(&m_overdue, &QTimer::timeout, this, &CoreOutbox::watchEchoes);
}

Expected<void> CoreOutbox::toGroup(const QString &group, const Message &message)
{
    return post({group, {}, message}, false);
}

Expected<void> CoreOutbox::toChannel(const QString &channel, const Message &message)
{
    if (m_parts.keys.isOwn(channel) && !m_parts.local.hasChannel(channel))
        return m_parts.local.postToChannel(channel, message); // which fails
    return post({{}, {channel}, message}, true);
}

Expected<void> CoreOutbox::post(const OwnMessage &message, bool isAnswered)
{
    const auto body = m_parts.codec.encode(message.message);
    if (!body)
        return body.error();
    m_parts.local.announce(message.group, message.channels.value(0), message.message);
    const auto letter = std::make_shared<Letter>();
    letter->message = message;
    letter->expires = steady_clock::now() + m_parts.local.options().expiry;
    letter->isAnswered = isAnswered;
    letter->bytes = body->size();
    letter->host = hostOf(message);
    letter->isForHere = isForHere(message);
    if (!canComeBack(*letter))
        deliverNow(*letter);
    if (hasArrived(*letter))
        return {};
    if (!m_letters.keep(letter))
        drop(*letter, u"queue_full"_s);
    else if (isAnswered)
        dispatch();
    else
        askMembers(letter);
    return {};
}

bool CoreOutbox::isForHere(const OwnMessage &message) const
{
    return !message.group.isEmpty() || m_parts.local.hasChannel(message.channels.constFirst());
}

/// The server that is asked for the members, or keeps the channel.
int CoreOutbox::hostOf(const OwnMessage &message) const
{
    const bool isToGroup = !message.group.isEmpty();
    return m_parts.hosts.indexOf(isToGroup ? message.group
                                           : inboxOf(message.channels.constFirst()));
}

/// By way of Redis, as far as we know.
bool CoreOutbox::canComeBack(const Letter &letter) const
{
    const OwnMessage &message = letter.message;
    const bool isRead =
        !message.group.isEmpty() || m_parts.keys.isOwn(message.channels.constFirst());
    return m_parts.hosts.at(letter.host).isPrompt() && (!isRead || m_parts.isReading());
}

/// All that canComeBack() goes by beside the letter itself.
QList<bool> CoreOutbox::availability() const
{
    QList<bool> all{m_parts.isReading()};
    for (int host = 0; host < m_parts.hosts.size(); ++host)
        all.append(m_parts.hosts.at(host).isPrompt());
    return all;
}

/// It was for one channel, which has it: nobody else is to get it.
bool CoreOutbox::hasArrived(const Letter &letter)
{
    return letter.isDelivered && letter.message.group.isEmpty();
}

void CoreOutbox::deliverNow(Letter &letter)
{
    if (!letter.isForHere || std::exchange(letter.isDelivered, true))
        return;
    m_letters.noteDelivery(letter);
    for (const OwnMessage &earlier : m_echoes.takeInAdvanceOf(letter.message.group))
        deliver(earlier);
    deliver(letter.message);
}

void CoreOutbox::deliver(const OwnMessage &message)
{
    if (message.group.isEmpty())
        m_parts.local.arriveInChannel(message.channels.constFirst(), message.message);
    else
        m_parts.local.arriveInGroup(message.group, message.message, message.channels);
}

void CoreOutbox::askMembers(const LetterPointer &letter)
{
    if (letter->isDropped)
        return;
    const QString &group = letter->message.group;
    CoreHost &host = m_parts.hosts.of(group);
    const QByteArray key = m_parts.keys.group(group);
    const auto expiry =
        std::chrono::ceil<std::chrono::seconds>(m_parts.local.options().groupExpiry).count();
    letter->members.clear();
    letter->moment = m_parts.members.moment();
    if (host.isReady())
        host.commands().send({"ZREMRANGEBYSCORE", key, "0",
                              QByteArray::number(qint64(host.clock().now()) - qint64(expiry))},
                             nullptr, {});
    host.commands().send(
        {"ZRANGE", key, "0", QByteArray::number(MaxMembers)}, this,
        [this, letter](const Expected<RedisReply> &answer) { takeMembers(letter, answer); },
        {.patience =
             std::chrono::ceil<std::chrono::milliseconds>(letter->expires - steady_clock::now())});
}

void CoreOutbox::takeMembers(const LetterPointer &letter, const Expected<RedisReply> &answer)
{
    if (letter->isDropped)
        return;
    if (!answer) {
        deliverWhatCannotCome();
        const bool isInterrupted = answer.error().code == "interrupted"_L1;
        if (isInterrupted && ++letter->interruptions <= MaxInterruptions)
            return askMembers(letter); // asking twice does no harm
        drop(*letter, causeOf(answer.error()));
        return dispatch();
    }
    if (answer->isError()) {
        const bool isBlocked = answer->errorCode() == "WRONGTYPE";
        if (isBlocked)
            Q_EMIT blocked(m_parts.keys.group(letter->message.group));
        ++m_parts.tally.notShared[isBlocked ? u"wrong_type"_s : u"refused"_s];
        letter->members = m_parts.members.of(letter->message.group);
    }
    if (answer->elements.size() > MaxMembers) {
        drop(*letter, u"too_many_members"_s);
        return dispatch();
    }
    for (const RedisReply &member : answer->elements) {
        const QString name = QString::fromUtf8(member.bytes);
        if (channels::isChannelName(name))
            letter->members.append(name);
    }
    letter->isAnswered = true;
    dispatch();
}

int CoreOutbox::waiting(int host) const
{
    return m_letters.size(host) + m_writers.at(size_t(host))->waiting();
}

int CoreOutbox::waiting() const
{
    int count = 0;
    for (int host = 0; host < m_parts.hosts.size(); ++host)
        count += waiting(host);
    return count;
}

int CoreOutbox::pending() const
{
    int count = 0;
    for (int host = 0; host < m_parts.hosts.size(); ++host)
        count += m_parts.hosts.at(host).isReady() ? waiting(host) : 0;
    return count;
}

void CoreOutbox::drop(Letter &letter, const QString &cause)
{
    deliverNow(letter);
    ++m_parts.tally.notShared[cause];
    letter.isDropped = true;
    m_letters.remove(letter);
}

// In the order of the calls.
void CoreOutbox::dispatch()
{
    const auto isThere = [this](int host) { return m_parts.hosts.at(host).isPrompt(); };
    while (const LetterPointer letter = m_letters.next(isThere)) {
        const bool isDone = hasArrived(*letter);
        if (!isDone && letter->isForHere && !letter->isDelivered && !isInStep())
            return;
        m_letters.remove(*letter);
        if (!isDone)
            dispatch(*letter);
    }
}

/// Our own reading sets the pace, so that a burst does not overrun the inboxes of others, which are
/// read about as fast: channels_redis drops what is over the capacity at that instant.
bool CoreOutbox::isInStep() const
{
    return m_echoes.awaited() < std::max(1, m_parts.local.options().capacity / 2);
}

} // namespace parlour::redis
