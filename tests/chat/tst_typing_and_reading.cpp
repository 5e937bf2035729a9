// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/read_positions.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

/// Remembers positions from one ReadPositions to the next.
class NotingHouseStore final : public HouseStore
{
public:
    Memory memory() const override { return {u"5f0c2a"_s, {}, {}, reads}; }
    void keepRoom(const KeptRoom &) override { }
    void forgetRoom(const QString &) override { }
    void keepToken(const KeptToken &) override { }
    void forgetToken(const QByteArray &) override { }
    void keepRead(const KeptRead &read) override
    {
        forgetRead(read.personId, read.room);
        reads.append(read);
    }
    void forgetRead(const QString &personId, const QString &room) override
    {
        reads.removeIf(
            [&](const KeptRead &read) { return read.personId == personId && read.room == room; });
    }
    void keepHole(const KeptHole &) override { }
    void forgetHole(const QString &, const QString &) override { }

    QList<KeptRead> reads;
};

/// A host whose clock a test turns.
struct Host {
    Host()
        : chat(options(now))
    {
    }
    static ChatOptions options(const std::chrono::steady_clock::time_point &now)
    {
        ChatOptions options;
        options.clock = [&now] { return now; };
        return options;
    }

    std::chrono::steady_clock::time_point now{1h};
    ChatHost chat;
};

struct Member {
    explicit Member(Host &host, const QString &name, const QString &token = {})
        : client(host.chat)
        , welcome(client.hello(name, token))
    {
        client.send(JoinFrame{u"general"_s});
        joined = client.next<JoinedFrame>();
        client.next<MembersFrame>();
        client.drain();
    }
    void type(bool isTyping) { client.send(TypingFrame{u"general"_s, isTyping}); }
    void read(qint64 number, const QString &epoch)
    {
        client.send(ReadFrame{u"general"_s, {epoch, number}});
    }

    V1Client client;
    WelcomeFrame welcome;
    JoinedFrame joined;
};

} // namespace

/// Who writes, and who has read up to where.
class TypingAndReadingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void othersSeeWhoWrites();
    void writingIsToldOnceInAWhile();
    void whoLeftDoesNotWrite();
    void readingIsToldToThePersonsOthers();
    void readingNeverGoesBack_data();
    void readingNeverGoesBack();
    void whoComesBackIsToldWhatWasRead();
    void aPersonsLastRoomsAreKnown();
    void whoReadLongestAgoIsForgotten();
    void positionsAreKept();
};

void TypingAndReadingTest::othersSeeWhoWrites()
{
    Host host;
    Member ann(host, u"Ann"_s);
    Member again(host, u"Ann"_s, ann.welcome.token);
    Member ben(host, u"Ben"_s);
    ann.client.drain();
    again.client.drain();
    ann.type(true);
    const auto seen = ben.client.next<PersonTypingFrame>();
    QCOMPARE(seen.room, u"general"_s);
    QCOMPARE(seen.person, (Sender{ann.welcome.person.id, u"Ann"_s}));
    QVERIFY(seen.typing);
    QVERIFY(ann.client.socket.receivesNothing());
    QVERIFY(again.client.socket.receivesNothing());
    ann.type(false);
    QVERIFY(!ben.client.next<PersonTypingFrame>().typing);
    ben.client.send(TypingFrame{u"attic"_s, true});
    QCOMPARE(ben.client.next<ErrorFrame>().code, u"not_a_member"_s);
    QCOMPARE(host.chat.log.position(u"general"_s).number, 0);
}

void TypingAndReadingTest::writingIsToldOnceInAWhile()
{
    Host host;
    Member ann(host, u"Ann"_s);
    Member ben(host, u"Ben"_s);
    ann.type(false); // which is no news
    for (int i = 0; i < 5; ++i)
        ann.type(true);
    QVERIFY(ben.client.next<PersonTypingFrame>().typing);
    QVERIFY(ben.client.socket.receivesNothing());
    ann.type(false);
    ann.type(false);
    ann.type(true); // too soon
    QVERIFY(!ben.client.next<PersonTypingFrame>().typing);
    QVERIFY(ben.client.socket.receivesNothing());
    host.now += 2999ms;
    ann.type(true);
    QVERIFY(ben.client.socket.receivesNothing());
    host.now += 1ms;
    ann.type(true);
    QVERIFY(ben.client.next<PersonTypingFrame>().typing);
}

void TypingAndReadingTest::whoLeftDoesNotWrite()
{
    Host host;
    Member ann(host, u"Ann"_s);
    Room &room = *host.chat.house.rooms().find(u"general"_s);
    QVERIFY(room.setTyping(ann.welcome.person.id, true, host.now));
    QVERIFY(!room.setTyping(u"p-nobody"_s, true, host.now));
    ann.client.send(LeaveFrame{u"general"_s});
    ann.client.next<LeftFrame>();
    QVERIFY(!room.setTyping(ann.welcome.person.id, false, host.now));
}

void TypingAndReadingTest::readingIsToldToThePersonsOthers()
{
    Host host;
    Member phone(host, u"Ann"_s);
    Member desk(host, u"Ann"_s, phone.welcome.token);
    Member ben(host, u"Ben"_s);
    QVERIFY(!desk.joined.read);
    phone.client.say(u"one"_s);
    phone.client.drain();
    desk.client.drain();
    ben.client.drain();
    const QString epoch = host.chat.log.position(u"general"_s).epoch;
    phone.read(1, epoch);
    const auto read = desk.client.next<ReadFrame>();
    QCOMPARE(read.room, u"general"_s);
    QCOMPARE(read.position, (Position{epoch, 1}));
    QVERIFY(phone.client.socket.receivesNothing());
    QVERIFY(ben.client.socket.receivesNothing());
}

void TypingAndReadingTest::readingNeverGoesBack_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<bool>("isSameEpoch");
    QTest::addColumn<qint64>("told"); // 0: nothing
    QTest::newRow("on") << qint64(3) << true << qint64(3);
    QTest::newRow("the same") << qint64(2) << true << qint64(0);
    QTest::newRow("back") << qint64(1) << true << qint64(0);
    QTest::newRow("beyond the log") << qint64(1'000'000) << true << qint64(3);
    QTest::newRow("of another epoch") << qint64(3) << false << qint64(0);
}

void TypingAndReadingTest::readingNeverGoesBack()
{
    QFETCH(qint64, number);
    QFETCH(bool, isSameEpoch);
    QFETCH(qint64, told);
    Host host;
    Member phone(host, u"Ann"_s);
    Member desk(host, u"Ann"_s, phone.welcome.token);
    for (int i = 0; i < 3; ++i)
        phone.client.say(u"x"_s);
    const QString epoch = host.chat.log.position(u"general"_s).epoch;
    phone.read(2, epoch);
    QCOMPARE(desk.client.next<ReadFrame>().position.number, 2);
    phone.read(number, isSameEpoch ? epoch : u"e-other"_s);
    QCOMPARE(desk.client.next<ReadFrame>().position.number, told);
}

void TypingAndReadingTest::whoComesBackIsToldWhatWasRead()
{
    Host host;
    Member ann(host, u"Ann"_s);
    ann.client.say(u"x"_s);
    const QString epoch = host.chat.log.position(u"general"_s).epoch;
    ann.read(1, epoch);
    ann.client.drain();
    Member again(host, u"Ann"_s, ann.welcome.token);
    QCOMPARE(again.welcome.read.size(), 1);
    QCOMPARE(again.welcome.read.first().position, (Position{epoch, 1}));
    QCOMPARE(again.joined.read, (Position{epoch, 1}));
    Member ben(host, u"Ben"_s);
    QVERIFY(ben.welcome.read.isEmpty() && !ben.joined.read);
}

void TypingAndReadingTest::aPersonsLastRoomsAreKnown()
{
    NotingHouseStore store;
    ReadPositions positions(1000, store);
    for (int i = 0; i <= ReadPositions::RoomsOfPerson; ++i)
        QVERIFY(positions.advance(u"p-1"_s, QString::number(i), {u"e-1"_s, 5}));
    QVERIFY(!positions.of(u"p-1"_s, u"0"_s));
    QCOMPARE(positions.all(u"p-1"_s).size(), ReadPositions::RoomsOfPerson);
    QCOMPARE(positions.all(u"p-1"_s).last().room, u"100"_s);
    QCOMPARE(store.reads.size(), ReadPositions::RoomsOfPerson);
    QVERIFY(positions.advance(u"p-1"_s, u"1"_s, {u"e-2"_s, 1})); // another epoch
    QCOMPARE(positions.all(u"p-1"_s).last().room, u"1"_s);
}

void TypingAndReadingTest::whoReadLongestAgoIsForgotten()
{
    NotingHouseStore store;
    ReadPositions positions(3, store);
    positions.advance(u"p-1"_s, u"a"_s, {u"e-1"_s, 1});
    positions.advance(u"p-2"_s, u"a"_s, {u"e-1"_s, 1});
    positions.advance(u"p-1"_s, u"b"_s, {u"e-1"_s, 1});
    positions.advance(u"p-3"_s, u"a"_s, {u"e-1"_s, 1});
    QVERIFY(!positions.of(u"p-2"_s, u"a"_s));
    QCOMPARE(positions.all(u"p-1"_s).size(), 2);
    QVERIFY(positions.of(u"p-3"_s, u"a"_s));
    QCOMPARE(store.reads.size(), 3);
}

void TypingAndReadingTest::positionsAreKept()
{
    NotingHouseStore store;
    ReadPositions(1000, store).advance(u"p-1"_s, u"a"_s, {u"e-1"_s, 7});
    ReadPositions again(1000, store);
    QCOMPARE(again.of(u"p-1"_s, u"a"_s), (Position{u"e-1"_s, 7}));
    QVERIFY(!again.advance(u"p-1"_s, u"a"_s, {u"e-1"_s, 7}));
}

PARLOUR_TEST(TypingAndReadingTest)
#include "tst_typing_and_reading.moc"
