// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The contract of every layer, with no Redis at all: local members notice nothing.
#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;

class RedisPubSubAwayTest : public parlour::tests::ChannelLayerContract
{
    Q_OBJECT

protected:
    std::unique_ptr<ChannelLayer> makeLayer(const ChannelLayerOptions &options) override
    {
        RedisAddress nowhere;
        nowhere.host = u"127.0.0.1"_s;
        nowhere.port = 1;
        auto layer = std::make_unique<RedisPubSubChannelLayer>(
            options, RedisLayerOptions{.hosts = {nowhere}, .prefix = u"site"_s});
        const bool isAway =
            waitFor([&] { return layer->bridge()->state() == BridgeInfo::State::Away; }, 20s);
        return isAway ? std::move(layer) : nullptr;
    }
    QString beginningOfNames() const override { return u"sitespecific."_s; }
};

PARLOUR_TEST(RedisPubSubAwayTest)
#include "tst_redis_pub_sub_away.moc"
