// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/outbox.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::client::Outbox;

namespace {

Outbox::Entry entry(int n, const QString &room = u"general"_s)
{
    return {room, QString::number(n), u"text %1"_s.arg(n)};
}

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfEachRoom()
    {
        Outbox outbox;
        QVERIFY(outbox.add(entry(1, u"design"_s)));
        QVERIFY(outbox.add(entry(2)));
        QVERIFY(outbox.add(entry(3)));
        QCOMPARE(outbox.first({u"general"_s})->id, u"2"_s);
        QCOMPARE(outbox.first({u"general"_s, u"design"_s})->id, u"1"_s);
        QVERIFY(!outbox.first({}));
        QVERIFY(!outbox.first({u"elsewhere"_s}));
    }

    void takesAThousandAndHandsBackTheNext()
    {
        Outbox outbox;
        for (int n = 0; n < Outbox::MaxWaiting; ++n)
            QVERIFY(outbox.add(entry(n)));
        QVERIFY(!outbox.add(entry(-1)));
        QVERIFY(outbox.acknowledge(u"0"_s));
        QVERIFY(outbox.add(entry(-1)));
    }

    void forgetsTheOldestOfTooManyFailedOnes()
    {
        Outbox outbox;
        for (int n = 0; n <= Outbox::MaxFailed; ++n)
            outbox.addFailed(entry(n));
        QCOMPARE(outbox.failed(), Outbox::MaxFailed);
        QVERIFY(!outbox.retry(u"0"_s));
        QVERIFY(outbox.retry(u"1"_s));
    }

    void retriesWithTheSameIdAndText()
    {
        Outbox outbox;
        QVERIFY(outbox.add(entry(1)));
        QVERIFY(outbox.fail(u"1"_s, u"full"_s));
        QVERIFY(!outbox.first({u"general"_s}));
        QVERIFY(outbox.retry(u"1"_s));
        QCOMPARE(outbox.first({u"general"_s})->text, u"text 1"_s);
        QVERIFY(outbox.holds(u"1"_s));
        QCOMPARE(outbox.failed(), 0);
    }

    void knowsALateAcknowledgementOfAFailedMessage()
    {
        Outbox outbox;
        QVERIFY(outbox.add(entry(1)));
        QVERIFY(outbox.fail(u"1"_s, u"full"_s));
        QVERIFY(outbox.acknowledge(u"1"_s));
        QVERIFY(!outbox.acknowledge(u"1"_s));
        QVERIFY(!outbox.retry(u"1"_s));
    }

    void failsARoomAndNoOther()
    {
        Outbox outbox;
        QVERIFY(outbox.add(entry(1)));
        QVERIFY(outbox.add(entry(2, u"design"_s)));
        QVERIFY(outbox.add(entry(3)));
        QCOMPARE(outbox.failRoom(u"general"_s, u"left"_s).size(), 2);
        QCOMPARE(outbox.waiting(), 1);
        QCOMPARE(outbox.failed(), 2);
    }

    void discardsWhatIsFailedOrWaits()
    {
        Outbox outbox;
        QVERIFY(outbox.add(entry(1)));
        outbox.addFailed(entry(2));
        QVERIFY(outbox.discard(u"1"_s));
        QVERIFY(outbox.discard(u"2"_s));
        QVERIFY(!outbox.discard(u"3"_s));
    }
};

PARLOUR_TEST(OutboxTest)
#include "tst_outbox.moc"
