// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using channels::Message;

namespace {

struct Guest {
    Guest(SharingHost &host, const QString &name, const channels::Headers &headers = localHeaders())
        : client(host.chat, u"/ws/parlour/"_s, headers)
    {
        id = client.hello(name).person.id;
        client.join();
        client.drain();
    }

    V1Client client;
    QString id;
};

/// Ann of North and Ivo of South, who see each other, and what Ann said.
struct TwoHosts {
    TwoHosts()
        : north(shared)
        , south(shared, u"Studio South"_s)
        , ann(north, u"Ann"_s)
        , ivo(south, u"Ivo"_s)
    {
        waitUntilKnown();
        said = ann.client.say(u"hello"_s);
        ann.client.drain();
        ivo.client.drain();
    }
    /// Hosts tell each other a moment later who is with them.
    void waitUntilKnown()
    {
        const auto isKnown = [](SharingHost &here, SharingHost &there, const QString &id) {
            const Room *room = here.chat.house.rooms().find(u"general"_s);
            return room->isElsewhere(there.chat.house.info().id, id);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isKnown(south, north, ann.id) && isKnown(north, south, ivo.id),
                                 60000);
    }
    /// What a program that may write into the layer sends to all hosts.
    void forge(const QString &type, const QVariantMap &body)
    {
        (void)shared.groupSend(u"parlour.rooms"_s, Message(type, body));
    }
    QVariantMap change() const
    {
        return {{u"host"_s, south.chat.house.info().id},
                {u"room"_s, u"general"_s},
                {u"id"_s, newUuid()},
                {u"of"_s, said},
                {u"what"_s, u"react"_s},
                {u"sender"_s, QVariantMap{{u"id"_s, ivo.id}, {u"name"_s, u"Ivo"_s}}},
                {u"time"_s, QDateTime::currentMSecsSinceEpoch()},
                {u"emoji"_s, u"👍"_s},
                {u"on"_s, true}};
    }

    InMemoryChannelLayer shared;
    SharingHost north;
    SharingHost south;
    Guest ann;
    Guest ivo;
    QString said; ///< the id
};

} // namespace

/// What is changed on one host is changed on the others.
class ChangeBridgeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesAreSeenThere();
    void repliesAreQuotedThere();
    void moderatorsRuleWhatWasSaidWithThem();
    void djangoHearsNothingOfIt();
    void whatIsChangedInAnEmptyRoomIsChanged();
    void whatNoHostWouldSendIsCounted_data();
    void whatNoHostWouldSendIsCounted();
    void whatIsDatedFarAheadIsDropped();
    void deletionsCountHoweverTheyAreDated();
    void nobodyChangesWhatSomebodyHereSaid();
    void norOnceThatPersonIsGone();
    void whoWritesIsSeenThere();
    void writingIsNotToldLate();
    void aHostThatStoppedGoesOnAlone();
};

void ChangeBridgeTest::changesAreSeenThere()
{
    TwoHosts hosts;
    hosts.ann.client.send(EditFrame{u"general"_s, newUuid(), hosts.said, u"hello, all"_s});
    const auto there = hosts.ivo.client.next<ChangedFrame>();
    QCOMPARE(there.what, u"edit"_s);
    QCOMPARE(there.by.name, u"Ann"_s);
    QCOMPARE(there.message.text, u"hello, all"_s);
    QCOMPARE(there.number, 2);
    const auto here = hosts.ann.client.next<ChangedFrame>();
    QCOMPARE(here.id, there.id);
    QCOMPARE(here.message.edited, there.message.edited);

    hosts.ivo.client.send(ReactFrame{u"general"_s, newUuid(), hosts.said, u"👍"_s, true});
    const auto reacted = hosts.ann.client.next<ChangedFrame>();
    QCOMPARE(reacted.message.reactions, (QList<Reaction>{{u"👍"_s, {{hosts.ivo.id, u"Ivo"_s}}}}));
    QVERIFY(hosts.ann.client.socket.receivesNothing()); // it does not go round
    hosts.ivo.client.drain();

    hosts.ann.client.send(DeleteFrame{u"general"_s, newUuid(), hosts.said});
    QVERIFY(hosts.ivo.client.next<ChangedFrame>().message.isDeleted);
    QCOMPARE(hosts.south.chat.log.position(u"general"_s).number, 4);
}

void ChangeBridgeTest::repliesAreQuotedThere()
{
    TwoHosts hosts;
    hosts.ivo.client.send(SayFrame{u"general"_s, newUuid(), u"hi"_s, hosts.said});
    const auto reply = hosts.ann.client.next<MessageFrame>().message.reply;
    QCOMPARE(reply, (Quote{hosts.said, 1, {hosts.ann.id, u"Ann"_s}, u"hello"_s}));
}

void ChangeBridgeTest::moderatorsRuleWhatWasSaidWithThem()
{
    TwoHosts hosts;
    Guest owner(hosts.south, u"Olga"_s, ownerHeaders());
    owner.client.send(DeleteFrame{u"general"_s, newUuid(), hosts.said});
    QVERIFY(hosts.ivo.client.next<ChangedFrame>().message.isDeleted);
    QTRY_COMPARE(hosts.shared.dropped().value(u"not_allowed"_s), 1); // where Ann said it
    QVERIFY(hosts.ann.client.socket.receivesNothing());

    Guest other(hosts.north, u"Nora"_s, ownerHeaders());
    other.client.drain();
    hosts.ann.client.drain();
    const QString more = hosts.ann.client.say(u"more"_s);
    hosts.ivo.client.next<MessageFrame>();
    other.client.send(DeleteFrame{u"general"_s, newUuid(), more});
    QVERIFY(hosts.ivo.client.next<ChangedFrame>().message.isDeleted);
}

void ChangeBridgeTest::djangoHearsNothingOfIt()
{
    TwoHosts hosts;
    const Bystander django(hosts.shared, u"chat_general"_s);
    hosts.ann.client.send(TypingFrame{u"general"_s, true});
    hosts.ann.client.send(EditFrame{u"general"_s, newUuid(), hosts.said, u"hello, all"_s});
    hosts.ivo.client.next<ChangedFrame>();
    hosts.ann.client.send(SayFrame{u"general"_s, newUuid(), u"bye"_s, hosts.said});
    QCOMPARE(hosts.ivo.client.next<MessageFrame>().message.text, u"bye"_s);
    QCOMPARE(django.heard.size(), 1);
    QCOMPARE(django.heard.first().type(), u"chat.message"_s);
    QCOMPARE(django.heard.first().value(u"reply"_s).toString(), hosts.said);
}

void ChangeBridgeTest::whatIsChangedInAnEmptyRoomIsChanged()
{
    TwoHosts hosts;
    hosts.ivo.client.send(LeaveFrame{u"general"_s});
    hosts.ivo.client.next<LeftFrame>();
    hosts.ann.client.send(DeleteFrame{u"general"_s, newUuid(), hosts.said});
    QTRY_COMPARE(hosts.south.chat.log.position(u"general"_s).number, 2);
    QVERIFY(hosts.ivo.client.join().messages.first().isDeleted);
}

void ChangeBridgeTest::whatNoHostWouldSendIsCounted_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const QString &key, const QVariant &value,
                        const QString &cause = u"malformed"_s) {
        QTest::newRow(name) << key << value << cause;
    };
    row("no host", u"host"_s, {});
    row("a host of markup", u"host"_s, u"<b>"_s);
    row("no room", u"room"_s, {});
    row("no such room", u"room"_s, u"attic"_s, u"no_such_room"_s);
    row("no title", u"room"_s, u"a/b"_s);
    row("an id that is none", u"id"_s, u"42"_s);
    row("an id that is a list", u"id"_s, QVariantList{1});
    row("of megabytes", u"of"_s, QString(1 << 20, u'x'));
    row("of no message", u"of"_s, newUuid(), u"no_such_message"_s);
    row("something else", u"what"_s, u"shout"_s);
    row("no emoji", u"emoji"_s, u"yes"_s);
    row("emoji of megabytes", u"emoji"_s, QString(1 << 20, u'x'));
    row("bytes for an emoji", u"emoji"_s, QByteArray("\xff"));
    row("neither on nor off", u"on"_s, 1);
    row("an edit without a text", u"what"_s, u"edit"_s);
    row("somebody else's deletion", u"what"_s, u"delete"_s, u"not_allowed"_s);
}

void ChangeBridgeTest::whatNoHostWouldSendIsCounted()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    QFETCH(QString, cause);
    TwoHosts hosts;
    QVariantMap body = hosts.change();
    body.insert(key, value);
    const auto before = hosts.north.chat.log.position(u"general"_s);
    hosts.forge(u"parlour.changed"_s, body);
    QTRY_VERIFY(hosts.shared.dropped().value(cause) > 0);
    QCOMPARE(hosts.north.chat.log.position(u"general"_s), before);
}

void ChangeBridgeTest::whatIsDatedFarAheadIsDropped()
{
    TwoHosts hosts;
    hosts.said = hosts.ivo.client.say(u"mine"_s);
    QCOMPARE(hosts.ann.client.next<MessageFrame>().message.id, hosts.said);
    hosts.ivo.client.drain();
    QVariantMap body = hosts.change();
    body.insert(u"what"_s, u"edit"_s);
    for (const auto &[text, ahead] :
         {std::pair{u"soon"_s, 23h}, std::pair{u"never"_s, 25h}, std::pair{u"sooner"_s, 23h}}) {
        body.insert(u"id"_s, newUuid());
        body.insert(u"text"_s, text);
        body.insert(u"time"_s,
                    QDateTime::currentDateTimeUtc().addDuration(ahead).toMSecsSinceEpoch());
        hosts.forge(u"parlour.changed"_s, body);
    }
    QCOMPARE(hosts.ann.client.next<ChangedFrame>().message.text, u"soon"_s);
    QCOMPARE(hosts.ann.client.next<ChangedFrame>().message.text, u"sooner"_s);
    QCOMPARE(hosts.shared.dropped().value(u"ahead"_s), 1);
}

void ChangeBridgeTest::deletionsCountHoweverTheyAreDated()
{
    TwoHosts hosts;
    hosts.said = hosts.ivo.client.say(u"mine"_s);
    QCOMPARE(hosts.ann.client.next<MessageFrame>().message.id, hosts.said);
    QVariantMap body = hosts.change();
    body.insert(u"what"_s, u"delete"_s);
    body.insert(u"time"_s, MaxChangeTime);
    hosts.forge(u"parlour.changed"_s, body);
    QVERIFY(hosts.ann.client.next<ChangedFrame>().message.isDeleted);
}

void ChangeBridgeTest::nobodyChangesWhatSomebodyHereSaid()
{
    TwoHosts hosts;
    QVariantMap body = hosts.change();
    body.insert(u"what"_s, u"edit"_s);
    body.insert(u"text"_s, u"something else"_s);
    body.insert(u"sender"_s, QVariantMap{{u"id"_s, hosts.ann.id}, {u"name"_s, u"Ann"_s}});
    hosts.forge(u"parlour.changed"_s, body);
    QTRY_COMPARE(hosts.shared.dropped().value(u"not_allowed"_s), 1);
    body.insert(u"what"_s, u"delete"_s);
    body.insert(u"moderator"_s, true);
    hosts.forge(u"parlour.changed"_s, body);
    QTRY_COMPARE(hosts.shared.dropped().value(u"not_allowed"_s), 2);
    hosts.forge(u"websocket.close"_s, body);
    QTRY_VERIFY(hosts.shared.dropped().value(u"forged"_s) > 0);
    QCOMPARE(hosts.north.chat.log.position(u"general"_s).number, 1);
    QVERIFY(hosts.ann.client.socket.receivesNothing());
}

void ChangeBridgeTest::norOnceThatPersonIsGone()
{
    TwoHosts hosts;
    hosts.ann.client.socket.disconnect();
    QTRY_VERIFY(!hosts.north.chat.house.people().isHere(hosts.ann.id));
    QVariantMap body = hosts.change();
    body.insert(u"what"_s, u"delete"_s);
    body.insert(u"sender"_s, QVariantMap{{u"id"_s, hosts.ann.id}, {u"name"_s, u"Ann"_s}});
    hosts.forge(u"parlour.changed"_s, body);
    QTRY_COMPARE(hosts.shared.dropped().value(u"not_allowed"_s), 1);
    QCOMPARE(hosts.north.chat.log.position(u"general"_s).number, 1);
}

void ChangeBridgeTest::whoWritesIsSeenThere()
{
    TwoHosts hosts;
    hosts.ivo.client.send(TypingFrame{u"general"_s, true});
    const auto seen = hosts.ann.client.next<PersonTypingFrame>();
    QCOMPARE(seen.person, (Sender{hosts.ivo.id, u"Ivo"_s}));
    QVERIFY(seen.typing);
    hosts.ivo.client.send(TypingFrame{u"general"_s, false});
    QVERIFY(!hosts.ann.client.next<PersonTypingFrame>().typing);
    QVERIFY(hosts.ivo.client.socket.receivesNothing()); // it does not come back
    const QVariantMap typing{{u"host"_s, hosts.south.chat.house.info().id},
                             {u"room"_s, u"general"_s},
                             {u"person"_s, hosts.ann.id}, // who is not there
                             {u"typing"_s, true}};
    hosts.forge(u"parlour.typing"_s, typing);
    QTRY_COMPARE(hosts.shared.dropped().value(u"not_joined"_s), 1);
    hosts.forge(u"parlour.typing"_s, {{u"host"_s, u"0"_s}, {u"typing"_s, u"yes"_s}});
    QTRY_VERIFY(hosts.shared.dropped().value(u"malformed"_s) > 0);
    QVERIFY(hosts.ann.client.socket.receivesNothing());
}

void ChangeBridgeTest::writingIsNotToldLate()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    const Bystander rooms(common, u"parlour.rooms"_s);
    SharingHost north(shared);
    Guest ann(north, u"Ann"_s);
    shared.setState(FakeSharedLayer::State::Away);
    ann.client.send(TypingFrame{u"general"_s, true});
    ann.client.drain();
    QCOMPARE(shared.sentWhileAway, 0);
    shared.setState(FakeSharedLayer::State::Up);
    ann.client.drain();
    QVERIFY(rooms.heard.isEmpty());
}

void ChangeBridgeTest::aHostThatStoppedGoesOnAlone()
{
    TwoHosts hosts;
    hosts.north.bridge.stop();
    hosts.ann.client.send(EditFrame{u"general"_s, newUuid(), hosts.said, u"alone"_s});
    hosts.ann.client.send(TypingFrame{u"general"_s, true});
    QCOMPARE(hosts.ann.client.next<ChangedFrame>().message.text, u"alone"_s);
    QVERIFY(hosts.ivo.client.next<ChangedFrame>().id.isEmpty());
}

PARLOUR_TEST(ChangeBridgeTest)
#include "tst_change_bridge.moc"
