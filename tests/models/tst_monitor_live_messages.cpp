// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/live_message_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::LiveMessageModel;

namespace {

chat::MonitorActivity said(int from, int to, qint64 skipped = 0)
{
    chat::MonitorActivity activity;
    for (int i = from; i <= to; ++i) {
        chat::MonitorEvent event;
        event.time = 1795343932000 + i;
        event.kind = u"sent"_s;
        event.group = u"chat_general"_s;
        event.from = u"Ann"_s;
        event.message = u"chat.message"_s;
        event.preview = QString::number(i);
        activity.events << event;
    }
    activity.skipped = skipped;
    return activity;
}

QString preview(const LiveMessageModel &model, int row)
{
    return model.index(row).data(LiveMessageModel::PreviewRole).toString();
}

} // namespace

class MonitorLiveMessagesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewestStandsInFront();
    void holdsNoMoreThanItsBound();
    void whatTheHostLeftOutIsShownAndCounted();
    void aPauseStandsStillAndCounts();
    void aLongPauseLosesTheOldestAndSaysSo();
    void aRowReadsAsOneSentence();
    void aDropSaysWhy();
};

void MonitorLiveMessagesTest::theNewestStandsInFront()
{
    LiveMessageModel model;
    const QAbstractItemModelTester tester(&model);
    model.addActivity(said(1, 2));
    model.addActivity(said(3, 4));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(preview(model, 0), u"4"_s);
    QCOMPARE(preview(model, 3), u"1"_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.seen(), 0);
}

void MonitorLiveMessagesTest::holdsNoMoreThanItsBound()
{
    LiveMessageModel model;
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 2 * LiveMessageModel::MaxRows; i += 150)
        model.addActivity(said(i + 1, i + 150));
    QCOMPARE(model.rowCount(), int(LiveMessageModel::MaxRows));
    model.addActivity(said(1, 5 * LiveMessageModel::MaxRows)); // more at once than there is room
    QCOMPARE(model.rowCount(), int(LiveMessageModel::MaxRows));
    QCOMPARE(preview(model, 0), QString::number(5 * LiveMessageModel::MaxRows));
}

void MonitorLiveMessagesTest::whatTheHostLeftOutIsShownAndCounted()
{
    LiveMessageModel model;
    model.addActivity(said(1, 2, 57));
    QCOMPARE(model.rowCount(), 3);
    QVERIFY(model.index(0).data(LiveMessageModel::IsSkipRole).toBool());
    QVERIFY(preview(model, 0).contains(u"57"_s));
    QCOMPARE(model.skipped(), 57);
    QCOMPARE(model.seen(), 59);
}

void MonitorLiveMessagesTest::aPauseStandsStillAndCounts()
{
    LiveMessageModel model;
    model.addActivity(said(1, 2));
    model.setPaused(true);
    model.addActivity(said(3, 5, 10));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.cameInPause(), 13);
    QCOMPARE(model.lostInPause(), 0);

    model.setPaused(false);

    QCOMPARE(model.rowCount(), 6);
    QCOMPARE(preview(model, 1), u"5"_s);
    QCOMPARE(model.cameInPause(), 0);
}

void MonitorLiveMessagesTest::aLongPauseLosesTheOldestAndSaysSo()
{
    constexpr int Bound = LiveMessageModel::MaxRows;
    LiveMessageModel model;
    model.setPaused(true);
    for (int i = 0; i < 2 * Bound; i += 100)
        model.addActivity(said(i + 1, i + 100));
    QCOMPARE(model.cameInPause(), 2 * Bound);
    QCOMPARE(model.lostInPause(), Bound + 1);

    model.setPaused(false);

    QCOMPARE(model.rowCount(), Bound);
    QCOMPARE(preview(model, 0), QString::number(2 * Bound));
    QVERIFY(model.index(Bound - 1).data(LiveMessageModel::IsSkipRole).toBool());
    QVERIFY(preview(model, Bound - 1).contains(u"2,001"_s)
            || preview(model, Bound - 1).contains(u"2001"_s));
}

void MonitorLiveMessagesTest::aRowReadsAsOneSentence()
{
    chat::MonitorActivity activity = said(118, 118);
    activity.events[0].size = 42;
    activity.events[0].preview = u"Доброе\nутро"_s;
    LiveMessageModel model;
    model.addActivity(activity);
    QVERIFY(model.index(0).data().toString().endsWith(
        u".118 in Ann → chat_general chat.message 42 B Доброе⏎утро"_s));
}

void MonitorLiveMessagesTest::aDropSaysWhy()
{
    chat::MonitorActivity activity = said(1, 1);
    activity.events[0].kind = u"dropped"_s;
    activity.events[0].channel = u"specific.a!b"_s;
    activity.events[0].cause = u"capacity"_s;
    LiveMessageModel model;
    model.addActivity(activity);
    QCOMPARE(preview(model, 0), u"capacity"_s);
    QCOMPARE(model.index(0).data(LiveMessageModel::ToRole).toString(), u"specific.a!b"_s);
    QCOMPARE(model.index(0).data(models::ToneRole).toInt(), int(models::CellTone::Bad));
}

PARLOUR_TEST(MonitorLiveMessagesTest)
#include "tst_monitor_live_messages.moc"
