// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

/// Makes a room and says something there.
void sayInNew(V1Client &client, const QString &room)
{
    client.send(CreateFrame{room, {}});
    client.next<MembersFrame>();
    client.say(u"dust"_s, room);
    client.drain();
}

} // namespace

/// Every limit of parlour.v1, and what a client hears at it.
class LimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withoutHelloItEnds();
    void aFullHostSaysSo();
    void tooFastIsNotAcceptedAndEndsTheThirdTime();
    void tooFastIsForgottenInTime();
    void binaryEnds();
    void aSlowClientComesBack();
    void roomsOfAClientHaveALimit();
    void listedRoomsHaveALimit();
    void listedRoomsOfAPersonHaveALimit();
    void anEmptyListedRoomWithoutHistoryIsClosed();
    void aListedRoomWithHistoryStays();
    void theRoomThatIsEmptyForLongestMakesPlace();
    void aRoomOfOnesOwnMakesPlace();
    void historyHasALimit();
};

void LimitsTest::withoutHelloItEnds()
{
    ChatOptions options;
    options.helloTimeout = 1ms;
    ChatHost host(options);
    V1Client silent(host);
    QCOMPARE(silent.socket.receiveClose().value_or(channels::WebsocketClose{0, {}}).code, 4001);
}

void LimitsTest::aFullHostSaysSo()
{
    ChatOptions options;
    options.maxPeople = 1;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    V1Client ben(host);
    ben.send(HelloFrame{u"Ben"_s, {}, {}, {}});
    QCOMPARE(ben.next<ErrorFrame>().code, u"host_full"_s);
    QCOMPARE(ben.closeCode(), 4006);
}

void LimitsTest::tooFastIsNotAcceptedAndEndsTheThirdTime()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    ann.drain();
    const SayFrame say{u"general"_s, newUuid(), u"x"_s};
    for (int i = 0; i < 3; ++i) {
        ann.socket.sendOverRate(encode(ClientFrame{say}), 1500ms);
        const auto error = ann.next<ErrorFrame>();
        QCOMPARE(error.code, u"too_fast"_s);
        QCOMPARE(error.id, say.id);
        QCOMPARE(error.room, u"general"_s);
        QCOMPARE(error.retryMs, 1500);
    }
    QCOMPARE(ann.closeCode(), 1008);
    QCOMPARE(host.log.position(u"general"_s).number, 0);
}

void LimitsTest::tooFastIsForgottenInTime()
{
    auto now = std::make_shared<std::chrono::steady_clock::time_point>();
    ChatOptions options;
    options.clock = [now] { return *now; };
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    for (int i = 0; i < 10; ++i) {
        ann.socket.sendOverRate("not even JSON", 1s);
        QCOMPARE(ann.next<ErrorFrame>().code, u"too_fast"_s);
        *now += 6s;
    }
    QVERIFY(ann.socket.receivesNothing());
}

void LimitsTest::binaryEnds()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.socket.sendBinary(R"({"type":"join","room":"general"})");
    QCOMPARE(ann.closeCode(), 1003);
}

void LimitsTest::aSlowClientComesBack()
{
    ChatHost host({}, {5});
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    V1Client slow(host);
    slow.hello(u"Slow"_s);
    slow.join();
    slow.drain();
    slow.socket.setBacklog({5, 500});
    ann.say(u"x"_s);
    QCOMPARE(slow.closeCode(), 4008);
    QCOMPARE(host.layer.dropped().value(u"capacity"_s), 1);
    QCOMPARE(ann.next<MessageFrame>().message.text, u"x"_s);
}

void LimitsTest::roomsOfAClientHaveALimit()
{
    ChatOptions options;
    options.maxRoomsPerClient = 3;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    for (const QString &room : {u"a"_s, u"b"_s, u"c"_s})
        ann.join(room);
    ann.send(JoinFrame{u"d"_s});
    QCOMPARE(ann.next<ErrorFrame>().code, u"too_many_rooms"_s);
    ann.join(u"c"_s); // again is no further one
    ann.send(LeaveFrame{u"c"_s});
    ann.join(u"d"_s);
}

void LimitsTest::listedRoomsHaveALimit()
{
    ChatOptions options;
    options.maxListedRooms = 2;
    options.maxRooms = 3;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.send(CreateFrame{u"two"_s, {}});
    QCOMPARE(ann.next<JoinedFrame>().room.title, u"two"_s);
    ann.send(CreateFrame{u"three"_s, {}});
    QCOMPARE(ann.next<ErrorFrame>().code, u"too_many_rooms"_s);
    ann.join(u"unlisted"_s);
    ann.send(JoinFrame{u"one too many"_s});
    QCOMPARE(ann.next<ErrorFrame>().code, u"too_many_rooms"_s);
}

void LimitsTest::listedRoomsOfAPersonHaveALimit()
{
    ChatOptions options;
    options.maxListedRoomsPerPerson = 2;
    ChatHost host(options);
    V1Client ann(host);
    const QString token = ann.hello(u"Ann"_s).token;
    for (const QString &room : {u"one"_s, u"two"_s}) {
        ann.send(CreateFrame{room, {}});
        QCOMPARE(ann.next<JoinedFrame>().room.title, room);
    }
    V1Client again(host);
    again.hello(u"Ann"_s, token);
    again.send(CreateFrame{u"three"_s, {}});
    QCOMPARE(again.next<ErrorFrame>().code, u"too_many_rooms"_s);
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.send(CreateFrame{u"his own"_s, {}});
    QCOMPARE(ben.next<JoinedFrame>().room.title, u"his own"_s);
    ann.send(LeaveFrame{u"one"_s});
    QCOMPARE(again.next<ClosedFrame>().room, u"one"_s);
    again.send(CreateFrame{u"three"_s, {}});
    QCOMPARE(again.next<JoinedFrame>().room.title, u"three"_s);
}

void LimitsTest::anEmptyListedRoomWithoutHistoryIsClosed()
{
    ChatOptions options;
    options.maxListedRooms = 2;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    {
        V1Client ben(host);
        ben.hello(u"Ben"_s);
        ben.send(CreateFrame{u"attic"_s, {}});
        QCOMPARE(ben.next<JoinedFrame>().room.title, u"attic"_s);
        ben.socket.disconnect();
    }
    QCOMPARE(ann.next<ClosedFrame>().room, u"attic"_s);
    ann.send(LeaveFrame{u"general"_s});
    ann.drain();
    QCOMPARE(host.house.rooms().listed().size(), 1); // "general", which always is
    ann.send(CreateFrame{u"attic"_s, {}});
    const auto room = ann.next<JoinedFrame>().room;
    QCOMPARE(room.people, 1);
    QVERIFY(room.listed);
}

void LimitsTest::theRoomThatIsEmptyForLongestMakesPlace()
{
    ChatOptions options;
    options.maxListedRooms = 3;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    for (const QString &room : {u"attic"_s, u"cellar"_s})
        sayInNew(ann, room);
    for (const QString &room : {u"cellar"_s, u"attic"_s}) {
        ann.send(LeaveFrame{room});
        QCOMPARE(ann.next<LeftFrame>().room, room);
    }
    ann.drain();
    ann.send(CreateFrame{u"porch"_s, {}});
    QCOMPARE(ann.next<ClosedFrame>().room, u"cellar"_s);
    QCOMPARE(ann.next<JoinedFrame>().room.title, u"porch"_s);
    ann.drain();
    QCOMPARE(ann.join(u"cellar"_s).messages.size(), 1); // what was said is there still
    ann.join(u"attic"_s);
    ann.send(CreateFrame{u"barn"_s, {}});
    QCOMPARE(ann.next<ErrorFrame>().code, u"too_many_rooms"_s); // somebody is in each
}

void LimitsTest::aRoomOfOnesOwnMakesPlace()
{
    ChatOptions options;
    options.maxListedRoomsPerPerson = 1;
    ChatHost host(options);
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    sayInNew(ben, u"his own"_s);
    ben.send(LeaveFrame{u"his own"_s});
    ben.drain();
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    sayInNew(ann, u"attic"_s);
    ann.send(LeaveFrame{u"attic"_s});
    ann.drain();
    ann.send(CreateFrame{u"porch"_s, {}});
    QCOMPARE(ann.next<ClosedFrame>().room, u"attic"_s);
    QCOMPARE(ann.next<JoinedFrame>().room.title, u"porch"_s);
}

void LimitsTest::aListedRoomWithHistoryStays()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.send(CreateFrame{u"attic"_s, {}});
    ann.next<MembersFrame>();
    ann.say(u"dust"_s, u"attic"_s);
    ann.drain();
    ann.send(LeaveFrame{u"attic"_s});
    ann.drain();
    QCOMPARE(host.house.rooms().listed().size(), 2);
    QCOMPARE(ann.join(u"attic"_s).messages.size(), 1);
}

void LimitsTest::historyHasALimit()
{
    MemoryRoomLogOptions log;
    log.messagesPerRoom = 5;
    ChatHost host({}, {}, log);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    for (int i = 1; i <= 8; ++i)
        ann.say(QString::number(i));
    ann.drain();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    const auto history = ben.join();
    QCOMPARE(history.messages.size(), 5);
    QCOMPARE(history.messages.first().text, u"4"_s);
    QCOMPARE(history.messages.last().number, 8);
}

PARLOUR_TEST(LimitsTest)
#include "tst_limits.moc"
