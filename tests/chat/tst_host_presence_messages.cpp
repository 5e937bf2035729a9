// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using channels::Message;

namespace {

BridgeOptions quickWith(const PresenceOptions &presence, const channels::Clock &clock)
{
    BridgeOptions options;
    options.clock = clock;
    options.presence = presence;
    options.presence.tick = 1ms;
    options.presence.changeDelay = 1ms;
    options.presence.answerDelay = 1ms;
    options.presence.answerInterval = 1ms;
    return options;
}

Person person(int number)
{
    return {u"p-%1"_s.arg(number), u"Person %1"_s.arg(number), u"member"_s, u"app"_s};
}

RoomPresence crowd(int first, int count)
{
    RoomPresence room{u"general"_s, {}, {}};
    for (int i = first; i < first + count; ++i)
        room.here.append(person(i));
    return room;
}

/// A host, and a process that says whatever it wants to it.
struct Stage {
    explicit Stage(const PresenceOptions &presence = {})
        : host(shared, u"North"_s, quickWith(presence, clock))
        , said(shared, QString(PresenceGroup))
    {
        (void)channels::waitFor([&] { return !said.heard.isEmpty(); }, 10s);
        said.heard.clear();
    }

    void say(const PresenceContent &content, const QString &from = u"other"_s)
    {
        say(encodePresence({from, content}));
    }
    void say(const Message &message)
    {
        (void)shared.groupSend(QString(PresenceGroup), message);
        channels::settle();
    }
    int people(const QString &room = u"general"_s) const
    {
        const Room *found = host.chat.house.rooms().find(room);
        return found ? found->people() : -1;
    }
    /// How often the host asked for everything of another one.
    qsizetype asked(const QString &of = u"other"_s) const
    {
        return std::count_if(said.heard.begin(), said.heard.end(), [&](const Message &message) {
            return message.type() == "parlour.ask"_L1 && message.value(u"of"_s).toString() == of;
        });
    }

    channels::FakeClock clock;
    InMemoryChannelLayer shared;
    SharingHost host;
    Bystander said;
};

} // namespace

/// What a host makes of what others say, whoever they are.
class HostPresenceMessagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anUnknownHostIsAsked();
    void changesInOrderCount();
    void aGapIsAskedFor();
    void whatWasMissedShowsInTheNextSignOfLife();
    void aStateReplacesWhatWasKnown();
    void aStateThatLacksAPartIsNone();
    void whoAsksIsAnswered();
    void piecesHoldEverybody();
    void whatNoHostWouldSayIsCounted_data();
    void whatNoHostWouldSayIsCounted();
    void thousandsOfHostsAreBounded();
    void thousandsOfPeopleAreBounded();
    void statesInPartsAreBounded();
    void partsThatAreNotAsAnnouncedAreCounted_data();
    void partsThatAreNotAsAnnouncedAreCounted();
    void whoFoundNoPlaceIsAskedForAgain();
    void aStrangersPersonDoesNotReplaceOurs();
};

void HostPresenceMessagesTest::anUnknownHostIsAsked()
{
    Stage stage;
    stage.say(PresenceAlive{u"Other"_s, u"specific.x!y"_s, 0});
    QCOMPARE(stage.asked(), 1);
    stage.say(PresenceAlive{u"Other"_s, u"specific.x!y"_s, 0});
    QCOMPARE(stage.asked(), 1); // not as often as it speaks
    stage.clock.advance(1s);
    stage.say(PresenceAlive{u"Other"_s, u"specific.x!y"_s, 0});
    QCOMPARE(stage.asked(), 2);
}

void HostPresenceMessagesTest::changesInOrderCount()
{
    Stage stage;
    stage.say(PresenceState{4, 0, 1, {}});
    stage.say(PresenceChanges{5, {{u"general"_s, {person(1), person(2)}, {}}}});
    QCOMPARE(stage.people(), 2);
    stage.say(PresenceChanges{6, {{u"general"_s, {}, {u"p-1"_s}}}});
    QCOMPARE(stage.people(), 1);
    stage.say(PresenceChanges{6, {{u"general"_s, {person(1)}, {}}}}); // said before
    QCOMPARE(stage.people(), 1);
    QCOMPARE(stage.asked(), 0);
}

void HostPresenceMessagesTest::aGapIsAskedFor()
{
    Stage stage;
    stage.say(PresenceState{4, 0, 1, {}});
    stage.say(PresenceChanges{6, {{u"general"_s, {person(1)}, {}}}});
    QCOMPARE(stage.people(), 0);
    QCOMPARE(stage.asked(), 1);
    stage.say(PresenceState{6, 0, 1, {{u"general"_s, {person(1)}, {}}}});
    QCOMPARE(stage.people(), 1);
}

void HostPresenceMessagesTest::whatWasMissedShowsInTheNextSignOfLife()
{
    Stage stage;
    stage.say(PresenceState{4, 0, 1, {}});
    stage.say(PresenceAlive{u"Other"_s, u"x"_s, 4});
    QCOMPARE(stage.asked(), 0);
    stage.say(PresenceAlive{u"Other"_s, u"x"_s, 5});
    QCOMPARE(stage.asked(), 1);
}

void HostPresenceMessagesTest::aStateReplacesWhatWasKnown()
{
    Stage stage;
    stage.say(PresenceState{1, 0, 1, {{u"general"_s, {person(1), person(2)}, {}}}});
    stage.say(PresenceState{2, 0, 2, {{u"general"_s, {person(2)}, {}}}});
    QCOMPARE(stage.people(), 2); // it is not whole yet
    stage.say(PresenceState{2, 1, 2, {{u"general"_s, {person(3), person(4)}, {}}}});
    QCOMPARE(stage.people(), 3);
    stage.say(PresenceGoodbye{});
    QCOMPARE(stage.people(), 0);
}

void HostPresenceMessagesTest::aStateThatLacksAPartIsNone()
{
    Stage stage;
    stage.say(PresenceState{1, 0, 3, {{u"general"_s, {person(1)}, {}}}});
    stage.say(PresenceState{1, 2, 3, {{u"general"_s, {person(3)}, {}}}});
    QCOMPARE(stage.people(), 0);
    stage.say(PresenceState{1, 0, 1, {{u"general"_s, {person(1)}, {}}}});
    QCOMPARE(stage.people(), 1);
}

void HostPresenceMessagesTest::whoAsksIsAnswered()
{
    Stage stage;
    stage.say(PresenceAsk{u"somebody-else"_s});
    const auto states = [&] {
        return std::count_if(
            stage.said.heard.begin(), stage.said.heard.end(),
            [](const Message &message) { return message.type() == "parlour.state"_L1; });
    };
    for (int i = 0; i < 10; ++i) {
        (void)stage.shared.groupSend(QString(PresenceGroup),
                                     encodePresence({u"other"_s, PresenceAsk{}}));
    }
    QVERIFY(channels::waitFor([&] { return states() == 1; }, 10s)); // one for all
    stage.say(PresenceAsk{stage.host.chat.house.info().id});
    QVERIFY(channels::waitFor([&] { return states() == 2; }, 10s));
}

void HostPresenceMessagesTest::piecesHoldEverybody()
{
    QList<RoomPresence> rooms;
    for (int room = 0; room < 7; ++room) {
        RoomPresence presence{u"room %1"_s.arg(room), {}, {u"gone"_s}};
        for (int i = 0; i < 90; ++i)
            presence.here.append(person(i));
        rooms.append(presence);
    }
    const auto pieces = presencePieces(rooms);
    QCOMPARE(pieces.size(), (7 * 91 + MaxPresencePeople - 1) / MaxPresencePeople);
    QMap<QString, qsizetype> found;
    for (const auto &piece : pieces) {
        QVERIFY(parsePresence(encodePresence({u"x"_s, PresenceChanges{1, piece}})));
        for (const RoomPresence &room : piece)
            found[room.room] += room.here.size() + room.gone.size();
    }
    QCOMPARE(found.values(), QList<qsizetype>(7, 91));
    QCOMPARE(presencePieces({}).size(), 1); // nobody is a state too
}

void HostPresenceMessagesTest::whatNoHostWouldSayIsCounted_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariantMap>("body");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const QString &type, QVariantMap body,
                        const QString &cause = u"malformed"_s) {
        if (!body.contains(u"host"_s))
            body.insert(u"host"_s, u"other"_s);
        QTest::newRow(name) << type << body << cause;
    };
    const auto people = [&](const QVariant &rooms) {
        return QVariantMap{{u"sequence"_s, 1}, {u"rooms"_s, rooms}};
    };
    const auto general = [&](const QVariant &here) {
        return people(QVariantList{QVariantMap{{u"room"_s, u"general"_s}, {u"here"_s, here}}});
    };
    const auto named = [&](const QVariant &id, const QVariant &name) {
        return general(QVariantList{QVariantMap{
            {u"id"_s, id}, {u"name"_s, name}, {u"role"_s, u"x"_s}, {u"via"_s, u"x"_s}}});
    };
    row("another type", u"chat.message"_s, {}, u"unregistered"_s);
    row("no host", u"parlour.goodbye"_s, {{u"host"_s, QString()}});
    row("a host of markup", u"parlour.goodbye"_s, {{u"host"_s, u"<b>"_s}});
    row("a host that is a number", u"parlour.goodbye"_s, {{u"host"_s, 7}});
    row("an empty sign of life", u"parlour.alive"_s, {});
    row("a channel that is none", u"parlour.alive"_s,
        {{u"title"_s, u"x"_s}, {u"channel"_s, u"a\u202eb"_s}, {u"sequence"_s, 1}});
    row("a channel of kilobytes", u"parlour.alive"_s,
        {{u"title"_s, u"x"_s}, {u"channel"_s, QString(1000, u'x')}, {u"sequence"_s, 1}});
    row("a negative number", u"parlour.people"_s, {{u"sequence"_s, -1}});
    row("a number that is a text", u"parlour.people"_s, {{u"sequence"_s, u"1"_s}});
    row("a room that is none", u"parlour.people"_s,
        people(QVariantList{QVariantMap{{u"room"_s, u"a/b"_s}}}));
    row("a room that is a number", u"parlour.people"_s, people(QVariantList{1}));
    row("a room where nothing happens", u"parlour.people"_s, general(QVariantList()));
    row("a state with an empty room", u"parlour.state"_s,
        {{u"sequence"_s, 1},
         {u"part"_s, 0},
         {u"parts"_s, 1},
         {u"rooms"_s, QVariantList{QVariantMap{{u"room"_s, u"general"_s}}}}});
    row("a state from which somebody went", u"parlour.state"_s,
        {{u"sequence"_s, 1},
         {u"part"_s, 0},
         {u"parts"_s, 1},
         {u"rooms"_s,
          QVariantList{
              QVariantMap{{u"room"_s, u"general"_s}, {u"gone"_s, QVariantList{u"p-1"_s}}}}}});
    row("a person that is a text", u"parlour.people"_s, general(QVariantList{u"Ann"_s}));
    row("a person without an id", u"parlour.people"_s, named({}, u"Ann"_s));
    row("a name turned around", u"parlour.people"_s, named(u"p-1"_s, u"\u202ennA"_s));
    row("a name of megabytes", u"parlour.people"_s, named(u"p-1"_s, QString(1 << 21, u'x')));
    row("too many people", u"parlour.people"_s, general(QVariantList(201, QVariantMap())));
    row("too many rooms", u"parlour.people"_s, people(QVariantList(201, QVariantMap())));
    row("too many parts", u"parlour.state"_s,
        {{u"sequence"_s, 1}, {u"part"_s, 0}, {u"parts"_s, 1 << 30}});
}

void HostPresenceMessagesTest::whatNoHostWouldSayIsCounted()
{
    QFETCH(QString, type);
    QFETCH(QVariantMap, body);
    QFETCH(QString, cause);
    Stage stage;
    stage.say(PresenceState{0, 0, 1, {}});
    stage.say(Message(type, body));
    QCOMPARE(stage.shared.dropped().value(cause), 1);
    QCOMPARE(stage.people(), 0);
}

void HostPresenceMessagesTest::thousandsOfHostsAreBounded()
{
    PresenceOptions options;
    options.maxHosts = 10;
    Stage stage(options);
    for (int i = 0; i < 3000; ++i) {
        (void)stage.shared.groupSend(
            QString(PresenceGroup),
            encodePresence({QString::number(i), PresenceAlive{u"x"_s, u"x"_s, 0}}));
    }
    channels::settle();
    QCOMPARE(stage.shared.dropped().value(u"too_many_hosts"_s), 2990);
    stage.clock.advance(15s);
    QVERIFY(channels::waitFor( // there is place again
        [&] {
            stage.say(PresenceState{1, 0, 1, {{u"general"_s, {person(1)}, {}}}});
            return stage.people() == 1;
        },
        10s));
}

void HostPresenceMessagesTest::thousandsOfPeopleAreBounded()
{
    PresenceOptions options;
    options.maxPeople = 50;
    Stage stage(options);
    const RoomPresence room = crowd(0, 60);
    stage.say(PresenceState{0, 0, 1, {room}});
    QCOMPARE(stage.people(), 0); // one host alone would be too many
    stage.say(PresenceState{0, 0, 1, {}});
    stage.say(PresenceChanges{1, {room}});
    QCOMPARE(stage.people(), 50);
    QCOMPARE(stage.shared.dropped().value(u"too_many_people"_s), 1 + 10);
    stage.say(PresenceGoodbye{});
    QCOMPARE(stage.people(), 0);
}

void HostPresenceMessagesTest::statesInPartsAreBounded()
{
    PresenceOptions options;
    options.maxPeople = 300;
    Stage stage(options);
    stage.say(PresenceState{1, 0, 2, {crowd(0, 200)}}, u"greedy"_s);
    stage.say(PresenceState{1, 0, 2, {crowd(1000, 150)}}); // both together are too many
    QCOMPARE(stage.shared.dropped().value(u"too_many_people"_s), 1);
    stage.say(PresenceState{1, 1, 2, {crowd(2000, 50)}});
    QCOMPARE(stage.people(), 200);
    stage.say(PresenceState{1, 1, 2, {crowd(200, 10)}}, u"greedy"_s);
    QCOMPARE(stage.people(), 200);
}

void HostPresenceMessagesTest::partsThatAreNotAsAnnouncedAreCounted_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::newRow("more than there can be people for") << 3 << 3;
    QTest::newRow("fewer than at first") << 2 << 1;
    QTest::newRow("more than at first") << 2 << 10;
}

void HostPresenceMessagesTest::partsThatAreNotAsAnnouncedAreCounted()
{
    QFETCH(int, first);
    QFETCH(int, second);
    PresenceOptions options;
    options.maxPeople = 300;
    Stage stage(options);
    stage.say(PresenceState{1, 0, first, {crowd(0, 10)}});
    stage.say(PresenceState{1, 1, second, {crowd(10, 10)}});
    QCOMPARE(stage.shared.dropped().value(u"malformed"_s), 1);
    QCOMPARE(stage.people(), 0);
}

void HostPresenceMessagesTest::whoFoundNoPlaceIsAskedForAgain()
{
    PresenceOptions options;
    options.maxPeople = 50;
    Stage stage(options);
    stage.say(PresenceState{0, 0, 1, {crowd(0, 40)}});
    const PresenceState late{7, 0, 1, {crowd(100, 20)}};
    stage.say(late, u"late"_s);
    QCOMPARE(stage.people(), 50);
    stage.say(PresenceGoodbye{});
    QCOMPARE(stage.people(), 10);
    stage.say(PresenceAlive{u"Late"_s, u"x"_s, 7}, u"late"_s);
    QCOMPARE(stage.asked(u"late"_s), 1);
    stage.say(late, u"late"_s);
    QCOMPARE(stage.people(), 20);
}

void HostPresenceMessagesTest::aStrangersPersonDoesNotReplaceOurs()
{
    Stage stage;
    V1Client ann(stage.host.chat);
    const Person us = ann.hello(u"Ann"_s).person;
    ann.join();
    Person theirs = us;
    theirs.name = u"Mallory"_s;
    stage.say(PresenceState{0, 0, 1, {{u"general"_s, {theirs}, {}}}});
    QCOMPARE(stage.people(), 1);
    V1Client ben(stage.host.chat);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s});
    const auto people = ben.next<MembersFrame>().people.value_or(QList<Person>());
    QVERIFY(people.contains(us));
}

PARLOUR_TEST(HostPresenceMessagesTest)
#include "tst_host_presence_messages.moc"
