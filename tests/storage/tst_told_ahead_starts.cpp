// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "ahead_log.h"
#include "damaged_file.h"
#include "storage/room_archive.h"
#include "storage/salvage.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

/// What was told and not written, at the next start.
class ToldAheadStartsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_host = std::make_unique<AheadHost>(); }
    void cleanup() { m_host.reset(); }

    void theEndOfAProcessCostsNothing();
    void whatWasWrittenBeforeTheEndIsThereOnce();
    void whatEndedIsNotTakenUp();
    void anOlderFileBeginsAnew();
    void whatIsSavedHasIt();
    void whatIsSavedHasItAlsoLater();
    void whatLostItsRoomBeginsOne();
    void ofAMendedFileOtherRoomsAreAsTheyWere();
    void aDamagedJournalBeginsAnew();
    void anArchiveHasIt();
    void anOrderlyEndLeavesTheFileAlone();
    void whereThereIsToBeNoJournalNoneStays();
    void whereNoneCanBeItIsWrittenFirst();
    void aNewerJournalIsNotTouched();

private:
    /// "one" was in it, and "two" was told since.
    std::unique_ptr<HostFile> killedAndDamaged();

    std::unique_ptr<AheadHost> m_host;
};

namespace {
constexpr int Patience = 60000; ///< ms; machines are shared
constexpr SqliteRoomLogOptions Lazy{.aheadDelay = 1h};
} // namespace

void ToldAheadStartsTest::theEndOfAProcessCostsNothing()
{
    m_host->begin(Lazy);
    QList<ChatMessage> said;
    for (int n = 1; n <= 5; ++n)
        said.append(post(*m_host->log, utterance(QString::number(n), u"text %1"_s.arg(n))));
    const auto copy = killed(*m_host->store, m_host->file);
    QCOMPARE(OtherProgram(copy->path()).value(u"SELECT count(*) FROM entries"_s).toInt(), 0);
    const auto again = copy->open();
    SqliteRoomLog log(*again, m_host->layer);
    QCOMPARE(log.position(u"general"_s), (Position{said.constFirst().epoch, 5}));
    QCOMPARE(log.stats().kept, 5);
    QCOMPARE(last(log, 9).messages, said);
    QCOMPARE(post(log, utterance(u"5"_s, u"again"_s)), said.constLast());
    QCOMPARE(post(log, utterance(u"6"_s, u"x"_s)).number, 6);
}

// The journal is emptied a little later.
void ToldAheadStartsTest::whatWasWrittenBeforeTheEndIsThereOnce()
{
    m_host->begin(Lazy);
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    const auto early = killed(*m_host->store, m_host->file);
    const Change edit{u"general"_s,       u"2"_s,     u"1"_s, utterance({}, {}).sender,
                      Change::Kind::Edit, u"edited"_s};
    (void)change(*m_host->log, edit);
    const auto late = killed(*m_host->store, m_host->file);
    QFile::remove(AheadHost::journalOf(*late));
    QVERIFY(QFile::copy(AheadHost::journalOf(*early), AheadHost::journalOf(*late)));
    const auto again = late->open();
    SqliteRoomLog log(*again, m_host->layer);
    QCOMPARE(log.position(u"general"_s), (Position{first.epoch, 2}));
    QCOMPARE(textsOf(last(log, 9).messages), QStringList{u"edited"_s});
}

void ToldAheadStartsTest::whatEndedIsNotTakenUp()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    const auto early = killed(*m_host->store, m_host->file);
    m_host->log->forget(u"general"_s);
    const QString epoch = post(*m_host->log, utterance(u"2"_s, u"of another room"_s)).epoch;
    (void)last(*m_host->log, 1);
    const auto late = killed(*m_host->store, m_host->file);
    QFile::remove(AheadHost::journalOf(*late));
    QVERIFY(QFile::copy(AheadHost::journalOf(*early), AheadHost::journalOf(*late)));
    const auto again = late->open();
    SqliteRoomLog log(*again, m_host->layer);
    QCOMPARE(log.position(u"general"_s), (Position{epoch, 1}));
    QCOMPARE(textsOf(last(log, 9).messages), QStringList{u"of another room"_s});
}

// Somebody put a copy in its place, or the machine went down: numbers were given that it knows
// nothing of.
void ToldAheadStartsTest::anOlderFileBeginsAnew()
{
    m_host->begin(Lazy);
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    (void)last(*m_host->log, 1); // which writes it
    const auto older = killed(*m_host->store, m_host->file);
    post(*m_host->log, utterance(u"2"_s, u"two"_s));
    (void)last(*m_host->log, 1);
    post(*m_host->log, utterance(u"3"_s, u"three"_s));
    QFile::remove(AheadHost::journalOf(*older));
    QVERIFY(QFile::copy(m_host->journal(), AheadHost::journalOf(*older)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is older than the last moments"_s));
    const auto again = older->open();
    QVERIFY(again);
    SqliteRoomLog log(*again, m_host->layer);
    const RoomLog::Page page = last(log, 9);
    QVERIFY(page.end.epoch != first.epoch);
    QCOMPARE(textsOf(page.messages), (QStringList{u"one"_s, u"three"_s}));
    QCOMPARE(numbersOf(page.messages), (QList<qint64>{1, 2}));
}

std::unique_ptr<HostFile> ToldAheadStartsTest::killedAndDamaged()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    (void)last(*m_host->log, 1);
    post(*m_host->log, utterance(u"2"_s, u"two"_s));
    auto copy = killed(*m_host->store, m_host->file);
    OtherProgram(copy->path()).execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    const DamagedFile file(copy->path());
    file.damage(file.find(DamagedFile::TableLeaf, u"one"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    return copy;
}

void ToldAheadStartsTest::whatIsSavedHasIt()
{
    const auto copy = killedAndDamaged();
    const auto again = copy->open();
    QVERIFY2(again, qPrintable(copy->error.message));
    QVERIFY(again->damage());
    SqliteRoomLog log(*again, m_host->layer);
    QVERIFY(textsOf(last(log, 9).messages).contains(u"two"_s));
}

// The opening that saved the file was stopped before it came to what was told.
void ToldAheadStartsTest::whatIsSavedHasItAlsoLater()
{
    const auto copy = killedAndDamaged();
    QVERIFY(salvage(copy->path(), 1s));
    const auto again = copy->open();
    QVERIFY2(again && !again->damage(), qPrintable(copy->error.message));
    SqliteRoomLog log(*again, m_host->layer);
    QVERIFY(textsOf(last(log, 9).messages).contains(u"two"_s));
    inFile(*again, [](SqliteDatabase &file) {
        QVERIFY2(file.value(u"SELECT value FROM host WHERE name = 'mended'"_s)->isNull(),
                 "an epoch that is not known is that of a room that ended, from now on");
    });
}

void ToldAheadStartsTest::whatLostItsRoomBeginsOne()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    const auto copy = killed(*m_host->store, m_host->file);
    OtherProgram(copy->path()).execute(u"DELETE FROM logs"_s);
    OtherProgram(copy->path()).execute(u"INSERT INTO host VALUES ('mended', '*')"_s);
    const auto again = copy->open();
    QVERIFY2(again, qPrintable(copy->error.message));
    SqliteRoomLog log(*again, m_host->layer);
    QCOMPARE(textsOf(last(log, 9).messages), QStringList{u"one"_s});
}

// What ended and what was let go stays so: the file has logs of other epochs, and not of theirs.
void ToldAheadStartsTest::ofAMendedFileOtherRoomsAreAsTheyWere()
{
    m_host->begin(Lazy);
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"let go"_s));
    post(*m_host->log, utterance(u"2"_s, u"of a room that ends"_s, u"attic"_s));
    const auto early = killed(*m_host->store, m_host->file);
    m_host->log->forget(u"attic"_s);
    (void)last(*m_host->log, 1);
    const auto late = killed(*m_host->store, m_host->file);
    QFile::remove(AheadHost::journalOf(*late));
    QVERIFY(QFile::copy(AheadHost::journalOf(*early), AheadHost::journalOf(*late)));
    OtherProgram other(late->path());
    QVERIFY(other.execute(u"DELETE FROM entries"_s));
    QVERIFY(other.execute(u"UPDATE logs SET oldest = 2, newest = 1, messages = 0"_s));
    QVERIFY(other.execute(u"INSERT INTO host VALUES ('mended', 'e-of-another')"_s));
    const auto again = late->open();
    QVERIFY2(again, qPrintable(late->error.message));
    SqliteRoomLog log(*again, m_host->layer);
    QVERIFY(!log.hasHistory(u"attic"_s));
    QVERIFY(!log.hasHistory(u"general"_s));
    QCOMPARE(log.position(u"general"_s), (Position{first.epoch, 1}));
}

// Nobody knows which numbers were given.
void ToldAheadStartsTest::aDamagedJournalBeginsAnew()
{
    m_host->begin(Lazy);
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    (void)last(*m_host->log, 1);
    const auto copy = killed(*m_host->store, m_host->file);
    QFile journal(AheadHost::journalOf(*copy));
    QVERIFY(journal.open(QIODevice::ReadWrite));
    journal.write("xxxx");
    journal.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is older than the last moments"_s));
    const auto again = copy->open();
    SqliteRoomLog log(*again, m_host->layer);
    QVERIFY(log.position(u"general"_s).epoch != first.epoch);
    QCOMPARE(textsOf(last(log, 9).messages), QStringList{u"one"_s});
}

void ToldAheadStartsTest::anArchiveHasIt()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    (void)last(*m_host->log, 1); // which writes it
    post(*m_host->log, utterance(u"2"_s, u"two"_s));
    post(*m_host->log, utterance(u"3"_s, u"three"_s));
    const auto archive = RoomArchive::open(m_host->file.path(), u"general"_s);
    QVERIFY(archive);
    QCOMPARE((*archive)->head().number, 3);
    QStringList texts;
    for (auto part = (*archive)->next(1); part && !part->isEmpty(); part = (*archive)->next(1))
        texts.append(part->constFirst().message.text);
    QCOMPARE(texts, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    QVERIFY(RoomArchive::open(m_host->file.path(), u"attic"_s).error().code == "no_room"_L1);
}

void ToldAheadStartsTest::anOrderlyEndLeavesTheFileAlone()
{
    m_host->begin(Lazy);
    QVERIFY(QFile::exists(m_host->journal()));
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    bool isClosed = false;
    m_host->log->close(this, [&] { isClosed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isClosed, Patience);
    m_host->log.reset();
    m_host->store.reset();
    QVERIFY(!QFile::exists(m_host->journal()));
    QCOMPARE(OtherProgram(m_host->file.path()).value(u"SELECT text FROM entries"_s).toString(),
             u"one"_s);
}

void ToldAheadStartsTest::whereThereIsToBeNoJournalNoneStays()
{
    m_host->begin(Lazy);
    post(*m_host->log, utterance(u"1"_s, u"a secret"_s));
    const auto copy = killed(*m_host->store, m_host->file);
    QVERIFY(QFile::exists(AheadHost::journalOf(*copy)));
    const auto again = copy->open(); // which is told to make none
    QVERIFY(!QFile::exists(AheadHost::journalOf(*copy)));
    SqliteRoomLog log(*again, m_host->layer);
    QCOMPARE(textsOf(last(log, 9).messages), QStringList{u"a secret"_s});
}

void ToldAheadStartsTest::whereNoneCanBeItIsWrittenFirst()
{
    QVERIFY(QFile::link(u"/nowhere/told"_s, m_host->journal()));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is told a little later"_s));
    m_host->store = m_host->file.open();
    QVERIFY2(m_host->store, qPrintable(m_host->file.error.message));
    SqliteRoomLog log(*m_host->store, m_host->layer);
    post(log, utterance(u"1"_s, u"one"_s));
    QVERIFY(!log.isAhead(u"general"_s));
    QCOMPARE(OtherProgram(m_host->file.path()).value(u"SELECT text FROM entries"_s).toString(),
             u"one"_s);
}

void ToldAheadStartsTest::aNewerJournalIsNotTouched()
{
    QFile newer(m_host->journal());
    QVERIFY(newer.open(QIODevice::WriteOnly));
    newer.write("parlour told 2\n" + QByteArray(1000, 'x'));
    newer.close();
    QVERIFY(!m_host->file.open());
    QVERIFY2(m_host->file.error.message.contains(u"newer version"_s),
             qPrintable(m_host->file.error.message));
    QCOMPARE(QFileInfo(m_host->journal()).size(), 1015);
}

PARLOUR_TEST(ToldAheadStartsTest)
#include "tst_told_ahead_starts.moc"
