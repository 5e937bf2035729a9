// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/pending_echoes.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using parlour::channels::Message;
using parlour::redis::PendingEchoes;

namespace {

PendingEchoes::Own own(int n, const QByteArray &name = "a")
{
    return {name, Message(u"x"_s, {{u"n"_s, n}})};
}

int numberOf(const PendingEchoes::Own &own)
{
    return own.message.value(u"n"_s).toInt();
}

QList<int> numbers(const std::vector<PendingEchoes::Own> &all)
{
    QList<int> numbers;
    for (const auto &one : all)
        numbers.append(numberOf(one));
    return numbers;
}

} // namespace

class PendingEchoesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsOwnByNameAndBytes()
    {
        m_echoes = {};
        publish(own(1), "one", {}, false);
        QVERIFY(!m_echoes.take("a", "two"));
        QVERIFY(!m_echoes.take("b", "one"));
        QCOMPARE(taken("a", "one"), QList{1});
        QVERIFY(!m_echoes.take("a", "one"));
        QVERIFY(m_echoes.isEmpty());
    }

    void takesEqualOnesAsManyTimesAsTheyWereSent()
    {
        m_echoes = {};
        publish(own(1), "same", {}, true); // its copy may never come
        publish(own(2), "same", {}, false);
        QCOMPARE(taken("a", "same"), QList{2});
        QCOMPARE(taken("a", "same"), QList<int>());
        QVERIFY(!m_echoes.take("a", "same"));
    }

    void deliversInAdvanceOnceAndInOrder()
    {
        m_echoes = {};
        publish(own(1), "1", {}, false);
        publish(own(2), "2", {}, true);
        publish(own(3, "b"), "3", {}, false);
        QCOMPARE(numbers(m_echoes.takeInAdvance()), (QList{1, 3}));
        QCOMPARE(numbers(m_echoes.takeInAdvance()), QList<int>());
        QCOMPARE(taken("a", "1"), QList<int>());
    }

    void knowsWhatHasWaitedForLong()
    {
        m_echoes = {};
        const PendingEchoes::Time start{1h};
        publish(own(1), "1", start, true);
        publish(own(2), "2", start + 2s, false);
        QVERIFY(!m_echoes.hasWaitedSince(start + 1s));
        QVERIFY(m_echoes.hasWaitedSince(start + 2s));
    }

    void whatWasNeverPublishedIsDeliveredAndForgotten()
    {
        m_echoes = {};
        const auto sent = publish(own(1), "1", {}, false);
        const auto delivered = publish(own(2), "2", {}, true);
        QCOMPARE(numbers(m_echoes.giveUp(sent)), QList{1});
        QCOMPARE(numbers(m_echoes.giveUp(delivered)), QList<int>());
        QCOMPARE(numbers(m_echoes.giveUp(delivered)), QList<int>());
        QVERIFY(m_echoes.isEmpty());
    }

    void whatIsDeliveredTakesAlongWhatWasSentBefore()
    {
        m_echoes = {};
        publish(own(1), "1", {}, false);
        const auto second = publish(own(2), "2", {}, false);
        const auto third = publish(own(3), "3", {}, false);
        publish(own(4), "4", {}, false);
        QCOMPARE(numbers(m_echoes.giveUp(second)), (QList{1, 2}));
        QCOMPARE(numbers(m_echoes.interrupted(third)), QList{3});
        QCOMPARE(taken("a", "1"), QList<int>());
        publish(own(5), "5", {}, false);
        QCOMPARE(taken("a", "5"), (QList{4, 5}));
    }

    void aLostLineBringsNoMoreOfWhatWasUnderWay()
    {
        m_echoes = {};
        const auto answered = publish(own(1), "1", {}, false);
        publish(own(2), "2", {}, false);
        m_echoes.answered(answered);
        QCOMPARE(numbers(m_echoes.lineLost()), (QList{1, 2}));
        QVERIFY(!m_echoes.take("a", "1")); // somebody else's
        QCOMPARE(taken("a", "2"), QList<int>()); // published after the line's return
    }

    void oneRoundEndsWhatWasAnswered()
    {
        m_echoes = {};
        const auto heard = publish(own(1), "1", {}, false);
        const auto unheard = publish(own(2), "2", {}, false);
        QVERIFY(!m_echoes.wantsRound());
        m_echoes.answered(heard);
        m_echoes.answered(unheard);
        QVERIFY(m_echoes.wantsRound());
        m_echoes.beginRound();
        QVERIFY(m_echoes.take("a", "1"));
        const auto late = publish(own(3), "3", {}, false);
        m_echoes.answered(late);
        QCOMPARE(numbers(m_echoes.endRound()), QList{2});
        QVERIFY(m_echoes.take("a", "3"));
        QVERIFY(m_echoes.isEmpty());
        QVERIFY(!m_echoes.wantsRound());
    }

    void twoRoundsEndWhatWasInterrupted()
    {
        m_echoes = {};
        const auto sent = publish(own(1), "1", {}, false);
        QCOMPARE(numbers(m_echoes.interrupted(sent)), QList{1});
        QCOMPARE(numbers(m_echoes.interrupted(sent)), QList<int>());
        m_echoes.beginRound();
        QCOMPARE(numbers(m_echoes.endRound()), QList<int>());
        QVERIFY(!m_echoes.isEmpty());
        QCOMPARE(numbers(m_echoes.lineLost()), QList<int>()); // Redis may read it yet
        QVERIFY(!m_echoes.isEmpty());
        m_echoes.beginRound();
        QCOMPARE(numbers(m_echoes.endRound()), QList<int>());
        QVERIFY(m_echoes.isEmpty());
    }

    void hasABound()
    {
        m_echoes = {};
        for (int n = 0; n < 50'000; ++n) {
            QVERIFY(!m_echoes.isFull());
            publish(own(n), QByteArray::number(n % 10), {}, false);
        }
        QVERIFY(m_echoes.isFull());
        for (int n = 0; n < 50'000; ++n)
            QVERIFY(m_echoes.take("a", QByteArray::number(n % 10)));
        QVERIFY(m_echoes.isEmpty());
    }

    void whatWaitsHasNoCopyYet()
    {
        m_echoes = {};
        const auto waiting = m_echoes.expect(own(1), "same", {}, true);
        QVERIFY2(!m_echoes.take("a", "same"), "another process says the same");
        m_echoes.written(waiting);
        QCOMPARE(taken("a", "same"), QList<int>());
        QVERIFY(!m_echoes.take("a", "same"));

        const auto never = m_echoes.expect(own(2), "same", {}, false);
        QCOMPARE(numbers(m_echoes.giveUp(never)), QList{2});
        m_echoes.written(never);
        QVERIFY(m_echoes.isEmpty());
    }

    // Each of these calls walked over all that was pending: minutes.
    void whatIsDeliveredCostsNothingMore()
    {
        m_echoes = {};
        std::vector<quint64> all;
        for (int n = 0; !m_echoes.isFull(); ++n) {
            all.push_back(publish(own(n), QByteArray::number(n), {}, n % 2 == 0));
            QCOMPARE(m_echoes.takeInAdvance().size(), size_t(n % 2));
            QVERIFY(!m_echoes.hasWaitedSince({}));
        }
        for (const quint64 number : all)
            QVERIFY(m_echoes.interrupted(number).empty());
        for (const quint64 number : all)
            QVERIFY(m_echoes.giveUp(number).empty());
        QVERIFY(m_echoes.isEmpty());
    }

private:
    /// Goes to Redis at once.
    quint64 publish(const PendingEchoes::Own &own, const QByteArray &payload,
                    PendingEchoes::Time now, bool isDelivered)
    {
        const quint64 number = m_echoes.expect(own, payload, now, isDelivered);
        m_echoes.written(number);
        return number;
    }

    /// What is due when a copy of ours has come.
    QList<int> taken(const QByteArray &name, const QByteArray &payload)
    {
        const auto due = m_echoes.take(name, payload);
        return due ? numbers(*due) : QList{-1};
    }

    PendingEchoes m_echoes;
};

PARLOUR_TEST(PendingEchoesTest)
#include "tst_pending_echoes.moc"
