// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

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

BridgeOptions quick(const channels::Clock &clock)
{
    BridgeOptions options;
    options.clock = clock;
    options.presence.tick = 1ms;
    options.presence.changeDelay = 1ms;
    options.presence.answerDelay = 1ms;
    options.presence.answerInterval = 1ms;
    return options;
}

/// A host and its own way to the others.
struct Site {
    Site(channels::ChannelLayer &common, const QString &title, const channels::Clock &clock)
        : layer(common)
        , host(layer, title, quick(clock))
    {
    }

    FakeSharedLayer layer;
    SharingHost host;
};

/// Somebody who watches the list of a room's members.
class Onlooker
{
public:
    explicit Onlooker(SharingHost &host, const QString &name = u"Ann"_s,
                      const QString &room = u"general"_s)
        : client(host.chat)
    {
        client.hello(name);
        client.send(JoinFrame{room});
        apply(client.next<MembersFrame>());
    }
    /// Whether exactly these are listed, as "name (host)".
    bool sees(QStringList expected)
    {
        expected.sort();
        return channels::waitFor([&] { return seen() == expected; }, 10s);
    }
    QStringList seen()
    {
        while (!client.socket.receivesNothing()) {
            const ServerFrame frame = client.next();
            if (const auto *members = std::get_if<MembersFrame>(&frame))
                apply(*members);
        }
        QStringList names = m_names.values();
        names.sort();
        return names;
    }

    V1Client client;

private:
    void apply(const MembersFrame &frame)
    {
        for (const Person &person :
             frame.people.value_or(QList<Person>()) + frame.joined + frame.changed) {
            m_names[person.id] = person.name
                + (person.host.isEmpty() ? QString() : u" ("_s + person.host + u')')
                + (person.away ? u" away"_s : QString());
        }
        for (const Person &person : frame.left)
            m_names.remove(person.id);
    }

    QHash<QString, QString> m_names;
};

std::unique_ptr<V1Client> arrival(SharingHost &host, const QString &name, const QByteArray &key)
{
    auto client = std::make_unique<V1Client>(host.chat);
    client->send(HelloFrame{name, {}, u"app"_s, key});
    client->next<ChallengeFrame>();
    client->send(ProofFrame{QByteArray(64, 's')});
    return client;
}

/// Lets time pass; each of the hosts says that it lives, and looks at who does not any more.
bool passTime(channels::FakeClock &clock, const Bystander &group, std::chrono::seconds time,
              const QStringList &titles)
{
    const auto before = group.heard.size();
    clock.advance(time);
    const auto hasSpoken = [&](const QString &title) {
        return std::any_of(group.heard.begin() + before, group.heard.end(),
                           [&](const channels::Message &message) {
                               return message.value(u"title"_s).toString() == title;
                           });
    };
    return channels::waitFor([&] { return std::all_of(titles.begin(), titles.end(), hasSpoken); },
                             10s);
}

int peersOf(const SharingHost &host)
{
    return host.bridge.info()->peers;
}

} // namespace

/// One list of members over all hosts.
class HostPresenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void peopleOfAllHostsAreMembers();
    void aNewcomerHostSeesEverybody();
    void aRoomThatIsMadeLaterShowsThem();
    void numbersOfPeopleIncludeThem();
    void aPersonOnTwoHostsIsOneMember();
    void aTakenNameGetsANumber();
    void theOwnNameIsNoHindrance();
    void whoIsAwayIsShownSo();
    void aCrowdIsListedWhole();
    void aHostThatStopsIsGoneAtOnce();
    void aHostThatDiesIsGoneInTime_data();
    void aHostThatDiesIsGoneInTime();
    void whoIsCutOffSeesTheOthersGoAndComeBack();
    void nothingIsSaidWhileAway();
};

void HostPresenceTest::peopleOfAllHostsAreMembers()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    QVERIFY(ann.sees({u"Ann"_s}));
    Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s}));
    ivo.client.send(RenameFrame{u"Ivan"_s});
    QVERIFY(ann.sees({u"Ann"_s, u"Ivan (South)"_s}));
    ivo.client.send(LeaveFrame{u"general"_s});
    QVERIFY(ann.sees({u"Ann"_s}));
    QCOMPARE(peersOf(north.host), 1);
}

void HostPresenceTest::aNewcomerHostSeesEverybody()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Onlooker ann(north.host);
    Site south(common, u"South"_s, clock);
    Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s}));
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
}

void HostPresenceTest::aRoomThatIsMadeLaterShowsThem()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host, u"Ann"_s, u"кухня"_s);
    QVERIFY(channels::waitFor( // until the south has heard of her
        [&] { return V1Client(south.host.chat).hello(u"Ann"_s).person.name == "Ann#2"_L1; }, 10s));
    QVERIFY(!south.host.chat.house.rooms().find(u"кухня"_s));
    Onlooker ivo(south.host, u"Ivo"_s, u"кухня"_s);
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s}));
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
}

void HostPresenceTest::numbersOfPeopleIncludeThem()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    const Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    V1Client eve(north.host.chat);
    QCOMPARE(eve.hello(u"Eve"_s).rooms.first().people, 2);
}

void HostPresenceTest::aPersonOnTwoHostsIsOneMember()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Site east(common, u"East"_s, clock);
    Onlooker eve(east.host, u"Eve"_s);
    auto here = arrival(north.host, u"Mia"_s, QByteArray(32, 'm'));
    here->join();
    QVERIFY(eve.sees({u"Eve"_s, u"Mia (North)"_s}));
    auto there = arrival(south.host, u"Mia"_s, QByteArray(32, 'm'));
    there->join();
    Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ivo.sees({u"Eve (East)"_s, u"Ivo"_s, u"Mia"_s}));
    QCOMPARE(eve.seen().filter(u"Mia"_s).size(), 1);
    here->send(LeaveFrame{u"general"_s});
    QVERIFY(eve.sees({u"Eve"_s, u"Ivo (South)"_s, u"Mia (South)"_s}));
    there->send(LeaveFrame{u"general"_s});
    QVERIFY(eve.sees({u"Eve"_s, u"Ivo (South)"_s}));
}

void HostPresenceTest::aTakenNameGetsANumber()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s}));
    V1Client other(south.host.chat);
    QCOMPARE(other.hello(u"Ann"_s).person.name, u"Ann#2"_s);
    ann.client.send(LeaveFrame{u"general"_s});
    QVERIFY(ivo.sees({u"Ivo"_s}));
    V1Client third(south.host.chat);
    QCOMPARE(third.hello(u"Ann"_s).person.name, u"Ann"_s);
}

void HostPresenceTest::theOwnNameIsNoHindrance()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ivo(south.host, u"Ivo"_s);
    auto here = arrival(north.host, u"Mia"_s, QByteArray(32, 'm'));
    here->join();
    QVERIFY(ivo.sees({u"Ivo"_s, u"Mia (North)"_s}));
    auto there = arrival(south.host, u"Mia"_s, QByteArray(32, 'm'));
    QCOMPARE(there->next<WelcomeFrame>().person.name, u"Mia"_s);
}

void HostPresenceTest::whoIsAwayIsShownSo()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    Onlooker ivo(south.host, u"Ivo"_s);
    const QByteArray key(32, 'm');
    auto desk = arrival(north.host, u"Mia"_s, key);
    auto phone = arrival(north.host, u"Mia"_s, key);
    desk->join();
    desk->send(AwayFrame{true});
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s, u"Mia (North)"_s}));
    phone->send(AwayFrame{true});
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s, u"Mia away"_s}));
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s, u"Mia (North) away"_s}));
    auto there = arrival(south.host, u"Mia"_s, key);
    there->join();
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s, u"Mia"_s}));
    there.reset();
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s, u"Mia away"_s}));
    phone.reset();
    desk->send(AwayFrame{false});
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Ivo"_s, u"Mia (North)"_s}));
    while (!desk->socket.receivesNothing()) // for the person this is no other name or role
        QVERIFY(!std::holds_alternative<RenamedFrame>(desk->next()));
}

// What is said of many comes in pieces.
void HostPresenceTest::aCrowdIsListedWhole()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    std::vector<std::unique_ptr<WebsocketCommunicator>> crowd;
    for (int i = 0; i < 450; ++i) {
        crowd.push_back(std::make_unique<WebsocketCommunicator>(
            north.host.chat.application, u"/ws/chat/general/"_s, localHeaders()));
        QVERIFY(crowd.back()->connect().accepted);
    }
    Site south(common, u"South"_s, clock);
    QVERIFY(channels::waitFor(
        [&] { return south.host.chat.house.rooms().find(u"general"_s)->people() == 450; }, 10s));
    crowd.clear();
    QVERIFY(channels::waitFor(
        [&] { return south.host.chat.house.rooms().find(u"general"_s)->people() == 0; }, 10s));
}

void HostPresenceTest::aHostThatStopsIsGoneAtOnce()
{
    const channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    auto south = std::make_unique<Site>(common, u"South"_s, clock);
    Onlooker ann(north.host);
    auto ivo = std::make_unique<Onlooker>(south->host, u"Ivo"_s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    south->host.bridge.stop();
    QVERIFY(ann.sees({u"Ann"_s}));
    QCOMPARE(peersOf(north.host), 0);
    QVERIFY(north.layer.forgotten.isEmpty());
}

void HostPresenceTest::aHostThatDiesIsGoneInTime_data()
{
    QTest::addColumn<int>("beats");
    QTest::newRow("after a long life") << 10;
    QTest::newRow("both have just begun") << 0;
}

void HostPresenceTest::aHostThatDiesIsGoneInTime()
{
    QFETCH(int, beats);
    channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    const Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    const Bystander group(common, QString(PresenceGroup));
    for (int beat = 0; beat < beats; ++beat) // as long as it lives, it stays
        QVERIFY(passTime(clock, group, 5s, {u"North"_s, u"South"_s}));
    south.layer.setState(State::Away); // as its neighbours see it, it is dead
    for (int beat = 0; beat < 2; ++beat)
        QVERIFY(passTime(clock, group, 5s, {u"North"_s}));
    clock.advance(4s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    clock.advance(1s);
    QVERIFY(ann.sees({u"Ann"_s}));
    QCOMPARE(north.layer.forgotten.size(), 1);
    QCOMPARE(peersOf(north.host), 0);
}

void HostPresenceTest::whoIsCutOffSeesTheOthersGoAndComeBack()
{
    channels::FakeClock clock;
    InMemoryChannelLayer common;
    Site north(common, u"North"_s, clock);
    Site south(common, u"South"_s, clock);
    Onlooker ann(north.host);
    Onlooker ivo(south.host, u"Ivo"_s);
    QVERIFY(ann.sees({u"Ann"_s, u"Ivo (South)"_s}));
    const Bystander group(common, QString(PresenceGroup));
    for (int beats = 0; beats < 4; ++beats)
        QVERIFY(passTime(clock, group, 5s, {u"North"_s, u"South"_s}));
    north.layer.setState(State::Away);
    clock.advance(15s);
    QVERIFY(ann.sees({u"Ann"_s}));
    QVERIFY(north.layer.forgotten.isEmpty()); // who knows whether it lives
    const Onlooker eve(south.host, u"Eve"_s);
    north.layer.setState(State::Up);
    QVERIFY(ann.sees({u"Ann"_s, u"Eve (South)"_s, u"Ivo (South)"_s}));
    QVERIFY(ivo.sees({u"Ann (North)"_s, u"Eve"_s, u"Ivo"_s}));
}

void HostPresenceTest::nothingIsSaidWhileAway()
{
    channels::FakeClock clock;
    InMemoryChannelLayer common;
    const Bystander group(common, QString(PresenceGroup));
    Site north(common, u"North"_s, clock);
    const Site south(common, u"South"_s, clock);
    QVERIFY(passTime(clock, group, 5s, {u"North"_s, u"South"_s}));
    north.layer.setState(State::Away);
    const Onlooker ann(north.host);
    for (int beats = 0; beats < 4; ++beats)
        QVERIFY(passTime(clock, group, 5s, {u"South"_s}));
    QCOMPARE(north.layer.sentWhileAway, 0);
}

PARLOUR_TEST(HostPresenceTest)
#include "tst_host_presence.moc"
