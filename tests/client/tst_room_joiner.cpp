// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/room_joiner.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using parlour::client::RoomJoiner;

class RoomJoinerTest : public QObject
{
    Q_OBJECT

    static QStringList asked(const QSignalSpy &spy)
    {
        QStringList rooms;
        for (const auto &call : spy)
            rooms.append(call.first().toString());
        return rooms;
    }

private Q_SLOTS:
    void asksForOneRoomAfterTheOther()
    {
        RoomJoiner joiner(1h, nullptr);
        const QSignalSpy due(&joiner, &RoomJoiner::joinDue);
        joiner.want(u"a"_s);
        joiner.want(u"b"_s);
        joiner.want(u"a"_s);
        QCOMPARE(asked(due), QStringList());
        joiner.start();
        QCOMPARE(asked(due), (QStringList{u"a"_s}));
        joiner.entered(u"a"_s);
        QCOMPARE(asked(due), (QStringList{u"a"_s, u"b"_s}));
        joiner.entered(u"b"_s);
        QCOMPARE(due.size(), 2);
    }

    void asksForAllAgainAfterALoss()
    {
        RoomJoiner joiner(1h, nullptr);
        joiner.want(u"a"_s);
        joiner.start();
        joiner.entered(u"a"_s);
        joiner.entered(u"created"_s);
        joiner.stop();
        QVERIFY(!joiner.isIn(u"a"_s));
        const QSignalSpy due(&joiner, &RoomJoiner::joinDue);
        joiner.start();
        joiner.entered(u"a"_s);
        QCOMPARE(asked(due), (QStringList{u"a"_s, u"created"_s}));
    }

    void aRefusedRoomDoesNotHoldUpTheNext()
    {
        RoomJoiner joiner(1h, nullptr);
        const QSignalSpy due(&joiner, &RoomJoiner::joinDue);
        joiner.start();
        joiner.want(u"a"_s);
        joiner.want(u"b"_s);
        joiner.forget(u"a"_s);
        QCOMPARE(asked(due), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(!joiner.wants(u"a"_s));
    }

    void anUnansweredJoinDoesNotHoldUpTheNext()
    {
        RoomJoiner joiner(1ms, nullptr);
        const QSignalSpy due(&joiner, &RoomJoiner::joinDue);
        joiner.start();
        joiner.want(u"a"_s);
        joiner.want(u"b"_s);
        QTRY_VERIFY_WITH_TIMEOUT(due.size() >= 3, 15000);
        QCOMPARE(asked(due).mid(0, 3), (QStringList{u"a"_s, u"b"_s, u"a"_s}));
    }

    void asksLaterWhereTheHostWantsThat()
    {
        RoomJoiner joiner(1h, nullptr);
        const QSignalSpy due(&joiner, &RoomJoiner::joinDue);
        joiner.start();
        joiner.want(u"a"_s);
        joiner.want(u"b"_s);
        joiner.postpone(u"a"_s, 1ms);
        QCOMPARE(due.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(asked(due), (QStringList{u"a"_s, u"a"_s}), 15000);
    }
};

PARLOUR_TEST(RoomJoinerTest)
#include "tst_room_joiner.moc"
