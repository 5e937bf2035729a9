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

private:
    RedisServer m_redis;
};

PARLOUR_TEST(RedisPubSubChannelLayerTest)
#include "tst_redis_pub_sub_channel_layer.moc"
