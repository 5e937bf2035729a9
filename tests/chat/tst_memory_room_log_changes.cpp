// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/memory_room_log.h"
#include "chat/room_log_contract.h"
#include "chat/text_rules.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

/// Changes in memory: the contract, and what bounds their memory.
class MemoryRoomLogChangesTest : public RoomLogChangesContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        return std::make_unique<MemoryRoomLog>(
            layer, MemoryRoomLogOptions{.messagesPerRoom = messagesPerRoom});
    }

private Q_SLOTS:
    void whatChangesCountsItsBytes();
    void deletionsAreToldLongerThanMessages();
    void deletionsAreBounded();
};

void MemoryRoomLogChangesTest::whatChangesCountsItsBytes()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1000, 1'000'000});
    for (int i = 1; i <= 4; ++i)
        post(log, utterance(QString::number(i), QString(100, u'x')));
    QCOMPARE(log.stats().kept, 4);
    change(log, editOf(u"4"_s, QString(200, u'y')));
    QCOMPARE(last(log, 9).messages.size(), 3);
    change(log, deletionOf(u"4"_s));
    post(log, utterance(u"5"_s, QString(100, u'x')));
    QCOMPARE(last(log, 9).messages.size(), 4);
}

// Another host may have heard the text, and nothing since.
void MemoryRoomLogChangesTest::deletionsAreToldLongerThanMessages()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {.messagesPerRoom = 2});
    const QString gone = post(log, utterance(newUuid(), u"a secret"_s)).id;
    const QString deletion = change(log, deletionOf(gone)).id;
    for (int i = 0; i < 30; ++i)
        post(log, utterance(newUuid(), QString::number(i)));
    const RoomLog::SaidHere part = saidHere(log, {newUuid(), 0, 1, 0});
    QVERIFY(part.isLost);
    QCOMPARE(part.changes.size(), 1);
    QCOMPARE(part.changes.constFirst().of, gone);
    const RoomLog::SaidHere next = saidHere(log, {deletion, 0, 9, 0}); // and on behind it
    QCOMPARE(next.ids.size(), 2);
    QVERIFY(next.changes.isEmpty());
}

void MemoryRoomLogChangesTest::deletionsAreBounded()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {.messagesPerRoom = 2});
    for (int i = 0; i < 100; ++i)
        change(log, deletionOf(post(log, utterance(newUuid(), QString::number(i))).id));
    QCOMPARE(saidHere(log, {{}, 0, 999, 0}).changes.size(), 3 + 2 * MaxEntriesPerMessage);
}

PARLOUR_TEST(MemoryRoomLogChangesTest)
#include "tst_memory_room_log_changes.moc"
