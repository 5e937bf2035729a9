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

PARLOUR_TEST(MemoryRoomLogChangesTest)
#include "tst_memory_room_log_changes.moc"
