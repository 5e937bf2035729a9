// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_contract.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/waiting.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;
using parlour::tests::Ear;

class InMemoryChannelLayerTest : public parlour::tests::ChannelLayerContract
{
    Q_OBJECT

protected:
    std::unique_ptr<ChannelLayer> makeLayer(const ChannelLayerOptions &options) override
    {
        return std::make_unique<InMemoryChannelLayer>(options);
    }

private Q_SLOTS:
    void sendingToNobodyFailsAndIsCounted()
    {
        InMemoryChannelLayer layer;
        QString gone;
        {
            const Ear ann(layer);
            gone = ann.channel->name();
        }
        const auto answer = layer.send(gone, Message(u"chat.message"_s));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"no_channel"_s);
        QCOMPARE(layer.dropped().value(u"no_channel"_s), 1);
    }

    void whatIsOnItsWayToADyingChannelIsCounted()
    {
        InMemoryChannelLayer layer;
        {
            const Ear ann(layer);
            QVERIFY(layer.send(ann.channel->name(), Message(u"chat.message"_s)));
        }
        settle();
        QCOMPARE(layer.dropped().value(u"no_channel"_s), 1);
    }

    void aHandlerThatRunsTheEventLoopHoldsNothingBack()
    {
        InMemoryChannelLayer layer;
        Ear ann(layer);
        const QString name = ann.channel->name();
        ann.onMessage = [&](const Message &message) {
            if (message.type() != "first"_L1)
                return;
            QVERIFY(layer.send(name, Message(u"second"_s, {{u"n"_s, 2}})));
            settle();
            QCOMPARE(ann.heard.size(), 1);
        };
        QVERIFY(layer.send(name, Message(u"first"_s, {{u"n"_s, 1}})));
        settle();
        QCOMPARE(ann.heard, (QList{1, 2}));
    }

    void aChannelMayOutliveItsLayer()
    {
        auto layer = std::make_unique<InMemoryChannelLayer>();
        Ear ann(*layer);
        QVERIFY(layer->groupAdd(u"g"_s, *ann.channel));
        QVERIFY(layer->groupSend(u"g"_s, Message(u"chat.message"_s)));
        layer.reset();
        settle();
        QVERIFY(ann.heard.isEmpty());
        QVERIFY(ann.channel->groups().isEmpty());
    }

    void watchingMayEndAndBeginAgain()
    {
        InMemoryChannelLayer layer;
        int events = 0;
        const auto watch = [&] {
            return connect(&layer, &ChannelLayer::activity, this,
                           [&](const Activity &) { ++events; });
        };
        auto handle = watch();
        Ear ann(layer);
        QCOMPARE(events, 1);
        disconnect(handle);
        QVERIFY(layer.groupAdd(u"g"_s, *ann.channel));
        QCOMPARE(events, 1);
        handle = watch();
        QVERIFY(layer.groupDiscard(u"g"_s, *ann.channel));
        QCOMPARE(events, 2);
        disconnect(handle);
    }

    void aGroupWithTenThousandMembersEmptiesQuietly()
    {
        InMemoryChannelLayer layer;
        std::vector<std::unique_ptr<Ear>> ears;
        for (int n = 0; n < 10000; ++n) {
            ears.push_back(std::make_unique<Ear>(layer));
            QVERIFY(layer.groupAdd(u"g"_s, *ears.back()->channel));
        }
        QVERIFY(layer.groupSend(u"g"_s, Message(u"chat.message"_s, {{u"n"_s, 1}})));
        settle();
        for (const auto &ear : ears)
            QCOMPARE(ear->heard, QList{1});
        ears.clear();
        QVERIFY(layer.groups().isEmpty());
    }
};

PARLOUR_TEST(InMemoryChannelLayerTest)
#include "tst_in_memory_channel_layer.moc"
