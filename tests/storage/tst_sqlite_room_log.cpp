// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_names.h"
#include "chat/text_rules.h"
#include "host_file.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;

/// The log in a file: the contract, what a restart finds, and what retention lets go.
class SqliteRoomLogTest : public RoomLogContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        begin({{.messagesPerRoom = messagesPerRoom}});
        return std::make_unique<SqliteRoomLog>(*m_store, layer);
    }

private Q_SLOTS:
    void init() { m_file = std::make_unique<HostFile>(); }
    void cleanup() { m_store.reset(); }

    void goesOnWhereItStood();
    void aForgottenLogIsForgottenForGood();
    void anEmptyRoomsEpochIsKept();
    void oddTextsAreReadAsTheyWereSaid_data();
    void oddTextsAreReadAsTheyWereSaid();
    void theSendersBytesAreInTheFile();
    void aPageOfLongMessagesIsShorter();
    void oldMessagesGo();
    void fewerAreKeptThanBefore();
    void numbersNeverComeBack();
    void everythingIsKeptWithoutLimits();
    void aFullRoomLetsSomeGoAtATime();
    void whatIsSaidAndAnsweredMayLeaveAtOnce();
    void aServersTurnWritesAtItsEnd();
    void tellsHowItGoes();

private:
    Store &begin(const StoreOptions &options = {})
    {
        m_store.reset();
        m_store = m_file->open(options);
        return *m_store;
    }

    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<Store> m_store;
    InMemoryChannelLayer m_layer;
};

void SqliteRoomLogTest::goesOnWhereItStood()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    const ChatMessage first = post(*log, utterance(u"1"_s, u"one"_s));
    const ChatMessage second = post(*log, utterance(u"2"_s, u"two"_s));
    const ChatMessage other = post(*log, utterance(u"3"_s, u"there"_s, u"attic"_s));
    const RoomLog::Page whole = last(*log, 9);

    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    QVERIFY(log->hasHistory(u"general"_s));
    QCOMPARE(log->position(u"general"_s), (Position{first.epoch, 2}));
    QCOMPARE(log->position(u"attic"_s).epoch, other.epoch);
    QCOMPARE(last(*log, 9).messages, whole.messages);
    QCOMPARE(since(*log, {first.epoch, 1}, 9).messages, QList<ChatMessage>{second});
    QVERIFY(!since(*log, {first.epoch, 1}, 9).isLost);
    QCOMPARE(post(*log, utterance(u"1"_s, u"again"_s)), first);
    QCOMPARE(post(*log, utterance(u"4"_s, u"more"_s)).number, 3);
    QCOMPARE(log->stats().kept, 4);
}

void SqliteRoomLogTest::aForgottenLogIsForgottenForGood()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    for (int n = 1; n <= 500; ++n)
        log->post(utterance(newUuid(), u"x"_s), this, [](const auto &) {});
    const ChatMessage final = post(*log, utterance(u"a"_s, u"x"_s));
    QCOMPARE(final.number, 501);
    log->forget(u"general"_s);
    QCOMPARE(log->stats().kept, 0);
    QCOMPARE(post(*log, utterance(u"a"_s, u"x"_s)).number, 1);
    QCOMPARE(log->stats().kept, 1);

    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(), m_layer); // which tidies up
    QVERIFY(log->position(u"general"_s).epoch != final.epoch);
    QCOMPARE(last(*log, 9).messages.size(), 1);
    OtherProgram other(m_file->path());
    QTRY_COMPARE(other.value(u"SELECT count(*) FROM entries"_s).toInt(), 1);
    QTRY_COMPARE(other.value(u"SELECT count(*) FROM forgotten"_s).toInt(), 0);
}

void SqliteRoomLogTest::anEmptyRoomsEpochIsKept()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    const auto position = log->position(u"attic"_s);
    QCOMPARE(last(*log, 9, u"attic"_s).end, position); // and by then it is written
    post(*log, utterance(u"1"_s, u"x"_s));
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    QCOMPARE(log->position(u"attic"_s), position);
    QVERIFY(!log->hasHistory(u"attic"_s));
}

void SqliteRoomLogTest::oddTextsAreReadAsTheyWereSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << QString();
    QTest::newRow("outside the first plane") << u"\U0001F44B ежик Ёжик"_s;
    QTest::newRow("a null character") << u"a"_s + QChar(0) + u"b"_s;
    QTest::newRow("SQL") << u"'); DROP TABLE entries; --"_s;
    QTest::newRow("long") << QString(1024 * 1024, u'x');
}

void SqliteRoomLogTest::oddTextsAreReadAsTheyWereSaid()
{
    QFETCH(QString, text);
    SqliteRoomLog log(begin(), m_layer);
    QCOMPARE(post(log, utterance(u"1"_s, text)).number, 1);
    QCOMPARE(last(log, 1).messages.constFirst().text, text);
}

void SqliteRoomLogTest::theSendersBytesAreInTheFile()
{
    SqliteRoomLog log(begin(), m_layer);
    post(log, {u"general"_s, u"1"_s, {}, u"{\"b\":1.50}"_s, "{\"b\" : 1.50}", u"5f0c2a"_s});
    post(log, utterance(u"2"_s, u"said"_s));
    OtherProgram other(m_file->path());
    const QString where = u" FROM entries WHERE number = "_s;
    QCOMPARE(other.value(u"SELECT json"_s + where + u'1').toByteArray(), "{\"b\" : 1.50}");
    QCOMPARE(other.value(u"SELECT origin"_s + where + u'1').toString(), u"5f0c2a"_s);
    QVERIFY(other.value(u"SELECT json IS NULL"_s + where + u'2').toBool());
}

void SqliteRoomLogTest::aPageOfLongMessagesIsShorter()
{
    SqliteRoomLog log(begin(), m_layer);
    const QString text(RoomLog::MaxText / 4, u'x'); // four of them are a page
    for (int n = 1; n <= 9; ++n)
        post(log, utterance(QString::number(n), text));
    const auto page = last(log, 9);
    QCOMPARE(page.messages.size(), 4);
    QCOMPARE(page.messages.constLast().number, 9);
    QVERIFY(page.hasOlder);
    const auto missed = since(log, {page.end.epoch, 0}, 9);
    QCOMPARE(missed.messages.size(), 4);
    QCOMPARE(missed.messages.constFirst().number, 1);
    QVERIFY(missed.hasMore);
    post(log, utterance(u"long"_s, QString(2 * RoomLog::MaxText, u'x')));
    QCOMPARE(last(log, 9).messages.size(), 1);
}

void SqliteRoomLogTest::oldMessagesGo()
{
    StoreOptions options;
    options.retention.age = 1h;
    SqliteRoomLog log(begin(options), m_layer, {.pruneInterval = 10ms});
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int n = 1; n <= 450; ++n) { // more than go in one step
        Utterance old = utterance(QString::number(n), u"old"_s);
        old.time = now - 2 * 3600 * 1000;
        log.post(old, this, [](const auto &) {});
    }
    const ChatMessage fresh = post(log, utterance(u"new"_s, u"new"_s));
    QTRY_COMPARE_WITH_TIMEOUT(last(log, 9).messages, QList<ChatMessage>{fresh}, 60000);
    QCOMPARE(fresh.number, 451);
    QVERIFY(since(log, {fresh.epoch, 449}, 9).isLost);
    QVERIFY(!since(log, {fresh.epoch, 450}, 9).isLost);
    QTRY_COMPARE_WITH_TIMEOUT(log.stats().kept, 1, 60000);
}

void SqliteRoomLogTest::fewerAreKeptThanBefore()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    for (int n = 1; n <= 499; ++n)
        log->post(utterance(QString::number(n), u"x"_s), this, [](const auto &) {});
    QCOMPARE(post(*log, utterance(u"500"_s, u"x"_s)).number, 500);
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin({{.messagesPerRoom = 5}}), m_layer);
    QTRY_COMPARE_WITH_TIMEOUT(log->stats().kept, 5, 60000);
    QCOMPARE(last(*log, 1000).messages.constFirst().number, 496);
}

void SqliteRoomLogTest::numbersNeverComeBack()
{
    StoreOptions options;
    options.retention.age = 1h;
    auto log = std::make_unique<SqliteRoomLog>(begin(options), m_layer,
                                               SqliteRoomLogOptions{.pruneInterval = 10ms});
    Utterance old = utterance(u"1"_s, u"old"_s);
    old.time = 1;
    const ChatMessage said = post(*log, old);
    QTRY_VERIFY_WITH_TIMEOUT(!log->hasHistory(u"general"_s), 60000);
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(options), m_layer);
    QVERIFY(!log->hasHistory(u"general"_s));
    QCOMPARE(log->position(u"general"_s), (Position{said.epoch, 1}));
    QVERIFY(last(*log, 9).messages.isEmpty());
    QCOMPARE(post(*log, utterance(u"1"_s, u"new"_s)).number, 2);
}

void SqliteRoomLogTest::everythingIsKeptWithoutLimits()
{
    SqliteRoomLog log(begin({{.messagesPerRoom = 0, .age = 0ms}}), m_layer, {.pruneInterval = 1ms});
    Utterance old = utterance(u"0"_s, u"old"_s);
    old.time = 1;
    post(log, old);
    for (int n = 1; n <= 300; ++n)
        post(log, utterance(QString::number(n), u"x"_s));
    QCOMPARE(log.stats().kept, 301);
    QCOMPARE(last(log, 1000).messages.size(), 301);
}

void SqliteRoomLogTest::aFullRoomLetsSomeGoAtATime()
{
    const StoreOptions options{{.messagesPerRoom = 1000}};
    auto log = std::make_unique<SqliteRoomLog>(begin(options), m_layer);
    for (int n = 1; n < 1008; ++n)
        log->post(utterance(QString::number(n), u"x"_s), this, [](const auto &) {});
    post(*log, utterance(u"1008"_s, u"x"_s));
    QCOMPARE(log->stats().kept, 1008);
    post(*log, utterance(u"1009"_s, u"x"_s));
    QCOMPARE(log->stats().kept, 1000);
    post(*log, utterance(u"1010"_s, u"x"_s));
    QCOMPARE(log->stats().kept, 1001);
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(options), m_layer); // which prunes
    QTRY_COMPARE_WITH_TIMEOUT(log->stats().kept, 1000, 60000);
}

void SqliteRoomLogTest::whatIsSaidAndAnsweredMayLeaveAtOnce()
{
    SqliteRoomLog log(begin(), m_layer);
    const Listener listener(m_layer, roomGroup(u"general"_s));
    QStringList events;
    log.tellIn([&](const std::function<void()> &tell) {
        tell();
        events.append(u"%1 heard"_s.arg(listener.heard.size()));
    });
    for (const QString &id : {u"1"_s, u"2"_s})
        log.post(utterance(id, u"x"_s), this, [&](const auto &) { events.append(u"answer"_s); });
    QTRY_VERIFY_WITH_TIMEOUT(!events.isEmpty() && events.constLast() != u"answer"_s, 60000);
    QCOMPARE(events, (QStringList{u"answer"_s, u"answer"_s, u"2 heard"_s}));
}

// The event loop does not run between.
void SqliteRoomLogTest::aServersTurnWritesAtItsEnd()
{
    SqliteRoomLog log(begin(), m_layer);
    post(log, utterance(u"1"_s, u"before"_s));
    log.post(utterance(u"2"_s, u"x"_s), this, [](const auto &) {});
    log.endTurn();
    m_store->thread().runAndWait([] {});
    OtherProgram other(m_file->path());
    QCOMPARE(other.value(u"SELECT count(*) FROM entries"_s).toInt(), 2);
}

void SqliteRoomLogTest::tellsHowItGoes()
{
    SqliteRoomLog log(begin(), m_layer);
    log.post(utterance(u"1"_s, u"x"_s), this, [](const auto &) {});
    QCOMPARE(log.stats().unwritten, 1);
    post(log, utterance(u"2"_s, u"x"_s));
    QCOMPARE(log.stats().unwritten, 0);
    QCOMPARE(log.stats().kept, 2);
    QVERIFY(log.stats().writes > 0);
    QVERIFY(log.stats().writeSeconds > 0);
    QVERIFY(log.stats().isOpen);
}

PARLOUR_TEST(SqliteRoomLogTest)
#include "tst_sqlite_room_log.moc"
