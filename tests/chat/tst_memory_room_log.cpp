// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/memory_room_log.h"
#include "chat/room_log_contract.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

/// The log in memory: the contract, and what bounds its memory.
class MemoryRoomLogTest : public RoomLogContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        return std::make_unique<MemoryRoomLog>(
            layer, MemoryRoomLogOptions{.messagesPerRoom = messagesPerRoom});
    }

private Q_SLOTS:
    void bytesAreBounded();
    void theLongestMessagesAllFit();
    void theLargestRoomGivesWay();
    void amongManyRoomsTheLargestGivesWay();
};

void MemoryRoomLogTest::bytesAreBounded()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1000, 1'000'000});
    for (int i = 1; i <= 10; ++i)
        post(log, utterance(QString::number(i), QString(100, u'x')));
    QCOMPARE(last(log, 200).messages.size(), 5);
    post(log, utterance(u"large"_s, QString(5000, u'x')));
    QCOMPARE(last(log, 200).messages.size(), 1);
    QCOMPARE(last(log, 200).messages.first().number, 11);
}

void MemoryRoomLogTest::theLongestMessagesAllFit()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const QString longest = QString(u"\U0001F44B"_s).repeated(4000);
    for (int i = 1; i <= 201; ++i)
        post(log, utterance(QString::number(i), longest));
    QCOMPARE(log.stats().kept, 200);
}

void MemoryRoomLogTest::theLargestRoomGivesWay()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1'000'000, 2000});
    post(log, utterance(u"1"_s, u"small"_s, u"attic"_s));
    for (int i = 1; i <= 20; ++i)
        post(log, utterance(QString::number(i), QString(100, u'x')));
    QVERIFY(log.hasHistory(u"attic"_s));
    QCOMPARE(last(log, 200).messages.size(), 9);
}

// Ten thousand rooms at the bound: each message drops one of the room that is the largest then.
void MemoryRoomLogTest::amongManyRoomsTheLargestGivesWay()
{
    constexpr int Rooms = 10'000;
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1'000'000, 4 * Rooms + 2000});
    QObject context;
    const auto say = [&](int id, const QString &text, const QString &room) {
        log.post(utterance(QString::number(id), text, room), &context, [](const auto &) {});
    };
    for (int i = 0; i < 10; ++i)
        say(i, QString(100, u'x'), u"general"_s);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < Rooms; ++i)
            say(round, u"y"_s, QString::number(i));
    }
    QCOMPARE(last(log, 200).messages.size(), 10);
    say(10, u"z"_s, u"7"_s);
    QCOMPARE(last(log, 200).messages.size(), 9);
    log.forget(u"general"_s);
    say(11, QString(900, u'z'), u"7"_s);
    QCOMPARE(last(log, 200, u"7"_s).messages.size(), 4);
}

PARLOUR_TEST(MemoryRoomLogTest)
#include "tst_memory_room_log.moc"
