// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "redis/message_codec.h"
#include "redis/redis_channel_layer.h"
#include "support/redis_server.h"

#include <QUuid>

namespace parlour::tests {

/// A process with the core layer, as most tests need it.
class CoreProcess
{
public:
    explicit CoreProcess(const RedisServer &server,
                         const channels::ChannelLayerOptions &options = {})
        : CoreProcess({.hosts = {server.address()}}, options)
    {
    }
    explicit CoreProcess(const redis::RedisLayerOptions &redis,
                         const channels::ChannelLayerOptions &options = {},
                         const redis::CoreSources &sources = redis::CoreSources::ofTheSystem())
        : layer(options, redis, sources)
    {
    }

    bool isUp() const { return waitForState(channels::BridgeInfo::State::Up); }
    bool isAway() const { return waitForState(channels::BridgeInfo::State::Away); }
    channels::BridgeInfo bridge() const { return *layer.bridge(); }
    QString inbox() const { return bridge().ownChannel; }

    redis::RedisChannelLayer layer;

private:
    bool waitForState(channels::BridgeInfo::State state) const
    {
        using namespace std::chrono_literals;
        return channels::waitFor([&] { return bridge().state() == state; }, 20s);
    }
};

/// A process that only speaks Redis, by the recipes of tutorial_vectors.json ("foreign_peer").
class ForeignPeer
{
public:
    explicit ForeignPeer(const RedisServer &server)
        : m_server(server)
        , m_inbox("specific." + QUuid::createUuid().toRfc4122().toHex() + '!')
    {
    }

    QByteArray name() const { return m_inbox + "peer"; }
    QByteArray key() const { return "asgi" + m_inbox; }

    void join(const QByteArray &group) const
    {
        const QByteArray key = "asgi:group:" + group;
        m_server.command({"ZADD", key, "9999999999", name()});
        m_server.command({"EXPIRE", key, "86400"});
    }
    /// Puts a body into an inbox.
    void store(const QString &inbox, const QByteArray &body, const QByteArray &score = {}) const
    {
        const QByteArray key = ("asgi" + inbox.toUtf8());
        const QByteArray stamp = QUuid::createUuid().toRfc4122().first(12);
        m_server.command({"ZADD", key, score.isEmpty() ? now() : score, stamp + body});
        m_server.command({"EXPIRE", key, "60"});
    }
    /// What lies in its own, oldest first; it stays there.
    QList<redis::MessageCodec::Decoded> stored() const
    {
        QList<redis::MessageCodec::Decoded> all;
        for (const auto &member : m_server.command({"ZRANGE", key(), "0", "-1"}).elements) {
            const auto decoded =
                redis::MessageCodec().decode(QByteArrayView(member.bytes).sliced(12));
            if (decoded)
                all.append(*decoded);
        }
        return all;
    }
    /// By the server's clock.
    QByteArray now() const
    {
        const auto time = m_server.command({"TIME"}).elements;
        return time.value(0).bytes + '.' + time.value(1).bytes.rightJustified(6, '0');
    }

private:
    const RedisServer &m_server;
    QByteArray m_inbox;
};

inline channels::Message numbered(int n)
{
    return channels::Message(QStringLiteral("chat.message"), {{QStringLiteral("n"), n}});
}

inline bool hears(const Ear &ear, const QList<int> &numbers)
{
    using namespace std::chrono_literals;
    return channels::waitFor([&] { return ear.heard.size() >= numbers.size(); }, 20s)
        && ear.heard == numbers;
}

inline QList<int> upTo(int count)
{
    QList<int> all;
    for (int n = 0; n < count; ++n)
        all.append(n);
    return all;
}

} // namespace parlour::tests
