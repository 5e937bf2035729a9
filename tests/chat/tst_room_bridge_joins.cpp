// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using channels::WebsocketCommunicator;
using State = FakeSharedLayer::State;

namespace {

bool isJoined(const channels::ChannelLayer &layer, const QString &group)
{
    const auto groups = layer.groups();
    return std::any_of(groups.begin(), groups.end(),
                       [&](const channels::GroupInfo &info) { return info.name == group; });
}

BridgeOptions options(std::chrono::milliseconds joinTimeout,
                      std::chrono::milliseconds leaveDelay = 400ms,
                      const channels::Clock &clock = channels::steadyClock())
{
    BridgeOptions options;
    options.joinTimeout = joinTimeout;
    options.leaveDelay = leaveDelay;
    options.clock = clock;
    return options;
}

std::unique_ptr<WebsocketCommunicator> browser(SharingHost &host,
                                               const QString &path = u"/ws/chat/lobby/"_s)
{
    return std::make_unique<WebsocketCommunicator>(host.chat.application, path, localHeaders());
}

} // namespace

/// When a room is joined on the shared layer, who waits for it, and what people hear of it.
class RoomBridgeJoinsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRoomIsJoinedWhileSomebodyIsInIt();
    void aQuickReturnKeepsIt();
    void whoIsBackInTimeStays();
    void aRoomThatEndsLeaves();
    void whatComesAfterTheLastOneLeftIsCounted();
    void aBrowserIsAcceptedOnceTheRoomIsJoined();
    void aBrowserWaitsNoLongerThanTheTimeout();
    void nobodyWaitsWhileRedisIsLongAway();
    void aRoomWithinReachIsWaitedForAlthoughAnotherIsNot();
    void whoGoesWhileWaitingLeavesNoTrace();
    void joinedComesOnceTheRoomIsJoined();
    void whatIsSaidWhileWaitingIsSaid();
    void aHostThatSharesSaysSo();
    void whatIsToldWhileConnectingIsNothing();
};

void RoomBridgeJoinsTest::aRoomIsJoinedWhileSomebodyIsInIt()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared, u"North"_s, options(2s, 20ms));
    QVERIFY(!isJoined(shared, u"chat_lobby"_s));
    auto first = browser(north);
    auto second = browser(north);
    QVERIFY(first->connect().accepted);
    QVERIFY(second->connect().accepted);
    QVERIFY(isJoined(shared, u"chat_lobby"_s));
    first.reset();
    channels::settle();
    QVERIFY(isJoined(shared, u"chat_lobby"_s));
    second.reset();
    QTRY_VERIFY(!isJoined(shared, u"chat_lobby"_s));
}

void RoomBridgeJoinsTest::aQuickReturnKeepsIt()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    SharingHost north(shared, u"North"_s, options(2s, 1h));
    auto first = browser(north, u"/ws/chat/general/"_s);
    QVERIFY(first->connect().accepted);
    const auto channels = common.channels();
    first.reset();
    auto second = browser(north, u"/ws/chat/general/"_s);
    QVERIFY(second->connect().accepted);
    QCOMPARE(common.channels(), channels);
}

void RoomBridgeJoinsTest::whoIsBackInTimeStays()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared, u"North"_s, options(2s, 30ms));
    auto first = browser(north, u"/ws/chat/general/"_s);
    QVERIFY(first->connect().accepted);
    first.reset();
    auto second = browser(north, u"/ws/chat/general/"_s);
    auto visitor = browser(north);
    QVERIFY(second->connect().accepted);
    QVERIFY(visitor->connect().accepted);
    visitor->sendText(R"({"message": "so that the room is kept"})");
    QVERIFY(visitor->receiveText());
    visitor.reset();
    QTRY_VERIFY(!isJoined(shared, u"chat_lobby"_s)); // as the other room would be by now
    QVERIFY(isJoined(shared, u"chat_general"_s));
}

void RoomBridgeJoinsTest::aRoomThatEndsLeaves()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared, u"North"_s, options(2s, 1h));
    auto only = browser(north);
    QVERIFY(only->connect().accepted);
    only.reset();
    QTRY_VERIFY(!isJoined(shared, u"chat_lobby"_s));
    QVERIFY(!isJoined(north.chat.layer, u"chat_lobby"_s));
}

void RoomBridgeJoinsTest::whatComesAfterTheLastOneLeftIsCounted()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared, u"North"_s, options(2s, 1h));
    auto only = browser(north, u"/ws/chat/general/"_s);
    QVERIFY(only->connect().accepted);
    only.reset();
    QVERIFY(shared.groupSend(
        u"chat_general"_s, channels::Message(u"chat.message"_s, {{u"message"_s, u"too late"_s}})));
    QTRY_COMPARE(north.chat.layer.dropped().value(u"not_joined"_s), 1);
    QVERIFY(!north.chat.log.hasHistory(u"general"_s));
}

void RoomBridgeJoinsTest::aBrowserIsAcceptedOnceTheRoomIsJoined()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.holdJoins();
    SharingHost north(shared, u"North"_s, options(1h));
    auto first = browser(north);
    QCOMPARE(first->connect(50ms).status, 0);
    shared.confirm();
    QVERIFY(first->answer().accepted);
    auto second = browser(north);
    QVERIFY(second->connect(0ms).accepted || second->answer().accepted);
    QCOMPARE(shared.waitedFor.count(u"chat_lobby"_s), 1);
}

void RoomBridgeJoinsTest::aBrowserWaitsNoLongerThanTheTimeout()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.holdJoins();
    SharingHost north(shared, u"North"_s, options(100ms));
    auto first = browser(north);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(first->connect(10s).accepted);
    QVERIFY(timer.elapsed() >= 95);
    shared.confirm(); // late, and no news
    first->sendText(R"({"message": "x"})");
    QVERIFY(first->receiveText());
}

void RoomBridgeJoinsTest::nobodyWaitsWhileRedisIsLongAway()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common, State::Away);
    SharingHost north(shared, u"North"_s, options(1h, 400ms, clock));
    auto first = browser(north);
    QCOMPARE(first->connect(50ms).status, 0); // it may be back at once
    channels::FakeClock(clock).advance(1h);
    auto second = browser(north);
    QVERIFY(second->connect().accepted);
}

void RoomBridgeJoinsTest::aRoomWithinReachIsWaitedForAlthoughAnotherIsNot()
{
    channels::FakeClock clock;
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.lose(u"chat_attic"_s);
    shared.holdJoins();
    SharingHost north(shared, u"North"_s, options(1h, 400ms, clock));
    clock.advance(1h);
    auto lost = browser(north, u"/ws/chat/attic/"_s);
    QVERIFY(lost->connect().accepted);
    auto first = browser(north);
    QCOMPARE(first->connect(50ms).status, 0);
    shared.confirm();
    QVERIFY(first->answer().accepted);
}

void RoomBridgeJoinsTest::whoGoesWhileWaitingLeavesNoTrace()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.holdJoins();
    SharingHost north(shared, u"North"_s, options(1h, 1ms));
    const auto before = common.channels().size();
    auto first = browser(north);
    QCOMPARE(first->connect(10ms).status, 0);
    V1Client ann(north.chat);
    ann.hello(u"Ann"_s);
    ann.send(JoinFrame{u"attic"_s});
    channels::settle();
    QCOMPARE(north.chat.house.people().count(), 2);
    first->disconnect();
    first.reset();
    ann.socket.disconnect();
    QTRY_COMPARE(north.chat.house.people().count(), 0);
    QTRY_COMPARE(north.chat.house.rooms().count(), 1);
    QTRY_COMPARE(common.channels().size(), before);
    ann.drain();
    shared.confirm();
    QVERIFY(ann.socket.receivesNothing());
}

void RoomBridgeJoinsTest::joinedComesOnceTheRoomIsJoined()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.holdJoins();
    SharingHost north(shared, u"North"_s, options(1h));
    V1Client ann(north.chat, u"/ws/chat/lobby/"_s);
    ann.hello(u"Ann"_s);
    QVERIFY(ann.next<SharedFrame>().up);
    QVERIFY(ann.socket.receivesNothing());
    shared.confirm();
    QCOMPARE(ann.next<JoinedFrame>().room.room, u"lobby"_s);
}

// A client need not wait for "joined" before it speaks.
void RoomBridgeJoinsTest::whatIsSaidWhileWaitingIsSaid()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    shared.holdJoins();
    const Bystander django(common, u"chat_lobby"_s);
    SharingHost north(shared, u"North"_s, options(1h));
    V1Client ann(north.chat, u"/ws/chat/lobby/"_s);
    ann.hello(u"Ann"_s);
    ann.say(u"early"_s, u"lobby"_s);
    QTRY_COMPARE(django.heard.size(), 1);
    shared.confirm();
    QCOMPARE(ann.next<HistoryFrame>().messages.size(), 1);
}

void RoomBridgeJoinsTest::aHostThatSharesSaysSo()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    SharingHost north(shared);
    V1Client ann(north.chat);
    ann.hello(u"Ann"_s);
    QVERIFY(ann.next<SharedFrame>().up);
    shared.setState(State::Away);
    QVERIFY(!ann.next<SharedFrame>().up);
    V1Client ben(north.chat);
    ben.hello(u"Ben"_s);
    QVERIFY(!ben.next<SharedFrame>().up);
    shared.setState(State::Connecting); // another server of the store is being tried
    QVERIFY(ann.socket.receivesNothing());
    shared.setState(State::Up);
    QVERIFY(ann.next<SharedFrame>().up);

    ChatHost alone;
    V1Client cho(alone);
    cho.hello(u"Cho"_s);
    QVERIFY(cho.socket.receivesNothing());
}

void RoomBridgeJoinsTest::whatIsToldWhileConnectingIsNothing()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common, State::Connecting);
    SharingHost north(shared);
    V1Client ann(north.chat);
    ann.hello(u"Ann"_s);
    QVERIFY(ann.socket.receivesNothing());
    shared.setState(State::Up);
    QVERIFY(ann.next<SharedFrame>().up);
}

PARLOUR_TEST(RoomBridgeJoinsTest)
#include "tst_room_bridge_joins.moc"
