// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/backoff.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace std::chrono_literals;
using parlour::client::Backoff;

class BackoffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToTheBoundWithJitter()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            Backoff backoff({500ms, 30s, seed});
            for (int n = 0; n < 100; ++n) {
                const double full = std::min(30000.0, 500.0 * std::pow(2.0, n));
                const auto delay = double(backoff.next().count());
                QVERIFY2(delay >= std::floor(full / 2), qPrintable(QString::number(n)));
                QVERIFY2(delay <= full, qPrintable(QString::number(n)));
            }
        }
    }

    void startsAnewAfterAStableConnection()
    {
        Backoff backoff({500ms, 30s, 7});
        QVERIFY(backoff.isFresh());
        for (int n = 0; n < 10; ++n)
            (void)backoff.next();
        QVERIFY(!backoff.isFresh());
        backoff.reset();
        QVERIFY(backoff.isFresh());
        QVERIFY(backoff.next() <= 500ms);
    }

    void clientsOfOneHostComeBackApart()
    {
        std::set<std::chrono::milliseconds> delays;
        for (unsigned seed = 0; seed < 100; ++seed)
            delays.insert(Backoff({30s, 30s, seed}).next());
        QVERIFY2(delays.size() > 90, qPrintable(QString::number(delays.size())));
    }

    void theSameSeedGivesTheSameDelays()
    {
        Backoff one({500ms, 30s, 3});
        Backoff two({500ms, 30s, 3});
        for (int n = 0; n < 20; ++n)
            QCOMPARE(one.next(), two.next());
    }

    void neverComesEarlierThanTheHostAsked()
    {
        Backoff backoff({500ms, 30s, 5});
        for (int n = 0; n < 200; ++n) {
            const auto delay = backoff.spread(30s);
            QVERIFY(delay >= 30s);
            QVERIFY(delay <= 37500ms);
        }
    }
};

PARLOUR_TEST(BackoffTest)
#include "tst_backoff.moc"
