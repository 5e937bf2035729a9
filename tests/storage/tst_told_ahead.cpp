// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "ahead_log.h"
#include "channels/testing/waiting.h"
#include "chat/log_answer.h"
#include "chat/room_names.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

/// What is said is told before it is written, in its order.
class ToldAheadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_host = std::make_unique<AheadHost>(); }
    void cleanup() { m_host.reset(); }

    void nobodyWaitsForTheDisk();
    void whatIsToldIsRead();
    void whatIsPostedAtOnceIsInOrder();
    void whatWaitsForTheFileIsNotOvertaken();
    void aChangeOfWhatWasToldFindsIt();
    void whatTheFileHasIsNotToldAgain();
    void whatAnImportBroughtIsNotToldAgain();
    void whereThereIsNoPlaceItWaits();
    void whatIsSaidInARoomThatClosesIsRefused();
    void whatWasToldMeanwhileCounts();
    void closingAnswersWhatWasSaid();
    void anImportThatWaitsIsNotToldAgain();

private:
    /// A message "a" as the log of no room yet.
    void takeIn(const QString &epoch);

    std::unique_ptr<AheadHost> m_host;
};

namespace {
constexpr int Patience = 60000; ///< ms; machines are shared
constexpr SqliteRoomLogOptions Lazy{.aheadDelay = 1h};
} // namespace

void ToldAheadTest::takeIn(const QString &epoch)
{
    ExportEntry entry;
    entry.message = messageOf(utterance(u"a"_s, u"one"_s, u"den"_s), epoch, 1);
    entry.message.time = 1;
    LogFile &logs = m_host->store->logs();
    inFile(*m_host->store, [&](SqliteDatabase &) {
        QVERIFY(logs.beginImport({epoch, {1, 1}}));
        QVERIFY(logs.import({entry}));
        logs.endImport();
    });
}

void ToldAheadTest::nobodyWaitsForTheDisk()
{
    m_host->begin();
    m_host->stopDisk();
    const Listener listener(m_host->layer, u"chat_general"_s);
    const ChatMessage said = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    QCOMPARE(said.number, 1);
    QCOMPARE(said.text, u"one"_s);
    QCOMPARE(listener.heard.size(), 1);
    QCOMPARE(m_host->log->position(u"general"_s), (Position{said.epoch, 1}));
    QVERIFY(m_host->log->hasHistory(u"general"_s));
    QCOMPARE(m_host->log->stats().kept, 1);
    QCOMPARE(m_host->log->stats().unwritten, 0);
    QCOMPARE(post(*m_host->log, utterance(u"2"_s, u"two"_s)).number, 2);
    m_host->startDisk();
    QCOMPARE(textsOf(last(*m_host->log, 9).messages), (QStringList{u"one"_s, u"two"_s}));
}

void ToldAheadTest::whatIsToldIsRead()
{
    m_host->begin(Lazy);
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    post(*m_host->log, utterance(u"2"_s, u"two"_s));
    QCOMPARE(textsOf(since(*m_host->log, {first.epoch, 1}, 9).messages), QStringList{u"two"_s});
    m_host->log->post(utterance(u"3"_s, u"three"_s), this, [](const auto &) {}); // and not told yet
    QCOMPARE(m_host->log->position(u"general"_s).number, 2);
    QCOMPARE(textsOf(last(*m_host->log, 9).messages),
             (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void ToldAheadTest::whatIsPostedAtOnceIsInOrder()
{
    m_host->begin({.postsAtOnce = 10});
    QList<qint64> numbers;
    for (int n = 1; n <= 100; ++n) {
        m_host->log->post(utterance(QString::number(n), u"x"_s), this,
                          [&](const Expected<ChatMessage> &kept) { numbers.append(kept->number); });
    }
    QTRY_COMPARE_WITH_TIMEOUT(numbers.size(), 100, Patience);
    QVERIFY(std::is_sorted(numbers.begin(), numbers.end()));
    QCOMPARE(numbersOf(last(*m_host->log, 200).messages), numbers);
}

// A reply is looked up in the file.
void ToldAheadTest::whatWaitsForTheFileIsNotOvertaken()
{
    m_host->begin();
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    Utterance reply = utterance(u"2"_s, u"a reply"_s);
    reply.reply = u"1"_s;
    QStringList heard;
    const auto hear = [&](const Expected<ChatMessage> &kept) {
        heard.append(u"%1 %2"_s.arg(kept->number).arg(kept->text));
    };
    m_host->log->post(reply, this, hear);
    m_host->log->post(utterance(u"3"_s, u"behind it"_s), this, hear);
    m_host->log->post(utterance(u"4"_s, u"there"_s, u"attic"_s), this, hear);
    QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 3, Patience);
    QCOMPARE(heard, (QStringList{u"1 there"_s, u"2 a reply"_s, u"3 behind it"_s}));
    QVERIFY(m_host->log->isAhead(u"general"_s));
}

void ToldAheadTest::aChangeOfWhatWasToldFindsIt()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    const Change edit{u"general"_s,       u"2"_s,     u"1"_s, utterance({}, {}).sender,
                      Change::Kind::Edit, u"edited"_s};
    QCOMPARE(change(*m_host->log, edit).number, 2);
    QCOMPARE(textsOf(last(*m_host->log, 9).messages), QStringList{u"edited"_s});
    QCOMPARE(post(*m_host->log, utterance(u"3"_s, u"more"_s)).number, 3);
}

void ToldAheadTest::whatTheFileHasIsNotToldAgain()
{
    m_host->begin();
    const ChatMessage first = post(*m_host->log, utterance(u"a"_s, u"one"_s));
    m_host->begin();
    const Listener listener(m_host->layer, u"chat_general"_s);
    QCOMPARE(post(*m_host->log, utterance(u"A"_s, u"again"_s)), first);
    QVERIFY(listener.heard.isEmpty());
    QCOMPARE(post(*m_host->log, utterance(u"b"_s, u"two"_s)).number, 2);
    QCOMPARE(post(*m_host->log, utterance(u"b"_s, u"again"_s)).text, u"two"_s);
    QCOMPARE(listener.heard.size(), 1);
}

void ToldAheadTest::whatAnImportBroughtIsNotToldAgain()
{
    m_host->begin();
    const QString epoch = newEpoch();
    takeIn(epoch);
    bool isAdopted = false;
    m_host->log->adopt(u"den"_s, {epoch, {1, 1}}, [&] { isAdopted = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isAdopted && m_host->log->isAhead(u"den"_s), Patience);
    const Listener listener(m_host->layer, roomGroup(u"den"_s));
    QCOMPARE(post(*m_host->log, utterance(u"a"_s, u"again"_s, u"den"_s)).text, u"one"_s);
    QVERIFY(listener.heard.isEmpty());
    QCOMPARE(post(*m_host->log, utterance(u"b"_s, u"two"_s, u"den"_s)).number, 2);
}

void ToldAheadTest::whereThereIsNoPlaceItWaits()
{
    m_host->begin({}, {.retention = {}, .journalSize = 1024});
    m_host->stopDisk();
    QList<qint64> numbers;
    for (int n = 1; n <= 30; ++n) {
        m_host->log->post(utterance(QString::number(n), u"so many words"_s), this,
                          [&](const Expected<ChatMessage> &kept) { numbers.append(kept->number); });
    }
    channels::settle();
    QVERIFY(!numbers.isEmpty());
    QVERIFY(numbers.size() < 30);
    m_host->startDisk();
    QTRY_COMPARE_WITH_TIMEOUT(numbers.size(), 30, Patience);
    QVERIFY(std::is_sorted(numbers.begin(), numbers.end()));
    QCOMPARE(numbersOf(last(*m_host->log, 99).messages), numbers);
    QTRY_VERIFY_WITH_TIMEOUT(m_host->log->isAhead(u"general"_s), Patience);
}

void ToldAheadTest::whatIsSaidInARoomThatClosesIsRefused()
{
    m_host->begin(Lazy);
    std::optional<Expected<ChatMessage>> answer;
    const Listener listener(m_host->layer, u"chat_general"_s);
    m_host->log->post(utterance(u"1"_s, u"x"_s), this, [&](const auto &given) { answer = given; });
    m_host->log->forget(u"general"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answer, Patience);
    QVERIFY(!*answer);
    QVERIFY2(answer->error().message.contains(u"room was closed"_s),
             qPrintable(answer->error().message));
    QVERIFY(listener.heard.isEmpty());
    QCOMPARE(m_host->log->stats().kept, 0);
    QCOMPARE(post(*m_host->log, utterance(u"1"_s, u"new"_s)).number, 1);
}

// What the file says it has is older than what was told since.
void ToldAheadTest::whatWasToldMeanwhileCounts()
{
    m_host->begin(Lazy);
    m_host->stopDisk();
    const QString epoch = post(*m_host->log, utterance(u"1"_s, u"one"_s)).epoch;
    int read = 0;
    m_host->log->last(u"general"_s, 9, this, [&](const auto &) { ++read; }); // which writes it
    post(*m_host->log, utterance(u"2"_s, u"two"_s));
    m_host->startDisk();
    QTRY_COMPARE_WITH_TIMEOUT(read, 1, Patience);
    QCOMPARE(m_host->log->position(u"general"_s), (Position{epoch, 2}));
    QCOMPARE(m_host->log->stats().kept, 2);
    QCOMPARE(post(*m_host->log, utterance(u"3"_s, u"three"_s)).number, 3);
    QCOMPARE(numbersOf(last(*m_host->log, 9).messages), (QList<qint64>{1, 2, 3}));
}

void ToldAheadTest::closingAnswersWhatWasSaid()
{
    m_host->begin(Lazy);
    QStringList events;
    for (int n = 1; n <= 5; ++n) {
        m_host->log->post(utterance(QString::number(n), u"x"_s), this,
                          [&](const Expected<ChatMessage> &kept) {
                              events.append(QString::number(kept.valueOr({}).number));
                          });
    }
    m_host->log->close(this, [&] { events.append(u"closed"_s); });
    QTRY_VERIFY_WITH_TIMEOUT(events.contains(u"closed"_s), Patience);
    QCOMPARE(events, (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"closed"_s}));
    QCOMPARE(OtherProgram(m_host->file.path()).value(u"SELECT count(*) FROM entries"_s).toInt(), 5);
}

// Another transaction is on its way, so ids that were read at once would not be those of the
// import.
void ToldAheadTest::anImportThatWaitsIsNotToldAgain()
{
    m_host->begin({.indexPause = 0ms});
    const QString epoch = newEpoch();
    takeIn(epoch);
    m_host->stopDisk();
    Utterance reply = utterance(u"1"_s, u"a reply"_s);
    reply.reply = u"0"_s;
    m_host->log->post(reply, this, [](const auto &) {});
    m_host->log->endTurn(); // which sends it to the file
    bool isAdopted = false;
    m_host->log->adopt(u"den"_s, {epoch, {1, 1}}, [&] { isAdopted = true; });
    channels::settle();
    m_host->startDisk();
    QTRY_VERIFY_WITH_TIMEOUT(isAdopted && m_host->log->isAhead(u"den"_s), Patience);
    QCOMPARE(post(*m_host->log, utterance(u"a"_s, u"again"_s, u"den"_s)).text, u"one"_s);
}

PARLOUR_TEST(ToldAheadTest)
#include "tst_told_ahead.moc"
