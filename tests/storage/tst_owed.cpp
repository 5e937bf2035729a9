// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "ahead_log.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

/// What was told while the file could not be written, which nobody knew yet.
class OwedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_host = std::make_unique<AheadHost>(); }
    void cleanup() { m_host.reset(); }

    void whereTheFileCannotBeWrittenItIsOwed();
    void whatIsOwedIsReadInParts();
    void whatIsOwedAtTheEndIsThereAtTheNextStart();
    void whatIsOwedIsWrittenByItself();
    void aRoomThatCannotBeWrittenHoldsUpNoOther();
    void anIdThatWasToldTwiceShiftsNoNumber();

private:
    std::unique_ptr<AheadHost> m_host;
};

namespace {
constexpr int Patience = 60000; ///< ms; machines are shared
} // namespace

void OwedTest::whereTheFileCannotBeWrittenItIsOwed()
{
    m_host->begin({}, {.retention = {}, .patience = 10ms});
    QStringList troubles;
    m_host->log->whenTroubled([&](const QString &trouble) { troubles.append(trouble); });
    const ChatMessage first = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    (void)last(*m_host->log, 1);
    OtherProgram other(m_host->file.path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    const ChatMessage second = post(*m_host->log, utterance(u"2"_s, u"two"_s)); // nobody knows yet
    QCOMPARE(second.number, 2);
    QTRY_COMPARE_WITH_TIMEOUT(troubles, QStringList{u"locked"_s}, Patience);
    QVERIFY(!m_host->log->isAhead(u"general"_s));
    const auto refused = tryToPost(*m_host->log, utterance(u"3"_s, u"three"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause, u"locked"_s);
    QCOMPARE(m_host->log->position(u"general"_s), (Position{first.epoch, 2}));
    QCOMPARE(last(*m_host->log, 9).messages, (QList<ChatMessage>{first, second}));

    QVERIFY(other.execute(u"ROLLBACK"_s));
    QCOMPARE(post(*m_host->log, utterance(u"4"_s, u"four"_s)).number, 3);
    QCOMPARE(troubles, (QStringList{u"locked"_s, u""_s}));
    QCOMPARE(textsOf(last(*m_host->log, 9).messages), (QStringList{u"one"_s, u"two"_s, u"four"_s}));
    QCOMPARE(other.value(u"SELECT count(*) FROM entries"_s).toInt(), 3);
    QVERIFY(m_host->log->isAhead(u"general"_s));
}

void OwedTest::whatIsOwedIsReadInParts()
{
    m_host->begin({.retryInterval = 1h}, {.retention = {}, .patience = 10ms});
    QStringList troubles;
    m_host->log->whenTroubled([&](const QString &trouble) { troubles.append(trouble); });
    const QString epoch = post(*m_host->log, utterance(u"1"_s, u"1"_s)).epoch;
    (void)last(*m_host->log, 1);
    OtherProgram other(m_host->file.path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    for (int n = 2; n <= 4; ++n) {
        const QString text = QString::number(n);
        m_host->log->post(utterance(text, text), this, [](const auto &) {});
    }
    QTRY_COMPARE_WITH_TIMEOUT(troubles.size(), 1, Patience);

    const auto before = [&](qint64 number, int count) {
        std::optional<Expected<RoomLog::Page>> read;
        m_host->log->before(u"general"_s, number, count, this,
                            [&](const auto &page) { read = page; });
        return QTest::qWaitFor([&] { return read.has_value(); }, Patience) ? read->valueOr({})
                                                                           : RoomLog::Page();
    };
    QCOMPARE(numbersOf(before(99, 2).messages), (QList<qint64>{3, 4}));
    QVERIFY(before(99, 2).hasOlder);
    QCOMPARE(numbersOf(before(4, 2).messages), (QList<qint64>{2, 3}));
    QCOMPARE(numbersOf(before(3, 9).messages), (QList<qint64>{1, 2}));
    QVERIFY(!before(3, 9).hasOlder);
    const auto whole = since(*m_host->log, {epoch, 0}, 9);
    QCOMPARE(numbersOf(whole.messages), (QList<qint64>{1, 2, 3, 4}));
    QCOMPARE(whole.end, (Position{epoch, 4}));
    const auto part = since(*m_host->log, {epoch, 1}, 2);
    QCOMPARE(numbersOf(part.messages), (QList<qint64>{2, 3}));
    QVERIFY(part.hasMore);
    QVERIFY(!since(*m_host->log, {epoch, 4}, 9).isLost);
    QVERIFY(since(*m_host->log, {epoch, 5}, 9).isLost);

    // Other hosts ask again.
    QStringList causes;
    m_host->log->lastFrom(u"general"_s, {}, this, [&](const auto &found) {
        causes.append(found ? u"found"_s : found.error().cause);
    });
    m_host->log->saidHere(u"general"_s, {}, this, [&](const auto &said) {
        causes.append(said ? u"read"_s : said.error().cause);
    });
    QTRY_COMPARE_WITH_TIMEOUT(causes, (QStringList{u"locked"_s, u"locked"_s}), Patience);
    QVERIFY(other.execute(u"ROLLBACK"_s));
}

void OwedTest::whatIsOwedAtTheEndIsThereAtTheNextStart()
{
    m_host->begin({}, {.retention = {}, .patience = 10ms});
    auto other = std::make_unique<OtherProgram>(m_host->file.path());
    QVERIFY(other->execute(u"BEGIN IMMEDIATE"_s));
    const ChatMessage said = post(*m_host->log, utterance(u"1"_s, u"one"_s));
    bool isClosed = false;
    m_host->log->close(this, [&] { isClosed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isClosed, Patience);
    m_host->log.reset();
    m_host->store.reset();
    QVERIFY(QFile::exists(m_host->journal()));
    other.reset();
    m_host->begin();
    QCOMPARE(last(*m_host->log, 9).messages, QList<ChatMessage>{said});
}

void OwedTest::whatIsOwedIsWrittenByItself()
{
    m_host->begin({.retryInterval = 10ms}, {.retention = {}, .patience = 10ms});
    QStringList troubles;
    m_host->log->whenTroubled([&](const QString &trouble) { troubles.append(trouble); });
    OtherProgram other(m_host->file.path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    post(*m_host->log, utterance(u"1"_s, u"one"_s));
    QTRY_COMPARE_WITH_TIMEOUT(troubles.size(), 1, Patience);
    QVERIFY(other.execute(u"ROLLBACK"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other.value(u"SELECT text FROM entries"_s).toString(), u"one"_s,
                              Patience);
    QTRY_COMPARE_WITH_TIMEOUT(troubles.size(), 2, Patience);
}

void OwedTest::aRoomThatCannotBeWrittenHoldsUpNoOther()
{
    m_host->begin({.retryInterval = 1h});
    QStringList troubles;
    m_host->log->whenTroubled([&](const QString &trouble) { troubles.append(trouble); });
    inFile(*m_host->store, [](SqliteDatabase &file) {
        QVERIFY(file.execute(u"CREATE TRIGGER bad BEFORE INSERT ON entries WHEN new.text = 'bad'"
                             " BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
    });
    m_host->log->post(utterance(u"0"_s, u"written"_s, u"attic"_s), this, [](const auto &) {});
    post(*m_host->log, utterance(u"1"_s, u"bad"_s));
    QTRY_COMPARE_WITH_TIMEOUT(troubles.size(), 1, Patience);
    QCOMPARE(post(*m_host->log, utterance(u"2"_s, u"there"_s, u"attic"_s)).number, 2);
    const auto refused = tryToPost(*m_host->log, utterance(u"3"_s, u"here"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"not_logged"_s);
    QCOMPARE(textsOf(last(*m_host->log, 9).messages), QStringList{u"bad"_s});
    QCOMPARE(troubles.size(), 1);
    const auto left = PostJournal::left(m_host->file.path()).valueOr({}).entries;
    QCOMPARE(left.size(), 1); // of other rooms it has no texts
    QCOMPARE(std::get<Utterance>(left.constFirst().content).text, u"bad"_s);

    inFile(*m_host->store,
           [](SqliteDatabase &file) { QVERIFY(file.execute(u"DROP TRIGGER bad"_s)); });
    QCOMPARE(post(*m_host->log, utterance(u"4"_s, u"good"_s)).number, 2);
    QCOMPARE(troubles.size(), 2);
    QCOMPARE(textsOf(last(*m_host->log, 9).messages), (QStringList{u"bad"_s, u"good"_s}));
    QVERIFY(m_host->log->isAhead(u"general"_s));
}

// As where something else wrote into the file.
void OwedTest::anIdThatWasToldTwiceShiftsNoNumber()
{
    m_host->begin();
    const QString epoch = post(*m_host->log, utterance(u"1"_s, u"one"_s)).epoch;
    (void)last(*m_host->log, 1);
    const QList<LogBatch::Entry> numbered{{utterance(u"1"_s, u"again"_s), epoch, 2},
                                          {utterance(u"3"_s, u"three"_s), epoch, 3}};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"an id was told that the file has"_s));
    inFile(*m_host->store, [&](SqliteDatabase &) {
        QVERIFY(m_host->store->logs().write({{}, {}, numbered}));
    });
    const auto read = since(*m_host->log, {epoch, 0}, 9);
    QCOMPARE(textsOf(read.messages), (QStringList{u"one"_s, u"three"_s}));
    QCOMPARE(numbersOf(read.messages), (QList<qint64>{1, 3}));
    QCOMPARE(read.end.number, 3);
}

PARLOUR_TEST(OwedTest)
#include "tst_owed.moc"
