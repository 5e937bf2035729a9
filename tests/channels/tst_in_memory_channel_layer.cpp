// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_contract.h"
#include "channels/channel_reader.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
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

    void whatWaitsTooLongInTheMailboxExpires()
    {
        FakeClock clock;
        InMemoryChannelLayer layer({.expiry = 60s, .clock = clock});
        Ear ann(layer);
        Ear ben(layer);
        for (const Ear *ear : {&ann, &ben})
            QVERIFY(layer.groupAdd(u"g"_s, *ear->channel));
        QVERIFY(layer.groupSend(u"g"_s, Message(u"chat.message"_s, {{u"n"_s, 1}})));
        clock.advance(61s); // the event loop was held up
        QVERIFY(layer.groupSend(u"g"_s, Message(u"chat.message"_s, {{u"n"_s, 2}})));
        layer.deliverPending();
        QCOMPARE(ann.heard, QList{2});
        QCOMPARE(ben.heard, QList{2});
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{u"expired"_s, 2}}));
    }

    void aNamedChannelKeepsMessagesForItsReader()
    {
        FakeClock clock;
        InMemoryChannelLayer layer(
            {.channelCapacity = {{u"jobs"_s, 3}}, .expiry = 60s, .clock = clock});
        const auto send = [&](int n) {
            return layer.send(u"jobs"_s, Message(u"job"_s, {{u"n"_s, n}}));
        };
        QVERIFY(send(1));
        clock.advance(61s);
        QVERIFY(send(2));
        QVERIFY(send(3));
        QCOMPARE(layer.channels().value(0).queued, 2);
        QVERIFY(send(4));
        const auto refused = send(5);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"channel_full"_s);
        QVERIFY(refused.error().message.contains(u"\"jobs\""_s));

        const auto reader = ChannelReader::open(layer, u"jobs"_s);
        QVERIFY(reader);
        layer.deliverPending();
        for (const int n : {2, 3, 4})
            QCOMPARE((*reader)->receive()->value(u"n"_s).toInt(), n);
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{u"capacity"_s, 1}, {u"expired"_s, 1}}));
    }

    void aReaderThatComesTooLateFindsNothing()
    {
        FakeClock clock;
        InMemoryChannelLayer layer({.expiry = 60s, .clock = clock});
        QVERIFY(layer.send(u"jobs"_s, Message(u"job"_s)));
        clock.advance(61s);
        const auto reader = ChannelReader::open(layer, u"jobs"_s);
        QVERIFY(reader);
        layer.deliverPending();
        QVERIFY(!(*reader)->receive());
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{u"expired"_s, 1}}));
    }

    void sendersCannotMakeChannelsWithoutEnd()
    {
        InMemoryChannelLayer layer;
        int refused = 0;
        for (int n = 0; n < 1100; ++n)
            refused += layer.send(u"jobs.%1"_s.arg(n), Message(u"job"_s)) ? 0 : 1;
        QCOMPARE(refused, 100);
        QCOMPARE(layer.dropped().value(u"capacity"_s), 100);
        layer.flush();
        QVERIFY(layer.channels().isEmpty());
        QCOMPARE(layer.dropped().value(u"flushed"_s), 1000);
    }

    void aHandlerMayFlush()
    {
        InMemoryChannelLayer layer;
        Ear ann(layer);
        Ear ben(layer);
        for (const Ear *ear : {&ann, &ben})
            QVERIFY(layer.groupAdd(u"g"_s, *ear->channel));
        ann.onMessage = [&](const Message &) { layer.flush(); };
        QVERIFY(layer.groupSend(u"g"_s, Message(u"x"_s, {{u"n"_s, 1}})));
        QVERIFY(layer.send(ben.channel->name(), Message(u"x"_s, {{u"n"_s, 2}})));
        layer.deliverPending();
        QCOMPARE(ann.heard, QList{1});
        QVERIFY(ben.heard.isEmpty());
        QCOMPARE(layer.dropped().value(u"flushed"_s), 1);
        QVERIFY(layer.send(ben.channel->name(), Message(u"x"_s, {{u"n"_s, 3}})));
        layer.deliverPending();
        QCOMPARE(ben.heard, QList{3});
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
