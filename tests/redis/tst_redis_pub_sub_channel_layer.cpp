// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The contract of every layer, over a real Redis; sharing with others is tst_redis_pub_sub_sharing.
#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using parlour::tests::RedisServer;

class RedisPubSubChannelLayerTest : public parlour::tests::ChannelLayerContract
{
    Q_OBJECT

protected:
    std::unique_ptr<ChannelLayer> makeLayer(const ChannelLayerOptions &options) override
    {
        auto layer = std::make_unique<RedisPubSubChannelLayer>(
            options, RedisLayerOptions{.hosts = {m_redis.address()}});
        const bool isUp =
            waitFor([&] { return layer->bridge()->state() == BridgeInfo::State::Up; }, 20s);
        return isUp ? std::move(layer) : nullptr;
    }
    QString beginningOfNames() const override { return QStringLiteral("asgispecific."); }

private Q_SLOTS:
    void sendsUnderAnyPrefix();

private:
    RedisServer m_redis;
};

void RedisPubSubChannelLayerTest::sendsUnderAnyPrefix()
{
    RedisPubSubChannelLayer one({}, {.hosts = {m_redis.address()}, .prefix = u"мой: сайт"_s});
    RedisPubSubChannelLayer other({}, {.hosts = {m_redis.address()}, .prefix = u"мой: сайт"_s});
    parlour::tests::Ear ear(one);
    QVERIFY(one.groupAdd(u"everybody"_s,
                         *ear.channel)); // whose confirmation comes behind the channel's
    bool isListening = false;
    one.whenJoined(u"everybody"_s, this, [&] { isListening = true; });
    QVERIFY(waitFor([&] { return isListening; }, 20s));
    QVERIFY(other.send(ear.channel->name(), Message(u"test"_s, {{u"n"_s, 7}})));
    QVERIFY(waitFor([&] { return ear.heard == QList<int>{7}; }, 20s));
    QVERIFY(!other.send(u"мой: сайт"_s, Message(u"test"_s)));
    QVERIFY(!other.send(u"your: сайтspecific.1"_s, Message(u"test"_s)));
}

PARLOUR_TEST(RedisPubSubChannelLayerTest)
#include "tst_redis_pub_sub_channel_layer.moc"
