// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The parts of the core layer that need no Redis.
#include "redis/core_sources.h"
#include "redis/echo_book.h"
#include "redis/redis_scripts.h"
#include "redis/server_clock.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;

namespace {

OwnMessage named(const QString &name)
{
    return {u"g"_s, {u"a!b"_s}, Message(name)};
}

RedisReply timeReply(const QByteArray &seconds, const QByteArray &microseconds)
{
    using enum RedisReply::Type;
    return {Array, {}, 0, {{Bulk, seconds, 0, {}}, {Bulk, microseconds, 0, {}}}};
}

} // namespace

class CorePartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreWrittenAsPythonWritesThem_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("whole") << 1700000000.0 << "1700000000.0"_ba;
        QTest::newRow("quarter") << 1700000000.25 << "1700000000.25"_ba;
        QTest::newRow("as exact as a double") << 1700000001.1234567 << "1700000001.1234567"_ba;
        QTest::newRow("a microsecond") << 1700000000.000001 << "1700000000.000001"_ba;
        QTest::newRow("zero") << 0.0 << "0.0"_ba;
    }
    void numbersAreWrittenAsPythonWritesThem()
    {
        QFETCH(double, number);
        QTEST(pythonFloat(number), "text");
    }

    void theServersTimeCounts()
    {
        double local = 1000;
        ServerClock clock([&] { return local; });
        QCOMPARE(clock.now(), 1000.0);
        const double asked = clock.local();
        local += 2; // so long did the answer take
        clock.set(timeReply("5000", "500000"), asked);
        QCOMPARE(clock.now(), 5001.5);
        clock.set({}, asked);
        clock.set(timeReply("never", "0"), asked);
        QCOMPARE(clock.now(), 5001.5);
    }

    void timeNeverStandsStill()
    {
        double local = 1.7e9;
        ServerClock clock([&] { return local; });
        double last = clock.next();
        for (int n = 0; n < 1000; ++n) {
            const double next = clock.next();
            QVERIFY(next > last && next < last + 0.00001);
            QVERIFY(pythonFloat(next) != pythonFloat(last));
            last = next;
        }
        local -= 3;
        QVERIFY2(clock.next() > last, "nor does it go back");
    }

    void aWrongTimeOfTheServerDoesNotLast()
    {
        double local = 1000;
        ServerClock clock([&] { return local; });
        clock.set(timeReply("9999999999", "0"), local);
        QCOMPARE(clock.next(), 9999999999.0);
        clock.set(timeReply("5000", "0"), local);
        QCOMPARE(clock.next(), 5000.0);
        QVERIFY(clock.next() > 5000);
        QVERIFY(clock.next() < 5000.1);
    }

    void stampsAreUniqueAndSorted()
    {
        const auto sources = CoreSources::ofTheSystem();
        QByteArray last = sources.stamp();
        for (int n = 0; n < 1000; ++n) {
            const QByteArray next = sources.stamp();
            QCOMPARE(next.size(), 12);
            QVERIFY(next > last);
            last = next;
        }
        QVERIFY(sources.stamp().last(6) != CoreSources::ofTheSystem().stamp().last(6));
        QCOMPARE(sources.uuid().size(), 32);
        QVERIFY(sources.uuid() != sources.uuid());
    }

    void anEchoIsTakenOnce()
    {
        EchoBook book;
        const EchoBook::Time start;
        book.expect("one", named(u"1"_s), start);
        QCOMPARE(book.awaited(), 1);
        QVERIFY(!book.take("two"));
        const auto echo = book.take("one");
        QVERIFY(echo && !echo->isDelivered);
        QCOMPARE(echo->message.message.type(), u"1"_s);
        QVERIFY(!book.take("one"));
        QVERIFY(book.isEmpty());
        QCOMPARE(book.awaited(), 0);
    }

    void whatWasDeliveredInAdvanceIsNotDeliveredAgain()
    {
        EchoBook book;
        const EchoBook::Time start;
        for (int n = 0; n < 4; ++n)
            book.expect(QByteArray::number(n), named(QString::number(n)), start + n * 1s);
        QCOMPARE(book.takeInAdvance("0")->message.type(), u"0"_s);
        QVERIFY(!book.takeInAdvance("0"));
        QVERIFY(!book.takeInAdvance("9"));
        const auto old = book.takeInAdvance(start + 2s);
        QCOMPARE(old.size(), 2U);
        QCOMPARE(old.front().message.type(), u"1"_s);
        QCOMPARE(book.awaited(), 1);
        QVERIFY(book.take("1")->isDelivered);
        QVERIFY(!book.take("3")->isDelivered);
        book.forget(start + 1s);
        QVERIFY2(book.take("0") == std::nullopt, "its echo comes no more");
        QVERIFY(book.take("2")->isDelivered);
    }

    void aGroupIsTakenInAdvanceForItself()
    {
        EchoBook book;
        const QList<std::pair<QString, QString>> expected{
            {u"1"_s, u"a"_s}, {u"2"_s, u"b"_s}, {u"3"_s, u"a"_s}, {u"4"_s, {}}};
        for (const auto &[stamp, group] : expected)
            book.expect(stamp.toLatin1(), {group, {u"a!b"_s}, Message(stamp)}, {});
        const auto early = book.takeInAdvanceOf(u"a"_s);
        QCOMPARE(early.size(), 2U);
        QCOMPARE(early.back().message.type(), u"3"_s);
        QVERIFY(book.takeInAdvanceOf(u"a"_s).empty());
        QVERIFY(book.takeInAdvanceOf({}).empty());
        QCOMPARE(book.awaited(), 2);
        QVERIFY(book.take("1")->isDelivered);
        QVERIFY(!book.take("4")->isDelivered);
    }

    void theBookHasAnEnd()
    {
        EchoBook book;
        for (int n = 0; n < 50'001; ++n)
            book.expect(QByteArray::number(n), named(u"x"_s), {});
        QCOMPARE(book.awaited(), 50'000);
        QVERIFY(!book.take("0"));
        QVERIFY(book.take("1"));
    }

    void keysLastForWholeSeconds_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<QByteArray>("seconds");
        QTest::newRow("a minute") << 60'000 << "60"_ba;
        QTest::newRow("a second and a bit") << 1'001 << "2"_ba;
        QTest::newRow("less than one") << 300 << "1"_ba;
        QTest::newRow("nothing") << 0 << "1"_ba;
    }
    void keysLastForWholeSeconds()
    {
        QFETCH(int, milliseconds);
        QTEST(expirySeconds(std::chrono::milliseconds(milliseconds)), "seconds");
    }
};

PARLOUR_TEST(CorePartsTest)
#include "tst_core_parts.moc"
