// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/rate_limiter.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace std::chrono_literals;

class RateLimiterTest final : public QObject
{
    Q_OBJECT

    RateLimiter::Time m_now{1h};

    int takenAtOnce(RateLimiter &limiter, int tries)
    {
        int taken = 0;
        for (int i = 0; i < tries; ++i)
            taken += limiter.take(m_now) == 0ms ? 1 : 0;
        return taken;
    }

private Q_SLOTS:
    void startsWithAFullBucket()
    {
        RateLimiter limiter(100, 1000, m_now);
        QCOMPARE(takenAtOnce(limiter, 3000), 1000);
    }

    void refillsWithTime()
    {
        RateLimiter limiter(100, 10, m_now);
        QCOMPARE(takenAtOnce(limiter, 20), 10);
        m_now += 50ms;
        QCOMPARE(takenAtOnce(limiter, 20), 5);
        m_now += 1h;
        QCOMPARE(takenAtOnce(limiter, 20), 10); // never more than the burst
    }

    void saysWhenToTryAgain()
    {
        RateLimiter limiter(4, 1, m_now);
        QCOMPARE(limiter.take(m_now), 0ms);
        QCOMPARE(limiter.take(m_now), 250ms);
        m_now += 100ms;
        QCOMPARE(limiter.take(m_now), 150ms);
        m_now += 150ms;
        QCOMPARE(limiter.take(m_now), 0ms);
    }

    void zeroIsNoLimit()
    {
        RateLimiter limiter(0, 1, m_now);
        QCOMPARE(takenAtOnce(limiter, 100000), 100000);
    }

    void aBucketHoldsAtLeastOne()
    {
        RateLimiter limiter(1, 0, m_now);
        QCOMPARE(takenAtOnce(limiter, 5), 1);
    }

    void takesAnotherLimitWhileItRuns()
    {
        RateLimiter limiter(100, 1000, m_now);
        limiter.setLimit(1, 5);
        QCOMPARE(takenAtOnce(limiter, 10), 5);
        limiter.setLimit(100, 1000);
        m_now += 100ms;
        QCOMPARE(takenAtOnce(limiter, 100), 10);
    }

    void aClockThatGoesBackGivesNothing()
    {
        RateLimiter limiter(1000, 1, m_now);
        QCOMPARE(limiter.take(m_now), 0ms);
        QVERIFY(limiter.take(m_now - 1h) > 0ms);
        QVERIFY(limiter.take(m_now) > 0ms);
    }
};

PARLOUR_TEST(RateLimiterTest)

#include "tst_rate_limiter.moc"
