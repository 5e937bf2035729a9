// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "damaged_file.h"
#include "host_file.h"
#include "storage/damage_mark.h"
#include "storage/room_archive.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Said = 300; ///< in each room

QString idOf(int n)
{
    return u"m-%1"_s.arg(n, 4, 10, QChar(u'0'));
}

} // namespace

/// Where logs end while their rows do not say so yet.
class LogRangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_file = std::make_unique<HostFile>(); }

    void theRowIsNotWrittenWithEachMessage();
    void aKilledHostGoesOnWhereItWas();
    void numbersOfMessagesThatWentAreNotGivenAgain();
    void anArchiveHasWhatWasSaidJustNow();
    void aLostEndIsNotNumberedAgain();
    void anEndThatOnlyIndexesKnowIsNotNumberedAgain_data();
    void anEndThatOnlyIndexesKnowIsNotNumberedAgain();
    void anEndThatNoIndexKnowsIsNotNumberedAgain_data();
    void anEndThatNoIndexKnowsIsNotNumberedAgain();
    void entriesOfNoLogAreTold();
    void damagedIndexesOfAKilledHostCostNothing();
    void aDamagedFileWhoseRowsSaidAllIsSaved();

private:
    static QList<QStringList> rows(const HostFile &file)
    {
        return rowsIn(file.path(),
                      u"SELECT room, epoch, oldest, newest, messages FROM logs ORDER BY room"_s);
    }
    static bool isBehind(const HostFile &file)
    {
        return !rowsIn(file.path(), u"SELECT 1 FROM host WHERE name = 'behind'"_s).isEmpty();
    }
    /// Does something that no index of ids or numbers hears of.
    static void changeUnindexed(const HostFile &file, const QString &sql);
    /// Two rooms, of which nothing was let go.
    std::unique_ptr<HostFile> killedWithTwoRooms();
    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

std::unique_ptr<HostFile> LogRangesTest::killedWithTwoRooms()
{
    const auto store = m_file->open();
    SqliteRoomLog log(*store, m_layer);
    for (int n = 1; n < Said; ++n) {
        log.post(utterance(idOf(n), u"x"_s), this, [](const auto &) {});
        log.post(utterance(idOf(Said + n), u"x"_s, u"attic"_s), this, [](const auto &) {});
    }
    post(log, utterance(idOf(2 * Said), u"x"_s, u"attic"_s));
    post(log, utterance(idOf(Said), u"x"_s));
    auto copy = killed(*store, *m_file);
    OtherProgram(copy->path()).execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return copy;
}

void LogRangesTest::changeUnindexed(const HostFile &file, const QString &sql)
{
    const auto define = [&](const QString &as) {
        OtherProgram program(file.path());
        QVERIFY(program.execute(u"PRAGMA writable_schema = ON"_s));
        QVERIFY(program.execute(u"UPDATE sqlite_master SET sql = %1"
                                " WHERE name IN ('entries_by_number', 'entries_by_id')"_s.arg(as)));
    };
    define(u"sql || ' WHERE false'"_s);
    QVERIFY(OtherProgram(file.path()).execute(sql));
    define(u"replace(sql, ' WHERE false', '')"_s);
    QVERIFY(OtherProgram(file.path()).execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
}

void LogRangesTest::theRowIsNotWrittenWithEachMessage()
{
    auto store = m_file->open();
    {
        SqliteRoomLog log(*store, m_layer);
        const QString epoch = post(log, utterance(u"1"_s, u"one"_s)).epoch;
        post(log, utterance(u"2"_s, u"two"_s));
        change(log, reactionTo(u"1"_s, u"👍"_s));
        QCOMPARE(rows(*m_file),
                 (QList<QStringList>{{u"general"_s, epoch, u"1"_s, u"0"_s, u"0"_s}}));
        QVERIFY(isBehind(*m_file));
    }
    store.reset();
    QCOMPARE(rows(*m_file).constFirst().mid(2), (QStringList{u"1"_s, u"3"_s, u"2"_s}));
    QVERIFY(!isBehind(*m_file));
}

void LogRangesTest::aKilledHostGoesOnWhereItWas()
{
    const auto store = m_file->open();
    SqliteRoomLog log(*store, m_layer);
    post(log, utterance(u"1"_s, u"one"_s));
    change(log, reactionTo(u"1"_s, u"👍"_s));
    const auto said = post(log, utterance(u"2"_s, u"two"_s));
    const auto copy = killed(*store, *m_file);
    const auto again = copy->open({{.messagesPerRoom = 2}});
    QVERIFY2(again, qPrintable(copy->error.message));
    QCOMPARE(again->memory().rooms.size(), 1);
    SqliteRoomLog other(*again, m_layer);
    QCOMPARE(other.position(u"general"_s), (Position{said.epoch, 3}));
    QCOMPARE(other.stats().kept, 3);
    QCOMPARE(post(other, utterance(u"3"_s, u"three"_s)).number, 4);
    QCOMPARE(texts(last(other, 9)), (QStringList{u"two"_s, u"three"_s})); // which it counted
}

void LogRangesTest::numbersOfMessagesThatWentAreNotGivenAgain()
{
    const auto store = m_file->open({{.age = 1h}});
    SqliteRoomLog log(*store, m_layer);
    Utterance old = utterance(u"1"_s, u"old"_s);
    old.time = 1;
    const auto said = post(log, old);
    inFile(*store, [&](SqliteDatabase &) {
        QVERIFY(store->logs().prune(QDateTime::currentMSecsSinceEpoch()));
    });
    const auto copy = killed(*store, *m_file);
    const auto again = copy->open();
    SqliteRoomLog other(*again, m_layer);
    QVERIFY(!other.hasHistory(u"general"_s));
    QCOMPARE(other.position(u"general"_s), (Position{said.epoch, 1}));
    QCOMPARE(post(other, utterance(u"2"_s, u"new"_s)).number, 2);
}

void LogRangesTest::anArchiveHasWhatWasSaidJustNow()
{
    const auto store = m_file->open();
    SqliteRoomLog log(*store, m_layer);
    for (int n = 1; n <= 3; ++n)
        post(log, utterance(idOf(n), u"x"_s));
    QVERIFY(isBehind(*m_file));
    const auto archive = RoomArchive::open(m_file->path(), u"general"_s);
    QVERIFY(archive);
    QCOMPARE((*archive)->head().number, 3);
    QCOMPARE((*archive)->next(9).valueOr({}).size(), 3);
}

// The last page of a room is gone, and nothing else says how many messages it had.
void LogRangesTest::aLostEndIsNotNumberedAgain()
{
    const auto copy = killedWithTwoRooms();
    const auto before = rows(*copy);
    QVERIFY(isBehind(*copy));
    const DamagedFile file(copy->path());
    file.damage(file.find(DamagedFile::TableLeaf, idOf(Said)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = copy->open();
    QVERIFY2(store, qPrintable(copy->error.message));
    QVERIFY(!store->damage()->isLostKnown);
    QCOMPARE(store->damage()->roomsWithGaps, 2);
    for (const QStringList &row : before)
        QVERIFY(store->heads().value(row.at(0)).epoch != row.at(1));
}

// As where a disk lost the last writing of a page: each page is in order, and they do not agree.
void LogRangesTest::anEndThatOnlyIndexesKnowIsNotNumberedAgain_data()
{
    QTest::addColumn<QString>("change"); ///< of the last message's row, which no index hears of
    QTest::addColumn<QStringList>("damaged"); ///< indexes
    QTest::addColumn<int>("roomsWithGaps");
    const QString gone = u"DELETE FROM entries"_s;
    const QString as = u"UPDATE entries SET log = "_s;
    const QString numbers = u"entries_by_number"_s;
    const QString ids = u"entries_by_id"_s;
    const QString forgotten = as + u"(SELECT log FROM forgotten)"_s;
    QTest::newRow("no row") << gone << QStringList() << 1;
    QTest::newRow("no row, no index of numbers") << gone << QStringList{numbers} << 1;
    QTest::newRow("no row, no index of ids") << gone << QStringList{ids} << 1;
    QTest::newRow("a row of a forgotten log") << forgotten << QStringList() << 1;
    QTest::newRow("a row of no log") << as + u"99"_s << QStringList() << 2;
    QTest::newRow("a row of no log, no index") << as + u"99"_s << QStringList{numbers, ids} << 2;
}

void LogRangesTest::anEndThatOnlyIndexesKnowIsNotNumberedAgain()
{
    QFETCH(QString, change);
    QFETCH(QStringList, damaged);
    QFETCH(int, roomsWithGaps);
    const auto copy = killedWithTwoRooms();
    const auto before = rows(*copy);
    QVERIFY(OtherProgram(copy->path()).execute(u"INSERT INTO forgotten VALUES (98)"_s));
    changeUnindexed(*copy, change + u" WHERE id = '%1'"_s.arg(idOf(Said)));
    const DamagedFile file(copy->path());
    for (const QString &index : std::as_const(damaged))
        file.damage(file.rootOf(index));
    markDamaged(copy->path());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = copy->open();
    QVERIFY2(store, qPrintable(copy->error.message));
    QVERIFY(!store->damage()->isLostKnown);
    QCOMPARE(store->damage()->roomsWithGaps, roomsWithGaps);
    QCOMPARE(store->damage()->saved, 2 * Said - 1);
    const QStringList general = before.constLast();
    QCOMPARE(general.constFirst(), u"general"_s);
    QVERIFY(store->heads().value(u"general"_s).epoch != general.at(1));
    if (roomsWithGaps == 1)
        QCOMPARE(store->heads().value(u"attic"_s).epoch, before.constFirst().at(1));
}

void LogRangesTest::anEndThatNoIndexKnowsIsNotNumberedAgain_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("of a host that was killed") << true;
    QTest::newRow("which the log's row does not say, either") << false;
}

// The check at the opening of a file sees nothing of it.
void LogRangesTest::anEndThatNoIndexKnowsIsNotNumberedAgain()
{
    QFETCH(bool, isKilled);
    const auto copy = killedWithTwoRooms();
    const HostFile &file = isKilled ? *copy : *m_file;
    QCOMPARE(isBehind(file), isKilled);
    const QString epoch = rows(file).constLast().at(1);
    changeUnindexed(
        file,
        u"INSERT INTO entries (log, number, kind, id, sender, name, time, text, origin)"
        " SELECT log, number + 1, kind, 'last', sender, name, time, 'last', origin FROM entries"
        " WHERE id = '%1'"_s.arg(idOf(Said)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = (isKilled ? copy : m_file)->open();
    QVERIFY(store && store->damage());
    QCOMPARE(store->damage()->saved, 2 * Said + 1);
    QCOMPARE(store->heads().value(u"general"_s).range, (LogRange{1, Said + 1}));
    QCOMPARE(store->heads().value(u"general"_s).epoch == epoch, isKilled);
    SqliteRoomLog log(*store, m_layer);
    QCOMPARE(post(log, utterance(u"new"_s, u"x"_s)).number, Said + 2);
}

// As where a disk lost the last writing of the table of logs.
void LogRangesTest::entriesOfNoLogAreTold()
{
    (void)killedWithTwoRooms();
    QVERIFY(OtherProgram(m_file->path()).execute(u"DELETE FROM logs WHERE room = 'attic'"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = m_file->open();
    QVERIFY(store && store->damage());
    QCOMPARE(store->damage()->saved, Said);
    QCOMPARE(store->damage()->lost, Said);
    QVERIFY(!store->damage()->isLostKnown);
}

void LogRangesTest::damagedIndexesOfAKilledHostCostNothing()
{
    const auto copy = killedWithTwoRooms();
    const auto before = rows(*copy);
    const DamagedFile file(copy->path());
    file.damage(file.rootOf(u"entries_by_number"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"all of it was saved"_s));
    const auto store = copy->open();
    QVERIFY2(store, qPrintable(copy->error.message));
    QVERIFY(store->damage()->isNothingLost());
    QCOMPARE(store->damage()->saved, 2 * Said);
    for (const QStringList &row : before) {
        QCOMPARE(store->heads().value(row.at(0)).epoch, row.at(1));
        QCOMPARE(store->heads().value(row.at(0)).range, (LogRange{1, Said}));
    }
}

void LogRangesTest::aDamagedFileWhoseRowsSaidAllIsSaved()
{
    (void)killedWithTwoRooms();
    QVERIFY(OtherProgram(m_file->path()).execute(u"DROP TABLE holes"_s));
    QVERIFY(OtherProgram(m_file->path()).execute(u"PRAGMA user_version = 5"_s));
    const DamagedFile file(m_file->path());
    file.damage(file.find(DamagedFile::TableLeaf, idOf(1)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    QVERIFY(store->damage()->isLostKnown && store->damage()->lost > 0);
    QCOMPARE(store->damage()->saved + store->damage()->lost, 2 * Said);
}

PARLOUR_TEST(LogRangesTest)
#include "tst_log_ranges.moc"
