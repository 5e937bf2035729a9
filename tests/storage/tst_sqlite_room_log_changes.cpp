// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "host_file.h"
#include "storage/damage_mark.h"
#include "storage/migrations.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;

/// Changes in a file: the contract, what a restart finds, and what is gone for good.
class SqliteRoomLogChangesTest : public RoomLogChangesContract
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

    void goesOnWithWhatWasChanged();
    void aTextThatIsGoneIsNotInTheFile_data();
    void aTextThatIsGoneIsNotInTheFile();
    void aRoomThatIsForgottenIsNotInTheFile();
    void whatMadeRoomIsNotInTheFile();
    void noCopyIsLeft_data();
    void noCopyIsLeft();
    void deletionsOutlastAStart_data();
    void deletionsOutlastAStart();
    void deletionsGoWithTheirTime();
    void aFileOfTheFirstFormatIsRead();
    void whatWaitsIsInOrder();

private:
    Store &begin(const StoreOptions &options = {})
    {
        m_store.reset();
        m_store = m_file->open(options);
        return *m_store;
    }
    bool isInTheFile(const QByteArray &text) const
    {
        for (const auto &part : {u""_s, u"-wal"_s}) {
            QFile file(m_file->path() + part);
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                return true;
        }
        return false;
    }

    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<Store> m_store;
    InMemoryChannelLayer m_layer;
};

void SqliteRoomLogChangesTest::goesOnWithWhatWasChanged()
{
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    Utterance reply = utterance(u"2"_s, u"two"_s);
    reply.reply = u"1"_s;
    post(*log, reply);
    const Change edit = editOf(u"1"_s, u"first"_s);
    change(*log, edit);
    change(*log, reactionTo(u"2"_s, u"👍"_s));
    const RoomLog::Page whole = last(*log, 9);
    log.reset();
    log = std::make_unique<SqliteRoomLog>(begin(), m_layer);
    QCOMPARE(last(*log, 9).messages, whole.messages);
    QCOMPARE(log->position(u"general"_s), (Position{whole.end.epoch, 4}));
    QCOMPARE(since(*log, {whole.end.epoch, 2}, 9).changed, whole.messages);
    QCOMPARE(change(*log, edit).number, 3);
    QCOMPARE(change(*log, deletionOf(u"1"_s)).number, 5);
    QCOMPARE(log->stats().kept, 5);
}

void SqliteRoomLogChangesTest::aTextThatIsGoneIsNotInTheFile_data()
{
    QTest::addColumn<bool>("isDeleted");
    QTest::addColumn<qsizetype>("length");
    QTest::newRow("deleted") << true << qsizetype(10);
    QTest::newRow("replaced") << false << qsizetype(10);
    QTest::newRow("deleted, over several pages") << true << qsizetype(20000);
    QTest::newRow("replaced, over several pages") << false << qsizetype(20000);
}

void SqliteRoomLogChangesTest::aTextThatIsGoneIsNotInTheFile()
{
    QFETCH(bool, isDeleted);
    QFETCH(qsizetype, length);
    SqliteRoomLog log(begin(), m_layer, {.pruneInterval = 10ms});
    const QString secret = u"the cellar's door is open "_s.repeated(1 + length / 26);
    for (int n = 1; n <= 50; ++n)
        post(log, utterance(QString::number(n), n == 25 ? secret : u"something else"_s));
    QVERIFY(isInTheFile("cellar"));
    const Change gone = isDeleted ? deletionOf(u"25"_s) : editOf(u"25"_s, u"never mind"_s);
    QCOMPARE(change(log, gone).number, 51);
    QTRY_VERIFY_WITH_TIMEOUT(!isInTheFile("cellar"), 60000);
    QVERIFY(isInTheFile("something else"));
    QCOMPARE(texts(last(log, 26)).constFirst(), isDeleted ? QString() : u"never mind"_s);
}

void SqliteRoomLogChangesTest::aRoomThatIsForgottenIsNotInTheFile()
{
    SqliteRoomLog log(begin(), m_layer, {.pruneInterval = 10ms});
    for (int n = 1; n <= 50; ++n)
        post(log, utterance(QString::number(n), u"the cellar's door is open"_s, u"attic"_s));
    QVERIFY(isInTheFile("cellar"));
    log.forget(u"attic"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!isInTheFile("cellar"), 60000);
}

void SqliteRoomLogChangesTest::whatMadeRoomIsNotInTheFile()
{
    SqliteRoomLog log(begin({{.messagesPerRoom = 1}}), m_layer, {.pruneInterval = 10ms});
    for (int n = 1; n <= 50; ++n)
        post(log, utterance(QString::number(n), u"the cellar's door is open"_s));
    QVERIFY(isInTheFile("cellar"));
    post(log, utterance(u"51"_s, u"something else"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!isInTheFile("cellar"), 60000);
    QVERIFY(isInTheFile("something else"));
}

void SqliteRoomLogChangesTest::noCopyIsLeft_data()
{
    QTest::addColumn<bool>("isReopened");
    QTest::newRow("after the next start") << true;
    QTest::newRow("after a day") << false;
}

// Rows that grow are moved about in their pages, which is where copies come from.
void SqliteRoomLogChangesTest::noCopyIsLeft()
{
    QFETCH(bool, isReopened);
    constexpr int Many = 1500;
    SqliteRoomLogOptions options{.pruneInterval = 10ms};
    if (!isReopened)
        options.sweepInterval = 10ms;
    auto log = std::make_unique<SqliteRoomLog>(begin(), m_layer, options);
    int answers = 0;
    const auto answered = [&](const auto &) { ++answers; };
    const auto ask = [&](const Change &wanted) { log->change(wanted, this, answered); };
    for (int n = 1; n <= Many; ++n) {
        const QString text = u"cellar %1 %2"_s.arg(n).arg(QString(n % 97, u'.'));
        log->post(utterance(QString::number(n), text), this, answered);
    }
    for (int n = 1; n <= Many; ++n)
        ask(reactionTo(QString::number(n), u"👍"_s));
    for (int n = 1; n <= Many; n += 3)
        ask(editOf(QString::number(n), u"cellar, "_s.repeated(n % 11 + 1)));
    for (int n = 1; n <= Many; ++n)
        ask(deletionOf(QString::number(n)));
    QTRY_COMPARE_WITH_TIMEOUT(answers, 3 * Many + Many / 3, 60000);
    if (isReopened) {
        log.reset();
        log = std::make_unique<SqliteRoomLog>(begin(), m_layer, options);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!isInTheFile("cellar"), 60000);
    QCOMPARE(log->position(u"general"_s).number, 2 * Many + Many / 3 + Many);
    post(*log, utterance(u"new"_s, u"something else"_s));
    QCOMPARE(texts(last(*log, 1)), QStringList{u"something else"_s});
}

void SqliteRoomLogChangesTest::deletionsOutlastAStart_data()
{
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("as any") << false;
    QTest::newRow("and damage that cost nothing") << true;
}

void SqliteRoomLogChangesTest::deletionsOutlastAStart()
{
    QFETCH(bool, isSaved);
    const StoreOptions options{{.messagesPerRoom = 2}};
    auto log = std::make_unique<SqliteRoomLog>(begin(options), m_layer);
    const QString deletion = change(*log, deletionOf(post(*log, utterance(u"1"_s, {})).id)).id;
    for (int n = 2; n <= 9; ++n)
        post(*log, utterance(QString::number(n), QString::number(n)));
    const Position end = log->position(u"general"_s);
    log.reset();
    m_store.reset();
    if (isSaved) {
        markDamaged(m_file->path());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"all of it was saved"_s));
    }
    log = std::make_unique<SqliteRoomLog>(begin(options), m_layer);
    QCOMPARE(log->position(u"general"_s), end);
    QCOMPARE(log->stats().kept, 2);
    const auto told = saidHere(*log, {{}, 0, 9, 0}).changes;
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().id, deletion);
}

// Of three deletions the first ones are of long ago.
void SqliteRoomLogChangesTest::deletionsGoWithTheirTime()
{
    SqliteRoomLog log(begin({{.messagesPerRoom = 2, .age = 1h}}), m_layer, {.pruneInterval = 10ms});
    for (int n = 1; n <= 3; ++n) {
        Change deletion = deletionOf(post(log, utterance(QString::number(n), u"x"_s)).id);
        deletion.time = n == 3 ? 0 : 1000;
        change(log, deletion);
    }
    for (int n = 4; n <= 9; ++n)
        post(log, utterance(QString::number(n), QString::number(n)));
    const auto told = [&log] {
        QStringList messages;
        for (const Change &deletion : saidHere(log, {{}, 0, 9, 0}).changes)
            messages.append(deletion.of);
        return messages;
    };
    QTRY_COMPARE_WITH_TIMEOUT(told(), QStringList{u"3"_s}, 60000);
    QCOMPARE(texts(last(log, 9)), (QStringList{u"8"_s, u"9"_s}));
}

void SqliteRoomLogChangesTest::aFileOfTheFirstFormatIsRead()
{
    {
        const auto file = SqliteDatabase::open(m_file->path(), 1s);
        QVERIFY(file);
        QVERIFY(migrate(**file, migrations().first(1)));
        for (
            const auto &sql :
            {u"INSERT INTO logs (room, epoch, oldest, newest) VALUES ('general', 'e-77', 12, 13)"_s,
             u"INSERT INTO entries (log, number, kind, id, sender, name, time, text, origin)"
             " VALUES (1, 12, 0, 'a', 'p-1', 'Ann', 5, 'hello', ''),"
             " (1, 13, 0, 'b', 'p-2', 'Ben', 6, 'hi', '')"_s}) {
            QVERIFY((*file)->execute(sql));
        }
    }
    SqliteRoomLog log(begin({{.messagesPerRoom = 2, .age = 0ms}}), m_layer);
    const ChatMessage hello{u"general"_s,         u"a"_s, u"e-77"_s, 12,
                            {u"p-1"_s, u"Ann"_s}, 5,      u"hello"_s};
    QCOMPARE(last(log, 9).messages.constFirst(), hello);
    QCOMPARE(change(log, editOf(u"a"_s, u"hello, all"_s)).number, 14);
    QCOMPARE(texts(last(log, 9)), (QStringList{u"hello, all"_s, u"hi"_s}));
    post(log, utterance(u"c"_s, u"three"_s)); // two are kept
    QCOMPARE(texts(last(log, 9)), (QStringList{u"hi"_s, u"three"_s}));
    QVERIFY(QFile::exists(m_file->path() + u".format-1"_s));
}

void SqliteRoomLogChangesTest::whatWaitsIsInOrder()
{
    SqliteRoomLog log(begin(), m_layer);
    const Listener listener(m_layer, u"chat_general"_s);
    QStringList answers;
    QObject context;
    log.post(utterance(u"1"_s, u"one"_s), &context,
             [&](const auto &posted) { answers.append(posted ? posted->text : QString()); });
    const auto note = [&](const Expected<ChangedFrame> &changed) {
        answers.append(changed ? changed->message.text : changed.error().code);
    };
    log.change(editOf(u"1"_s, u"other"_s), &context, note);
    log.change(editOf(u"2"_s, u"early"_s), &context, note);
    log.post(utterance(u"2"_s, u"two"_s), &context,
             [&](const auto &posted) { answers.append(posted ? posted->text : QString()); });
    QCOMPARE(log.stats().unwritten, 4);
    const QStringList expected{u"one"_s, u"other"_s, u"no_such_message"_s, u"two"_s};
    QTRY_COMPARE_WITH_TIMEOUT(answers, expected, 60000);
    QCOMPARE(listener.heard.size(), 3);
    log.close(&context, [] {});
    QCOMPARE(tryToChange(log, editOf(u"1"_s, u"late"_s)).error().code, u"not_logged"_s);
}

PARLOUR_TEST(SqliteRoomLogChangesTest)
#include "tst_sqlite_room_log_changes.moc"
