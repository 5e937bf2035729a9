// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The contract of all layers, over a real Redis.
#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "redis/redis_channel_layer.h"
#include "support/redis_server.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using parlour::redis::RedisChannelLayer;
using parlour::tests::RedisServer;

class RedisChannelLayerTest : public parlour::tests::ChannelLayerContract
{
    Q_OBJECT

protected:
    std::unique_ptr<ChannelLayer> makeLayer(const ChannelLayerOptions &options) override
    {
        auto layer = std::make_unique<RedisChannelLayer>(
            options, parlour::redis::RedisLayerOptions{.hosts = {m_redis.address()}});
        const bool isUp =
            waitFor([&] { return layer->bridge()->state() == BridgeInfo::State::Up; }, 20s);
        if (!isUp)
            qFatal("%s", qPrintable(layer->bridge()->hosts.constFirst().problem));
        return layer;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_redis.isRunning(), qPrintable(m_redis.problem())); }

private:
    RedisServer m_redis;
};

PARLOUR_TEST(RedisChannelLayerTest)
#include "tst_redis_channel_layer.moc"
