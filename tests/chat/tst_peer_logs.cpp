// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/fake_clock.h"
#include "channels/testing/waiting.h"
#include "chat/text_rules.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::BridgeInfo;
using channels::InMemoryChannelLayer;
using channels::Message;

namespace {

const QString Known = u"0b0e7c6e-6f55-4a50-9d32-0d3f7e9f0a11"_s;

BridgeOptions beating(const channels::Clock &clock, const PeerLogOptions &logs)
{
    BridgeOptions options;
    options.clock = clock;
    options.logs = logs;
    options.logs.heartbeat = 5ms;
    options.logs.messagesAtOnce = 7;
    return options;
}

/// Two hosts with somebody in each; the second one's way to the first can be cut.
struct Stage {
    explicit Stage(const PeerLogOptions &logs = {})
        : way(common)
        , north(common, u"North"_s, beating(clock, logs))
        , south(way, u"South"_s, beating(clock, logs))
        , ann(north.chat)
        , ivo(south.chat)
    {
        ann.hello(u"Ann"_s);
        ann.join();
        ivo.hello(u"Ivo"_s);
        ivo.join();
    }

    void annSays(int first, int last)
    {
        for (int i = first; i <= last; ++i)
            ann.say(QString::number(i));
        channels::settle();
    }
    /// What Ivo hears, until `last` comes.
    QStringList heardUpTo(const QString &last)
    {
        QStringList texts;
        do
            texts.append(ivo.next<MessageFrame>().message.text);
        while (!texts.constLast().isEmpty() && texts.constLast() != last);
        return texts;
    }

    channels::FakeClock clock;
    InMemoryChannelLayer common;
    FakeSharedLayer way; ///< South's
    SharingHost north;
    SharingHost south;
    V1Client ann;
    V1Client ivo;
};

QStringList numbers(int first, int last)
{
    QStringList texts;
    for (int i = first; i <= last; ++i)
        texts.append(QString::number(i));
    return texts;
}

/// As another host shares it.
Message sharedMessage(const QString &id, const QString &before, const QString &text)
{
    QVariantMap body{{u"message"_s, text}, {u"host"_s, u"east"_s}, {u"id"_s, id}};
    if (!before.isEmpty())
        body.insert(u"after"_s, before);
    return Message(u"chat.message"_s, body);
}

} // namespace

/// What a host of several missed, it has again.
class PeerLogsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsMissingIsHadBeforeTheNext();
    void theLastOnesAreMissedBySilenceToo();
    void whoSpokeWhileNobodyWasHereIsHeard();
    void nothingIsSaidTwice();
    void aHostThatDoesNotAnswerIsTakenAsItCame();
    void aHostThatFallsSilentIsTakenAsItCame();
    void whatIsDeletedWhileItIsHeldIsNotSaid();
    void whatIsHeldIsBounded_data();
    void whatIsHeldIsBounded();
    void whatNoHostWouldWriteIsCounted_data();
    void whatNoHostWouldWriteIsCounted();
    void whatIsToldOfOthersIsDropped();
};

void PeerLogsTest::whatIsMissingIsHadBeforeTheNext()
{
    Stage stage;
    stage.annSays(1, 3);
    QCOMPARE(stage.heardUpTo(u"3"_s), numbers(1, 3));
    stage.way.setState(BridgeInfo::State::Away);
    stage.annSays(4, 30);
    stage.way.setState(BridgeInfo::State::Up);
    stage.annSays(31, 33);
    QCOMPARE(stage.heardUpTo(u"33"_s), numbers(4, 33));
}

void PeerLogsTest::theLastOnesAreMissedBySilenceToo()
{
    Stage stage;
    stage.way.setState(BridgeInfo::State::Away);
    stage.annSays(1, 20);
    stage.way.setState(BridgeInfo::State::Up);
    QCOMPARE(stage.heardUpTo(u"20"_s), numbers(1, 20));
}

void PeerLogsTest::whoSpokeWhileNobodyWasHereIsHeard()
{
    Stage stage;
    stage.ivo.send(LeaveFrame{u"general"_s});
    QVERIFY(channels::waitFor(
        [&] { return stage.south.chat.house.rooms().find(u"general"_s)->isEmpty(); }, 10s));
    stage.annSays(1, 2);
    stage.ivo.drain();
    stage.ivo.send(JoinFrame{u"general"_s});
    QCOMPARE(stage.heardUpTo(u"2"_s), numbers(1, 2));
}

void PeerLogsTest::nothingIsSaidTwice()
{
    Stage stage;
    for (int round = 0; round < 10; ++round) {
        stage.way.setState(round % 2 == 0 ? BridgeInfo::State::Away : BridgeInfo::State::Up);
        stage.annSays(10 * round, 10 * round + 9);
    }
    QCOMPARE(stage.heardUpTo(u"99"_s), numbers(0, 99));
    stage.annSays(100, 100);
    QCOMPARE(stage.heardUpTo(u"100"_s), numbers(100, 100));
    QCOMPARE(stage.south.chat.log.position(u"general"_s).number, 101);
}

void PeerLogsTest::aHostThatDoesNotAnswerIsTakenAsItCame()
{
    Stage stage;
    const Bystander others(stage.common, QString(PeerLogGroup));
    const auto asks = [&] {
        return std::count_if(others.heard.begin(), others.heard.end(), [](const Message &message) {
            return message.type() == "parlour.log.ask"_L1;
        });
    };
    const QString first = newUuid();
    const QString third = newUuid();
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(first, {}, u"first"_s));
    QCOMPARE(stage.ivo.next<MessageFrame>().message.text, u"first"_s);
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(third, Known, u"third"_s));
    QVERIFY(channels::waitFor([&] { return asks() == 2; }, 10s)); // of both hosts
    QVERIFY(stage.ivo.socket.receivesNothing());
    for (int i = 4; i < 8; ++i) {
        stage.clock.advance(6s);
        (void)stage.common.groupSend(
            u"chat_general"_s,
            sharedMessage(newUuid(), i == 4 ? third : QString(), QString::number(i)));
        channels::settle();
    }
    QCOMPARE(stage.heardUpTo(u"7"_s), (QStringList{u"third"_s} + numbers(4, 7)));
    // Once it is heard again, it is asked for what was skipped.
    const auto before = asks();
    const QVariantMap room{{u"room"_s, u"general"_s}, {u"id"_s, third}};
    (void)stage.common.groupSend(
        QString(PeerLogGroup),
        Message(u"parlour.standing"_s, {{u"host"_s, u"east"_s}, {u"rooms"_s, QVariantList{room}}}));
    QVERIFY(channels::waitFor([&] { return asks() == before + 2; }, 10s));
    for (const Message &message : others.heard) {
        if (message.type() == "parlour.log.ask"_L1)
            QCOMPARE(message.value(u"after"_s).toString(), first);
    }
}

void PeerLogsTest::aHostThatFallsSilentIsTakenAsItCame()
{
    Stage stage;
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(newUuid(), Known, u"held"_s));
    channels::settle();
    QVERIFY(stage.ivo.socket.receivesNothing());
    const auto isSaid = [&] { return stage.south.chat.log.position(u"general"_s).number == 1; };
    QVERIFY(channels::waitFor(
        [&] {
            stage.clock.advance(6s);
            return isSaid();
        },
        10s));
    QCOMPARE(stage.heardUpTo(u"held"_s), QStringList{u"held"_s});
}

void PeerLogsTest::whatIsDeletedWhileItIsHeldIsNotSaid()
{
    Stage stage;
    const QString id = newUuid();
    Message held = sharedMessage(id, Known, u"a secret"_s);
    (void)stage.common.groupSend(u"chat_general"_s, held);
    channels::settle();
    const QString sender = u"host-east"_s; // of whoever has no id
    (void)stage.common.groupSend(
        u"parlour.rooms"_s,
        Message(u"parlour.changed"_s,
                {{u"host"_s, u"east"_s},
                 {u"room"_s, u"general"_s},
                 {u"id"_s, newUuid()},
                 {u"of"_s, id},
                 {u"sender"_s, QVariantMap{{u"id"_s, sender}, {u"name"_s, u"Eve"_s}}},
                 {u"time"_s, QDateTime::currentMSecsSinceEpoch()},
                 {u"what"_s, u"delete"_s}}));
    channels::settle();
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(newUuid(), {}, u"next"_s));
    const auto isSaid = [&] { return stage.south.chat.log.position(u"general"_s).number == 2; };
    QVERIFY(channels::waitFor(
        [&] {
            stage.clock.advance(6s);
            return isSaid();
        },
        10s));
    QCOMPARE(stage.heardUpTo(u"next"_s), QStringList{u"next"_s});
}

void PeerLogsTest::whatIsHeldIsBounded_data()
{
    QTest::addColumn<PeerLogOptions>("limits");
    QTest::addColumn<int>("most");
    PeerLogOptions messages;
    messages.maxHeld = 100;
    PeerLogOptions bytes;
    bytes.maxHeldBytes = 100 * (PeerLogs::HeldEntryBytes + 17); // its JSON, its text as UTF-16
    QTest::newRow("in messages of a room") << messages << 101;
    QTest::newRow("in bytes of all") << bytes << 101;
}

void PeerLogsTest::whatIsHeldIsBounded()
{
    QFETCH(PeerLogOptions, limits);
    QFETCH(int, most);
    Stage stage(limits);
    stage.annSays(1, 1);
    QCOMPARE(stage.heardUpTo(u"1"_s), numbers(1, 1));
    QString before = Known;
    for (int i = 0; i < 1000; ++i) {
        const QString id = newUuid();
        (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(id, before, u"flood"_s));
        before = id;
        if (i % 50 == 0)
            channels::settle();
    }
    for (int i = 0; i < 4; ++i) {
        stage.clock.advance(6s);
        (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(newUuid(), {}, u"end"_s));
        channels::settle();
    }
    const QStringList heard = stage.heardUpTo(u"end"_s);
    QVERIFY2(heard.size() > most / 2, qPrintable(QString::number(heard.size())));
    QVERIFY2(heard.size() <= most, qPrintable(QString::number(heard.size())));
}

void PeerLogsTest::whatNoHostWouldWriteIsCounted_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariantMap>("body");
    QTest::addColumn<QString>("cause");
    const QVariantMap ask{{u"host"_s, u"east"_s},
                          {u"of"_s, u"north"_s},
                          {u"room"_s, u"general"_s},
                          {u"after"_s, Known},
                          {u"from"_s, 0}};
    const auto with = [&](const QString &key, const QVariant &value) {
        QVariantMap body = ask;
        body.insert(key, value);
        return body;
    };
    const auto standing = [](const QVariant &rooms) {
        return QVariantMap{{u"host"_s, u"east"_s}, {u"rooms"_s, rooms}};
    };
    const QVariant room = QVariantMap{{u"room"_s, u"general"_s}, {u"id"_s, Known}};
    const auto part = [](const QVariant &said) {
        return QVariantMap{{u"host"_s, u"east"_s},
                           {u"to"_s, u"north"_s},
                           {u"room"_s, u"general"_s},
                           {u"after"_s, QString()},
                           {u"said"_s, said}};
    };
    const QString malformed = u"malformed"_s;
    QTest::newRow("another type") << u"parlour.log.burn"_s << ask << u"unregistered"_s;
    QTest::newRow("no host") << u"parlour.log.ask"_s << with(u"host"_s, {}) << malformed;
    QTest::newRow("a room that cannot be")
        << u"parlour.log.ask"_s << with(u"room"_s, u"a/b"_s) << malformed;
    QTest::newRow("after what is no id")
        << u"parlour.log.ask"_s << with(u"after"_s, u"x"_s) << malformed;
    QTest::newRow("from before time") << u"parlour.log.ask"_s << with(u"from"_s, -1) << malformed;
    QTest::newRow("rooms that are no list") << u"parlour.standing"_s << standing(1) << malformed;
    QTest::newRow("too many rooms")
        << u"parlour.standing"_s << standing(QVariantList(MaxPeerRooms + 1, room)) << malformed;
    QTest::newRow("a room without an id")
        << u"parlour.standing"_s << standing(QVariantList{QVariantMap{{u"room"_s, u"general"_s}}})
        << malformed;
    const auto changes = [](const QVariant &rooms) {
        return QVariantMap{
            {u"host"_s, u"east"_s}, {u"rooms"_s, QVariantList()}, {u"changes"_s, rooms}};
    };
    const auto entries = [&](const QVariant &ids, const QVariant &changed) {
        QVariantMap body = part(QVariantList());
        body.insert(u"entries"_s, ids);
        body.insert(u"changed"_s, changed);
        return body;
    };
    QTest::newRow("too many changed rooms")
        << u"parlour.standing"_s << changes(QVariantList(MaxPeerRooms + 1, room)) << malformed;
    QTest::newRow("changes that are no list") << u"parlour.standing"_s << changes(1) << malformed;
    QTest::newRow("changes from before time")
        << u"parlour.log.ask"_s << with(u"changes"_s, -1) << malformed;
    QTest::newRow("entries without ids")
        << u"parlour.log.part"_s << entries(QVariantList{u"x"_s}, QVariantList()) << malformed;
    QTest::newRow("too many entries")
        << u"parlour.log.part"_s
        << entries(QVariantList(MaxPeerMessages + 1, Known), QVariantList()) << malformed;
    QTest::newRow("changes that are none")
        << u"parlour.log.part"_s << entries(QVariantList{Known}, QVariantList{1}) << malformed;
    QTest::newRow("messages that are none")
        << u"parlour.log.part"_s << part(QVariantList{1}) << malformed;
    QTest::newRow("too many messages")
        << u"parlour.log.part"_s
        << part(QVariantList(MaxPeerMessages + 1, QVariantMap{{u"message"_s, 1}})) << malformed;
}

void PeerLogsTest::whatNoHostWouldWriteIsCounted()
{
    QFETCH(QString, type);
    QFETCH(QVariantMap, body);
    QFETCH(QString, cause);
    InMemoryChannelLayer common;
    const SharingHost north(common);
    (void)common.groupSend(QString(PeerLogGroup), Message(type, body));
    QVERIFY(channels::waitFor([&] { return common.dropped().value(cause) == 1; }, 10s));
}

// A host answers for its own people alone.
void PeerLogsTest::whatIsToldOfOthersIsDropped()
{
    Stage stage;
    const QString said = stage.ann.say(u"mine"_s);
    const QString held = newUuid();
    QCOMPARE(stage.heardUpTo(u"mine"_s), QStringList{u"mine"_s});
    (void)stage.common.groupSend(u"chat_general"_s, sharedMessage(held, Known, u"held"_s));
    channels::settle(); // east is asked for what was before
    const auto told = [&](const QString &host) {
        return QVariantMap{{u"host"_s, host}, {u"room"_s, u"general"_s}, {u"id"_s, newUuid()},
                           {u"of"_s, said},   {u"what"_s, u"react"_s},   {u"emoji"_s, u"👍"_s},
                           {u"on"_s, true}};
    };
    const QList<QVariantMap> changes{told(u"west"_s), told(u"east"_s), {{u"id"_s, newUuid()}}};
    QVariantList ids;
    for (const QVariantMap &change : changes)
        ids.append(change.value(u"id"_s));
    (void)stage.common.groupSend(
        QString(PeerLogGroup),
        Message(u"parlour.log.part"_s,
                {{u"host"_s, u"east"_s},
                 {u"to"_s, stage.south.chat.house.info().id},
                 {u"room"_s, u"general"_s},
                 {u"after"_s, QString()},
                 {u"said"_s, QVariantList()},
                 {u"changed"_s, QVariantList(changes.begin(), changes.end())},
                 {u"entries"_s, ids}}));
    QVERIFY(channels::waitFor(
        [&] { return stage.south.chat.log.position(u"general"_s).number >= 2; }, 10s));
    QCOMPARE(stage.common.dropped().value(u"malformed"_s), 2);
    QCOMPARE(stage.ivo.next<ChangedFrame>().message.reactions.constFirst().people.size(), 1);
}

PARLOUR_TEST(PeerLogsTest)
#include "tst_peer_logs.moc"
