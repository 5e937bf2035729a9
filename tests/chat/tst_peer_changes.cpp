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

const Sender Ben{u"p-2"_s, u"Ben"_s};
const QByteArray AnnsKey(32, 'k');

Change takingBack(const QString &message, const QString &emoji)
{
    Change change = reactionTo(message, emoji);
    change.on = false;
    return change;
}

} // namespace

/// What changes a message reaches hosts that were away.
class PeerChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasMissedIsHad();
    void whoOnlyChangesIsFollowedToo();
    void theOrderOfHostsDoesNotMatter();
    void whatIsChangedApartBecomesTheSame_data();
    void whatIsChangedApartBecomesTheSame();
    void moreThanAPartIsHad();
    void aHostThatWasKilledCatchesUp();
    void whoMovedToAnotherHostIsFollowed();
    void whereNobodyIsTextIsDeletedToo();
    void nothingIsMadeTwice();
    void aChangeWaitsForItsMessage();
    void whatNobodyMayDoIsNotDone();
    void hostsOfTheVersionBeforeGetAlong();
};

void PeerChangesTest::whatWasMissedIsHad()
{
    KeptHosts stage;
    const QString first = stage.saidOnBoth(u"one"_s);
    const QString second = stage.saidOnBoth(u"a secret"_s);
    stage.south.way.setState(BridgeInfo::State::Away);
    const QString third = stage.north.say(u"three"_s);
    stage.north.make(editOf(first, u"first"_s));
    stage.north.make(reactionTo(first, u"👍"_s), Ben);
    stage.north.make(deletionOf(second));
    stage.north.make(editOf(third, u"third"_s));
    stage.north.make(reactionTo(third, u"🎉"_s));
    stage.north.make(reactionTo(third, u"👍"_s));
    stage.north.make(takingBack(third, u"👍"_s));
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
    QVERIFY(stage.state.join(u' ').contains(u"first"_s));
    QCOMPARE(last(stage.south.log, 9).messages.constLast().text, u"third"_s);
    stage.north.make(reactionTo(first, u"🎉"_s)); // and on
    QVERIFY(stage.areSame());
}

void PeerChangesTest::whoOnlyChangesIsFollowedToo()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    stage.north.way.setState(BridgeInfo::State::Away);
    stage.south.make(reactionTo(said, u"👍"_s), Ben);
    stage.south.make(editOf(said, u"from there"_s));
    stage.north.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    stage.north.kill();
    stage.south.make(reactionTo(said, u"🎉"_s), Ben);
    stage.north.start();
    stage.north.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(stage.state.join(u' ').contains(u"🎉"_s));
}

// South's reaction is told by South, what it is to by North; East hears them in any order.
void PeerChangesTest::theOrderOfHostsDoesNotMatter()
{
    for (const bool southFirst : {true, false}) {
        KeptHosts stage;
        KeptHost east(stage.common, stage.clock);
        east.way.setState(BridgeInfo::State::Away);
        const QString said = stage.saidOnBoth(u"one"_s);
        const QString gone = stage.saidOnBoth(u"a secret"_s);
        stage.south.make(reactionTo(said, u"👍"_s), Ben);
        stage.south.make(deletionOf(gone));
        QVERIFY(stage.areSame());
        KeptHost &late = southFirst ? stage.north : stage.south;
        late.way.setState(BridgeInfo::State::Away);
        east.way.setState(BridgeInfo::State::Up);
        channels::settle();
        late.way.setState(BridgeInfo::State::Up);
        const auto shown = [&] { return east.state().join(u' '); };
        QVERIFY(channels::waitFor([&] { return shown().contains(u"👍"_s); }, 30s));
        QVERIFY(!shown().contains(u"secret"_s));
    }
}

void PeerChangesTest::whatIsChangedApartBecomesTheSame_data()
{
    QTest::addColumn<QList<Change>>("inTheNorth");
    QTest::addColumn<QList<Change>>("inTheSouth");
    const QString said = u"0b0e7c6e-6f55-4a50-9d32-0d3f7e9f0a11"_s;
    using Changes = QList<Change>;
    QTest::newRow("texts") << Changes{editOf(said, u"north"_s)}
                           << Changes{editOf(said, u"south"_s)};
    QTest::newRow("texts, several times")
        << Changes{editOf(said, u"1"_s), editOf(said, u"2"_s), editOf(said, u"3"_s)}
        << Changes{editOf(said, u"a"_s), editOf(said, u"b"_s)};
    QTest::newRow("the same text")
        << Changes{editOf(said, u"x"_s)} << Changes{editOf(said, u"x"_s)};
    QTest::newRow("a text, and gone")
        << Changes{editOf(said, u"north"_s)} << Changes{deletionOf(said)};
    QTest::newRow("gone on both") << Changes{editOf(said, u"x"_s), deletionOf(said)}
                                  << Changes{deletionOf(said)};
    QTest::newRow("reactions") << Changes{reactionTo(said, u"👍"_s), reactionTo(said, u"🎉"_s),
                                          takingBack(said, u"👍"_s)}
                               << Changes{reactionTo(said, u"👍"_s), reactionTo(said, u"🔥"_s)};
    QTest::newRow("a reaction taken back")
        << Changes{reactionTo(said, u"👍"_s)}
        << Changes{reactionTo(said, u"👍"_s), takingBack(said, u"👍"_s)};
    QTest::newRow("a reaction to what is gone")
        << Changes{reactionTo(said, u"👍"_s)} << Changes{deletionOf(said)};
}

void PeerChangesTest::whatIsChangedApartBecomesTheSame()
{
    QFETCH(QList<Change>, inTheNorth);
    QFETCH(QList<Change>, inTheSouth);
    KeptHosts stage;
    Utterance said = utterance(inTheNorth.constFirst().of, u"said"_s);
    post(stage.north.log, said);
    QVERIFY(channels::waitFor([&] { return !stage.south.state().isEmpty(); }, 30s));
    stage.south.way.setState(BridgeInfo::State::Away);
    for (const Change &change : inTheNorth)
        QCOMPARE(stage.north.make(change), QString());
    for (const Change &change : inTheSouth)
        QCOMPARE(stage.south.make(change), QString());
    stage.south.way.setState(BridgeInfo::State::Up);
    const QString mark = stage.south.say(u"mark"_s); // behind what it changed
    QVERIFY(channels::waitFor([&] { return stage.north.state().join(u' ').contains(mark); }, 30s));
    QVERIFY2(stage.areSame(),
             qPrintable(stage.north.state().join(u'\n') + u"\n\n"_s + stage.state.join(u'\n')));
}

void PeerChangesTest::moreThanAPartIsHad()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    stage.south.way.setState(BridgeInfo::State::Away);
    for (int i = 0; i < 40; ++i) {
        stage.north.make(editOf(said, u"text %1"_s.arg(i)));
        if (i % 3 == 0)
            stage.north.make(reactionTo(stage.north.say(QString::number(i)), u"👍"_s), Ben);
        if (i % 4 == 0)
            stage.north.make(deletionOf(stage.north.say(u"a secret"_s)));
    }
    stage.south.way.setState(BridgeInfo::State::Up);
    const auto shown = [](KeptHost &host) { // who comes late does not see that there was something
        QStringList state = host.state();
        state.removeIf([](const QString &line) { return line.contains(u" deleted "_s); });
        return state;
    };
    QVERIFY(channels::waitFor([&] { return shown(stage.north) == shown(stage.south); }, 30s));
    QVERIFY(stage.south.state().join(u' ').contains(u"text 39"_s));
}

void PeerChangesTest::aHostThatWasKilledCatchesUp()
{
    KeptHosts stage;
    const QString first = stage.saidOnBoth(u"one"_s);
    const QString second = stage.saidOnBoth(u"a secret"_s);
    stage.north.make(reactionTo(first, u"👍"_s));
    QVERIFY(stage.areSame());
    stage.south.kill();
    stage.north.make(editOf(first, u"first"_s));
    stage.north.make(takingBack(first, u"👍"_s));
    stage.north.make(deletionOf(second));
    stage.south.start();
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
    stage.north.kill(); // who has told it all tells it again, and nothing comes of it
    const auto stood = stage.south.log.position(u"general"_s);
    stage.north.start();
    stage.north.way.setState(BridgeInfo::State::Up);
    const QString mark = stage.north.say(u"mark"_s);
    QVERIFY(stage.areSame());
    QCOMPARE(stage.south.log.position(u"general"_s).number, stood.number + 1);
}

// Ann, known by her key, deletes on South what she said on North while that is away, and is on
// North alone when it is told.
void PeerChangesTest::whoMovedToAnotherHostIsFollowed()
{
    KeptHosts stage;
    const Sender ann{personIdOfKey(AnnsKey), u"Ann"_s};
    const QString said = stage.north.say(u"a secret"_s, ann);
    QVERIFY(stage.areSame());
    stage.north.way.setState(BridgeInfo::State::Away);
    stage.south.make(deletionOf(said), ann);
    channels::settle(); // nobody hears of it
    const auto here = stage.north.arrive(AnnsKey);
    QVERIFY(here);
    stage.north.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
}

void PeerChangesTest::whereNobodyIsTextIsDeletedToo()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"a secret"_s);
    stage.south.leave();
    stage.south.way.setState(BridgeInfo::State::Away);
    stage.north.make(deletionOf(said));
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(!stage.state.join(u' ').contains(u"secret"_s));
}

void PeerChangesTest::nothingIsMadeTwice()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"0"_s);
    for (int round = 1; round <= 10; ++round) {
        stage.south.way.setState(round % 2 == 0 ? BridgeInfo::State::Up : BridgeInfo::State::Away);
        stage.north.make(editOf(said, QString::number(round)));
        stage.north.make(reactionTo(said, u"👍"_s), Ben);
        stage.north.make(takingBack(said, u"👍"_s), Ben);
        channels::settle();
    }
    QVERIFY(stage.areSame());
    const auto stood = stage.south.log.position(u"general"_s);
    stage.south.kill();
    stage.south.start();
    stage.south.way.setState(BridgeInfo::State::Up);
    const QString mark = stage.north.say(u"mark"_s);
    QVERIFY(stage.areSame());
    QCOMPARE(stage.south.log.position(u"general"_s).number, stood.number + 1);
}

// A shared layer may turn their order round.
void PeerChangesTest::aChangeWaitsForItsMessage()
{
    KeptHosts stage;
    const QString said = newUuid();
    const QString other = newUuid();
    const QVariantMap sender{{u"id"_s, KeptHost::ann().id}, {u"name"_s, u"Ann"_s}};
    const auto share = [&](const QString &group, const QString &type, QVariantMap body) {
        body.insert(u"host"_s, u"east"_s);
        body.insert(u"room"_s, u"general"_s);
        body.insert(u"sender"_s, sender);
        body.insert(u"time"_s, QDateTime::currentMSecsSinceEpoch());
        (void)stage.common.groupSend(group, Message(type, body));
        channels::settle();
    };
    const auto change = [&](const QString &of, const QString &what, QVariantMap body) {
        body.insert(u"id"_s, newUuid());
        body.insert(u"of"_s, of);
        body.insert(u"what"_s, what);
        share(u"parlour.rooms"_s, u"parlour.changed"_s, body);
    };
    change(said, u"edit"_s, {{u"text"_s, u"new"_s}});
    change(said, u"react"_s, {{u"emoji"_s, u"👍"_s}, {u"on"_s, true}});
    change(other, u"delete"_s, {});
    const auto message = [&](const QString &id) {
        share(u"chat_general"_s, u"chat.message"_s, {{u"id"_s, id}, {u"message"_s, u"a secret"_s}});
    };
    const Listener listener(stage.north.local, u"chat_general"_s);
    message(other);
    message(said);
    const auto shown = [&] { return stage.north.state().join(u'\n'); };
    QVERIFY(channels::waitFor([&] { return shown().contains(u"👍"_s); }, 30s));
    QVERIFY2(shown().contains(u"\"new\""_s) && !shown().contains(u"secret"_s), qPrintable(shown()));
    for (const Message &heard : listener.heard) // nobody saw the old one
        QVERIFY(!heard.value(u"message"_s).toString().contains(u"secret"_s));
    QVERIFY(stage.north.local.dropped().value(u"deleted"_s) > 0);
    stage.north.kill(); // and once it is told again, by who does not know
    stage.north.start();
    stage.north.way.setState(BridgeInfo::State::Up);
    message(other);
    const QString mark = stage.north.say(u"mark"_s);
    QVERIFY(channels::waitFor([&] { return shown().contains(mark); }, 30s));
    QCOMPARE(stage.north.state().size(), 3);
    QVERIFY(!shown().contains(u"secret"_s));
}

void PeerChangesTest::whatNobodyMayDoIsNotDone()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    stage.south.way.setState(BridgeInfo::State::Away);
    Change moderation = deletionOf(said);
    moderation.isModerator = true;
    QCOMPARE(stage.south.make(moderation, Ben), QString());
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(
        channels::waitFor([&] { return stage.common.dropped().value(u"not_allowed"_s) > 0; }, 30s));
    QCOMPARE(last(stage.north.log, 1).messages.constFirst().text, u"one"_s);
    const QString there = stage.south.say(u"two"_s);
    QVERIFY(channels::waitFor([&] { return stage.north.state().size() == 2; }, 30s));
    stage.north.way.setState(BridgeInfo::State::Away);
    moderation = deletionOf(there); // where it was said
    moderation.isModerator = true;
    QCOMPARE(stage.south.make(moderation, Ben), QString());
    stage.north.way.setState(BridgeInfo::State::Up);
    QVERIFY(channels::waitFor(
        [&] { return last(stage.north.log, 1).messages.constFirst().isDeleted; }, 30s));
}

void PeerChangesTest::hostsOfTheVersionBeforeGetAlong()
{
    KeptHosts stage;
    const QString said = stage.saidOnBoth(u"one"_s);
    stage.north.make(reactionTo(said, u"👍"_s));
    const QString second = stage.north.say(u"two"_s);
    const Bystander logs(stage.common, QString(PeerLogGroup));
    const Bystander room(stage.common, u"chat_general"_s);
    QVERIFY(stage.areSame());
    const auto heard = [&](QLatin1StringView type) {
        return std::find_if(logs.heard.begin(), logs.heard.end(),
                            [&](const Message &message) { return message.type() == type; });
    };
    // It asks for messages alone, and knows a standing by its rooms.
    (void)stage.common.groupSend(QString(PeerLogGroup),
                                 Message(u"parlour.log.ask"_s,
                                         {{u"host"_s, u"east"_s},
                                          {u"of"_s, stage.north.house().info().id},
                                          {u"room"_s, u"general"_s},
                                          {u"after"_s, QString()},
                                          {u"from"_s, 0}}));
    QVERIFY(
        channels::waitFor([&] { return heard("parlour.log.part"_L1) != logs.heard.end(); }, 30s));
    const QVariantMap part = heard("parlour.log.part"_L1)->body();
    QCOMPARE(part.value(u"said"_s).toList().size(), 2);
    QVERIFY(!part.contains(u"changed"_s) && !part.contains(u"entries"_s));
    QVERIFY(
        channels::waitFor([&] { return heard("parlour.standing"_L1) != logs.heard.end(); }, 30s));
    // It names the message before a message, and knows of no other entries.
    const QString third = stage.north.say(u"three"_s);
    const auto isThere = [&] { return room.texts().contains(u"three"_s); };
    QVERIFY(channels::waitFor(isThere, 30s));
    QCOMPARE(room.heard.constLast().value(u"after"_s).toString(), second);
    // Its changes are made, and are no entries to wait for.
    const QVariantMap change{{u"host"_s, u"east"_s},
                             {u"room"_s, u"general"_s},
                             {u"id"_s, newUuid()},
                             {u"of"_s, third},
                             {u"what"_s, u"react"_s},
                             {u"sender"_s, QVariantMap{{u"id"_s, u"p-7"_s}, {u"name"_s, u"Eve"_s}}},
                             {u"emoji"_s, u"🎉"_s},
                             {u"on"_s, true}};
    (void)stage.common.groupSend(u"parlour.rooms"_s, Message(u"parlour.changed"_s, change));
    const QString eastern = newUuid();
    (void)stage.common.groupSend(
        u"chat_general"_s,
        Message(u"chat.message"_s,
                {{u"host"_s, u"east"_s}, {u"id"_s, eastern}, {u"message"_s, u"four"_s}}));
    (void)stage.common.groupSend(u"chat_general"_s,
                                 Message(u"chat.message"_s,
                                         {{u"host"_s, u"east"_s},
                                          {u"id"_s, newUuid()},
                                          {u"after"_s, eastern},
                                          {u"message"_s, u"five"_s}}));
    QVERIFY(stage.areSame());
    QVERIFY(channels::waitFor([&] { return stage.south.state().size() == 5; }, 30s));
    QVERIFY(stage.south.state().join(u' ').contains(u"🎉"_s));
}

PARLOUR_TEST(PeerChangesTest)
#include "tst_peer_changes.moc"
