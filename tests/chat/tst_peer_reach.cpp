// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "chat/text_rules.h"
#include "kept_host.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::BridgeInfo;

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

bool isOver(qint64 time)
{
    return channels::waitFor([&] { return now() > time; }, 30s);
}

bool has(KeptHost &host, const QString &id)
{
    return host.state().join(u' ').contains(id);
}

bool getsToHave(KeptHost &host, const QString &id)
{
    return channels::waitFor([&] { return has(host, id); }, 30s);
}

QString sayAt(KeptHost &host, qint64 time, const QString &id = newUuid())
{
    Utterance said = utterance(id, u"said before"_s);
    said.time = time;
    return post(host.log, said).id;
}

/// Comes back to the others.
void start(KeptHost &host, qint64 since = 0)
{
    host.options.logs.since = since;
    host.start();
    host.way.setState(BridgeInfo::State::Up);
}

} // namespace

/// How far back a host asks others for what they said, and tells them of its own.
class PeerReachTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allSinceAHostSharesIsHad_data();
    void allSinceAHostSharesIsHad();
    void whatWasLetGoOfIsNotHadAgain();
    void aClockThatWasAheadHidesNothing();
    void whatIsTooOldIsNotHad_data();
    void whatIsTooOldIsNotHad();
    void whatWasSaidUnsharedIsNotTold_data();
    void whatWasSaidUnsharedIsNotTold();
    void whatCannotBeToldHidesNothing_data();
    void whatCannotBeToldHidesNothing();
    void whatCouldNotBeReadIsReadAgain();
};

void PeerReachTest::allSinceAHostSharesIsHad_data()
{
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("and goes on to do so after its death") << true;
    QTest::newRow("and does so for the first time") << false;
}

// North's first message is on its way to South, or in nobody's ears, as South dies.
void PeerReachTest::allSinceAHostSharesIsHad()
{
    QFETCH(bool, goesOn);
    KeptHosts stage;
    const qint64 since = now();
    stage.south.kill();
    const QString first = stage.north.say(u"one"_s);
    channels::settle(); // nobody hears it
    QVERIFY(isOver(last(stage.north.log, 1).messages.constFirst().time));
    start(stage.south, goesOn ? since : 0);
    QVERIFY(getsToHave(stage.south, stage.north.say(u"two"_s)));
    QCOMPARE(has(stage.south, first), goesOn);
}

void PeerReachTest::whatWasLetGoOfIsNotHadAgain()
{
    KeptHosts stage;
    const qint64 since = now();
    const QString first = stage.saidOnBoth(u"one"_s);
    stage.south.kill();
    QVERIFY(isOver(last(stage.south.log, 1).messages.constFirst().time));
    for (int i = 0; i < 1000; ++i)
        stage.south.say(QString::number(i)); // all that it keeps
    start(stage.south, since);
    QVERIFY(getsToHave(stage.south, stage.north.say(u"two"_s)));
    QVERIFY(!has(stage.south, first));
}

// As South began to share.
void PeerReachTest::aClockThatWasAheadHidesNothing()
{
    KeptHosts stage;
    stage.south.kill();
    start(stage.south, now() + std::chrono::milliseconds(1h).count());
    QVERIFY(isOver(now()));
    stage.south.way.setState(BridgeInfo::State::Away);
    const QString first = stage.north.say(u"one"_s);
    channels::settle(); // nobody hears it
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(getsToHave(stage.south, first));
}

void PeerReachTest::whatIsTooOldIsNotHad_data()
{
    QTest::addColumn<std::chrono::milliseconds>("maxAge");
    QTest::addColumn<bool>("isHad");
    QTest::newRow("kept for three hours") << std::chrono::milliseconds(3h) << true;
    QTest::newRow("kept for one") << std::chrono::milliseconds(1h) << false;
}

// Of changes there are more than an answer has, so that it is asked behind one of them, too.
void PeerReachTest::whatIsTooOldIsNotHad()
{
    QFETCH(std::chrono::milliseconds, maxAge);
    KeptHosts stage;
    const qint64 yesterday = now() - std::chrono::milliseconds(24h).count();
    stage.north.kill();
    stage.south.kill();
    const qint64 before = now() - std::chrono::milliseconds(2h).count();
    const QString changed = sayAt(stage.north, before - 1);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(stage.north.make(editOf(changed, QString::number(i))), QString());
    const QString first = sayAt(stage.north, before);
    stage.south.options.logs.maxAge = maxAge;
    start(stage.north, yesterday);
    start(stage.south, yesterday);
    QVERIFY(getsToHave(stage.south, stage.north.say(u"two"_s)));
    QTEST(has(stage.south, first), "isHad");
}

void PeerReachTest::whatWasSaidUnsharedIsNotTold_data()
{
    QTest::addColumn<bool>("wasShared");
    QTest::newRow("and was shared") << true;
    QTest::newRow("and was not") << false;
}

void PeerReachTest::whatWasSaidUnsharedIsNotTold()
{
    QFETCH(bool, wasShared);
    KeptHosts stage;
    const qint64 before = now() - 1;
    stage.north.kill();
    stage.south.kill();
    const QString first = sayAt(stage.north, now());
    QVERIFY(isOver(now()));
    start(stage.north, wasShared ? before : 0);
    start(stage.south, before);
    QVERIFY(getsToHave(stage.south, stage.north.say(u"two"_s)));
    QCOMPARE(has(stage.south, first), wasShared);
}

void PeerReachTest::whatCannotBeToldHidesNothing_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("more than the layer carries") << newUuid() << RoomLog::MaxText + 1;
    QTest::newRow("an id that is no UUID") << u"msg-17"_s << qsizetype(10);
}

void PeerReachTest::whatCannotBeToldHidesNothing()
{
    QFETCH(QString, id);
    QFETCH(qsizetype, size);
    KeptHosts stage;
    const QString first = stage.saidOnBoth(u"one"_s);
    stage.north.way.mostBytes = RoomLog::MaxText;
    stage.south.way.setState(BridgeInfo::State::Away);
    (void)post(stage.north.log, utterance(id, QString(size, u'x')));
    const QString third = stage.north.say(u"three"_s);
    channels::settle(); // nobody hears it
    stage.south.way.setState(BridgeInfo::State::Up);
    QVERIFY(getsToHave(stage.south, third));
    QVERIFY(!has(stage.south, id));
}

void PeerReachTest::whatCouldNotBeReadIsReadAgain()
{
    KeptHosts stage;
    const qint64 since = now();
    (void)stage.saidOnBoth(u"one"_s);
    stage.south.kill();
    const QString missed = stage.north.say(u"two"_s);
    channels::settle(); // nobody hears it
    stage.south.disk.isBroken = true;
    start(stage.south, since);
    const QString heard = stage.north.say(u"three"_s);
    channels::settle();
    QVERIFY(!has(stage.south, heard));
    stage.south.disk.isBroken = false;
    QVERIFY(stage.areSame());
    QVERIFY(has(stage.south, missed));
}

PARLOUR_TEST(PeerReachTest)
#include "tst_peer_reach.moc"
