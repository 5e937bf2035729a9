// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/export/room_writer.h"
#include "host_file.h"
#include "log_talk.h"
#include "storage/log_import.h"
#include "storage/room_archive.h"
#include "support/runner.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;

/// A room out of one host's file and into another's.
class LogImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void anExportMakesAnEqualLog_data();
    void anExportMakesAnEqualLog();
    void theRoomGoesOnAfterIt();
    void aChangeOfWhichOnlyTheNumberIsKnownIsNoNews();
    void whatIsExportedStandsStill();
    void aRoomThatIsNotThereIsNotExported();
    void whatIsNotWholeIsNoRoom_data();
    void whatIsNotWholeIsNoRoom();
    void whatWasBegunIsPruned();
    void aWriteThatFailsLeavesItForTheNext();
    void onlyOneIsTakenInAtATime();

private:
    /// `room` of that file as JSON; empty: it failed.
    static QByteArray exported(const HostFile &file, const QString &room = u"general"_s);
    Expected<ExportHead> imported(Store &store, const QByteArray &json,
                                  const QString &room = u"general"_s);

    std::unique_ptr<HostFile> m_from;
    std::unique_ptr<HostFile> m_to;
    InMemoryChannelLayer m_layer;
    QTemporaryDir m_folder;
};

namespace {

using Rows = QList<QVariantList>;

/// Of a room's log, without the keys of its file and deletions from before the log's beginning.
Rows rowsOf(Store &store, const QString &room)
{
    Rows rows;
    inFile(store, [&](SqliteDatabase &file) {
        QVERIFY(store.logs().saveAll()); // the row of a log may be behind
        const auto take = [&](const sqlite::Statement &row) {
            QVariantList values;
            for (int i = 0; i < row.columnCount(); ++i)
                values.append(row.value(i).toVariant());
            rows.append(values);
            return true;
        };
        const auto logs = file.select(
            u"SELECT epoch, oldest, newest, messages FROM logs WHERE room = ?"_s, {room}, take);
        const auto entries = file.select(
            u"SELECT number, kind, id, sender, name, time, text, json, origin, target, reply,"
            " edited, deleted, reactions, typeof(json) || typeof(target) || typeof(reply)"
            " || typeof(reactions) || typeof(text)"
            " FROM entries JOIN logs ON log = logs.key AND number >= oldest WHERE room = ?"
            " ORDER BY number"_s,
            {room}, take);
        if (!logs || !entries)
            rows.clear();
    });
    return rows;
}

bool operator==(const RoomLog::Page &one, const RoomLog::Page &other)
{
    return one.end == other.end && one.first == other.first && one.number == other.number
        && one.messages == other.messages && one.hasOlder == other.hasOlder;
}

bool operator==(const RoomLog::Catchup &one, const RoomLog::Catchup &other)
{
    return one.end == other.end && one.first == other.first && one.number == other.number
        && one.messages == other.messages && one.changed == other.changed
        && one.isLost == other.isLost && one.hasMore == other.hasMore;
}

bool operator==(const RoomLog::SaidHere &one, const RoomLog::SaidHere &other)
{
    return one.hasMore == other.hasMore && one.isLost == other.isLost
        && std::equal(one.said.begin(), one.said.end(), other.said.begin(), other.said.end(),
                      [](const auto &first, const auto &second) {
                          return first.message == second.message && first.json == second.json;
                      });
}

} // namespace

void LogImportTest::init()
{
    m_from = std::make_unique<HostFile>();
    m_to = std::make_unique<HostFile>();
}

QByteArray LogImportTest::exported(const HostFile &file, const QString &room)
{
    const auto archive = RoomArchive::open(file.path(), room);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto writer = RoomWriter::make(ExportFormat::Json, buffer);
    if (!archive || !writer->begin((*archive)->head()))
        return {};
    for (;;) {
        const auto entries = (*archive)->next(7);
        if (!entries || !writer->write(*entries))
            return {};
        if (entries->isEmpty())
            return writer->end() ? buffer.data() : QByteArray();
    }
}

Expected<ExportHead> LogImportTest::imported(Store &store, const QByteArray &json,
                                             const QString &room)
{
    QFile file(m_folder.filePath(u"export.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        return Error{u"test"_s, file.errorString()};
    file.close();
    Expected<ExportHead> done = Error{};
    store.thread().runAndWait([&] {
        LogImport import(store.logs(), file.fileName());
        done = import.begin();
        for (bool hasMore = bool(done); hasMore;) {
            const auto more = import.step();
            if (!more)
                done = more.error();
            hasMore = more && *more;
        }
        if (!done)
            return;
        const auto written = store.logs().write({{{room, done->epoch}}, {}});
        if (!written)
            done = written.error();
    });
    return done;
}

void LogImportTest::anExportMakesAnEqualLog_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("kept"); // messages that the host keeps

    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("all of a log, %u", seed) << seed << 0;
    QTest::newRow("the beginning is gone") << quint32(6) << 40;
    QTest::newRow("nearly all is gone") << quint32(7) << 3;
}

void LogImportTest::anExportMakesAnEqualLog()
{
    QFETCH(quint32, seed);
    QFETCH(int, kept);
    const StoreOptions options{{.messagesPerRoom = kept, .age = {}}};
    const auto from = m_from->open(options);
    {
        SqliteRoomLog log(*from, m_layer);
        talk(log, seed, 200);
    }
    const QByteArray json = exported(*m_from);
    QVERIFY(!json.isEmpty());
    const auto to = m_to->open(options);
    const auto head = imported(*to, json);
    QVERIFY2(head, head ? "" : qPrintable(head.error().message));
    const Rows rows = rowsOf(*from, u"general"_s);
    QVERIFY(rows.size() > kept);
    QCOMPARE(rowsOf(*to, u"general"_s), rows);
    QCOMPARE(exported(*m_to).mid(1000), json.mid(1000)); // behind the host's id

    const auto start = m_from->open(options); // both as after a restart
    const auto again = m_to->open(options);
    QVERIFY(start && again);
    SqliteRoomLog before(*start, m_layer);
    SqliteRoomLog after(*again, m_layer);
    QVERIFY(after.position(u"general"_s) == before.position(u"general"_s));
    const QString epoch = before.position(u"general"_s).epoch;
    for (qint64 number = head->first - 2; number <= head->number + 2; ++number) {
        QVERIFY(tests::before(after, number, 20) == tests::before(before, number, 20));
        QVERIFY(since(after, {epoch, number}, 30) == since(before, {epoch, number}, 30));
    }
    QVERIFY(since(after, {u"e-2"_s, 3}, 30) == since(before, {u"e-2"_s, 3}, 30));
    for (const ChatMessage &message : last(before, 200).messages)
        QVERIFY(saidHere(after, {message.id, 0, 20}) == saidHere(before, {message.id, 0, 20}));
    QVERIFY(saidHere(after, {{}, 0, 50}) == saidHere(before, {{}, 0, 50}));
    QCOMPARE(lastFrom(after, u"fedcba9876543210"_s), lastFrom(before, u"fedcba9876543210"_s));
    auto own = lastFrom(before, {});
    own.change = json.contains(own.change.toUtf8()) ? own.change : QString(); // such a deletion
    QCOMPARE(lastFrom(after, {}), own);
}

void LogImportTest::theRoomGoesOnAfterIt()
{
    const auto from = m_from->open();
    {
        SqliteRoomLog log(*from, m_layer);
        talk(log, 1, 20);
    }
    const auto to = m_to->open();
    const auto head = imported(*to, exported(*m_from), u"attic"_s);
    QVERIFY(head);
    const auto again = m_to->open();
    SqliteRoomLog log(*again, m_layer);
    QVERIFY(log.hasHistory(u"attic"_s) && !log.hasHistory(u"general"_s));
    const ChatMessage said = post(log, utterance(u"new"_s, u"It goes on"_s, u"attic"_s));
    QCOMPARE(said.number, head->number + 1);
    QCOMPARE(said.epoch, head->epoch);
}

void LogImportTest::aChangeOfWhichOnlyTheNumberIsKnownIsNoNews()
{
    const auto from = m_from->open();
    {
        SqliteRoomLog log(*from, m_layer);
        post(log, utterance(u"1"_s, u"one"_s));
        change(log, reactionTo(u"1"_s, u"👍"_s));
        post(log, utterance(u"2"_s, u"two"_s));
    }
    QByteArray json = exported(*m_from);
    const qsizetype at = json.indexOf("{\"number\":2");
    json.replace(at, json.indexOf('\n', at) - at, R"({"number":2,"kind":"unknown"},)");
    const auto to = m_to->open();
    QVERIFY(imported(*to, json));
    QCOMPARE(exported(*m_to).mid(300), json.mid(300)); // behind the host's id
    const auto again = m_to->open();
    SqliteRoomLog log(*again, m_layer);
    const auto position = log.position(u"general"_s);
    QCOMPARE(position.number, 3);
    QCOMPARE(texts(last(log, 10)), (QStringList{u"one"_s, u"two"_s}));
    const auto missed = since(log, {position.epoch, 1}, 10);
    QCOMPARE(texts(missed.messages), QStringList{u"two"_s});
    QVERIFY(missed.changed.isEmpty() && !missed.isLost);
    QCOMPARE(missed.first, 2);
}

void LogImportTest::whatIsExportedStandsStill()
{
    const auto from = m_from->open();
    SqliteRoomLog log(*from, m_layer);
    for (int i = 1; i <= 5; ++i)
        post(log, utterance(QString::number(i), u"as it was"_s));
    const auto archive = RoomArchive::open(m_from->path(), u"general"_s);
    QVERIFY(archive);
    change(log, editOf(u"4"_s, u"another"_s));
    post(log, utterance(u"6"_s, u"later"_s));
    QStringList read;
    for (;;) {
        const auto entries = (*archive)->next(2);
        QVERIFY(entries);
        if (entries->isEmpty())
            break;
        for (const ExportEntry &entry : *entries)
            read << entry.message.text;
    }
    QCOMPARE(read, QStringList(5, u"as it was"_s));
}

void LogImportTest::aRoomThatIsNotThereIsNotExported()
{
    const auto missing = RoomArchive::open(m_from->path(), u"general"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, u"no_file"_s);
    const auto from = m_from->open();
    const auto other = RoomArchive::open(m_from->path(), u"attic"_s);
    QVERIFY(!other);
    QCOMPARE(other.error().code, u"no_room"_s);
    QVERIFY(other.error().message.contains(u"attic"_s));
}

void LogImportTest::whatIsNotWholeIsNoRoom_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("says");

    QTest::newRow("cut off") << QByteArray("\n]}") << QByteArray() << u"cut off"_s;
    QTest::newRow("an id twice") << QByteArray("\"id\":\"900\"") << QByteArray("\"id\":\"899\"")
                                 << u"the number 900: its id, \"899\""_s;
    QTest::newRow("a message that is none")
        << QByteArray("\"number\":900,\"k") << QByteArray("\"number\":\"900\",\"k")
        << u"line 901, entry 900"_s;
}

void LogImportTest::whatIsNotWholeIsNoRoom()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, says);
    const auto store = m_from->open();
    {
        SqliteRoomLog log(*store, m_layer);
        QObject context;
        for (int i = 1; i < 900; ++i)
            log.post(utterance(QString::number(i), u"text"_s), &context, [](const auto &) {});
        post(log, utterance(u"900"_s, u"the last"_s));
    }
    QByteArray json = exported(*m_from);
    QVERIFY(json.contains(from));
    json.replace(from, to);
    const auto target = m_to->open();
    const auto done = imported(*target, json);
    QVERIFY(!done);
    QVERIFY2(done.error().message.contains(says), qPrintable(done.error().message));
    QVERIFY(done.error().message.contains(u"export.json"_s));
    QVERIFY(rowsOf(*target, u"general"_s).isEmpty());
    QVERIFY(m_to->open()->heads().isEmpty());
}

void LogImportTest::whatWasBegunIsPruned()
{
    const auto from = m_from->open();
    {
        SqliteRoomLog log(*from, m_layer);
        talk(log, 1, 20);
    }
    QFile file(m_folder.filePath(u"export.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(exported(*m_from)) > 0);
    file.close();
    const auto to = m_to->open();
    const auto entriesIn = [](Store &store) {
        qint64 count = -1;
        inFile(store, [&](SqliteDatabase &database) {
            count = database.value(u"SELECT count(*) FROM entries"_s).valueOr(-1).toLongLong();
        });
        return count;
    };
    const auto prune = [](Store &store) {
        while (store.logs().prune(0).valueOr({}).hasMore) { }
    };
    to->thread().runAndWait([&] {
        LogImport import(to->logs(), file.fileName());
        QVERIFY(import.begin());
        QVERIFY(import.step().valueOr(false));
        prune(*to); // while it is taken in
        QVERIFY(!import.step().valueOr(true));
    });
    QVERIFY(entriesIn(*to) > 0); // the process ends here, say
    const auto again = m_to->open();
    again->thread().runAndWait([&] { prune(*again); });
    QCOMPARE(entriesIn(*again), 0);
    QVERIFY(again->heads().isEmpty());
}

void LogImportTest::aWriteThatFailsLeavesItForTheNext()
{
    const auto from = m_from->open();
    {
        SqliteRoomLog log(*from, m_layer);
        talk(log, 1, 20);
    }
    QFile file(m_folder.filePath(u"export.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(exported(*m_from)) > 0);
    file.close();
    const auto to = m_to->open({{}, std::chrono::milliseconds(1)});
    OtherProgram other(m_to->path());
    to->thread().runAndWait([&] {
        LogImport import(to->logs(), file.fileName());
        QVERIFY(import.begin());
        while (import.step().valueOr(false)) { }
        QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
        const LogBatch batch{{{u"general"_s, import.head().epoch}}, {}};
        QVERIFY(!to->logs().write(batch));
        QVERIFY(other.execute(u"ROLLBACK"_s));
        QVERIFY(to->logs().write(batch));
    });
    QCOMPARE(rowsOf(*to, u"general"_s), rowsOf(*from, u"general"_s));
}

void LogImportTest::onlyOneIsTakenInAtATime()
{
    const auto to = m_to->open();
    to->thread().runAndWait([&] {
        QVERIFY(to->logs().beginImport({u"e-1"_s, {1, 3}}));
        const auto second = to->logs().beginImport({u"e-2"_s, {1, 3}});
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"busy"_s);
        to->logs().dropImport();
        QVERIFY(to->logs().beginImport({u"e-2"_s, {1, 3}}));
    });
}

PARLOUR_TEST(LogImportTest)
#include "tst_log_import.moc"
