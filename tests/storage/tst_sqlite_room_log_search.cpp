// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "host_file.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;

/// Searches in a file: the contract, before and after its messages are indexed.
class SqliteRoomLogSearchTest : public RoomLogSearchContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        begin({{.messagesPerRoom = messagesPerRoom}});
        return std::make_unique<SqliteRoomLog>(
            *m_store, layer, SqliteRoomLogOptions{.indexPause = 0ms, .indexDelay = 0ms});
    }

private Q_SLOTS:
    void init() { m_file = std::make_unique<HostFile>(); }
    void cleanup() { m_store.reset(); }

    void whatIsThereIsFoundIndexedOrNot_data();
    void whatIsThereIsFoundIndexedOrNot();
    void whatWasPrunedIsNotFound();
    void keysThatAreGivenAgainAreFound();
    void whatWasNeverIndexedCostsNoIndex();
    void otherRoomsAreNotRead();
    void whatIsSaidGoesBeforeFurtherSearches();
    void whoIsGoneIsNotSearchedFor();
    void aDamagedFileIsToldAndTheLogGoesOn();

private:
    Store &begin(const StoreOptions &options = {})
    {
        m_store.reset();
        m_store = m_file->open(options);
        return *m_store;
    }
    /// So many steps of it.
    void index(int steps)
    {
        m_store->thread().runAndWait([&] {
            for (int i = 0; i < steps && m_store->logs().index().valueOr(false); ++i) { }
        });
    }
    bool isIndexed()
    {
        bool isBegun = false;
        m_store->thread().runAndWait([&] { isBegun = m_store->logs().isIndexed(); });
        return isBegun;
    }
    int entries()
    {
        QVariant count;
        inFile(*m_store, [&](SqliteDatabase &database) {
            count = database.value(u"SELECT count(*) FROM entries"_s).valueOr({});
        });
        return count.toInt();
    }

    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<Store> m_store;
    InMemoryChannelLayer m_layer;
    /// Indexes what the test wants.
    const SqliteRoomLogOptions m_idle{.indexPause = 1h, .indexDelay = 1h};
};

void SqliteRoomLogSearchTest::whatIsThereIsFoundIndexedOrNot_data()
{
    QTest::addColumn<int>("stepsAtFirst");
    QTest::addColumn<int>("stepsLater");
    QTest::newRow("nothing indexed") << 0 << 0;
    QTest::newRow("the newest") << 1 << 0;
    QTest::newRow("not what was said since") << 100 << 0;
    QTest::newRow("not the oldest") << 1 << 1;
    QTest::newRow("all") << 100 << 100;
}

void SqliteRoomLogSearchTest::whatIsThereIsFoundIndexedOrNot()
{
    QFETCH(int, stepsAtFirst);
    QFETCH(int, stepsLater);
    SqliteRoomLog log(begin(), m_layer, m_idle);
    const auto say = [&](int from, int to) {
        for (int i = from; i <= to; ++i)
            post(log, utterance(QString::number(i), u"word %1"_s.arg(i)));
    };
    say(1, 300);
    index(stepsAtFirst);
    say(301, 310);
    change(log, editOf(u"305"_s, u"needle"_s));
    change(log, editOf(u"150"_s, u"an old needle"_s));
    change(log, editOf(u"290"_s, u"needles"_s));
    change(log, deletionOf(u"300"_s));
    index(stepsLater);
    QCOMPARE(found(log, u"needle"_s), (QStringList{u"needle"_s, u"needles"_s, u"an old needle"_s}));
    QCOMPARE(found(log, u"word 1"_s).size(), 1 + 10 + 100 - 1);
    QCOMPARE(found(log, u"word 3"_s).size(), 1 + 10 + 11 - 2);
    const RoomLog::Hits page = find(log, {{u"general"_s}, {u"word"_s}, 0, 50});
    QCOMPARE(page.messages.first().text, u"word 310"_s);
    QCOMPARE(page.messages.last().text, u"word 258"_s);
    const RoomLog::Hits further = find(log, {{u"general"_s}, {u"word"_s}, page.next, 50});
    QCOMPARE(further.messages.first().text, u"word 257"_s);
}

void SqliteRoomLogSearchTest::whatWasPrunedIsNotFound()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer, m_idle);
    for (int i = 1; i <= 100; ++i)
        post(*log, utterance(QString::number(i), u"word"_s));
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin({{.messagesPerRoom = 10}}), m_layer, m_idle);
    index(100);
    QTRY_COMPARE_WITH_TIMEOUT(log->stats().kept, 10, 60000);
    QCOMPARE(found(*log, u"word"_s).size(), 10);
}

// A room whose entries were the last of the file is forgotten: its keys are given again.
void SqliteRoomLogSearchTest::keysThatAreGivenAgainAreFound()
{
    SqliteRoomLogOptions options = m_idle;
    options.pruneInterval = 10ms;
    SqliteRoomLog log(begin(), m_layer, options);
    post(log, utterance(u"1"_s, u"word"_s));
    for (int i = 1; i <= 20; ++i)
        post(log, utterance(QString::number(i), u"other"_s, u"attic"_s));
    index(100);
    log.forget(u"attic"_s);
    QTRY_COMPARE_WITH_TIMEOUT(entries(), 1, 60000);
    for (int i = 2; i <= 10; ++i)
        post(log, utterance(QString::number(i), u"word"_s));
    index(100);
    QCOMPARE(found(log, u"word"_s).size(), 10);
}

// Else pruning a large file would have it indexed anew again and again.
void SqliteRoomLogSearchTest::whatWasNeverIndexedCostsNoIndex()
{
    constexpr int Many = 2000;
    SqliteRoomLogOptions options = m_idle;
    options.pruneInterval = 10ms;
    SqliteRoomLog log(begin(), m_layer, options);
    int answers = 0;
    for (int i = 1; i <= Many; ++i) {
        log.post(utterance(QString::number(i), u"other"_s, u"attic"_s), this,
                 [&](const auto &) { ++answers; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers, Many, 60000);
    for (int i = 1; i <= 100; ++i)
        post(log, utterance(QString::number(i), u"word"_s));
    index(1);
    QVERIFY(isIndexed());
    log.forget(u"attic"_s);
    QTRY_COMPARE_WITH_TIMEOUT(entries(), 100, 60000);
    QVERIFY(isIndexed());
}

// As many of their messages are skipped at once whether they are short or long.
void SqliteRoomLogSearchTest::otherRoomsAreNotRead()
{
    SqliteRoomLog log(begin(), m_layer, m_idle);
    post(log, utterance(u"1"_s, u"needle"_s));
    for (int i = 1; i <= 100; ++i)
        post(log, utterance(QString::number(i), QString(4000, u'x'), u"attic"_s));
    QCOMPARE(findPart(log, {{u"general"_s}, {u"needle"_s}, 0, 9}).messages.size(), 1);
    QCOMPARE(found(log, u"x"_s, {u"general"_s}), QStringList());
}

void SqliteRoomLogSearchTest::whatIsSaidGoesBeforeFurtherSearches()
{
    SqliteRoomLog log(begin(), m_layer, m_idle);
    post(log, utterance(u"1"_s, u"word"_s));
    int searched = 0;
    for (int i = 0; i < 50; ++i)
        log.search({{u"general"_s}, {u"word"_s}, 0, 9}, this, [&](const auto &) { ++searched; });
    post(log, utterance(u"2"_s, u"other"_s));
    QVERIFY2(searched < 5, qPrintable(QString::number(searched)));
    QTRY_COMPARE_WITH_TIMEOUT(searched, 50, 60000);
}

void SqliteRoomLogSearchTest::whoIsGoneIsNotSearchedFor()
{
    SqliteRoomLog log(begin(), m_layer, m_idle);
    post(log, utterance(u"1"_s, u"word"_s));
    int searched = 0;
    {
        QObject context;
        for (int i = 0; i < 3; ++i)
            log.search({{u"general"_s}, {u"word"_s}, 0, 9}, &context,
                       [&](const auto &) { ++searched; });
    }
    QCOMPARE(found(log, u"word"_s), QStringList{u"word"_s});
    QCOMPARE(searched, 0);
}

void SqliteRoomLogSearchTest::aDamagedFileIsToldAndTheLogGoesOn()
{
    SqliteRoomLog log(begin(), m_layer, m_idle);
    post(log, utterance(u"1"_s, u"word"_s));
    inFile(*m_store, [](SqliteDatabase &database) {
        QVERIFY(database.execute(u"ALTER TABLE entries RENAME COLUMN kind TO gone"_s));
    });
    QObject context;
    QString code;
    log.search({{u"general"_s}, {u"word"_s}, 0, 9}, &context,
               [&](const auto &hits) { code = hits ? u"found"_s : hits.error().code; });
    QTRY_COMPARE_WITH_TIMEOUT(code, u"not_read"_s, 60000);
    inFile(*m_store, [](SqliteDatabase &database) {
        QVERIFY(database.execute(u"ALTER TABLE entries RENAME COLUMN gone TO kind"_s));
    });
    QCOMPARE(found(log, u"word"_s).size(), 1);
}

PARLOUR_TEST(SqliteRoomLogSearchTest)
#include "tst_sqlite_room_log_search.moc"
