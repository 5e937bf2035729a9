// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/format.h"
#include "models/monitor/overview_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::OverviewModel;

namespace {

chat::MonitorSnapshot at(qint64 time, qint64 messagesOut = 0, qint64 started = 1)
{
    chat::MonitorSnapshot snapshot;
    snapshot.snapshot.time = time;
    snapshot.snapshot.started = started;
    snapshot.snapshot.totals.messagesOut = messagesOut;
    return snapshot;
}

QString value(const OverviewModel &model, OverviewModel::Tile tile)
{
    return model.index(tile).data(OverviewModel::ValueRole).toString();
}

} // namespace

class MonitorOverviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speedsComeFromSuccessiveSnapshots();
    void aHostThatStartedAgainStartsAtZero();
    void historiesAreBounded();
    void aMinuteWithoutDataIsAGap();
    void dropsAreRedAndNameTheirCause();
    void unknownMemoryIsNotZero();
    void rowsReadAsSentences();
    void durationsAreShort_data();
    void durationsAreShort();
};

void MonitorOverviewTest::speedsComeFromSuccessiveSnapshots()
{
    OverviewModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSnapshot(at(1000, 500));
    QCOMPARE(value(model, OverviewModel::MessagesOut), u"0"_s);
    model.setSnapshot(at(1250, 501));
    QCOMPARE(value(model, OverviewModel::MessagesOut), u"4.0"_s);
    model.setSnapshot(at(2000, 522));
    QCOMPARE(value(model, OverviewModel::MessagesOut), u"22"_s);
    model.setSnapshot(at(20000, 522));
    model.setSnapshot(at(22000, 522));
    QCOMPARE(value(model, OverviewModel::MessagesOut), u"0"_s);
}

void MonitorOverviewTest::aHostThatStartedAgainStartsAtZero()
{
    OverviewModel model;
    model.setSnapshot(at(1000, 500));
    model.setSnapshot(at(2000, 600));
    model.setSnapshot(at(3000, 900, 2500));
    QCOMPARE(value(model, OverviewModel::MessagesOut), u"0"_s);
    QCOMPARE(model.line(OverviewModel::OutLine).size(), 1);
}

void MonitorOverviewTest::historiesAreBounded()
{
    OverviewModel model;
    for (int i = 0; i < 2000; ++i)
        model.setSnapshot(at(1000 + i * 250, i));
    const auto history = model.index(OverviewModel::MessagesOut)
                             .data(OverviewModel::HistoryRole)
                             .value<QList<double>>();
    QCOMPARE(history.size(), int(OverviewModel::HistorySize));
    QCOMPARE(history.last(), 4.0);
    QCOMPARE(model.line(OverviewModel::OutLine).size(), int(models::TimeSeries::MaxSamples));
}

void MonitorOverviewTest::aMinuteWithoutDataIsAGap()
{
    OverviewModel model;
    model.setSnapshot(at(1000));
    model.setSnapshot(at(3000)); // one second late is no gap
    QVERIFY(!std::isnan(model.line(OverviewModel::OutLine).at(1)));
    model.setSnapshot(at(63000));
    const QList<double> &line = model.line(OverviewModel::OutLine);
    QCOMPARE(line.size(), 63);
    QVERIFY(std::isnan(line.at(30)));
    QVERIFY(!std::isnan(line.last()));
    model.setSnapshot(at(Q_INT64_C(1) << 60)); // a year or so: bounded all the same
    QCOMPARE(line.size(), int(models::TimeSeries::MaxSamples));
}

void MonitorOverviewTest::dropsAreRedAndNameTheirCause()
{
    OverviewModel model;
    chat::MonitorSnapshot snapshot = at(1000);
    snapshot.snapshot.totals.dropped = {{u"capacity"_s, 0}, {u"rate"_s, 0}};
    model.setSnapshot(snapshot);
    const QModelIndex dropped = model.index(OverviewModel::Dropped);
    QCOMPARE(dropped.data(models::ToneRole).toInt(), int(models::CellTone::Plain));

    snapshot.snapshot.totals.dropped = {{u"capacity"_s, 5}, {u"rate"_s, 2}, {u"forged"_s, 0}};
    model.setSnapshot(snapshot);
    QCOMPARE(value(model, OverviewModel::Dropped), u"7"_s);
    QCOMPARE(dropped.data(OverviewModel::NoteRole).toString(), u"capacity 5, rate 2"_s);
    QCOMPARE(dropped.data(models::ToneRole).toInt(), int(models::CellTone::Bad));
}

void MonitorOverviewTest::unknownMemoryIsNotZero()
{
    OverviewModel model;
    model.setSnapshot(at(1000));
    QCOMPARE(value(model, OverviewModel::Memory), u"–"_s);
    chat::MonitorSnapshot snapshot = at(2000);
    snapshot.snapshot.memoryBytes = 64 * 1024 * 1024;
    model.setSnapshot(snapshot);
    QCOMPARE(value(model, OverviewModel::Memory), u"64.0"_s);
    QCOMPARE(model.index(OverviewModel::Memory).data(OverviewModel::UnitRole).toString(), u"MiB"_s);
}

void MonitorOverviewTest::rowsReadAsSentences()
{
    OverviewModel model;
    chat::MonitorSnapshot snapshot = at(1000);
    snapshot.people = 7;
    model.setSnapshot(snapshot);
    QCOMPARE(model.index(OverviewModel::People).data(Qt::AccessibleTextRole).toString(),
             u"People: 7"_s);
    QCOMPARE(model.index(OverviewModel::MessagesIn).data(Qt::AccessibleTextRole).toString(),
             u"Messages in: 0 /s"_s);
}

void MonitorOverviewTest::durationsAreShort_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("before it began") << qint64(-5) << u"0 s"_s;
    QTest::newRow("seconds") << qint64(9'400) << u"9 s"_s;
    QTest::newRow("minutes") << qint64(14 * 60'000 + 59'000) << u"14 min"_s;
    QTest::newRow("hours") << qint64(134 * 60'000) << u"2 h 14 min"_s;
    QTest::newRow("days") << qint64(50) * 3'600'000 << u"2 d 2 h"_s;
}

void MonitorOverviewTest::durationsAreShort()
{
    QFETCH(const qint64, ms);
    QTEST(models::formatDuration(ms), "text");
}

PARLOUR_TEST(MonitorOverviewTest)
#include "tst_monitor_overview.moc"
