// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "chat/peer_log_messages.h"
#include "chat/text_rules.h"
#include "kept_host.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::BridgeInfo;
using channels::Message;

namespace {

const QString East = u"east"_s; ///< a host that is there only as far as a test makes it
const QString General = u"general"_s;

qint64 ago(std::chrono::milliseconds time)
{
    return QDateTime::currentMSecsSinceEpoch() - time.count();
}

/// As East shares it.
Message saidAtEast(const QString &id, const QString &before, qint64 time)
{
    return Message(u"chat.message"_s,
                   {{u"host"_s, East},
                    {u"room"_s, General},
                    {u"id"_s, id},
                    {u"time"_s, time},
                    {u"after"_s, before},
                    {u"message"_s, u"said at East"_s},
                    {u"sender"_s, QVariantMap{{u"id"_s, u"p-7"_s}, {u"name"_s, u"Eve"_s}}}});
}

/// Of another host's message.
Message changedAtEast(const QString &id, const QString &before, const QString &of)
{
    return Message(u"parlour.changed"_s,
                   {{u"host"_s, East},
                    {u"room"_s, General},
                    {u"id"_s, id},
                    {u"of"_s, of},
                    {u"time"_s, ago(1h)},
                    {u"after"_s, QString()},
                    {u"behind"_s, before},
                    {u"what"_s, u"react"_s},
                    {u"emoji"_s, u"👍"_s},
                    {u"on"_s, true},
                    {u"sender"_s, QVariantMap{{u"id"_s, u"p-7"_s}, {u"name"_s, u"Eve"_s}}}});
}

/// What East is asked, and by whom.
QList<std::pair<QString, PeerLogAsk>> asksIn(const QList<Message> &messages)
{
    QList<std::pair<QString, PeerLogAsk>> asks;
    for (const Message &message : messages) {
        const auto parsed = parsePeerLog(message);
        const auto *ask = parsed ? std::get_if<PeerLogAsk>(&parsed->content) : nullptr;
        if (ask && ask->of == East)
            asks.append({parsed->host, *ask});
    }
    return asks;
}

/// South, and East, of which two messages are told: the first is missing at South, and East does
/// not answer for it.
struct Stage {
    Stage()
    {
        say(second, first);
        isThere = channels::waitFor(
            [&] {
                clock.advance(1s);
                return has(second);
            },
            30s);
    }

    bool has(const QString &id) { return south.state().join(u' ').contains(id); }
    void say(const QString &id, const QString &before, std::chrono::milliseconds age = 1h)
    {
        (void)common.groupSend(u"chat_general"_s, saidAtEast(id, before, ago(age)));
    }
    void tell(const PeerLogContent &content)
    {
        (void)common.groupSend(QString(PeerLogGroup), encodePeerLog({East, content}));
    }
    void restart()
    {
        south.kill();
        south.start();
        south.way.setState(BridgeInfo::State::Up);
    }
    /// What South asks for once it hears East.
    std::optional<PeerLogAsk> ask()
    {
        return askAfter([this] { tell(PeerStanding{{{General, second}}}); });
    }
    std::optional<PeerLogAsk> askAfter(const std::function<void()> &cause)
    {
        logs.heard.clear();
        const auto asks = [&] {
            auto all = asksIn(logs.heard);
            all.removeIf([&](const auto &ask) { return ask.first != south.store.memory().hostId; });
            return all;
        };
        cause();
        if (!channels::waitFor([&] { return !asks().isEmpty(); }, 30s))
            return std::nullopt;
        return asks().constFirst().second;
    }
    void answer(const PeerLogAsk &ask)
    {
        tell(PeerLogPart{
            .to = south.store.memory().hostId,
            .room = General,
            .after = ask.after,
            .said = {saidAtEast(first, {}, ago(1h)), saidAtEast(second, first, ago(1h))},
            .entries = {first, second}});
    }

    channels::FakeClock clock;
    channels::InMemoryChannelLayer common;
    KeptHost south{common, clock, {.since = ago(2h)}};
    Bystander logs{common, QString(PeerLogGroup)};
    const QString first = newUuid();
    const QString second = newUuid();
    bool isThere = false; ///< the second
};

} // namespace

/// What is missing of other hosts is known after a death, too.
class PeerHolesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasNotAnsweredIsAskedForAgain();
    void whatTheDiskRefusedIsAskedForAgain();
    void whatWasAnsweredIsNotAskedForAgain();
    void whatIsNotWrittenYetIsAskedForAgain_data();
    void whatIsNotWrittenYetIsAskedForAgain();
    void whatIsLetGoOfMeanwhileIsNotHad_data();
    void whatIsLetGoOfMeanwhileIsNotHad();
    void aChangeThatWaitsInVainKeepsNoHoleOpen();
    void aChangeThatWaitedIsAskedForAgain_data();
    void aChangeThatWaitedIsAskedForAgain();
    void endsWithItsRoom();
    void whatIsOfNoUseIsForgotten_data();
    void whatIsOfNoUseIsForgotten();
};

void PeerHolesTest::whatWasNotAnsweredIsAskedForAgain()
{
    Stage stage;
    QVERIFY(stage.isThere);
    stage.restart();
    const auto ask = stage.ask();
    QVERIFY(ask);
    QCOMPARE(ask->after, QString());
    QVERIFY(ask->from <= ago(2h));
    stage.answer(*ask);
    QVERIFY(channels::waitFor([&] { return stage.has(stage.first); }, 30s));
    QCOMPARE(stage.south.state().size(), 2);
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
}

// South takes what North said next, but dies before it has asked again.
void PeerHolesTest::whatTheDiskRefusedIsAskedForAgain()
{
    KeptHosts stage;
    (void)stage.saidOnBoth(u"one"_s);
    stage.south.disk.isFull = true;
    const QString refused = stage.north.say(u"two"_s);
    QVERIFY(channels::waitFor([&] { return !stage.south.store.holes.isEmpty(); }, 30s));
    stage.south.kill();
    stage.south.disk.isFull = false;
    const ChatMessage next = post(stage.north.log, utterance(newUuid(), u"three"_s));
    Utterance heard = utterance(next.id, next.text);
    heard.origin = stage.north.house().info().id;
    heard.time = next.time;
    (void)post(stage.south.log, heard);
    stage.south.start();
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(stage.areSame());
    QVERIFY(stage.state.join(u' ').contains(refused));
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
}

void PeerHolesTest::whatWasAnsweredIsNotAskedForAgain()
{
    Stage stage;
    QVERIFY(stage.isThere);
    QCOMPARE(stage.south.store.holes.size(), 1);
    const auto ask = stage.ask();
    QVERIFY(ask);
    stage.answer(*ask);
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
    QVERIFY(stage.has(stage.first)); // it was in the log by then
    stage.restart();
    stage.tell(PeerStanding{{{General, newUuid()}}});
    const auto again = stage.ask();
    QVERIFY(again);
    QVERIFY(!again->after.isEmpty());
}

void PeerHolesTest::whatIsNotWrittenYetIsAskedForAgain_data()
{
    QTest::addColumn<bool>("dies");
    QTest::newRow("by the same life") << false;
    QTest::newRow("by the next") << true;
}

// The disk takes its time with what comes before a hole, and refuses it then.
void PeerHolesTest::whatIsNotWrittenYetIsAskedForAgain()
{
    QFETCH(bool, dies);
    Stage stage;
    QVERIFY(stage.isThere);
    stage.answer(*stage.ask());
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
    LateRoomLog &disk = stage.south.disk;
    disk.isSlow = true;
    stage.say(newUuid(), stage.second);
    QVERIFY(channels::waitFor([&] { return disk.isHolding(); }, 30s));
    stage.say(newUuid(), newUuid());
    const auto isOpen = [&] {
        stage.clock.advance(1s);
        return !stage.south.store.holes.isEmpty();
    };
    QVERIFY(channels::waitFor(isOpen, 30s));
    disk.isSlow = false;
    disk.isFull = true;
    disk.release();
    QVERIFY(channels::waitFor(
        [&] { return stage.south.local.dropped().value(u"not_logged"_s) > 0; }, 30s));
    disk.isFull = false;
    if (dies)
        stage.restart();
    stage.clock.advance(6s);
    const auto ask = stage.ask();
    QVERIFY(ask);
    QCOMPARE(ask->after, stage.second);
}

void PeerHolesTest::whatIsLetGoOfMeanwhileIsNotHad_data()
{
    QTest::addColumn<bool>("dies");
    QTest::newRow("by the same life") << false;
    QTest::newRow("by the next") << true;
}

void PeerHolesTest::whatIsLetGoOfMeanwhileIsNotHad()
{
    QFETCH(bool, dies);
    Stage stage;
    QVERIFY(stage.isThere);
    for (int i = 0; i < 1000; ++i) // all that is kept
        stage.south.say(QString::number(i));
    const QString third = newUuid();
    stage.say(third, stage.second, 0h);
    QVERIFY(channels::waitFor([&] { return stage.has(third); }, 30s));
    QVERIFY(!stage.has(stage.second));
    if (dies)
        stage.restart();
    const auto ask = stage.ask();
    QVERIFY(ask);
    stage.answer(*ask);
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
    QVERIFY(!stage.has(stage.first));
    QVERIFY(!stage.has(stage.second));
}

void PeerHolesTest::aChangeThatWaitsInVainKeepsNoHoleOpen()
{
    Stage stage;
    QVERIFY(stage.isThere);
    const auto ask = stage.ask();
    QVERIFY(ask);
    const QString edit = newUuid();
    stage.tell(PeerLogPart{.to = stage.south.store.memory().hostId,
                           .room = General,
                           .after = ask->after,
                           .said = {},
                           .changed = {changedAtEast(edit, {}, newUuid())},
                           .entries = {edit}});
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
    QCOMPARE(stage.common.dropped().value(u"no_such_message"_s), 1);
}

void PeerHolesTest::aChangeThatWaitedIsAskedForAgain_data()
{
    QTest::addColumn<bool>("isHeld");
    QTest::newRow("and came in its turn") << false;
    QTest::newRow("and came before its turn") << true;
}

// Of a message of North, which is away; South hears what East said next, and dies.
void PeerHolesTest::aChangeThatWaitedIsAskedForAgain()
{
    QFETCH(bool, isHeld);
    Stage stage;
    QVERIFY(stage.isThere);
    stage.answer(*stage.ask());
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.isEmpty(); }, 30s));
    QString last = stage.second;
    std::optional<PeerLogAsk> open;
    if (isHeld) {
        last = newUuid();
        open = stage.askAfter([&] { stage.say(last, newUuid()); });
        QVERIFY(open);
    }
    const QString reaction = newUuid(), next = newUuid();
    (void)stage.common.groupSend(u"parlour.rooms"_s, changedAtEast(reaction, last, newUuid()));
    QVERIFY(channels::waitFor(
        [&] { return stage.common.dropped().value(u"no_such_message"_s) > 0; }, 30s));
    if (open)
        stage.answer(*open); // East has no more
    QVERIFY(channels::waitFor([&] { return stage.south.store.holes.size() == 1; }, 30s));
    stage.say(next, reaction);
    QVERIFY(channels::waitFor([&] { return stage.has(next); }, 30s));
    stage.restart();
    const auto ask = stage.ask();
    QVERIFY(ask);
    QCOMPARE(ask->after, stage.second); // behind which nothing was in the log by then
}

void PeerHolesTest::endsWithItsRoom()
{
    Stage stage;
    QVERIFY(stage.isThere);
    QCOMPARE(stage.south.store.holes.size(), 1);
    Rooms &rooms = stage.south.house().rooms();
    Q_EMIT rooms.ending(rooms.find(General));
    QVERIFY(stage.south.store.holes.isEmpty());
}

void PeerHolesTest::whatIsOfNoUseIsForgotten_data()
{
    QTest::addColumn<KeptHole>("hole");
    const qint64 since = ago(1h);
    QTest::newRow("behind no id") << KeptHole{East, General, u"m-7"_s, since, since};
    QTest::newRow("of no host") << KeptHole{u"no host"_s, General, {}, since, since};
    QTest::newRow("from no time") << KeptHole{East, General, {}, -1, since};
    QTest::newRow("in no room") << KeptHole{East, u"attic"_s, {}, since, since};
    QTest::newRow("older than all that is kept")
        << KeptHole{East, General, {}, since, ago(24h * 365)};
}

void PeerHolesTest::whatIsOfNoUseIsForgotten()
{
    QFETCH(KeptHole, hole);
    channels::FakeClock clock;
    channels::InMemoryChannelLayer common;
    KeptHost south(common, clock);
    south.kill();
    const KeptHole right{u"west"_s, General, {}, ago(1h), ago(1h)};
    south.store.holes = {hole, right};
    south.start();
    QCOMPARE(south.store.holes, QList<KeptHole>{right});
}

PARLOUR_TEST(PeerHolesTest)
#include "tst_peer_holes.moc"
