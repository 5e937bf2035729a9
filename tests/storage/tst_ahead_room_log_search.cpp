// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "ahead_log.h"
#include "support/runner.h"

using namespace parlour;
using namespace parlour::tests;

/// The contract, where the log tells what is said ahead of its being written.
class AheadRoomLogSearchTest : public RoomLogSearchContract
{
    Q_OBJECT

protected:
    std::unique_ptr<chat::RoomLog> makeLog(channels::ChannelLayer &layer,
                                           int messagesPerRoom) override
    {
        return m_maker.make(layer, messagesPerRoom);
    }

private Q_SLOTS:
    void cleanup() { m_maker.end(); }

private:
    AheadMaker m_maker;
};

PARLOUR_TEST(AheadRoomLogSearchTest)
#include "tst_ahead_room_log_search.moc"
