// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "chat/chat_message.h"
#include "host_file.h"
#include "support/runner.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

/// The log while its file cannot be written: nothing is said that is not kept, everybody is told
/// why, no number is lost, and it goes on by itself.
class SqliteRoomLogTroubleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void isRefusedAndGoesOnByItself_data();
    void isRefusedAndGoesOnByItself();
    void aDamagedFileIsSaidToBe();
    void whatFailsTogetherIsRefusedTogether();
    void theServersThreadNeverWaits();
    void theFileIsUsedInAThreadOfItsOwn();
    void moreThanTheDiskTakesIsRefused();
    void largeTextsAreBoundedToo();
    void anEpochThatCouldNotBeWrittenIsWrittenLater();
    void whatIsSaidInARoomThatClosesIsRefused();
    void closingWaitsForWhatWasSaid();
    void aRestartIsTheCauseWhereTheHostBeginsAnew();

private:
    SqliteRoomLog &begin(const SqliteRoomLogOptions &options = {});

    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<Store> m_store;
    channels::InMemoryChannelLayer m_layer;
    std::unique_ptr<SqliteRoomLog> m_log;
};

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

/// The end of what people are told.
QString reason(const Expected<ChatMessage> &answer)
{
    return answer ? u"was kept"_s : answer.error().message;
}

} // namespace

void SqliteRoomLogTroubleTest::init()
{
    m_file = std::make_unique<HostFile>();
    StoreOptions options;
    options.patience = 50ms;
    m_store = m_file->open(options);
    QVERIFY2(m_store, qPrintable(m_file->error.message));
}

void SqliteRoomLogTroubleTest::cleanup()
{
    m_log.reset();
    m_store.reset();
}

SqliteRoomLog &SqliteRoomLogTroubleTest::begin(const SqliteRoomLogOptions &options)
{
    m_log = std::make_unique<SqliteRoomLog>(*m_store, m_layer, options);
    return *m_log;
}

void SqliteRoomLogTroubleTest::isRefusedAndGoesOnByItself_data()
{
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("says");
    QTest::newRow("locked by another program") << u"locked"_s << u"another program keeps"_s;
    QTest::newRow("the disk is full") << u"disk_full"_s << u"disk is full"_s;
    QTest::newRow("not writable") << u"read_only"_s << u"may not write"_s;
}

void SqliteRoomLogTroubleTest::isRefusedAndGoesOnByItself()
{
    QFETCH(QString, cause);
    QFETCH(QString, says);
    SqliteRoomLog &log = begin();
    QStringList troubles;
    log.whenTroubled([&](const QString &trouble) { troubles.append(trouble); });
    const Listener listener(m_layer, u"chat_general"_s);
    const ChatMessage first = post(log, utterance(u"1"_s, u"one"_s));

    OtherProgram other(m_file->path());
    const auto pragma = [&](const QString &sql) {
        inFile(*m_store, [&](SqliteDatabase &file) { QVERIFY(file.execute(u"PRAGMA "_s + sql)); });
    };
    if (cause == "locked"_L1)
        QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    else
        pragma(cause == "disk_full"_L1 ? u"max_page_count = 1"_s : u"query_only = 1"_s);
    const QString large(100'000, u'x'); // which needs further pages
    const auto refused = tryToPost(log, utterance(u"2"_s, large));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"not_logged"_s);
    QCOMPARE(refused.error().cause, cause);
    QVERIFY2(reason(refused).contains(says), qPrintable(reason(refused)));
    QVERIFY2(!reason(refused).contains(u'/'), "the host's folders are nobody's business");
    QCOMPARE(log.position(u"general"_s), (RoomLog::Position{first.epoch, 1}));
    QCOMPARE(log.stats().refused.value(cause), 1);
    QCOMPARE(last(log, 9).messages, QList<ChatMessage>{first}); // reading goes on

    if (cause == "locked"_L1)
        QVERIFY(other.execute(u"ROLLBACK"_s));
    else
        pragma(cause == "disk_full"_L1 ? u"max_page_count = 100000"_s : u"query_only = 0"_s);
    QCOMPARE(post(log, utterance(u"2"_s, u"two"_s)).number, 2);
    QCOMPARE(listener.heard.size(), 2);
    QCOMPARE(log.stats().unwritten, 0);
    QCOMPARE(troubles, (QStringList{cause, u""_s}));
}

void SqliteRoomLogTroubleTest::aDamagedFileIsSaidToBe()
{
    SqliteRoomLog &log = begin();
    for (int n = 1; n <= 300; ++n)
        post(log, utterance(QString::number(n), u"text %1"_s.arg(n)));
    inFile(*m_store, [](SqliteDatabase &file) {
        QVERIFY(file.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
        QVERIFY(file.execute(u"PRAGMA cache_size = 0"_s));
    });
    QFile damaged(m_file->path());
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    const qint64 head = 4096; // the first page says how to read the others
    QVERIFY(damaged.seek(head));
    damaged.write(QByteArray(damaged.size() - head, 'x'));
    damaged.close();
    inFile(*m_store,
           [](SqliteDatabase &file) { QVERIFY(file.execute(u"PRAGMA shrink_memory"_s)); });
    const auto refused = tryToPost(log, utterance(u"x"_s, u"x"_s));
    QVERIFY2(reason(refused).contains(u"is damaged"_s), qPrintable(reason(refused)));
    QCOMPARE(refused.error().cause, u"corrupt"_s);
    QCOMPARE(log.stats().refused.value(u"corrupt"_s), 1);
}

void SqliteRoomLogTroubleTest::whatFailsTogetherIsRefusedTogether()
{
    SqliteRoomLog &log = begin();
    post(log, utterance(u"0"_s, u"x"_s));
    inFile(*m_store, [](SqliteDatabase &file) {
        QVERIFY(file.execute(u"CREATE TRIGGER t BEFORE INSERT ON entries WHEN new.text = 'bad'"
                             " BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    });
    const Listener listener(m_layer, u"chat_general"_s);
    QStringList answers;
    for (const QString &text : {u"good"_s, u"bad"_s, u"better"_s}) {
        log.post(utterance(text, text), this, [&](const Expected<ChatMessage> &kept) {
            answers.append(kept ? u"kept"_s : kept.error().code);
        });
    }
    const QString no = u"not_logged"_s;
    QTRY_COMPARE_WITH_TIMEOUT(answers, (QStringList{no, no, no}), Patience);
    QVERIFY(listener.heard.isEmpty());
    QCOMPARE(post(log, utterance(u"good"_s, u"good"_s)).number, 2); // no hole
}

// Whatever the disk does: a turn of the loop passes, and only the answer is missing.
void SqliteRoomLogTroubleTest::theServersThreadNeverWaits()
{
    SqliteRoomLog &log = begin();
    post(log, utterance(u"1"_s, u"x"_s));
    QSemaphore disk;
    m_store->thread().run([&] { disk.acquire(); });
    int answers = 0;
    log.post(utterance(u"2"_s, u"x"_s), this, [&](const auto &) { ++answers; });
    log.last(u"general"_s, 9, this, [&](const auto &) { ++answers; });
    log.since(u"general"_s, {}, 9, this, [&](const auto &) { ++answers; });
    QVERIFY(!log.position(u"attic"_s).epoch.isEmpty());
    log.forget(u"attic"_s);
    channels::settle();
    QCOMPARE(answers, 0);
    disk.release();
    QTRY_COMPARE_WITH_TIMEOUT(answers, 3, Patience);
}

void SqliteRoomLogTroubleTest::theFileIsUsedInAThreadOfItsOwn()
{
    QThread *used = nullptr;
    inFile(*m_store, [&](SqliteDatabase &) { used = QThread::currentThread(); });
    QVERIFY(used != QThread::currentThread());
    QCOMPARE(used->objectName(), u"storage"_s);
}

void SqliteRoomLogTroubleTest::moreThanTheDiskTakesIsRefused()
{
    SqliteRoomLogOptions options;
    options.maxUnwritten = 2;
    SqliteRoomLog &log = begin(options);
    QSemaphore disk;
    m_store->thread().run([&] { disk.acquire(); });
    QStringList answers;
    for (int n = 1; n <= 3; ++n) {
        log.post(utterance(QString::number(n), u"x"_s), this,
                 [&](const Expected<ChatMessage> &kept) { answers.append(reason(kept)); });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 1, Patience);
    QVERIFY2(answers.constFirst().contains(u"does not keep up"_s), qPrintable(answers.first()));
    QCOMPARE(log.stats().refused.value(u"too_slow"_s), 1);
    QCOMPARE(log.stats().unwritten, 2);
    disk.release();
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 3, Patience);
    QCOMPARE(post(log, utterance(u"4"_s, u"x"_s)).number, 3);
}

void SqliteRoomLogTroubleTest::largeTextsAreBoundedToo()
{
    SqliteRoomLogOptions options;
    options.maxUnwrittenBytes = 1000;
    SqliteRoomLog &log = begin(options);
    const QString large(2000, u'x'); // even so, one always passes
    QStringList answers;
    for (const QString &id : {u"1"_s, u"2"_s}) {
        log.post(utterance(id, large), this,
                 [&](const Expected<ChatMessage> &kept) { answers.append(reason(kept)); });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 2, Patience);
    QVERIFY2(answers.constFirst().contains(u"does not keep up"_s), qPrintable(answers.first()));
    QCOMPARE(answers.constLast(), u"was kept"_s);
}

void SqliteRoomLogTroubleTest::anEpochThatCouldNotBeWrittenIsWrittenLater()
{
    SqliteRoomLogOptions options;
    options.retryInterval = 10ms;
    SqliteRoomLog &log = begin(options);
    OtherProgram other(m_file->path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    const QString epoch = log.position(u"attic"_s).epoch;
    QVERIFY(!tryToPost(log, utterance(u"1"_s, u"x"_s, u"attic"_s)));
    QCOMPARE(log.position(u"attic"_s).epoch, epoch);
    QVERIFY(other.execute(u"ROLLBACK"_s));
    const QString written = u"SELECT epoch FROM logs WHERE room = 'attic'"_s;
    QTRY_COMPARE_WITH_TIMEOUT(other.value(written).toString(), epoch, Patience);
    QCOMPARE(post(log, utterance(u"1"_s, u"x"_s, u"attic"_s)).epoch, epoch);
}

void SqliteRoomLogTroubleTest::whatIsSaidInARoomThatClosesIsRefused()
{
    SqliteRoomLog &log = begin();
    std::optional<Expected<ChatMessage>> answer;
    log.post(utterance(u"1"_s, u"x"_s), this, [&](const auto &given) { answer = given; });
    log.forget(u"general"_s);
    const auto epoch = log.position(u"general"_s).epoch; // of the next room of this name
    QTRY_VERIFY_WITH_TIMEOUT(answer, Patience);
    QVERIFY2(reason(*answer).contains(u"room was closed"_s), qPrintable(reason(*answer)));
    QVERIFY(!log.hasHistory(u"general"_s));
    QCOMPARE(post(log, utterance(u"2"_s, u"x"_s)).epoch, epoch);
}

void SqliteRoomLogTroubleTest::closingWaitsForWhatWasSaid()
{
    SqliteRoomLog &log = begin({.postsAtOnce = 2});
    QStringList events;
    for (int n = 1; n <= 5; ++n) {
        log.post(utterance(QString::number(n), u"x"_s), this,
                 [&](const Expected<ChatMessage> &kept) { events.append(reason(kept)); });
    }
    log.close(this, [&] { events.append(u"closed"_s); });
    QTRY_VERIFY_WITH_TIMEOUT(events.contains(u"closed"_s), Patience);
    QCOMPARE(events, QStringList(5, u"was kept"_s) + QStringList{u"closed"_s});
    QVERIFY(!log.stats().isOpen);
    QVERIFY(!tryToPost(log, utterance(u"6"_s, u"x"_s)));
}

// Not everybody says again what was not answered, so everybody is answered.
void SqliteRoomLogTroubleTest::aRestartIsTheCauseWhereTheHostBeginsAnew()
{
    SqliteRoomLog &log = begin();
    post(log, utterance(u"1"_s, u"x"_s));
    inFile(*m_store, [](SqliteDatabase &file) {
        QVERIFY(file.execute(u"CREATE TRIGGER t BEFORE INSERT ON entries WHEN new.text = 'bad'"
                             " BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    });
    log.noteRestart();
    QCOMPARE(tryToPost(log, utterance(u"2"_s, u"bad"_s)).error().cause, u"restarting"_s);
    QCOMPARE(post(log, utterance(u"3"_s, u"good"_s)).number, 2); // what is kept is said
    log.close(this, [] {});
    QCOMPARE(tryToPost(log, utterance(u"4"_s, u"late"_s)).error().cause, u"restarting"_s);
    QCOMPARE(log.stats().refused.value(u"closed"_s), 1);
}

PARLOUR_TEST(SqliteRoomLogTroubleTest)
#include "tst_sqlite_room_log_trouble.moc"
