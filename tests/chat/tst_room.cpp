// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frames.h"
#include "chat/room.h"
#include "support/runner.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

/// How its members hear who comes and goes.
class RoomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoComesInOneTurnIsToldTogether_data();
    void whoComesInOneTurnIsToldTogether();
    void aCrowdIsToldNowAndThen();
    void whoCameAndWentIsNoNews();

private:
    /// `count` further people come; true once the room has told of them all.
    bool arrive(Room &room, int count)
    {
        for (int i = 0; i < count; ++i, ++m_people)
            room.enterElsewhere(u"there"_s, person(m_people));
        return QTest::qWaitFor([&] { return m_joined == m_people; }, 60000);
    }
    static Person person(int number)
    {
        Person made;
        made.id = QString::number(number);
        made.name = u"Person %1"_s.arg(number);
        return made;
    }
    void listenTo(Room &room)
    {
        m_people = m_joined = m_left = m_notices = 0;
        connect(&room, &Room::noticed, this, [this](const QByteArray &frame) {
            ++m_notices;
            const auto members = std::get<MembersFrame>(*parseServerFrame(frame));
            m_joined += int(members.joined.size());
            m_left += int(members.left.size());
        });
    }

    int m_people = 0;
    int m_joined = 0;
    int m_left = 0;
    int m_notices = 0;
};

void RoomTest::whoComesInOneTurnIsToldTogether_data()
{
    QTest::addColumn<int>("people");
    QTest::newRow("one") << 1;
    QTest::newRow("a handful") << 5;
    QTest::newRow("ten thousand") << 10000;
}

void RoomTest::whoComesInOneTurnIsToldTogether()
{
    QFETCH(int, people);
    Room room(u"general"_s);
    listenTo(room);
    QVERIFY(arrive(room, people));
    for (int i = 0; i < people; ++i)
        room.leaveElsewhere(u"there"_s, QString::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(m_left, people, 60000);
    QCOMPARE(m_notices, 2);
}

// Each in a turn of its own, as sockets bring them.
void RoomTest::aCrowdIsToldNowAndThen()
{
    constexpr int Later = 300;
    constexpr int MostPerSecond = 5; // four, and a timer may be a little early
    Room room(u"general"_s);
    listenTo(room);
    QVERIFY(arrive(room, 10000));
    m_notices = 0;
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 0; i < Later; ++i, ++m_people) {
        room.enterElsewhere(u"there"_s, person(m_people));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_joined, m_people, 60000);
    QVERIFY(m_notices <= 1 + elapsed.elapsed() * MostPerSecond / 1000);
}

void RoomTest::whoCameAndWentIsNoNews()
{
    Room room(u"general"_s);
    listenTo(room);
    room.enterElsewhere(u"there"_s, person(1));
    room.leaveElsewhere(u"there"_s, u"1"_s);
    QVERIFY(arrive(room, 1));
    QCOMPARE(m_notices, 1);
    QCOMPARE(m_left, 0);
}

PARLOUR_TEST(RoomTest)
#include "tst_room.moc"
