// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The part of the contract that is about what waits, how long and how much.
#include "channels/channel_layer_contract.h"
#include "channels/channel_reader.h"
#include "channels/names.h"
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"

#include <QTest>

#include <algorithm>

namespace parlour::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace channels;

namespace {

Message numbered(int n)
{
    return Message(u"job"_s, {{u"n"_s, n}});
}

bool holds(ChannelReader &reader, int messages)
{
    return waitFor([&] { return reader.channel().info().queued == messages; }, 20s);
}

/// The number of the next message; -1: none.
int next(ChannelReader &reader)
{
    const auto message = reader.receive();
    return message ? message->value(u"n"_s).toInt() : -1;
}

} // namespace

void ChannelLayerContract::aReaderAsksForItsMessages()
{
    ChannelReader reader(*m_layer);
    int calls = 0;
    connect(&reader, &ChannelReader::ready, this, [&] { ++calls; });
    QCOMPARE(next(reader), -1);
    QVERIFY(m_layer->groupAdd(u"jobs"_s, reader.channel()));
    QVERIFY(m_layer->send(reader.channel().name(), numbered(1)));
    QVERIFY(m_layer->groupSend(u"jobs"_s, numbered(2)));
    QVERIFY(holds(reader, 2));
    QCOMPARE(calls, 2);
    QCOMPARE(next(reader), 1);
    QCOMPARE(next(reader), 2);
    QCOMPARE(next(reader), -1);
}

void ChannelLayerContract::aReaderHoldsNoMoreThanItsCapacity()
{
    m_layer = makeLayer({.capacity = 2});
    ChannelReader reader(*m_layer);
    for (int n = 1; n <= 3; ++n)
        QVERIFY(m_layer->send(reader.channel().name(), numbered(n)));
    QVERIFY(waitFor([&] { return m_layer->dropped().value(u"capacity"_s) == 1; }, 20s));
    QCOMPARE(next(reader), 1);
    QCOMPARE(next(reader), 2);
    QCOMPARE(next(reader), -1);
}

void ChannelLayerContract::whatAReaderLeavesIsCounted()
{
    {
        ChannelReader reader(*m_layer);
        QVERIFY(m_layer->send(reader.channel().name(), numbered(1)));
        QVERIFY(holds(reader, 1));
    }
    QCOMPARE(m_layer->dropped().value(u"no_channel"_s), 1);
}

void ChannelLayerContract::aMessageExpires()
{
    FakeClock clock;
    m_layer = makeLayer({.expiry = 60s, .clock = clock});
    ChannelReader reader(*m_layer);
    QVERIFY(m_layer->send(reader.channel().name(), numbered(1)));
    QVERIFY(holds(reader, 1));
    clock.advance(59s);
    QVERIFY(m_layer->send(reader.channel().name(), numbered(2)));
    QVERIFY(holds(reader, 2));
    clock.advance(2s);
    QCOMPARE(next(reader), 2);
    QCOMPARE(m_layer->dropped(), (QMap<QString, qint64>{{u"expired"_s, 1}}));
    QCOMPARE(reader.channel().info().dropped, 1);
}

void ChannelLayerContract::aGroupForgetsAReaderThatShowsNoSignOfLife()
{
    FakeClock clock;
    m_layer = makeLayer({.groupExpiry = 24h, .clock = clock});
    ChannelReader gone(*m_layer);
    ChannelReader back(*m_layer);
    const Ear living(*m_layer);
    for (Channel *channel : {&gone.channel(), &back.channel(), living.channel.get()})
        QVERIFY(m_layer->groupAdd(u"jobs"_s, *channel));
    clock.advance(23h);
    (void)back.receive();
    clock.advance(2h);
    QVERIFY(m_layer->groupSend(u"jobs"_s, numbered(1)));
    QVERIFY(holds(back, 1));
    QVERIFY(waitFor([&] { return living.heard == QList{1}; }, 20s));
    QCOMPARE(gone.channel().info().queued, 0);
    QVERIFY(gone.channel().groups().isEmpty());

    QVERIFY(m_layer->groupAdd(u"jobs"_s, gone.channel()));
    clock.advance(7h);
    QVERIFY(m_layer->groupSend(u"jobs"_s, numbered(2)));
    QVERIFY2(holds(gone, 1), "it may come back: joining is a sign of life");
}

void ChannelLayerContract::aChannelHasTheCapacityOfItsName()
{
    const QRegularExpression beginning(u'^' + QRegularExpression::escape(beginningOfNames()));
    m_layer = makeLayer(
        {.capacity = 7, .channelCapacity = {{u"other*"_s, 1}, {beginning, 2}, {u"*"_s, 3}}});
    QCOMPARE(Ear(*m_layer).channel->info().capacity, 2);
}

void ChannelLayerContract::flushingEmptiesGroupsAndQueues()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupAdd(u"jobs"_s, *ann.channel));
    QVERIFY(m_layer->send(ann.channel->name(), numbered(1)));
    m_layer->flush();
    QVERIFY(m_layer->groups().isEmpty());
    QVERIFY(!ann.channel->isMember(u"jobs"_s));
    QCOMPARE(m_layer->channels().size(), 1);
    QVERIFY(m_layer->groupSend(u"jobs"_s, numbered(2)));
    QVERIFY(m_layer->send(ann.channel->name(), numbered(3)));
    QVERIFY(waitFor([&] { return !ann.heard.isEmpty(); }, 20s));
    QCOMPARE(ann.heard, QList{3});
}

void ChannelLayerContract::readersShareANamedChannel()
{
    const auto one = ChannelReader::open(*m_layer, u"thumbnails"_s);
    const auto two = ChannelReader::open(*m_layer, u"thumbnails"_s);
    QVERIFY(one && two);
    for (int n = 1; n <= 10; ++n)
        QVERIFY(m_layer->send(u"thumbnails"_s, numbered(n)));
    const auto held = [](const auto &reader) { return (*reader)->channel().info().queued; };
    QVERIFY(waitFor([&] { return held(one) + held(two) == 10; }, 20s));
    QList<int> all;
    for (const auto *reader : {&one, &two})
        for (int n = next(***reader); n != -1; n = next(***reader))
            all.append(n);
    std::sort(all.begin(), all.end());
    QCOMPARE(all, (QList{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    QCOMPARE((*one)->channel().info().kind, u"worker"_s);
}

void ChannelLayerContract::aNamedChannelHasNoExclamationMark_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("somebody's own") << u"specific.abc!def"_s;
    QTest::newRow("blank") << u"thumb nails"_s;
    QTest::newRow("empty") << QString();
}

void ChannelLayerContract::aNamedChannelHasNoExclamationMark()
{
    QFETCH(QString, name);
    const auto opened = ChannelReader::open(*m_layer, name);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, u"bad_name"_s);
    QVERIFY(opened.error().message.contains(u'"' + name + u'"'));
}

void ChannelLayerContract::namesAChannelBySoundPrefixesAlone_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::newRow("empty") << QString();
    QTest::newRow("space") << u"my worker"_s;
    QTest::newRow("exclamation mark") << u"mine!"_s;
    QTest::newRow("Cyrillic") << u"привет"_s;
    QTest::newRow("too long") << QString(MaxPrefixLength + 1, u'x');
}

void ChannelLayerContract::namesAChannelBySoundPrefixesAlone()
{
    QFETCH(QString, prefix);
    Ear ear(*m_layer);
    const auto made = m_layer->newChannel(ear, prefix);
    QVERIFY(!made);
    QCOMPARE(made.error().code, u"bad_name"_s);
    QVERIFY2(made.error().message.contains(u'"' + prefix + u"\" is no prefix"_s),
             qPrintable(made.error().message));
}

void ChannelLayerContract::aChannelOfTheLongestPrefixIsReached()
{
    Ear ear(*m_layer);
    auto made = m_layer->newChannel(ear, QString(MaxPrefixLength, u'x'));
    QVERIFY(made);
    ear.channel = std::move(made).value();
    QVERIFY(m_layer->send(ear.channel->name(), numbered(1)));
    QVERIFY(waitFor([&] { return ear.heard == QList<int>{1}; }, 20s));
}

} // namespace parlour::tests
