// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The letters that are open, and whose turn it is.
#include "redis/outbox_letters.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::redis;

namespace {

OutboxLetters::Pointer letterFor(int host, bool isAnswered = false)
{
    const auto letter = std::make_shared<OutboxLetter>();
    letter->host = host;
    letter->isAnswered = isAnswered;
    letter->isForHere = true;
    return letter;
}

bool everyHost(int)
{
    return true;
}

} // namespace

class OutboxLettersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersGoInTheOrderOfTheCalls()
    {
        OutboxLetters letters(2);
        const QList all{letterFor(1, true), letterFor(0, true), letterFor(1, true)};
        for (const auto &letter : all)
            QVERIFY(letters.keep(letter));
        for (const auto &letter : all) {
            QCOMPARE(letters.next(everyHost), letter);
            letters.remove(*letter);
        }
        QCOMPARE(letters.next(everyHost), nullptr);
        QCOMPARE(letters.size(), 0);
    }

    void whatIsNotAnsweredHoldsTheOthers()
    {
        OutboxLetters letters(2);
        const auto first = letterFor(0);
        const auto second = letterFor(1, true);
        QVERIFY(letters.keep(first) && letters.keep(second));
        QCOMPARE(letters.next(everyHost), nullptr);
        QVERIFY2(letters.next([](int host) { return host == 1; }) == second,
                 "what waits for a server that is away lets those of others pass");
        first->isAnswered = true;
        QCOMPARE(letters.next([](int host) { return host == 1; }), first);
    }

    void theOldestOfItsServerComesFirst()
    {
        OutboxLetters letters(1);
        const auto waiting = letterFor(0);
        const auto answered = letterFor(0, true);
        QVERIFY(letters.keep(waiting) && letters.keep(answered));
        QVERIFY2(!letters.next([](int) { return false; }), "nobody overtakes on the same server");
        QCOMPARE(letters.size(0), 2);
    }

    void thoseThatAreWaitedForAreKnown()
    {
        OutboxLetters letters(2);
        const QList all{letterFor(0), letterFor(1), letterFor(0), letterFor(1)};
        all.at(1)->isForHere = false;
        all.at(2)->isDelivered = true;
        for (const auto &letter : all)
            QVERIFY(letters.keep(letter));
        QCOMPARE(letters.undelivered(), (std::vector{all.at(0), all.at(3)}));
        letters.noteDelivery(*all.at(3));
        letters.remove(*all.at(0));
        QVERIFY(letters.undelivered().empty());
        QCOMPARE(letters.size(), 3);
    }

    void allAreTakenInTheirOrder()
    {
        OutboxLetters letters(3);
        std::vector<OutboxLetters::Pointer> all;
        for (const int host : {2, 0, 1, 0, 2}) {
            all.push_back(letterFor(host));
            QVERIFY(letters.keep(all.back()));
        }
        QCOMPARE(letters.takeAll(), all);
        QVERIFY(letters.size() == 0 && letters.undelivered().empty());
    }

    void thereIsAnEndOfThem()
    {
        OutboxLetters letters(2);
        const auto first = letterFor(0);
        QVERIFY(letters.keep(first));
        for (int n = 1; n < 20'000; ++n)
            QVERIFY(letters.keep(letterFor(n % 2)));
        QVERIFY(!letters.keep(letterFor(1)));
        letters.remove(*first);
        letters.remove(*first);
        QVERIFY(letters.keep(letterFor(1)));
        QVERIFY(!letters.keep(letterFor(1)));
    }

    void thereIsAnEndOfTheirBytes()
    {
        OutboxLetters letters(1);
        const auto half = [] {
            const auto letter = letterFor(0);
            letter->bytes = qint64(32) * 1024 * 1024;
            return letter;
        };
        const auto first = half();
        QVERIFY(letters.keep(first) && letters.keep(half()));
        const auto small = letterFor(0);
        small->bytes = 1;
        QVERIFY(!letters.keep(small));
        letters.remove(*first);
        letters.remove(*first);
        QVERIFY(letters.keep(small));
        QVERIFY2(!letters.keep(half()), "what is removed twice makes room once");
        letters.takeAll();
        QVERIFY(letters.keep(half()) && letters.keep(half()));
    }
};

PARLOUR_TEST(OutboxLettersTest)
#include "tst_outbox_letters.moc"
