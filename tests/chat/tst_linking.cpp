// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/fake_clock.h"
#include "chat/close_codes.h"
#include "chat/key_proof.h"
#include "chat/link_codes.h"
#include "chat/text_rules.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using namespace parlour::tests;
using parlour::channels::FakeClock;

namespace {

const QByteArray AnnsKey(KeySizes::PublicKey, 'a');

/// Remembers tokens from one start of a host to the next.
class NotingTokens final : public HouseStore
{
public:
    Memory memory() const override { return {u"5f0c2a"_s, {}, tokens}; }
    void keepRoom(const KeptRoom &) override { }
    void forgetRoom(const QString &) override { }
    void keepToken(const KeptToken &token) override
    {
        forgetToken(token.hash);
        tokens.prepend(token);
    }
    void forgetToken(const QByteArray &hash) override
    {
        tokens.removeIf([&](const KeptToken &token) { return token.hash == hash; });
    }
    void keepRead(const KeptRead &) override { }
    void forgetRead(const QString &, const QString &) override { }
    void keepHole(const KeptHole &) override { }
    void forgetHole(const QString &, const QString &) override { }

    QList<KeptToken> tokens;
};

ChatOptions believingEverybody(const FakeClock &clock)
{
    ChatOptions options;
    options.clock = clock;
    options.verifyKey = [](const QByteArray &, const QByteArray &, const QByteArray &) {
        return true;
    };
    return options;
}

/// A host whose clock a test turns, with Ann's app, which is known by its key.
struct AnnsHost {
    AnnsHost()
        : host(believingEverybody(clock))
        , app(host)
    {
        ann = enter(app);
    }
    static Person enter(V1Client &client)
    {
        client.send(HelloFrame{u"Ann"_s, {}, u"app"_s, AnnsKey});
        client.next<ChallengeFrame>();
        client.send(ProofFrame{QByteArray(KeySizes::Signature, 's')});
        return client.next<WelcomeFrame>().person;
    }
    LinkedFrame ask()
    {
        app.send(LinkFrame{});
        return app.next<LinkedFrame>();
    }
    static void come(V1Client &client, const QString &code, const QString &name = u"Ann"_s)
    {
        client.send(HelloFrame{name, {}, u"browser"_s, {}, {}, code});
    }

    FakeClock clock;
    ChatHost host;
    V1Client app;
    Person ann;
};

} // namespace

/// Another device of a person comes in by a code.
class LinkingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoHasTheCodeIsThePerson();
    void aCodeWorksOnce();
    void aCodeThatDoesNotHoldIsRefused_data();
    void aCodeThatDoesNotHoldIsRefused();
    void aBadNameUsesNothingUp();
    void theTokenHoldsAfterARestart();
    void theNameOfWhoIsHereStays();
    void whoIsNotHereGetsTheNameThatIsSaid();
    void aCodeBesideAKeyCountsForNothing();
    void whatOneDeviceHasReadTheOtherHears();
    void aBrowserOfTheOwnerIsNoOwner();
    void aBrowserMakesNobodyAGuest();
    void aGuestMayAskToo();
    void aFullHostSaysSo();
    void beforeTheHelloNobodyMay();
    void codesAreBounded();
};

void LinkingTest::whoHasTheCodeIsThePerson()
{
    AnnsHost here;
    const LinkedFrame link = here.ask();
    QCOMPARE(link.lifetime, std::chrono::seconds(300));
    QCOMPARE(QByteArray::fromBase64(link.code.toLatin1(), QByteArray::Base64UrlEncoding).size(),
             qsizetype(16));

    V1Client browser(here.host);
    AnnsHost::come(browser, link.code);
    const auto welcome = browser.next<WelcomeFrame>();
    QCOMPARE(welcome.person, here.ann);
    QVERIFY(!welcome.token.isEmpty());
    QCOMPARE(here.host.house.people().count(), 1);

    browser.socket.disconnect();
    V1Client again(here.host);
    QCOMPARE(again.hello(u"Ann"_s, welcome.token, u"browser"_s).person, here.ann);
}

void LinkingTest::aCodeWorksOnce()
{
    AnnsHost here;
    const QString code = here.ask().code;
    V1Client browser(here.host);
    AnnsHost::come(browser, code);
    QCOMPARE(browser.next<WelcomeFrame>().person.id, here.ann.id);

    V1Client eve(here.host);
    AnnsHost::come(eve, code);
    const auto error = eve.next<ErrorFrame>();
    QCOMPARE(error.code, u"bad_link"_s);
    QVERIFY(error.message.contains(u"once"_s));
    QCOMPARE(eve.closeCode(), close_code::LinkRefused);
}

void LinkingTest::aCodeThatDoesNotHoldIsRefused_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("isOfAnotherHost");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("just in time") << 299 << false << true;
    QTest::newRow("too old") << 300 << false << false;
    QTest::newRow("of another host") << 0 << true << false;
}

void LinkingTest::aCodeThatDoesNotHoldIsRefused()
{
    QFETCH(int, seconds);
    QFETCH(bool, isOfAnotherHost);
    QFETCH(bool, isTaken);
    AnnsHost here;
    AnnsHost there;
    const QString code = isOfAnotherHost ? there.ask().code : here.ask().code;
    here.clock.advance(std::chrono::seconds(seconds));
    V1Client browser(here.host);
    AnnsHost::come(browser, code);
    if (isTaken) {
        QCOMPARE(browser.next<WelcomeFrame>().person.id, here.ann.id);
        return;
    }
    QCOMPARE(browser.next<ErrorFrame>().code, u"bad_link"_s);
    QCOMPARE(browser.closeCode(), close_code::LinkRefused);
    QCOMPARE(here.host.house.people().count(), 1);
}

void LinkingTest::aBadNameUsesNothingUp()
{
    AnnsHost here;
    const QString code = here.ask().code;
    V1Client first(here.host);
    AnnsHost::come(first, code, u" "_s);
    QCOMPARE(first.next<ErrorFrame>().code, u"bad_name"_s);
    V1Client second(here.host);
    AnnsHost::come(second, code);
    QCOMPARE(second.next<WelcomeFrame>().person.id, here.ann.id);
}

void LinkingTest::theTokenHoldsAfterARestart()
{
    const FakeClock clock;
    NotingTokens store;
    const QString ann = personIdOfKey(AnnsKey);
    QString token;
    QString unused;
    {
        People people(10, store, clock);
        const HelloFrame hello{u"Ann"_s, {}, u"browser"_s, {}, {}, people.link(ann)->code};
        const auto arrival = people.arrive(hello, false);
        QVERIFY(arrival);
        QCOMPARE(arrival->stay->person().id, ann);
        token = arrival->token;
        unused = people.link(ann)->code;
    }
    QVERIFY2(!store.tokens.value(0).hash.contains(token.toUtf8()), "only hashes are kept");
    People people(10, store, clock);
    const auto arrival = people.arrive({u"Ann"_s, token, u"browser"_s, {}}, false);
    QVERIFY(arrival);
    QCOMPARE(arrival->stay->person().id, ann);
    QCOMPARE(arrival->token, token);
    const auto late = people.arrive({u"Ann"_s, {}, u"browser"_s, {}, {}, unused}, false);
    QVERIFY(!late);
    QCOMPARE(late.error().code, u"bad_link"_s);
}

void LinkingTest::theNameOfWhoIsHereStays()
{
    AnnsHost here;
    V1Client browser(here.host);
    AnnsHost::come(browser, here.ask().code, u"Anna"_s);
    QCOMPARE(browser.next<WelcomeFrame>().person.name, u"Ann"_s);
    QVERIFY(here.app.socket.receivesNothing());
}

void LinkingTest::whoIsNotHereGetsTheNameThatIsSaid()
{
    AnnsHost here;
    const QString code = here.ask().code;
    here.app.socket.disconnect();
    V1Client browser(here.host);
    AnnsHost::come(browser, code, u"Anna"_s);
    QCOMPARE(browser.next<WelcomeFrame>().person,
             (Person{here.ann.id, u"Anna"_s, u"member"_s, u"browser"_s}));
}

void LinkingTest::aCodeBesideAKeyCountsForNothing()
{
    AnnsHost here;
    V1Client ben(here.host);
    const QByteArray key(KeySizes::PublicKey, 'b');
    const QString code = here.ask().code;
    ben.send(HelloFrame{u"Ben"_s, {}, u"app"_s, key, {}, code});
    ben.next<ChallengeFrame>();
    ben.send(ProofFrame{QByteArray(KeySizes::Signature, 's')});
    QCOMPARE(ben.next<WelcomeFrame>().person.id, personIdOfKey(key));
    V1Client browser(here.host);
    AnnsHost::come(browser, code);
    QCOMPARE(browser.next<WelcomeFrame>().person.id, here.ann.id);
}

void LinkingTest::whatOneDeviceHasReadTheOtherHears()
{
    AnnsHost here;
    V1Client browser(here.host);
    AnnsHost::come(browser, here.ask().code);
    browser.next<WelcomeFrame>();
    const QString epoch = here.app.join().epoch;
    browser.join();
    here.app.say(u"one"_s);
    here.app.say(u"two"_s);
    here.app.drain();
    browser.drain();

    browser.send(ReadFrame{u"general"_s, {epoch, 1}});
    QCOMPARE(here.app.next<ReadFrame>().position, (Position{epoch, 1}));
    here.app.send(ReadFrame{u"general"_s, {epoch, 2}});
    QCOMPARE(browser.next<ReadFrame>().position, (Position{epoch, 2}));
    browser.send(ReadFrame{u"general"_s, {epoch, 1}});
    QVERIFY2(here.app.socket.receivesNothing(), "it never goes back");
}

void LinkingTest::aBrowserOfTheOwnerIsNoOwner()
{
    ChatHost host;
    V1Client owner(host, u"/ws/parlour/"_s, ownerHeaders());
    owner.hello(u"Olga"_s);
    owner.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    const QString said = ben.say(u"hello"_s);
    ben.next<MessageFrame>();
    owner.send(LinkFrame{});
    V1Client browser(host);
    AnnsHost::come(browser, owner.next<LinkedFrame>().code);
    browser.next<WelcomeFrame>();
    browser.join();
    browser.send(DeleteFrame{u"general"_s, newUuid(), said});
    QCOMPARE(browser.next<ErrorFrame>().code, u"not_allowed"_s);
    browser.send(SetTopicFrame{u"general"_s, u"x"_s});
    QCOMPARE(browser.next<ErrorFrame>().code, u"not_allowed"_s);
    owner.socket.disconnect();
    QVERIFY(browser.next<RenamedFrame>().person.role != u"owner"_s);
}

void LinkingTest::aBrowserMakesNobodyAGuest()
{
    AnnsHost here;
    const QString code = here.ask().code;
    here.app.socket.disconnect();
    V1Client browser(here.host);
    AnnsHost::come(browser, code);
    browser.next<WelcomeFrame>();
    browser.send(CreateFrame{u"design"_s, {}});
    QCOMPARE(browser.next<JoinedFrame>().room.room, u"design"_s);
    V1Client app(here.host); // beside the browser, which came first
    QCOMPARE(AnnsHost::enter(app).via, u"app"_s);
    QCOMPARE(browser.next<RenamedFrame>().person.via, u"app"_s);
}

void LinkingTest::aGuestMayAskToo()
{
    ChatHost host;
    V1Client guest(host);
    const auto welcome = guest.hello(u"Gus"_s, {}, u"browser"_s);
    guest.send(LinkFrame{});
    V1Client other(host);
    AnnsHost::come(other, guest.next<LinkedFrame>().code, u"Gus"_s);
    const auto linked = other.next<WelcomeFrame>();
    QCOMPARE(linked.person, welcome.person);
    QCOMPARE(linked.person.role, u"guest"_s);
    QVERIFY2(linked.token != welcome.token, "each device has its own");
}

void LinkingTest::aFullHostSaysSo()
{
    ChatHost host;
    V1Client guest(host);
    guest.hello(u"Gus"_s, {}, u"browser"_s);
    for (qsizetype i = 0; i < LinkCodes::MaxCodes; ++i)
        QVERIFY(host.house.people().link(u"p-%1"_s.arg(i)));
    guest.send(LinkFrame{});
    QCOMPARE(guest.next<ErrorFrame>().code, u"too_many_links"_s);
}

void LinkingTest::beforeTheHelloNobodyMay()
{
    ChatHost host;
    V1Client nobody(host);
    nobody.send(LinkFrame{});
    QCOMPARE(nobody.next<ErrorFrame>().code, u"hello_first"_s);
}

void LinkingTest::codesAreBounded()
{
    LinkCodes codes;
    const LinkCodes::Time now{1h};
    QStringList ofAnn;
    for (qsizetype i = 0; i <= LinkCodes::MaxCodesOfPerson; ++i)
        ofAnn.append(codes.issue(u"p-ann"_s, now));
    QCOMPARE(codes.size(), LinkCodes::MaxCodesOfPerson);
    QCOMPARE(codes.personOf(ofAnn.first(), now), QString());
    QCOMPARE(codes.personOf(ofAnn.last(), now), u"p-ann"_s);

    for (qsizetype i = codes.size(); i < LinkCodes::MaxCodes; ++i)
        QVERIFY(!codes.issue(u"p-%1"_s.arg(i), now).isEmpty());
    QCOMPARE(codes.issue(u"p-cid"_s, now), QString());
    QCOMPARE(codes.size(), LinkCodes::MaxCodes);
    QVERIFY2(!codes.issue(u"p-ann"_s, now).isEmpty(), "instead of one of her own");
    QCOMPARE(codes.take(ofAnn.last(), now), u"p-ann"_s);
    QVERIFY(!codes.issue(u"p-cid"_s, now).isEmpty());

    codes.issue(u"p-ben"_s, now + LinkCodes::Lifetime);
    QCOMPARE(codes.size(), qsizetype(1));
}

PARLOUR_TEST(LinkingTest)
#include "tst_linking.moc"
