// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "talk.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using namespace parlour::tests;

/// What a client may ask of the past, and what not.
class HistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void olderOnesComeByPages();
    void countsAreTakenForTheNearestLegalOne_data();
    void countsAreTakenForTheNearestLegalOne();
    void historyOutOfTurnIsRefused();
    void longMessagesMakeShortParts();
    void whatCannotBeReadIsSaid();
};

void HistoryTest::olderOnesComeByPages()
{
    Talk talk;
    talk.say(12);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    const auto last = ben.join();
    QCOMPARE(numbersIn({last}), numbersFrom(8, 12));
    QVERIFY(last.more);
    QVERIFY(!last.after && !last.before);
    ben.send(AskHistoryFrame{u"general"_s, {}, 8, 3});
    talk.say(1); // what is said comes between
    const auto older = ben.next<HistoryFrame>();
    QCOMPARE(numbersIn({older}), numbersFrom(5, 7));
    QCOMPARE(older.before.value_or(0), 8);
    QVERIFY(older.more);
    QVERIFY(!older.lost);
    ben.drain();
    ben.send(AskHistoryFrame{u"general"_s, {}, 5});
    const auto oldest = ben.next<HistoryFrame>();
    QCOMPARE(numbersIn({oldest}), numbersFrom(1, 4));
    QVERIFY(!oldest.more);
}

void HistoryTest::countsAreTakenForTheNearestLegalOne_data()
{
    QTest::addColumn<QByteArray>("count");
    QTest::addColumn<qint64>("before");
    QTest::addColumn<QList<qint64>>("numbers");
    QTest::newRow("none") << QByteArray() << qint64(301) << numbersFrom(101, 300);
    QTest::newRow("zero") << QByteArray("0") << qint64(301) << numbersFrom(300, 300);
    QTest::newRow("negative") << QByteArray("-7") << qint64(301) << numbersFrom(300, 300);
    QTest::newRow("over the most") << QByteArray("201") << qint64(301) << numbersFrom(101, 300);
    QTest::newRow("huge") << QByteArray("9007199254740991") << qint64(301) << numbersFrom(101, 300);
    QTest::newRow("before the first") << QByteArray("5") << qint64(1) << QList<qint64>();
    QTest::newRow("before nothing") << QByteArray("5") << qint64(0) << QList<qint64>();
    QTest::newRow("before what is to come")
        << QByteArray("5") << qint64(1) * 1000000 << numbersFrom(296, 300);
}

void HistoryTest::countsAreTakenForTheNearestLegalOne()
{
    QFETCH(QByteArray, count);
    QFETCH(qint64, before);
    QFETCH(QList<qint64>, numbers);
    Talk talk(200);
    talk.say(300);
    const QByteArray counted = count.isEmpty() ? count : ",\"count\":" + count;
    talk.ann.socket.sendText(R"({"type":"history","room":"general","before":)"
                             + QByteArray::number(before) + counted + "}");
    QCOMPARE(numbersIn({talk.ann.next<HistoryFrame>()}), numbers);
}

void HistoryTest::historyOutOfTurnIsRefused()
{
    Talk talk;
    talk.say(8);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    const AskHistoryFrame part{u"general"_s, Position{talk.epoch, 5}};
    const AskHistoryFrame older{u"general"_s, {}, 5};
    ben.send(part);
    QCOMPARE(storyOf(ben), QStringList{u"error not_a_member"_s});
    ben.send(JoinFrame{u"general"_s, Position{talk.epoch, 0}});
    ben.send(part); // the first answer is awaited
    QCOMPARE(ben.next<ErrorFrame>().code, u"out_of_turn"_s);
    QVERIFY(ben.next<HistoryFrame>().more);
    ben.send(older); // the next part is due
    QCOMPARE(storyOf(ben), QStringList{u"error out_of_turn"_s});
    ben.send(part);
    QCOMPARE(storyOf(ben), (QStringList{u"history 6 7 8"_s, u"members"_s}));
    ben.send(part); // it has all
    QCOMPARE(storyOf(ben), QStringList{u"error out_of_turn"_s});
    ben.send(older);
    ben.send(older); // one page at a time
    QCOMPARE(storyOf(ben), (QStringList{u"error out_of_turn"_s, u"history 1 2 3 4"_s}));
    ben.say(u"still here"_s);
    QCOMPARE(storyOf(ben), QStringList{u"message still here"_s});
}

void HistoryTest::longMessagesMakeShortParts()
{
    MemoryRoomLogOptions options;
    options.messagesPerRoom = 5000;
    ChatHost host({}, {}, options);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    const QString epoch = ann.join().epoch;
    for (int i = 0; i < 100; ++i)
        ann.say(QString(4000, u'\u0001')); // six bytes of JSON each
    ann.drain();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s});
    const auto last = ben.next<HistoryFrame>();
    QVERIFY(last.more && last.messages.size() < 100 && last.messages.last().number == 100);
    QVERIFY(encode(ServerFrame{last}).size() < 2 * 1024 * 1024);
    const auto parts = ben.catchUp({epoch, 0});
    QCOMPARE(numbersIn(parts), numbersFrom(1, 100));
    QVERIFY(parts.size() > 1);
}

void HistoryTest::whatCannotBeReadIsSaid()
{
    Talk talk;
    talk.say(8);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    talk.host.lateLog.isBroken = true;
    ben.send(JoinFrame{u"general"_s, Position{talk.epoch, 5}});
    QTRY_VERIFY(talk.host.lateLog.isHolding());
    talk.say(1);
    talk.host.lateLog.release();
    const auto part = ben.next<HistoryFrame>();
    QVERIFY(part.lost && part.messages.isEmpty() && !part.more);
    QCOMPARE(storyOf(ben),
             (QStringList{u"error not_read"_s, u"members"_s, u"message 9"_s})); // people talk on
    ben.send(AskHistoryFrame{u"general"_s, {}, 5});
    QTRY_VERIFY(talk.host.lateLog.isHolding());
    talk.host.lateLog.release();
    QCOMPARE(storyOf(ben), QStringList{u"error not_read"_s});
    talk.host.lateLog.isBroken = false;
    ben.send(AskHistoryFrame{u"general"_s, {}, 5});
    QCOMPARE(storyOf(ben), QStringList{u"history 1 2 3 4"_s});
}

PARLOUR_TEST(HistoryTest)
#include "tst_history.moc"
