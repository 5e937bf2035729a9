// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/bridge_host_model.h"
#include "models/monitor/bridge_model.h"
#include "models/monitor/not_shared_model.h"
#include "models/monitor/redis_words.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parlour;
using channels::BridgeInfo;
using models::BridgeHostModel;
using models::BridgeModel;
using models::CellTone;
using models::NotSharedModel;

namespace {

constexpr qint64 Now = 1'795'343'932'481;

BridgeInfo::Host host(BridgeInfo::State state, int roundTripUs = 1800)
{
    BridgeInfo::Host host;
    host.address = u"redis://redis.lan:6379/0"_s;
    host.state = state;
    host.since = Now - 6000;
    host.roundTripUs = roundTripUs;
    return host;
}

chat::MonitorSnapshot shared(const QList<BridgeInfo::Host> &hosts, qint64 time = Now)
{
    chat::MonitorSnapshot snapshot;
    snapshot.snapshot.time = time;
    snapshot.snapshot.started = 1;
    snapshot.snapshot.bridge = BridgeInfo();
    snapshot.snapshot.bridge->hosts = hosts;
    return snapshot;
}

QString textOf(const BridgeModel &model, BridgeModel::Tile tile, int role)
{
    return model.index(tile).data(role).toString();
}

} // namespace

class BridgeModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHostThatSharesWithNobodyHasNoTrouble();
    void tilesSayTheStateInWords_data();
    void tilesSayTheStateInWords();
    void theLastRoundTripStaysInTheNote();
    void whileAServerIsAwayTheLineHasAGap();
    void oneOfSeveralServersIsCounted();
    void troubleSaysWhatWaitsAndWhenItIsTried_data();
    void troubleSaysWhatWaitsAndWhenItIsTried();
    void linksThatCanBeReadAreNamed_data();
    void linksThatCanBeReadAreNamed();
    void problemsAreSentencesThatSayWhatToDo_data();
    void problemsAreSentencesThatSayWhatToDo();
    void whatRedisRefusesIsSaidThoughItAnswers();
    void unreadableMessagesAreAWarning();
    void onlyChangedTilesAreTold();
    void serversKeepTheirRows();
    void causesAreWordsAndNumbers();
};

void BridgeModelTest::aHostThatSharesWithNobodyHasNoTrouble()
{
    BridgeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSnapshot({});
    QVERIFY(!model.bridge());
    QCOMPARE(model.troubleHead(), QString());
    QCOMPARE(model.trouble(), QString());
    QCOMPARE(textOf(model, BridgeModel::State, models::ValueRole), QString());
    QVERIFY(model.roundTrips().isEmpty());
}

void BridgeModelTest::tilesSayTheStateInWords_data()
{
    QTest::addColumn<BridgeInfo::State>("state");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("note");
    QTest::addColumn<CellTone>("tone");
    QTest::newRow("not up yet") << BridgeInfo::State::Connecting << u"Connecting"_s << u"for 6 s"_s
                                << CellTone::Plain;
    QTest::newRow("up") << BridgeInfo::State::Up << u"Connected"_s << u"since "_s
                        << CellTone::Plain;
    QTest::newRow("away") << BridgeInfo::State::Away << u"No answer"_s << u"for 6 s"_s
                          << CellTone::Warn;
}

void BridgeModelTest::tilesSayTheStateInWords()
{
    QFETCH(const BridgeInfo::State, state);
    QFETCH(const QString, value);
    QFETCH(const QString, note);
    QFETCH(const CellTone, tone);
    BridgeModel model;
    model.setSnapshot(shared({host(state)}));
    QCOMPARE(textOf(model, BridgeModel::State, models::ValueRole), value);
    QVERIFY(textOf(model, BridgeModel::State, models::NoteRole).startsWith(note));
    QCOMPARE(CellTone(model.index(BridgeModel::State).data(models::ToneRole).toInt()), tone);
}

void BridgeModelTest::theLastRoundTripStaysInTheNote()
{
    BridgeModel model;
    model.setSnapshot(shared({host(BridgeInfo::State::Up)}));
    QCOMPARE(textOf(model, BridgeModel::RoundTrip, models::ValueRole), u"1.8"_s);
    QCOMPARE(textOf(model, BridgeModel::RoundTrip, models::UnitRole), u"ms"_s);
    model.setSnapshot(shared({host(BridgeInfo::State::Away)}, Now + 1000));
    QCOMPARE(textOf(model, BridgeModel::RoundTrip, models::ValueRole), u"–"_s);
    QCOMPARE(textOf(model, BridgeModel::RoundTrip, models::NoteRole), u"was 1.8 ms"_s);
}

void BridgeModelTest::whileAServerIsAwayTheLineHasAGap()
{
    BridgeModel model;
    const auto up = host(BridgeInfo::State::Up, 250);
    const auto away = host(BridgeInfo::State::Away, 250);
    model.setSnapshot(shared({up}, Now));
    model.setSnapshot(shared({away}, Now + 1000));
    model.setSnapshot(shared({up, host(BridgeInfo::State::Up, 700)}, Now + 2000));
    const QList<double> line = model.roundTrips();
    QCOMPARE(line.size(), 3);
    QCOMPARE(line.at(0), 0.25);
    QVERIFY(std::isnan(line.at(1)));
    QCOMPARE(line.at(2), 0.7); // the slowest
}

void BridgeModelTest::oneOfSeveralServersIsCounted()
{
    BridgeModel model;
    const auto up = host(BridgeInfo::State::Up);
    model.setSnapshot(shared({up, host(BridgeInfo::State::Away), up}));
    QCOMPARE(textOf(model, BridgeModel::State, models::NoteRole), u"2 of 3 servers answer"_s);
    QVERIFY(model.troubleHead().startsWith(u"1 of 3 Redis servers"_s));
}

void BridgeModelTest::troubleSaysWhatWaitsAndWhenItIsTried_data()
{
    QTest::addColumn<int>("waiting");
    QTest::addColumn<qint64>("nextTry");
    QTest::addColumn<QString>("word");
    QTest::newRow("messages wait") << 12 << qint64(0) << u"12 message"_s;
    QTest::newRow("nothing waits") << 0 << qint64(0) << u"notice nothing"_s;
    QTest::newRow("the next try is counted down") << 0 << Now + 3100 << u"Next try in 4 s."_s;
    QTest::newRow("a near try only flickers") << 0 << Now + 900 << u"tried again and again"_s;
    QTest::newRow("a try of the past is now") << 0 << Now - 9000 << u"tried again and again"_s;
}

void BridgeModelTest::troubleSaysWhatWaitsAndWhenItIsTried()
{
    QFETCH(const int, waiting);
    QFETCH(const qint64, nextTry);
    QFETCH(const QString, word);
    auto away = host(BridgeInfo::State::Away);
    away.nextTry = nextTry;
    chat::MonitorSnapshot snapshot = shared({away});
    snapshot.snapshot.bridge->waiting = waiting;
    BridgeModel model;
    model.setSnapshot(snapshot);
    QCOMPARE(model.troubleHead(), u"Redis does not answer. The room goes on here."_s);
    QVERIFY2(model.trouble().contains(word), qPrintable(model.trouble()));
}

void BridgeModelTest::linksThatCanBeReadAreNamed_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<QString>("word");
    QTest::addColumn<CellTone>("tone");
    const auto row = [](const char *name, const QStringList &addresses, const QString &word,
                        CellTone tone) { QTest::newRow(name) << addresses << word << tone; };
    row("in clear", {u"redis://redis.lan:6379/0"_s}, u"No"_s, CellTone::Warn);
    row("over TLS", {u"rediss://redis.lan:6379/0"_s}, u"Yes"_s, CellTone::Good);
    row("a Unix socket", {u"unix:///run/redis.sock"_s}, u"Not needed, on the same computer"_s,
        CellTone::Good);
    row("loopback", {u"redis://127.0.0.1:6379/0"_s, u"redis://localhost:6380/0"_s},
        u"Not needed, on the same computer"_s, CellTone::Good);
    row("one of them in clear", {u"rediss://a.lan:6379/0"_s, u"redis://b.lan:6379/0"_s}, u"No"_s,
        CellTone::Warn);
    row("a name that only begins so", {u"redis://localhost.evil:6379/0"_s}, u"No"_s,
        CellTone::Warn);
}

void BridgeModelTest::linksThatCanBeReadAreNamed()
{
    QFETCH(const QStringList, addresses);
    QList<BridgeInfo::Host> hosts;
    for (const QString &address : addresses) {
        hosts << host(BridgeInfo::State::Up);
        hosts.last().address = address;
    }
    BridgeModel model;
    model.setSnapshot(shared(hosts));
    QTEST(model.linkSecrecy(), "word");
    QTEST(model.linkSecrecyTone(), "tone");
}

void BridgeModelTest::problemsAreSentencesThatSayWhatToDo_data()
{
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &problem, const QString &words) {
        QTest::newRow(name) << problem << words;
    };
    row("nobody listens", u"Connection refused"_s,
        u"Nobody listens at this address. Is Redis running there, and is the port right?"_s);
    row("with a number in it", u"no answer within 3 s"_s,
        u"No answer in time. Is the address right, and does a firewall let it through?"_s);
    row("the longer of two", u"Redis ended the connection (does it want TLS?)"_s,
        u"Redis ended the connection. If it wants TLS, write rediss://."_s);
    row("the shorter of two", u"Redis ended the connection"_s, u"Redis ended the connection."_s);
    row("not known here", u"something\nnew"_s, u"something⏎new"_s);
    row("none", QString(), QString());
}

void BridgeModelTest::problemsAreSentencesThatSayWhatToDo()
{
    QFETCH(const QString, problem);
    QTEST(models::redisInOurWords(problem), "words");
}

void BridgeModelTest::whatRedisRefusesIsSaidThoughItAnswers()
{
    auto full = host(BridgeInfo::State::Up);
    full.problem = u"Redis has no memory left (maxmemory) and keeps nothing new"_s;
    BridgeModel model;
    model.setSnapshot(shared({host(BridgeInfo::State::Up), full}));
    QCOMPARE(model.troubleHead(), u"Redis does not do all that is asked of it."_s);
    QCOMPARE(model.trouble(), u"Redis has no memory left and keeps nothing new."_s);
}

void BridgeModelTest::unreadableMessagesAreAWarning()
{
    chat::MonitorSnapshot snapshot = shared({host(BridgeInfo::State::Up)});
    BridgeModel model;
    model.setSnapshot(snapshot);
    QCOMPARE(model.index(BridgeModel::Unreadable).data(models::ToneRole).toInt(),
             int(CellTone::Plain));
    snapshot.snapshot.bridge->undecodable = 2;
    model.setSnapshot(snapshot);
    QCOMPARE(textOf(model, BridgeModel::Unreadable, models::ValueRole), u"2"_s);
    QCOMPARE(model.index(BridgeModel::Unreadable).data(models::ToneRole).toInt(),
             int(CellTone::Warn));
    QCOMPARE(textOf(model, BridgeModel::Unreadable, Qt::AccessibleTextRole),
             u"Unreadable messages: 2 encrypted, or damaged"_s);
}

void BridgeModelTest::onlyChangedTilesAreTold()
{
    chat::MonitorSnapshot snapshot = shared({host(BridgeInfo::State::Up)});
    BridgeModel model;
    model.setSnapshot(snapshot);
    QSignalSpy changes(&model, &BridgeModel::dataChanged);
    model.setSnapshot(snapshot);
    QCOMPARE(changes.size(), 0);
    snapshot.snapshot.bridge->waiting = 3;
    model.setSnapshot(snapshot);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), int(BridgeModel::Waiting));
}

void BridgeModelTest::serversKeepTheirRows()
{
    BridgeHostModel model;
    const QAbstractItemModelTester tester(&model);
    const auto up = host(BridgeInfo::State::Up);
    auto away = host(BridgeInfo::State::Away);
    away.problem = u"odd\nproblem"_s;
    model.setHosts({up, up}); // the same address twice is two rows
    QCOMPARE(model.rowCount(), 2);
    QSignalSpy removals(&model, &BridgeHostModel::rowsRemoved);
    model.setHosts({up, away});
    QCOMPARE(removals.size(), 0);
    const auto text = [&](int column) { return model.index(1, column).data().toString(); };
    QCOMPARE(text(BridgeHostModel::State), u"No answer"_s);
    QCOMPARE(text(BridgeHostModel::RoundTrip), u"–"_s);
    QCOMPARE(text(BridgeHostModel::Problem), u"odd⏎problem"_s);
    model.setHosts({});
    QCOMPARE(model.rowCount(), 0);
}

void BridgeModelTest::causesAreWordsAndNumbers()
{
    NotSharedModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCauses({{u"expired"_s, 41}, {u"new_cause"_s, 1}, {u"queue_full"_s, 0}});
    QCOMPARE(model.rowCount(), 2);
    const auto text = [&](int row, int column) { return model.index(row, column).data(); };
    QCOMPARE(text(0, NotSharedModel::Words), u"Redis was away longer than they are kept"_s);
    QCOMPARE(text(0, NotSharedModel::Messages), u"41"_s);
    QCOMPARE(text(1, NotSharedModel::Words), u"new_cause"_s); // as the host says it
    model.setCauses({});
    QCOMPARE(model.rowCount(), 0);
    for (const QString &known :
         {u"expired"_s, u"queue_full"_s, u"unconfirmed"_s, u"too_big"_s, u"capacity"_s,
          u"wrong_type"_s, u"refused"_s, u"too_many_members"_s, u"possibly_lost"_s})
        QVERIFY2(!NotSharedModel::words(known).isEmpty(), qPrintable(known));
}

PARLOUR_TEST(BridgeModelTest)
#include "tst_bridge_model.moc"
