// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "support/runner.h"
#include "talk.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

/// A client that was away gets exactly what it missed.
class CatchingUpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasMissedComesInParts_data();
    void whatWasMissedComesInParts();
    void nothingIsSaidBeforeTheLastPart();
    void whatIsSaidMeanwhileComesOnce_data();
    void whatIsSaidMeanwhileComesOnce();
    void moreThanIsKeptMeanwhileComesWithTheNextPart();
    void aFixedSocketCatchesUpByItsHello();
    void aLossIsTold_data();
    void aLossIsTold();
    void aSlowClientCatchesUp();
    void anIdSaidBeforeTheLastPartIsAcknowledgedOnce();
};

void CatchingUpTest::whatWasMissedComesInParts_data()
{
    QTest::addColumn<int>("missed");
    QTest::addColumn<int>("parts");
    QTest::newRow("nothing") << 0 << 1;
    QTest::newRow("one message") << 1 << 1;
    QTest::newRow("exactly one part") << 5 << 1;
    QTest::newRow("one more than a part") << 6 << 2;
    QTest::newRow("many parts") << 48 << 10;
}

void CatchingUpTest::whatWasMissedComesInParts()
{
    QFETCH(int, missed);
    QFETCH(int, parts);
    Talk talk;
    talk.say(7 + missed);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    const auto got = ben.catchUp({talk.epoch, 7});
    QCOMPARE(got.size(), parts);
    QCOMPARE(numbersIn(got), numbersFrom(8, 7 + missed));
    for (const HistoryFrame &part : got)
        QVERIFY(!part.lost && part.epoch == talk.epoch);
    QCOMPARE(got.first().after.value_or(0), 7);
    talk.say(1);
    QCOMPARE(ben.next<MessageFrame>().message.number, 8 + missed);
}

void CatchingUpTest::nothingIsSaidBeforeTheLastPart()
{
    Talk talk;
    talk.say(8);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s, Position{talk.epoch, 0}});
    QCOMPARE(ben.next<JoinedFrame>().room.number, 8);
    QVERIFY(ben.next<HistoryFrame>().more);
    talk.say(1);
    talk.ann.send(SetTopicFrame{u"general"_s, u"not allowed"_s});
    QVERIFY(ben.socket.receivesNothing()); // however long it takes its time
    ben.send(AskHistoryFrame{u"general"_s, Position{talk.epoch, 5}});
    QCOMPARE(storyOf(ben), (QStringList{u"history 6 7 8 9"_s, u"members"_s}));
}

void CatchingUpTest::whatIsSaidMeanwhileComesOnce_data()
{
    using Lateness = LateRoomLog::Lateness;
    QTest::addColumn<LateRoomLog::Lateness>("lateness");
    QTest::newRow("the answer is late") << Lateness::Answer;
    QTest::newRow("the reading is late") << Lateness::Read;
}

void CatchingUpTest::whatIsSaidMeanwhileComesOnce()
{
    QFETCH(LateRoomLog::Lateness, lateness);
    Talk talk;
    talk.say(12);
    talk.host.lateLog.lateness = lateness;
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s, Position{talk.epoch, 3}});
    QStringList story;
    for (int rounds = 0; rounds < 50 && !story.contains(u"members"_s); ++rounds) {
        QTRY_VERIFY(talk.host.lateLog.isHolding());
        if (rounds < 20)
            talk.say(3);
        talk.host.lateLog.release();
        story += storyOf(ben);
    }
    talk.say(2);
    story += storyOf(ben);

    QStringList texts;
    for (const QString &words : std::as_const(story)) {
        if (words.startsWith(u"history"_s) || words.startsWith(u"message"_s))
            texts += words.split(u' ').mid(1);
    }
    QStringList expected;
    for (int number = 4; number <= talk.said; ++number)
        expected.append(QString::number(number));
    QCOMPARE(texts, expected);
    QCOMPARE(story.first(), u"joined"_s);
    QCOMPARE(story.last(), u"message %1"_s.arg(talk.said));
    QCOMPARE(story.count(u"members"_s), 1);
    QCOMPARE(story.filter(u"history"_s).last(), story.at(story.indexOf(u"members"_s) - 1));
}

void CatchingUpTest::moreThanIsKeptMeanwhileComesWithTheNextPart()
{
    Talk talk(200);
    talk.say(3);
    talk.host.lateLog.lateness = LateRoomLog::Lateness::Answer;
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    ben.send(JoinFrame{u"general"_s, Position{talk.epoch, 3}});
    QTRY_VERIFY(talk.host.lateLog.isHolding());
    for (int i = 0; i < 30; ++i)
        talk.say(50);
    talk.host.lateLog.lateness = LateRoomLog::Lateness::None;
    talk.host.lateLog.release();
    const QStringList story = storyOf(ben);
    QCOMPARE(story.at(1), u"history"_s); // it had nothing more when it was asked
    QCOMPARE(story.size(), 1 + 1 + 8 + 1); // joined, nothing, 1,500 in parts of 200, members
    QCOMPARE(story.last(), u"members"_s);
    QCOMPARE(story.filter(u"history"_s).join(u' ').count(u' '), 1500 + 8);
}

void CatchingUpTest::aFixedSocketCatchesUpByItsHello()
{
    ChatHost host;
    V1Client ann(host, u"/ws/chat/attic/"_s);
    ann.hello(u"Ann"_s);
    const QString epoch = ann.next<HistoryFrame>().epoch;
    ann.say(u"one"_s, u"attic"_s);
    ann.say(u"two"_s, u"attic"_s);
    ann.drain();
    V1Client ben(host, u"/ws/chat/attic/"_s);
    ben.send(HelloFrame{u"Ben"_s, {}, {}, {}, Position{epoch, 1}});
    const auto history = ben.next<HistoryFrame>();
    QCOMPARE(history.after.value_or(0), 1);
    QCOMPARE(numbersIn({history}), numbersFrom(2, 2));
}

void CatchingUpTest::aLossIsTold_data()
{
    QTest::addColumn<QString>("epoch");
    QTest::addColumn<qint64>("number");
    QTest::newRow("another epoch") << u"e-another"_s << qint64(12);
    QTest::newRow("an empty epoch") << QString() << qint64(0);
    QTest::newRow("a long epoch") << QString(60000, u'e') << qint64(15);
    QTest::newRow("what follows is forgotten") << u"same"_s << qint64(3);
    QTest::newRow("never given") << u"same"_s << qint64(21);
    QTest::newRow("the largest number") << u"same"_s << ((qint64(1) << 53) - 1);
}

void CatchingUpTest::aLossIsTold()
{
    QFETCH(QString, epoch);
    QFETCH(qint64, number);
    Talk talk(5, 10);
    talk.say(20);
    V1Client ben(talk.host);
    ben.hello(u"Ben"_s);
    const auto parts = ben.catchUp({epoch == u"same"_s ? talk.epoch : epoch, number});
    QCOMPARE(parts.size(), 1);
    QVERIFY(parts.first().lost);
    QCOMPARE(parts.first().after.value_or(-1), number);
    QCOMPARE(parts.first().epoch, talk.epoch);
    QCOMPARE(numbersIn(parts), numbersFrom(16, 20));
    talk.say(1);
    QCOMPARE(ben.next<MessageFrame>().message.number, 21);
}

void CatchingUpTest::aSlowClientCatchesUp()
{
    channels::ChannelLayerOptions layer;
    layer.capacity = 10;
    MemoryRoomLogOptions log;
    log.messagesPerRoom = 5000;
    ChatHost host({}, layer, log);
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    const QString epoch = ann.join().epoch;
    auto ben = std::make_unique<V1Client>(host);
    const QString token = ben->hello(u"Ben"_s).token;
    ben->join();
    ben->drain();
    ben->socket.setBacklog({11, 0});
    for (int i = 0; i < 300; ++i)
        ann.say(QString::number(i));
    ann.drain();
    QCOMPARE(ben->closeCode(), 4008);
    ben = std::make_unique<V1Client>(host);
    ben->hello(u"Ben"_s, token);
    QCOMPARE(numbersIn(ben->catchUp({epoch, 0})), numbersFrom(1, 300));
}

void CatchingUpTest::anIdSaidBeforeTheLastPartIsAcknowledgedOnce()
{
    Talk talk;
    talk.say(8);
    V1Client ben(talk.host);
    const QString token = ben.hello(u"Ben"_s).token;
    ben.catchUp({talk.epoch, 8});
    const SayFrame say{u"general"_s, newUuid(), u"did it arrive?"_s};
    ben.send(say);
    ben.drain();
    V1Client again(talk.host);
    again.hello(u"Ben"_s, token);
    again.send(JoinFrame{u"general"_s, Position{talk.epoch, 9}});
    again.send(say); // it knows it already
    QCOMPARE(storyOf(again),
             (QStringList{u"joined"_s, u"history"_s, u"members"_s, u"message did it arrive?"_s}));
    again.send(JoinFrame{u"general"_s, Position{talk.epoch, 3}});
    again.send(say); // it comes with the last part
    QCOMPARE(storyOf(again),
             (QStringList{u"joined"_s, u"history 4 5 6 7 8"_s, u"history did it arrive?"_s,
                          u"members"_s}));
}

PARLOUR_TEST(CatchingUpTest)
#include "tst_catching_up.moc"
