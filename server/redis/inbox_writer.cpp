// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/inbox_writer.h"

#include "redis/logging.h"

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Expected;

namespace {

constexpr qsizetype StampSize = 12;

} // namespace

InboxWriter::InboxWriter(std::chrono::milliseconds expiry, SharingTally &tally)
    : m_expiry(expiry)
    , m_tally(tally)
{
}

void InboxWriter::store(CoreHost &host, const Delivery &delivery)
{
    const QByteArray score = pythonFloat(host.clock().next());
    transmit(host, storeCommand(delivery.messages, score, m_expiry), delivery);
}

void InboxWriter::send(CoreHost &host, const Delivery &delivery, bool isTrimmed)
{
    const double now = host.clock().next();
    const auto expiry = std::chrono::ceil<std::chrono::seconds>(m_expiry).count();
    const QByteArray trimTo =
        isTrimmed ? QByteArray::number(qint64(std::floor(now)) - qint64(expiry)) : QByteArray();
    transmit(host, sendCommand(delivery.messages.constFirst(), pythonFloat(now), m_expiry, trimTo),
             delivery);
}

void InboxWriter::transmit(CoreHost &host, const RedisCommand &command, const Delivery &delivery)
{
    host.commands().send(command, this,
                         [this, &host, delivery](const Expected<RedisReply> &answer) {
                             take(host, delivery, answer);
                         },
                         {.patience = delivery.patience});
}

void InboxWriter::take(CoreHost &host, const Delivery &delivery, const Expected<RedisReply> &answer)
{
    if (!answer)
        return fail(delivery, causeOf(answer.error()));
    if (answer->isError()) {
        if (answer->bytes.contains("WRONGTYPE"))
            return findBlocked(host, delivery);
        return fail(delivery, u"refused"_s);
    }
    if (answer->integer > 0)
        m_tally.notShared[u"capacity"_s] += answer->integer;
    if (answer->integer < delivery.others)
        ++m_tally.messagesOut;
}

void InboxWriter::fail(const Delivery &delivery, const QString &cause)
{
    if (delivery.others > 0)
        ++m_tally.notShared[cause];
    for (const StoredMessage &message : delivery.messages)
        Q_EMIT failed(message.member.first(StampSize));
}

// The script ended at the first key that is no sorted set; Redis does not say which that was.
void InboxWriter::findBlocked(CoreHost &host, const Delivery &delivery)
{
    const auto types = std::make_shared<QList<Expected<RedisReply>>>();
    for (const StoredMessage &message : delivery.messages) {
        host.commands().send({"TYPE", message.key}, this,
                             [this, &host, delivery, types](const Expected<RedisReply> &answer) {
                                 types->append(answer);
                                 if (types->size() == delivery.messages.size())
                                     storeBehind(host, delivery, *types);
                             });
    }
}

// Those before it have their message; those behind it get theirs now. Where a type is not told,
// nobody knows which of the rest have it.
void InboxWriter::storeBehind(CoreHost &host, const Delivery &delivery,
                              const QList<Expected<RedisReply>> &types)
{
    Delivery rest = delivery;
    for (const auto &type : types) {
        if (!type || type->type != RedisReply::Type::Status)
            return fail(rest, type ? u"refused"_s : u"unconfirmed"_s);
        const StoredMessage message = rest.messages.takeFirst();
        if (type->bytes == "zset" || type->bytes == "none")
            continue;
        ++m_tally.notShared[u"wrong_type"_s];
        Q_EMIT failed(message.member.first(StampSize));
        Q_EMIT blocked(message.key);
        if (!rest.messages.isEmpty())
            store(host, rest);
        return;
    }
    fail(delivery, u"refused"_s);
}

} // namespace parlour::redis
