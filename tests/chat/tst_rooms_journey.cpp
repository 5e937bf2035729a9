// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

QStringList typesOf(V1Client &client)
{
    QStringList types;
    while (!client.socket.receivesNothing()) {
        const ServerFrame frame = client.next();
        types.append(std::visit(
            [](const auto &content) {
                const auto json = QJsonDocument::fromJson(encode(ServerFrame{content}));
                return json["type"_L1].toString();
            },
            frame));
    }
    return types;
}

QStringList namesOf(const QList<Person> &people)
{
    QStringList names;
    for (const Person &person : people)
        names.append(person.name);
    return names;
}

} // namespace

/// What parlour.v1 clients of one host hear of rooms and of each other.
class RoomsJourneyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void welcomeTellsWhoOneIsAndWhatThereIs();
    void joinedHistoryAndMembersComeInThisOrder();
    void nothingIsMissedOrDoubledWhileJoining();
    void aFixedSocketJoinsByItself();
    void aTurnOfArrivalsIsOneFrame();
    void aPersonWithTwoConnectionsIsOneMember();
    void aTokenBringsThePersonBack();
    void theSameNameGetsANumber();
    void aNewNameIsHeardInEveryRoom();
    void roomsAreMadeAndHeardOf();
    void topicsAreSetByThoseWhoMay();
    void leavingIsHeard();
    void anUnlistedRoomDiesWhenEmptyWithoutHistory();
    void anUnlistedRoomWithHistoryIsKept();
    void theLeastRecentlyLeftRoomIsForgotten();
    void whetherItIsWatchedIsHeard();
};

void RoomsJourneyTest::welcomeTellsWhoOneIsAndWhatThereIs()
{
    ChatHost host;
    V1Client ann(host);
    QVERIFY(ann.answer.accepted);
    QCOMPARE(ann.answer.subprotocol, u"parlour.v1"_s);
    const auto welcome = ann.hello(u"Ann"_s);
    QCOMPARE(welcome.host, host.house.info());
    QCOMPARE(welcome.host.title, u"Studio North"_s);
    QCOMPARE(welcome.person.name, u"Ann"_s);
    QCOMPARE(welcome.person.role, u"member"_s);
    QCOMPARE(welcome.person.via, u"app"_s);
    QVERIFY(welcome.token.size() >= 43);
    QCOMPARE(welcome.rooms.size(), 1);
    QCOMPARE(welcome.rooms.first().title, u"general"_s);
    QVERIFY(welcome.rooms.first().listed);
    QVERIFY(welcome.room.isEmpty());
    QVERIFY(!welcome.watched);

    V1Client priya(host);
    QCOMPARE(priya.hello(u"Priya"_s, {}, u"browser"_s).person.role, u"guest"_s);
    V1Client owner(host, u"/ws/parlour/"_s, ownerHeaders());
    QCOMPARE(owner.hello(u"Olga"_s).person.role, u"owner"_s);
}

void RoomsJourneyTest::joinedHistoryAndMembersComeInThisOrder()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    for (const char16_t *text : {u"one", u"two", u"three"})
        ann.say(QString::fromUtf16(text));
    ann.drain();

    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s});
    const auto joined = ben.next();
    QVERIFY(std::holds_alternative<JoinedFrame>(joined));
    const RoomState room = std::get<JoinedFrame>(joined).room;
    QCOMPARE(room.number, 3);
    QCOMPARE(room.people, 2);
    const auto history = ben.next();
    QVERIFY(std::holds_alternative<HistoryFrame>(history));
    const auto messages = std::get<HistoryFrame>(history).messages;
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages.first().text, u"one"_s);
    QCOMPARE(messages.last().number, 3);
    QCOMPARE(messages.last().epoch, room.epoch);
    const auto members = ben.next<MembersFrame>();
    QVERIFY(members.people);
    QCOMPARE(namesOf(*members.people), (QStringList{u"Ann"_s, u"Ben"_s}));
    QCOMPARE(namesOf(ann.next<MembersFrame>().joined), QStringList{u"Ben"_s});
    QVERIFY(!typesOf(ben).contains(u"members"_s));
}

void RoomsJourneyTest::nothingIsMissedOrDoubledWhileJoining()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ann.say(u"1"_s); // numbered, but not delivered when Ben joins
    ben.send(JoinFrame{u"general"_s});
    ann.say(u"2"_s);
    QCoreApplication::processEvents();
    ann.say(u"3"_s);

    QStringList heard;
    while (!ben.socket.receivesNothing()) {
        const ServerFrame frame = ben.next();
        if (const auto *history = std::get_if<HistoryFrame>(&frame)) {
            for (const ChatMessage &message : history->messages)
                heard.append(message.text);
        } else if (const auto *message = std::get_if<MessageFrame>(&frame)) {
            heard.append(message->message.text);
        }
    }
    QCOMPARE(heard, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
}

void RoomsJourneyTest::aFixedSocketJoinsByItself()
{
    ChatHost host;
    V1Client ann(host, u"/ws/chat/кухня/"_s);
    QVERIFY(ann.answer.accepted);
    QCOMPARE(ann.hello(u"Ann"_s).room, u"кухня"_s);
    const auto joined = ann.next<JoinedFrame>();
    QCOMPARE(joined.room.title, u"кухня"_s);
    QVERIFY(!joined.room.listed);
    ann.next<MembersFrame>();
    ann.send(JoinFrame{u"general"_s});
    QCOMPARE(ann.next<ErrorFrame>().code, u"wrong_room"_s);
}

void RoomsJourneyTest::aTurnOfArrivalsIsOneFrame()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    ann.drain();
    std::vector<std::unique_ptr<V1Client>> others;
    for (int i = 0; i < 20; ++i) {
        others.push_back(std::make_unique<V1Client>(host));
        others.back()->hello(u"Other %1"_s.arg(i));
    }
    ann.drain();
    for (const auto &other : others)
        other->send(JoinFrame{u"general"_s});
    const QStringList types = typesOf(ann);
    QCOMPARE(types.count(u"members"_s), 1);
    QVERIFY(!types.contains(u"room"_s));
    QCOMPARE(ann.next<RoomFrame>().room.people, 21); // in one go, a moment later
    QVERIFY(ann.socket.receivesNothing());
}

void RoomsJourneyTest::aPersonWithTwoConnectionsIsOneMember()
{
    ChatHost host;
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    auto phone = std::make_unique<V1Client>(host);
    const auto first = phone->hello(u"Ann"_s);
    phone->join();
    QCOMPARE(namesOf(ben.next<MembersFrame>().joined), QStringList{u"Ann"_s});
    auto laptop = std::make_unique<V1Client>(host);
    QCOMPARE(laptop->hello(u"Ann"_s, first.token).person, first.person);
    laptop->join();
    QVERIFY(!typesOf(ben).contains(u"members"_s));
    phone.reset();
    QVERIFY(!typesOf(ben).contains(u"members"_s));
    laptop.reset();
    QCOMPARE(namesOf(ben.next<MembersFrame>().left), QStringList{u"Ann"_s});
    QCOMPARE(host.house.people().count(), 1);
}

void RoomsJourneyTest::aTokenBringsThePersonBack()
{
    ChatHost host;
    const auto first = V1Client(host).hello(u"Ann"_s);
    V1Client again(host);
    const auto second = again.hello(u"Anna"_s, first.token);
    QCOMPARE(second.person.id, first.person.id);
    QCOMPARE(second.person.name, u"Anna"_s);
    QCOMPARE(second.token, first.token);
    V1Client stranger(host);
    const auto third = stranger.hello(u"Eve"_s, u"what nobody was given"_s);
    QVERIFY(third.person.id != first.person.id);
    QVERIFY(third.token != first.token);
}

void RoomsJourneyTest::theSameNameGetsANumber()
{
    ChatHost host;
    V1Client first(host);
    V1Client second(host);
    V1Client third(host);
    QCOMPARE(first.hello(u"Ann"_s).person.name, u"Ann"_s);
    QCOMPARE(second.hello(u" Ann "_s).person.name, u"Ann#2"_s);
    QCOMPARE(third.hello(u"Ann"_s).person.name, u"Ann#3"_s);
    V1Client lookAlike(host);
    lookAlike.send(HelloFrame{u"\u0410nn"_s, {}, {}, {}}); // a Cyrillic A
    const auto refused = lookAlike.next<ErrorFrame>();
    QCOMPARE(refused.code, u"bad_name"_s);
    QVERIFY(refused.message.contains(u"looks like"_s));
    QCOMPARE(lookAlike.closeCode(), 4002);
}

void RoomsJourneyTest::aNewNameIsHeardInEveryRoom()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    ann.join(u"attic"_s);
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    ben.join(u"attic"_s);
    ben.drain();
    ann.drain();
    ann.send(RenameFrame{u"Anna"_s});
    QCOMPARE(ann.next<RenamedFrame>().person.name, u"Anna"_s);
    QStringList rooms;
    for (int i = 0; i < 2; ++i) {
        const auto members = ben.next<MembersFrame>();
        QCOMPARE(namesOf(members.changed), QStringList{u"Anna"_s});
        rooms.append(members.room);
    }
    rooms.sort();
    QCOMPARE(rooms, (QStringList{u"attic"_s, u"general"_s}));
    ann.drain();
    ann.send(RenameFrame{u"  "_s});
    QCOMPARE(ann.next<ErrorFrame>().code, u"bad_name"_s);
    ann.say(u"still here"_s);
    QCOMPARE(ann.next<MessageFrame>().message.sender.name, u"Anna"_s);
}

void RoomsJourneyTest::roomsAreMadeAndHeardOf()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ann.send(CreateFrame{u"design"_s, u"Covers and type"_s});
    QCOMPARE(ann.next<JoinedFrame>().room.topic, u"Covers and type"_s);
    const auto heard = ben.next<RoomFrame>();
    QCOMPARE(heard.room.title, u"design"_s);
    QVERIFY(heard.room.listed);
    ben.send(CreateFrame{u"design"_s, {}});
    QCOMPARE(ben.next<ErrorFrame>().code, u"room_exists"_s);
    V1Client guest(host);
    guest.hello(u"Gus"_s, {}, u"browser"_s);
    guest.send(CreateFrame{u"mine"_s, {}});
    QCOMPARE(guest.next<ErrorFrame>().code, u"not_allowed"_s);
}

void RoomsJourneyTest::topicsAreSetByThoseWhoMay()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.send(CreateFrame{u"design"_s, {}});
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join(u"design"_s);
    ben.send(SetTopicFrame{u"design"_s, u"mine now"_s});
    QCOMPARE(ben.next<ErrorFrame>().code, u"not_allowed"_s);
    ann.send(SetTopicFrame{u"design"_s, u"Paper"_s});
    const auto topic = ben.next<TopicFrame>();
    QCOMPARE(topic.topic, u"Paper"_s);
    QCOMPARE(topic.by, u"Ann"_s);
    V1Client owner(host, u"/ws/parlour/"_s, ownerHeaders());
    owner.hello(u"Olga"_s);
    owner.join(u"design"_s);
    owner.send(SetTopicFrame{u"design"_s, u"Type"_s});
    QCOMPARE(ben.next<TopicFrame>().topic, u"Type"_s);
}

void RoomsJourneyTest::leavingIsHeard()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    ann.drain();
    ben.send(LeaveFrame{u"general"_s});
    QCOMPARE(ben.next<LeftFrame>().room, u"general"_s);
    QCOMPARE(namesOf(ann.next<MembersFrame>().left), QStringList{u"Ben"_s});
    ann.say(u"alone"_s);
    QVERIFY(!typesOf(ben).contains(u"message"_s));
    ben.send(LeaveFrame{u"general"_s});
    QCOMPARE(ben.next<ErrorFrame>().code, u"not_a_member"_s);
}

void RoomsJourneyTest::anUnlistedRoomDiesWhenEmptyWithoutHistory()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    const QString epoch = ann.join(u"attic"_s).epoch;
    QCOMPARE(host.house.rooms().count(), 2);
    ann.send(LeaveFrame{u"attic"_s});
    QTRY_COMPARE(host.house.rooms().count(), 1);
    QVERIFY(ann.join(u"attic"_s).epoch != epoch);
}

void RoomsJourneyTest::anUnlistedRoomWithHistoryIsKept()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    const QString epoch = ann.join(u"attic"_s).epoch;
    ann.say(u"dust"_s, u"attic"_s);
    ann.drain();
    ann.send(LeaveFrame{u"attic"_s});
    ann.drain();
    const auto history = ann.join(u"attic"_s);
    QCOMPARE(history.epoch, epoch);
    QCOMPARE(history.messages.size(), 1);
}

void RoomsJourneyTest::theLeastRecentlyLeftRoomIsForgotten()
{
    ChatOptions options;
    options.maxUnlistedRooms = 2;
    ChatHost host(options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    for (const QString &room : {u"one"_s, u"two"_s, u"three"_s}) {
        ann.join(room);
        ann.say(u"x"_s, room);
        ann.drain();
        ann.send(LeaveFrame{room});
        ann.drain();
    }
    QCOMPARE(host.house.rooms().count(), 3); // general, two, three
    QVERIFY(!host.log.hasHistory(u"one"_s));
    QVERIFY(host.log.hasHistory(u"two"_s));
}

void RoomsJourneyTest::whetherItIsWatchedIsHeard()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    host.house.addWatcher();
    host.house.addWatcher();
    QVERIFY(ann.next<WatchedFrame>().watched);
    QVERIFY(V1Client(host).hello(u"Ben"_s).watched);
    host.house.removeWatcher();
    QVERIFY(ann.socket.receivesNothing());
    host.house.removeWatcher();
    QVERIFY(!ann.next<WatchedFrame>().watched);
}

PARLOUR_TEST(RoomsJourneyTest)
#include "tst_rooms_journey.moc"
