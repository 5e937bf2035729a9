// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "chat/key_proof.h"
#include "chat/text_rules.h"
#include "kept_host.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::BridgeInfo;
using channels::Message;

namespace {

const QByteArray AnnsKey(32, 'k');
const QString Known = u"0b0e7c6e-6f55-4a50-9d32-0d3f7e9f0a11"_s;

Sender annByKey()
{
    return {personIdOfKey(AnnsKey), u"Ann"_s};
}

/// As a host that answers nothing shares it.
Message sharedMessage(const QString &host, const QString &before, const QString &text,
                      const Sender &sender = {u"p-7"_s, u"Eve"_s})
{
    return Message(u"chat.message"_s,
                   {{u"host"_s, host},
                    {u"id"_s, newUuid()},
                    {u"after"_s, before},
                    {u"message"_s, text},
                    {u"sender"_s, QVariantMap{{u"id"_s, sender.id}, {u"name"_s, sender.name}}}});
}

Message sharedChange(const QString &host, const QString &before)
{
    return Message(u"parlour.changed"_s,
                   {{u"host"_s, host},
                    {u"room"_s, u"general"_s},
                    {u"id"_s, newUuid()},
                    {u"of"_s, Known},
                    {u"after"_s, before},
                    {u"what"_s, u"delete"_s}});
}

/// `by`: the id of the host that asked; empty: any.
QList<QVariantMap> asksIn(const QList<Message> &messages, const QString &of, const QString &by = {})
{
    QList<QVariantMap> asks;
    for (const Message &message : messages) {
        const bool isMeant = by.isEmpty() || message.value(u"host"_s).toString() == by;
        if (message.type() == "parlour.log.ask"_L1 && message.value(u"of"_s).toString() == of
            && isMeant)
            asks.append(message.body());
    }
    return asks;
}

} // namespace

/// What another host told, and could not be taken as it came, is had all the same; what cannot be
/// had takes no place for ever.
class PeerLossesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoseArrivalWasNotToldIsBelievedItsHost();
    void whoIsMadeUpIsNotBelieved();
    void whatTheLogCouldNotTakeIsAskedFor_data();
    void whatTheLogCouldNotTakeIsAskedFor();
    void aChangeThatWaitedIsAskedForToo();
    void aClockThatIsAheadDoesNotMatter();
    void onlyChangesOfWhatIsHereAreAskedFor();
    void whatWasSaidBeforeAStartIsHadBehindWhatIsKnown();
    void aHoleIsAskedForAsItWas();
    void hostsThatDoNotAnswerTakeNoPlaceForEver();
    void heldChangesHaveAWeight();
};

// Ann is on both hosts, by her key; North does not know yet that she is on South.
void PeerLossesTest::whoseArrivalWasNotToldIsBelievedItsHost()
{
    KeptHosts stage;
    const QString said = stage.north.say(u"one"_s, annByKey());
    QVERIFY(stage.areSame());
    const auto here = stage.north.arrive(AnnsKey);
    QVERIFY(here);
    QCOMPARE(stage.south.make(editOf(said, u"other"_s), annByKey()), QString());
    QVERIFY(stage.areSame());
    QCOMPARE(stage.south.make(reactionTo(said, u"👍"_s), annByKey()), QString());
    const QString there = stage.south.say(u"a secret"_s, annByKey());
    QVERIFY(stage.areSame());
    QCOMPARE(last(stage.north.log, 1).messages.constFirst().sender, annByKey());
    QCOMPARE(stage.south.make(deletionOf(there), annByKey()), QString());
    QVERIFY(stage.areSame());
    QVERIFY(stage.state.join(u' ').contains(u"other"_s));
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
}

void PeerLossesTest::whoIsMadeUpIsNotBelieved()
{
    KeptHosts stage;
    const auto here = stage.north.arrive(AnnsKey);
    const Listener listener(stage.north.local, u"chat_general"_s);
    const QString host = stage.south.house().info().id; // which is asked, and knows of nothing
    (void)stage.common.groupSend(u"chat_general"_s,
                                 sharedMessage(host, {}, u"made up"_s, annByKey()));
    QVERIFY(channels::waitFor(
        [&] { return stage.north.local.dropped().value(u"unconfirmed"_s) > 0; }, 30s));
    const QString mark = stage.south.say(u"mark"_s);
    QVERIFY(channels::waitFor([&] { return stage.north.state().join(u' ').contains(mark); }, 30s));
    QCOMPARE(stage.north.state().size(), 1);
}

void PeerLossesTest::whatTheLogCouldNotTakeIsAskedFor_data()
{
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("the others go on") << true;
    QTest::newRow("the others fall silent") << false;
}

void PeerLossesTest::whatTheLogCouldNotTakeIsAskedFor()
{
    QFETCH(bool, goesOn);
    KeptHosts stage;
    const QString first = stage.saidOnBoth(u"one"_s);
    const QString second = stage.saidOnBoth(u"a secret"_s);
    stage.south.disk.isFull = true;
    const QString third = stage.north.say(u"three"_s);
    stage.north.make(editOf(first, u"first"_s));
    stage.north.make(deletionOf(second));
    stage.north.make(reactionTo(third, u"👍"_s));
    for (int i = 0; i < 20; ++i)
        stage.north.say(QString::number(i));
    const auto refused = [&] {
        return stage.south.local.dropped().value(u"not_logged"_s)
            + stage.common.dropped().value(u"not_logged"_s);
    };
    QVERIFY(channels::waitFor([&] { return refused() > 0; }, 30s));
    channels::settle();
    stage.clock.advance(6s);
    channels::settle();
    stage.south.disk.isFull = false;
    stage.clock.advance(6s);
    if (goesOn)
        stage.north.say(u"and on"_s);
    QVERIFY2(stage.areSame(),
             qPrintable(stage.north.state().join(u'\n') + u"\n\n"_s + stage.state.join(u'\n')));
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
    QStringList order = texts(last(stage.south.log, 99)); // and nothing is out of it
    QCOMPARE(order, texts(last(stage.north.log, 99)));
}

// East's deletion of what North says comes before that, and the disk is full when its turn is.
void PeerLossesTest::aChangeThatWaitedIsAskedForToo()
{
    KeptHosts stage;
    KeptHost east(stage.common, stage.clock);
    stage.south.way.setState(BridgeInfo::State::Away);
    const QString said = stage.north.say(u"a secret"_s);
    QVERIFY(channels::waitFor([&] { return east.state() == stage.north.state(); }, 30s));
    stage.north.way.setState(BridgeInfo::State::Away);
    QCOMPARE(east.make(reactionTo(said, u"👍"_s)), QString());
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(channels::waitFor(
        [&] { return stage.common.dropped().value(u"no_such_message"_s) > 0; }, 30s));
    stage.south.disk.isFull = true;
    stage.north.way.setState(BridgeInfo::State::Up);
    QVERIFY(channels::waitFor(
        [&] { return stage.south.local.dropped().value(u"not_logged"_s) > 0; }, 30s));
    stage.south.disk.isFull = false;
    const auto areSame = [&] {
        stage.clock.advance(1s);
        return stage.south.state() == east.state() && stage.north.state() == east.state();
    };
    QVERIFY(channels::waitFor(areSame, 30s));
    QVERIFY(stage.south.state().join(u' ').contains(u"👍"_s));
}

void PeerLossesTest::aClockThatIsAheadDoesNotMatter()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    const auto ahead = [&](Change change) {
        change.time = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
        return stage.south.make(change);
    };
    QCOMPARE(ahead(editOf(said, u"from the future"_s)), QString());
    QVERIFY(stage.areSame());
    QCOMPARE(ahead(reactionTo(said, u"👍"_s)), QString());
    QVERIFY(stage.areSame());
    stage.north.make(editOf(said, u"from now"_s)); // by who has seen it
    Change off = reactionTo(said, u"👍"_s);
    off.on = false;
    stage.north.make(off);
    QVERIFY(stage.areSame());
    QVERIFY(stage.state.join(u' ').contains(u"from now"_s));
    QVERIFY(!stage.state.join(u' ').contains(u"👍"_s));
    stage.north.kill(); // and as it is told again
    stage.north.start();
    stage.north.way.setState(BridgeInfo::State::Up);
    KeptHost east(stage.common, stage.clock);
    const QString mark = stage.north.say(u"mark"_s);
    QVERIFY(stage.areSame());
    QVERIFY(stage.state.join(u' ').contains(u"from now"_s));
    QVERIFY(stage.state.join(u' ').contains(mark));
}

void PeerLossesTest::onlyChangesOfWhatIsHereAreAskedFor()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    const qint64 oldest = last(stage.south.log, 1).messages.constFirst().time;
    stage.south.kill(); // so that it knows of it from before
    stage.south.start();
    const Bystander logs(stage.common, QString(PeerLogGroup));
    stage.south.way.setState(BridgeInfo::State::Up);
    KeptHost east(stage.common, stage.clock);
    east.say(u"two"_s);
    const QString host = east.house().info().id;
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(host, Known, u"three"_s));
    const QString south = stage.south.house().info().id;
    const auto asks = [&] { return asksIn(logs.heard, host, south); };
    QVERIFY(channels::waitFor([&] { return !asks().isEmpty(); }, 30s));
    const std::chrono::milliseconds slack = PeerLogOptions().changesSlack;
    QCOMPARE(asks().constFirst().value(u"changes"_s).toLongLong(), oldest - slack.count());
}

// Its place in the other's log is forgotten meanwhile.
void PeerLossesTest::whatWasSaidBeforeAStartIsHadBehindWhatIsKnown()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    const qint64 time = last(stage.south.log, 1).messages.constFirst().time;
    stage.south.kill();
    stage.north.say(u"two"_s);
    channels::settle(); // nobody hears it
    const Bystander logs(stage.common, QString(PeerLogGroup));
    QVERIFY(channels::waitFor([&] { return QDateTime::currentMSecsSinceEpoch() > time; }, 30s));
    stage.south.start();
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    const auto asks = asksIn(logs.heard, stage.north.house().info().id);
    QVERIFY(!asks.isEmpty());
    QCOMPARE(asks.constFirst().value(u"after"_s).toString(), said);
    QCOMPARE(asks.constFirst().value(u"from"_s).toLongLong(), time);
}

void PeerLossesTest::aHoleIsAskedForAsItWas()
{
    KeptHosts stage;
    const Bystander logs(stage.common, QString(PeerLogGroup));
    const QString south = stage.south.house().info().id;
    const auto asks = [&] { return asksIn(logs.heard, u"east"_s, south); };
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(u"east"_s, Known, u"two"_s));
    QVERIFY(channels::waitFor([&] { return asks().size() == 1; }, 30s));
    const auto isSaid = [&] {
        stage.clock.advance(6s);
        return stage.south.state().size() == 1;
    };
    QVERIFY(channels::waitFor(isSaid, 30s)); // as it came
    const auto before = asks().size();
    (void)stage.common.groupSend(
        QString(PeerLogGroup),
        Message(u"parlour.standing"_s,
                {{u"host"_s, u"east"_s},
                 {u"rooms"_s,
                  QVariantList{QVariantMap{{u"room"_s, u"general"_s}, {u"id"_s, newUuid()}}}}}));
    QVERIFY(channels::waitFor([&] { return asks().size() > before; }, 30s));
    QCOMPARE(asks().constLast().value(u"after"_s), asks().constFirst().value(u"after"_s));
    QCOMPARE(asks().constLast().value(u"from"_s), asks().constFirst().value(u"from"_s));
}

void PeerLossesTest::hostsThatDoNotAnswerTakeNoPlaceForEver()
{
    channels::FakeClock clock;
    channels::InMemoryChannelLayer common;
    KeptHost north(common, clock, {.maxPlaces = 3});
    for (int i = 0; i < 3; ++i)
        (void)common.groupSend(u"chat_general"_s,
                               sharedMessage(u"dead-%1"_s.arg(i), Known, QString::number(i)));
    QVERIFY(channels::waitFor(
        [&] {
            clock.advance(6s);
            return north.state().size() == 3;
        },
        30s));
    clock.advance(6s);
    const Bystander logs(common, QString(PeerLogGroup));
    (void)common.groupSend(u"chat_general"_s, sharedMessage(u"living"_s, Known, u"held"_s));
    QVERIFY(channels::waitFor([&] { return !asksIn(logs.heard, u"living"_s).isEmpty(); }, 30s));
}

void PeerLossesTest::heldChangesHaveAWeight()
{
    channels::FakeClock clock;
    channels::InMemoryChannelLayer common;
    KeptHost north(common, clock, {.maxHeldBytes = 10 * PeerLogs::HeldEntryBytes});
    (void)north.say(u"one"_s);
    const Bystander logs(common, QString(PeerLogGroup));
    QString before = Known;
    for (int i = 0; i < 10; ++i) {
        const Message change = sharedChange(u"dead"_s, before);
        before = change.value(u"id"_s).toString();
        (void)common.groupSend(u"parlour.rooms"_s, change);
    }
    QVERIFY(channels::waitFor([&] { return !asksIn(logs.heard, u"dead"_s).isEmpty(); }, 30s));
    (void)common.groupSend(u"chat_general"_s, sharedMessage(u"late"_s, Known, u"no place"_s));
    QVERIFY(channels::waitFor([&] { return !asksIn(logs.heard, u"late"_s).isEmpty(); }, 30s));
    int rounds = 0; // in which all that is held is taken as it came
    QVERIFY(channels::waitFor(
        [&] {
            clock.advance(6s);
            return ++rounds > 20;
        },
        30s));
    QVERIFY(!north.state().join(u' ').contains(u"no place"_s));
}

PARLOUR_TEST(PeerLossesTest)
#include "tst_peer_losses.moc"
