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

namespace {

const QString Theirs = u"parlour.theirs!1"_s;

BridgeOptions ticking(const channels::Clock &clock)
{
    BridgeOptions options;
    options.clock = clock;
    options.presence.tick = 1ms;
    return options;
}

/// A host, and others of which one falls silent.
struct Stage {
    Stage()
        : layer(common)
        , north(layer, u"North"_s, ticking(clock))
        , others(common, QString(PresenceGroup))
    {
    }

    void lives(const QString &id, const QString &channel)
    {
        (void)common.groupSend(QString(PresenceGroup),
                               encodePresence({id, PresenceAlive{u"South"_s, channel, 0}}));
        channels::settle();
    }
    /// In steps in which the host says that it lives itself.
    bool pass(std::chrono::seconds time)
    {
        for (; time > 0s; time -= 5s) {
            const auto before = others.heard.size();
            clock.advance(5s);
            if (!channels::waitFor([&] { return others.heard.size() > before; }, 10s))
                return false;
        }
        return true;
    }
    bool isForgotten() const
    {
        return channels::waitFor([&] { return north.bridge.info()->peers == 0; }, 10s);
    }

    channels::FakeClock clock;
    InMemoryChannelLayer common;
    FakeSharedLayer layer;
    SharingHost north;
    Bystander others;
};

} // namespace

/// Whose channels are taken out of the groups when a host falls silent.
class DeadHostsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSilentOneIsRemoved();
    void whoIsInTroubleItselfRemovesNobody_data();
    void whoIsInTroubleItselfRemovesNobody();
    void whoHasSleptRemovesNobody();
    void troubleThatIsOverIsForgotten();
    void onlyAHostsChannelsAreRemoved_data();
    void onlyAHostsChannelsAreRemoved();
    void aLivingHostsChannelsStay();
    void whoLosesAServerOfARoomStillSpeaksAndHears();
};

void DeadHostsTest::aSilentOneIsRemoved()
{
    Stage stage;
    stage.lives(u"south"_s, Theirs);
    QVERIFY(stage.pass(15s));
    QVERIFY(stage.isForgotten());
    QCOMPARE(stage.layer.forgotten, QStringList{Theirs});
}

void DeadHostsTest::whoIsInTroubleItselfRemovesNobody_data()
{
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<qsizetype>("removed");
    QTest::newRow("its messages are refused") << u"refused"_s << QString() << qsizetype(0);
    QTest::newRow("its messages are unconfirmed") << u"unconfirmed"_s << QString() << qsizetype(0);
    QTest::newRow("the store has a problem") << QString() << u"out of memory"_s << qsizetype(0);
    QTest::newRow("the dead one's inbox is full") << u"capacity"_s << QString() << qsizetype(1);
}

void DeadHostsTest::whoIsInTroubleItselfRemovesNobody()
{
    QFETCH(QString, cause);
    QFETCH(QString, problem);
    QFETCH(qsizetype, removed);
    Stage stage;
    stage.lives(u"south"_s, Theirs);
    QVERIFY(stage.pass(5s));
    if (!cause.isEmpty())
        ++stage.layer.notShared[cause];
    stage.layer.problem = problem;
    QVERIFY(stage.pass(10s));
    QVERIFY(stage.isForgotten());
    QCOMPARE(stage.layer.forgotten.size(), removed);
}

void DeadHostsTest::whoHasSleptRemovesNobody()
{
    Stage stage;
    stage.lives(u"south"_s, Theirs);
    stage.clock.advance(17s);
    QVERIFY(stage.isForgotten());
    QVERIFY(stage.layer.forgotten.isEmpty());
}

void DeadHostsTest::troubleThatIsOverIsForgotten()
{
    Stage stage;
    stage.lives(u"south"_s, Theirs);
    stage.layer.notShared[u"refused"_s] = 3;
    QVERIFY(stage.pass(5s));
    stage.lives(u"south"_s, Theirs);
    QVERIFY(stage.pass(15s));
    QVERIFY(stage.isForgotten());
    QCOMPARE(stage.layer.forgotten, QStringList{Theirs});
}

void DeadHostsTest::onlyAHostsChannelsAreRemoved_data()
{
    QTest::addColumn<QString>("channel");
    QTest::newRow("Django's") << u"specific.0123456789abcdef0123456789abcdef!1"_s;
    QTest::newRow("Django's behind our prefix") << u"parlour.specific.abc!1"_s;
    QTest::newRow("a worker's") << u"thumbnails"_s;
    QTest::newRow("our prefix alone") << u"parlour"_s;
}

void DeadHostsTest::onlyAHostsChannelsAreRemoved()
{
    QFETCH(QString, channel);
    Stage stage;
    stage.lives(u"south"_s, channel);
    QVERIFY(stage.pass(15s));
    QVERIFY(stage.isForgotten());
    QVERIFY(stage.layer.forgotten.isEmpty());
}

void DeadHostsTest::aLivingHostsChannelsStay()
{
    Stage stage;
    stage.lives(u"pretender"_s, Theirs);
    QVERIFY(stage.pass(5s));
    stage.lives(u"south"_s, Theirs);
    QVERIFY(stage.pass(10s));
    QVERIFY(channels::waitFor([&] { return stage.north.bridge.info()->peers == 1; }, 10s));
    QVERIFY(stage.layer.forgotten.isEmpty());
}

void DeadHostsTest::whoLosesAServerOfARoomStillSpeaksAndHears()
{
    Stage stage;
    stage.layer.lose(u"chat_lobby"_s);
    QVERIFY(stage.pass(5s));
    stage.lives(u"south"_s, Theirs);
    QCOMPARE(stage.north.bridge.info()->peers, 1);
    QCOMPARE(stage.north.bridge.info()->state(), FakeSharedLayer::State::Away);
    stage.layer.lose(QString(PresenceGroup));
    const auto before = stage.others.heard.size();
    stage.clock.advance(5s);
    channels::settle();
    QCOMPARE(stage.others.heard.size(), before);
}

PARLOUR_TEST(DeadHostsTest)
#include "tst_dead_hosts.moc"
