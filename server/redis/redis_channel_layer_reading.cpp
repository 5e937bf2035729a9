// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The part of RedisChannelLayer that is about what comes from Redis.
#include "redis/logging.h"
#include "redis/redis_channel_layer.h"

#include <QSet>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Expected;

namespace {

constexpr qsizetype FrontSize = 12; ///< of the stamp
constexpr qsizetype MaxBlocked = 100; ///< keys that are named in the log, once each

} // namespace

InboxReader::Wanted RedisChannelLayer::wantedOf(int host) const
{
    InboxReader::Wanted wanted;
    for (const QString &inbox : m_inboxes) {
        if (m_hosts.indexOf(inbox) == host)
            wanted.inboxes.append(m_keys.messages(inbox));
    }
    // From every server: channels_redis puts the messages of such a channel on each in turn.
    for (auto name = m_shared.keyBegin(); name != m_shared.keyEnd(); ++name) {
        if (m_delivery.hasFreeReader(*name))
            wanted.shared.append(m_keys.messages(*name));
        else
            wanted.isMore = true;
    }
    return wanted;
}

bool RedisChannelLayer::isReading() const
{
    return std::all_of(m_inboxes.begin(), m_inboxes.end(), [this](const QString &inbox) {
        const int host = m_hosts.indexOf(inbox);
        return m_hosts.at(host).isPrompt() && m_readers.at(size_t(host))->isReading();
    });
}

void RedisChannelLayer::refreshReaders()
{
    for (const auto &reader : m_readers)
        reader->refresh();
}

void RedisChannelLayer::followHosts()
{
    m_outbox.deliverWhatCannotCome();
    refreshReaders();
    Q_EMIT bridgeChanged();
}

void RedisChannelLayer::take(int host, const QByteArray &key, const QByteArray &member,
                             const QByteArray &score)
{
    const QByteArray front = member.first(std::min(FrontSize, member.size()));
    if (m_outbox.takeEcho(front))
        return;
    if (m_flushing > 0)
        return m_delivery.count(u"flushed"_s, m_keys.sharedChannel(key), {});
    if (!key.endsWith('!'))
        return takeShared(m_hosts.at(host), {key, member, 0}, score);
    const auto decoded = m_codec.decode(QByteArrayView(member).sliced(front.size()));
    if (!decoded)
        return countUndecodable(key, decoded.error().message);
    if (decoded->channels.isEmpty())
        return countUndecodable(key, u"it does not say which channel it is for"_s);
    takeFromInbox(*decoded);
}

// A body does not name its group. Where all its channels are in one group and no other, it is that
// one; else each channel gets the message for itself.
void RedisChannelLayer::takeFromInbox(const MessageCodec::Decoded &decoded)
{
    ++m_tally.messagesIn;
    QSet<QString> groups;
    for (const QString &channel : decoded.channels) {
        if (m_delivery.hasChannel(channel))
            groups.insert(m_delivery.groupOf(channel));
    }
    if (groups.size() == 1 && !groups.constBegin()->isEmpty())
        return m_delivery.arriveInGroup(*groups.constBegin(), decoded.message, decoded.channels);
    for (const QString &channel : decoded.channels) {
        if (m_keys.isOwn(channel))
            m_delivery.arriveInChannel(channel, decoded.message);
        else
            m_delivery.count(u"no_channel"_s, channel, decoded.message);
    }
}

void RedisChannelLayer::takeShared(CoreHost &host, const StoredMessage &stored,
                                   const QByteArray &score)
{
    const QString channel = m_keys.sharedChannel(stored.key);
    if (!m_delivery.hasChannel(channel)) // its reader went meanwhile; others may have one
        return giveBack(host, stored, score);
    const auto decoded = m_codec.decode(
        QByteArrayView(stored.member).sliced(std::min(FrontSize, stored.member.size())));
    if (!decoded)
        return countUndecodable(stored.key, decoded.error().message);
    const std::chrono::duration<double> expiry = options().expiry;
    if (score.toDouble() < host.clock().now() - expiry.count())
        return m_delivery.count(u"expired"_s, channel, decoded->message);
    ++m_tally.messagesIn;
    m_delivery.arriveInChannel(channel, decoded->message);
}

// It keeps its score, and so its age; it had its place there, so that none is looked for.
void RedisChannelLayer::giveBack(CoreHost &host, StoredMessage stored, const QByteArray &score)
{
    stored.capacity = std::numeric_limits<int>::max();
    host.commands().send(storeCommand({stored}, score, options().expiry), this,
                         [this](const Expected<RedisReply> &answer) {
                             if (!answer)
                                 ++m_tally.notShared[causeOf(answer.error())];
                             else if (answer->elements.value(0).type != RedisReply::Type::Integer)
                                 ++m_tally.notShared[u"refused"_s];
                         },
                         {.patience = options().expiry});
}

// In channels_redis such a message ends whichever consumer happens to be reading.
void RedisChannelLayer::countUndecodable(const QByteArray &key, const QString &problem)
{
    if (m_tally.undecodable++ == 0)
        qCWarning(lcRedis).noquote() << "a message in" << key << "cannot be read:" << problem
                                     << "- further ones are only counted";
}

void RedisChannelLayer::reportBlocked(const QByteArray &key)
{
    if (m_blocked.contains(key) || m_blocked.size() >= MaxBlocked)
        return;
    m_blocked.insert(key);
    qCWarning(lcRedis).noquote() << "something else than this layer's data lies in Redis under"
                                 << key << "- delete it, or choose another prefix";
}

} // namespace parlour::redis
