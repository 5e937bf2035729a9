// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_contract.h"

#include "channels/names.h"
#include "channels/testing/waiting.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

namespace parlour::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace channels;

namespace {

const QString Lobby = u"chat_lobby"_s;

Message numbered(int n)
{
    return Message(u"chat.message"_s, {{u"n"_s, n}});
}

bool hears(const Ear &ear, const QList<int> &numbers)
{
    return waitFor([&] { return ear.heard.size() >= numbers.size(); }, 20s) && ear.heard == numbers;
}

} // namespace

// Redis is not at hand in a millisecond, so "hears nothing" is proved by a later message that
// comes.
void ChannelLayerContract::init()
{
    m_layer = makeLayer({});
}

void ChannelLayerContract::cleanup()
{
    m_layer.reset();
}

void ChannelLayerContract::channelsHaveUniqueValidNames()
{
    std::vector<std::unique_ptr<Ear>> ears;
    QSet<QString> names;
    for (int n = 0; n < 500; ++n) {
        ears.push_back(std::make_unique<Ear>(*m_layer));
        names.insert(ears.back()->channel->name());
    }
    QCOMPARE(names.size(), 500);
    for (const QString &name : std::as_const(names)) {
        QVERIFY2(isChannelName(name), qPrintable(name));
        QVERIFY2(name.startsWith(beginningOfNames()), qPrintable(name));
    }
}

void ChannelLayerContract::reachesEveryMemberTheSenderIncluded()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(hears(ann, {1}));
    QVERIFY(hears(ben, {1}));
}

void ChannelLayerContract::reachesOneChannelAlone()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    QVERIFY(m_layer->send(ann.channel->name(), numbered(1)));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ann, {1, 2}));
    QVERIFY(hears(ben, {2}));
}

void ChannelLayerContract::carriesTheBodyUnchanged()
{
    Ear ann(*m_layer);
    const QVariantMap body{{u"text"_s, u"Доброе утро 👋"_s},
                           {u"big"_s, qint64(1795343932481)},
                           {u"list"_s, QVariantList{1, u"two"_s, QVariantMap{{u"three"_s, 3}}}}};
    QVERIFY(m_layer->send(ann.channel->name(), Message(u"chat.message"_s, body)));
    QVERIFY(waitFor([&] { return !ann.heard.isEmpty(); }, 20s));
    QCOMPARE(ann.last.type(), u"chat.message"_s);
    QCOMPARE(ann.last.body(), body);
}

void ChannelLayerContract::keepsTheOrderOfOneSender()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    QList<int> all(1000);
    std::iota(all.begin(), all.end(), 0);
    for (const int n : std::as_const(all))
        QVERIFY(m_layer->groupSend(Lobby, numbered(n)));
    QVERIFY(hears(ann, all));
    QVERIFY(hears(ben, all));
}

void ChannelLayerContract::keepsTheOrderBetweenGroups()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(u"chat_design"_s, *ann.channel));
    for (int n = 0; n < 10; ++n)
        QVERIFY(m_layer->groupSend(n % 2 ? Lobby : u"chat_design"_s, numbered(n)));
    QVERIFY(hears(ann, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

void ChannelLayerContract::joiningTwiceIsJoiningOnce()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ann, {1, 2}));
    QVERIFY(m_layer->groupDiscard(Lobby, *ann.channel));
    QVERIFY(!ann.channel->isMember(Lobby));
}

void ChannelLayerContract::leavingEndsTheDelivery()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    QVERIFY(m_layer->groupDiscard(Lobby, *ann.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(hears(ben, {1}));
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ben, {1, 2}));
    QVERIFY(hears(ann, {2}));
}

void ChannelLayerContract::leavingAForeignGroupDoesNothing()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupDiscard(u"never_seen"_s, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupDiscard(u"chat_design"_s, *ann.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(hears(ann, {1}));
}

void ChannelLayerContract::anEmptyGroupIsNoError()
{
    QVERIFY(m_layer->groupSend(u"nobody_here"_s, numbered(1)));
}

void ChannelLayerContract::groupsKeepApart()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(u"chat_lobby2"_s, *ben.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(m_layer->groupSend(u"chat_lobby2"_s, numbered(2)));
    QVERIFY(hears(ann, {1}));
    QVERIFY(hears(ben, {2}));
}

void ChannelLayerContract::noDeadMemberStaysInAGroup()
{
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    auto ann = std::make_unique<Ear>(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann->channel));
    const QString name = ann->channel->name();
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    ann.reset();
    QCOMPARE(m_layer->channels().size(), 1);
    QCOMPARE(m_layer->groups().value(0).members, 1);
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ben, {1, 2}));
    ben.channel.reset();
    QVERIFY(m_layer->groups().isEmpty());
    QVERIFY(m_layer->channels().isEmpty());
}

void ChannelLayerContract::tellsWhoIsInWhichGroup()
{
    Ear ann(*m_layer);
    ann.channel->setConnection(7);
    ann.channel->setPerson(u"p-1"_s, u"Ann"_s);
    QVERIFY(m_layer->groupAdd(u"b"_s, *ann.channel));
    QVERIFY(m_layer->groupAdd(u"a"_s, *ann.channel));
    QVERIFY(m_layer->groupSend(u"a"_s, numbered(1)));
    QVERIFY(hears(ann, {1}));

    const auto info = m_layer->channels().value(0);
    QCOMPARE(info.name, ann.channel->name());
    QCOMPARE(info.groups, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(info.connection, 7U);
    QCOMPARE(info.person, u"Ann"_s);
    QCOMPARE(info.delivered, 1);
    QCOMPARE(info.capacity, 100);
    qint64 messages = 0;
    for (const GroupInfo &group : m_layer->groups()) {
        QCOMPARE(group.members, 1);
        messages += group.messages;
    }
    QCOMPARE(messages, 1);
}

void ChannelLayerContract::refusesBadNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("empty") << QString();
    QTest::newRow("space") << u"chat lobby"_s;
    QTest::newRow("Cyrillic") << u"chat_привет"_s;
    QTest::newRow("too long") << QString(100, u'x');
    QTest::newRow("line feed") << u"chat\n"_s;
}

void ChannelLayerContract::refusesBadNames()
{
    QFETCH(QString, name);
    Ear ann(*m_layer);
    for (const auto &answer :
         {m_layer->groupAdd(name, *ann.channel), m_layer->groupDiscard(name, *ann.channel),
          m_layer->groupSend(name, numbered(1)), m_layer->send(name, numbered(1))}) {
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"bad_name"_s);
        QVERIFY2(answer.error().message.contains(name), qPrintable(answer.error().message));
    }
}

void ChannelLayerContract::deliversInALaterTurn()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(m_layer->send(ann.channel->name(), numbered(2)));
    QVERIFY(ann.heard.isEmpty());
    QVERIFY(hears(ann, {1, 2}));
}

void ChannelLayerContract::deliversNowWhenTold()
{
    Ear ann(*m_layer);
    QVERIFY(m_layer->send(ann.channel->name(), numbered(1)));
    QVERIFY(waitFor(
        [&] {
            m_layer->deliverPending();
            return !ann.heard.isEmpty();
        },
        20s));
    QVERIFY(m_layer->send(ann.channel->name(), numbered(2)));
    QVERIFY(hears(ann, {1, 2}));
}

void ChannelLayerContract::isNeverReentrant()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *ben.channel));
    int depth = 0;
    int deepest = 0;
    ann.onMessage = [&](const Message &message) {
        deepest = std::max(deepest, ++depth);
        if (const int n = message.value(u"n"_s).toInt(); n < 5) {
            QVERIFY(m_layer->groupSend(Lobby, numbered(n + 1)));
            m_layer->deliverPending();
        }
        --depth;
    };
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(hears(ben, {1, 2, 3, 4, 5}));
    QVERIFY(hears(ann, {1, 2, 3, 4, 5}));
    QCOMPARE(deepest, 1);
}

void ChannelLayerContract::whoJoinsDuringADeliveryHearsTheNextOne()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    ann.onMessage = [&](const Message &) { QVERIFY(m_layer->groupAdd(Lobby, *ben.channel)); };
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(hears(ann, {1}));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ben, {2}));
}

void ChannelLayerContract::whoIsRemovedDuringADeliveryHearsNothing()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    Ear eve(*m_layer);
    for (Ear *ear : {&ann, &ben, &eve})
        QVERIFY(m_layer->groupAdd(Lobby, *ear->channel));
    ann.onMessage = [&](const Message &) { QVERIFY(m_layer->groupDiscard(Lobby, *ben.channel)); };
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(eve, {1, 2}));
    QVERIFY(ben.heard.isEmpty());
}

void ChannelLayerContract::aReceiverMayDieInItsOwnHandler()
{
    Ear ann(*m_layer);
    Ear ben(*m_layer);
    Ear eve(*m_layer);
    for (Ear *ear : {&ann, &ben, &eve})
        QVERIFY(m_layer->groupAdd(Lobby, *ear->channel));
    ann.onMessage = [&](const Message &) { ann.channel.reset(); };
    ben.onMessage = [&](const Message &) { eve.channel.reset(); };
    QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
    QVERIFY(m_layer->groupSend(Lobby, numbered(2)));
    QVERIFY(hears(ben, {1, 2}));
    QVERIFY(hears(ann, {1}));
    QVERIFY(eve.heard.isEmpty());

    ben.onMessage = [&](const Message &) { ben.channel.reset(); };
    QVERIFY(m_layer->send(ben.channel->name(), numbered(3)));
    QVERIFY(hears(ben, {1, 2, 3}));
    QVERIFY(m_layer->groups().isEmpty());
}

void ChannelLayerContract::aFullReceiverLosesAndTheOthersDoNot()
{
    m_layer = makeLayer({.capacity = 3});
    Ear slow(*m_layer);
    Ear quick(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *slow.channel));
    QVERIFY(m_layer->groupAdd(Lobby, *quick.channel));
    slow.onMessage = [&](const Message &) { ++slow.untaken; };
    for (int n = 0; n < 5; ++n)
        QVERIFY(m_layer->groupSend(Lobby, numbered(n)));
    QVERIFY(hears(quick, {0, 1, 2, 3, 4}));
    QVERIFY(hears(slow, {0, 1, 2}));
    QCOMPARE(slow.overflows, 2);
    QCOMPARE(m_layer->dropped().value(u"capacity"_s), 2);
    QCOMPARE(slow.channel->info().dropped, 2);
    QCOMPARE(slow.channel->info().queued, 3);

    slow.untaken = 0;
    QVERIFY(m_layer->groupSend(Lobby, numbered(5)));
    QVERIFY(hears(slow, {0, 1, 2, 5}));
}

void ChannelLayerContract::aReceiverThatKeepsUpLosesNothing()
{
    m_layer = makeLayer({.capacity = 1});
    Ear ann(*m_layer);
    QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
    QList<int> all(300);
    std::iota(all.begin(), all.end(), 0);
    for (const int n : std::as_const(all))
        QVERIFY(m_layer->groupSend(Lobby, numbered(n)));
    QVERIFY(hears(ann, all));
    QVERIFY(m_layer->dropped().value(u"capacity"_s) == 0);
}

void ChannelLayerContract::tellsAWatcherWhatHappens()
{
    QList<Activity::Kind> kinds;
    Activity delivered;
    QObject watcher;
    connect(m_layer.get(), &ChannelLayer::activity, &watcher, [&](const Activity &activity) {
        kinds.append(activity.kind);
        if (activity.kind == Activity::Kind::Delivered)
            delivered = activity;
    });
    {
        Ear ann(*m_layer);
        QVERIFY(m_layer->groupAdd(Lobby, *ann.channel));
        QVERIFY(m_layer->groupSend(Lobby, numbered(1)));
        QVERIFY(waitFor([&] { return kinds.contains(Activity::Kind::Delivered); }, 20s));
    }
    using enum Activity::Kind;
    QCOMPARE(kinds, (QList{ChannelOpened, GroupJoined, Sent, Delivered, GroupLeft, ChannelClosed}));
    QCOMPARE(delivered.group, Lobby);
    QCOMPARE(delivered.receivers, 1);
    QCOMPARE(delivered.message.value(u"n"_s).toInt(), 1);
}

} // namespace parlour::tests
