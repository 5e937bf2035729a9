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

/// Searches in memory: the contract, and what bounds their time.
class MemoryRoomLogSearchTest : public RoomLogSearchContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        return std::make_unique<MemoryRoomLog>(
            layer, MemoryRoomLogOptions{.messagesPerRoom = messagesPerRoom});
    }

private Q_SLOTS:
    void aPartEndsWhereMuchWasRead();
};

void MemoryRoomLogSearchTest::aPartEndsWhereMuchWasRead()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    for (int i = 0; i < 200; ++i)
        post(log, utterance(QString::number(i), QString(4000, u'x')));
    const RoomLog::Hits part = findPart(log, {{u"general"_s}, {u"needle"_s}, 0, 50});
    QVERIFY(part.messages.isEmpty());
    QVERIFY(part.next > 100);
    QVERIFY(part.next < 200);
}

PARLOUR_TEST(MemoryRoomLogSearchTest)
#include "tst_memory_room_log_search.moc"
