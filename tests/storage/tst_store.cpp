// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "host_file.h"
#include "storage/log_import.h"
#include "storage/migrations.h"
#include "storage/old_copies.h"
#include "support/runner.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

} // namespace

/// A host's file at its opening: whatever is there already.
class StoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_file = std::make_unique<HostFile>(); }

    void nobodyElseMayReadIt();
    void aLongLogGoesIntoTheFile_data();
    void aLongLogGoesIntoTheFile();
    void aDamagedFileIsPutAside_data();
    void aDamagedFileIsPutAside();
    void aSecondDamagedFileGetsAnotherName();
    void refusesAFileOfALaterVersion();
    void refusesAFileThatIsLocked();
    void refusesAFileThatMayNotBeWritten();
    void refusesAFolderThatIsNotThere();
    void bringsAnOldFileToTheNewFormat();
    void removesOldCopiesAfterAWeek_data();
    void removesOldCopiesAfterAWeek();
    void keepsTheNewestDamagedFilesAlone();
    void aRoomThatWentOnIsNotPutBack();
    void aMigrationThatFailsChangesNothing();

private:
    QStringList putAside() const
    {
        const QFileInfo file(m_file->path());
        return file.dir().entryList({file.fileName() + u".corrupt-*"_s});
    }
    /// Does it with the file as a program without migrations would.
    void withFile(const std::function<void(SqliteDatabase &)> &work)
    {
        const auto file = SqliteDatabase::open(m_file->path(), 1s);
        QVERIFY(file);
        work(**file);
    }

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void StoreTest::nobodyElseMayReadIt()
{
    const auto store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    SqliteRoomLog log(*store, m_layer);
    post(log, utterance(u"1"_s, u"x"_s));
    for (const QString &part : {u""_s, u"-wal"_s}) {
        const QFileInfo file(m_file->path() + part);
        QVERIFY(file.exists());
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    }
}

void StoreTest::aLongLogGoesIntoTheFile_data()
{
    QTest::addColumn<int>("megabytes");
    QTest::addColumn<bool>("goesAtOnce");
    QTest::newRow("when nobody waits") << 20 << false;
    QTest::newRow("at once, for it is too long") << 80 << true;
}

void StoreTest::aLongLogGoesIntoTheFile()
{
    QFETCH(int, megabytes);
    QFETCH(bool, goesAtOnce);
    const auto store = m_file->open();
    const qint64 most = qint64(megabytes) * 1000 * 1000;
    const auto isInFile = [&] { return QFileInfo(m_file->path()).size() > most; };
    bool wentAtOnce = false;
    inFile(*store, [&](SqliteDatabase &file) {
        QVERIFY(file.execute(u"CREATE TABLE filling (bytes BLOB)"_s));
        QVERIFY(file.execute(u"INSERT INTO filling VALUES (zeroblob(%1))"_s.arg(most)));
        wentAtOnce = isInFile();
    });
    QCOMPARE(wentAtOnce, goesAtOnce);
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(), 60000);
}

void StoreTest::aDamagedFileIsPutAside_data()
{
    QTest::addColumn<bool>("isInside");
    QTest::newRow("no database at all") << false;
    QTest::newRow("damaged inside") << true;
}

void StoreTest::aDamagedFileIsPutAside()
{
    QFETCH(bool, isInside);
    auto store = m_file->open();
    auto log = std::make_unique<SqliteRoomLog>(*store, m_layer);
    for (int n = 1; n < 300; ++n)
        log->post(utterance(QString::number(n), u"text"_s), this, [](const auto &) {});
    const ChatMessage last = post(*log, utterance(u"300"_s, u"text"_s));
    log.reset();
    store.reset();
    QFile file(m_file->path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(isInside ? 4096 : 0);
    const QByteArray damage(file.size() - file.pos(), 'x');
    file.write(damage);
    file.close();

    QTest::ignoreMessage(
        QtWarningMsg,
        QRegularExpression(isInside
                               ? u"parlour.db was damaged: 0 messages were saved, 0 or more are "
                                 "lost;.*/parlour.db.corrupt-"_s
                               : u"parlour.db is damaged: it was renamed to "
                                 ".*/parlour.db.corrupt-.* and a new one is begun"_s));
    store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    QCOMPARE(putAside().size(), 1);
    QFile old(QFileInfo(m_file->path()).dir().filePath(putAside().constFirst()));
    QVERIFY(old.open(QIODevice::ReadOnly));
    QVERIFY(old.readAll().endsWith(damage));
    log = std::make_unique<SqliteRoomLog>(*store, m_layer);
    QVERIFY(log->position(u"general"_s).epoch != last.epoch);
    QVERIFY(since(*log, {last.epoch, last.number}, 9).isLost);
    QCOMPARE(post(*log, utterance(u"1"_s, u"x"_s)).number, 1);
    log.reset();
}

void StoreTest::aSecondDamagedFileGetsAnotherName()
{
    for (int n = 1; n <= 2; ++n) {
        QFile file(m_file->path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("This is no database at all, however long one looks at it.");
        file.close();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged"_s));
        QVERIFY(m_file->open());
        QCOMPARE(putAside().size(), n);
    }
}

void StoreTest::refusesAFileOfALaterVersion()
{
    QVERIFY(m_file->open());
    withFile([](SqliteDatabase &file) { QVERIFY(file.execute(u"PRAGMA user_version = 99"_s)); });
    QVERIFY(!m_file->open());
    QCOMPARE(m_file->error.code, u"data"_s);
    QVERIFY2(m_file->error.message.startsWith(m_file->path()
                                              + u": was written by a newer version (format 99;"_s),
             qPrintable(m_file->error.message));
    QVERIFY(putAside().isEmpty());
}

void StoreTest::refusesAFileThatIsLocked()
{
    QVERIFY(m_file->open());
    OtherProgram other(m_file->path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    StoreOptions options;
    options.patience = 10ms;
    QVERIFY(!m_file->open(options));
    QVERIFY2(m_file->error.message.startsWith(m_file->path() + u": locked by another program"_s),
             qPrintable(m_file->error.message));
    QVERIFY(other.execute(u"ROLLBACK"_s));
    QVERIFY(m_file->open(options));
}

void StoreTest::refusesAFileThatMayNotBeWritten()
{
    if (geteuid() == 0)
        QSKIP("root may write everything");
    QVERIFY(m_file->open());
    QVERIFY(QFile::setPermissions(m_file->path(), QFileDevice::ReadOwner));
    QVERIFY(!m_file->open());
    QVERIFY2(m_file->error.message.startsWith(m_file->path() + u": cannot be written"_s),
             qPrintable(m_file->error.message));
}

void StoreTest::refusesAFolderThatIsNotThere()
{
    const QString path = m_file->path() + u"/below/parlour.db"_s;
    const auto store = Store::open(path);
    QVERIFY(!store);
    QCOMPARE(store.error().code, u"data"_s);
    QVERIFY2(store.error().message.startsWith(path), qPrintable(store.error().message));
}

void StoreTest::bringsAnOldFileToTheNewFormat()
{
    const QList<Migration> first{{u"CREATE TABLE things (name TEXT)"_s}};
    const QList<Migration> all =
        first + QList<Migration>{{u"ALTER TABLE things ADD COLUMN colour TEXT"_s}};
    withFile([&](SqliteDatabase &file) {
        QVERIFY(migrate(file, first));
        QVERIFY(file.execute(u"INSERT INTO things VALUES ('door')"_s));
        QVERIFY(!QFile::exists(m_file->path() + u".format-0"_s)); // it was empty
        QVERIFY(migrate(file, all));
        QVERIFY(migrate(file, all)); // nothing is left to do
        QCOMPARE(file.value(u"PRAGMA user_version"_s).valueOr({}).toInt(), 2);
        QVERIFY(file.execute(u"UPDATE things SET colour = 'red' WHERE name = 'door'"_s));
    });
    OtherProgram copy(m_file->path() + u".format-1"_s);
    QCOMPARE(copy.value(u"PRAGMA user_version"_s).toInt(), 1);
    QCOMPARE(copy.value(u"SELECT name FROM things"_s).toString(), u"door"_s);
}

void StoreTest::removesOldCopiesAfterAWeek_data()
{
    QTest::addColumn<bool>("isRunning");
    QTest::newRow("at the start") << false;
    QTest::newRow("while the host runs") << true;
}

void StoreTest::removesOldCopiesAfterAWeek()
{
    QFETCH(bool, isRunning);
    const auto then = [](std::chrono::hours age) {
        return QDateTime::currentDateTimeUtc().addDuration(-age);
    };
    const auto make = [this](const QString &ending, const QDateTime &changed) {
        QFile file(m_file->path() + ending);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setFileTime(changed, QFileDevice::FileModificationTime));
    };
    const auto corrupt = [](const QDateTime &date) {
        return u".corrupt-"_s + date.toString(u"yyyyMMdd-HHmmss"_s);
    };
    const QDateTime old = then(CopyLifetime + 1h);
    const QDateTime young = then(CopyLifetime - 1h);
    const QStringList gone{u".format-1"_s, corrupt(old), corrupt(old) + u"-wal"_s,
                           corrupt(old) + u"-2"_s, corrupt(old) + u"-2-shm"_s};
    const QStringList kept{u".format-of-mine"_s, u".corrupt-of-mine"_s,
                           u".corrupt-99999999-000000"_s, corrupt(young),
                           corrupt(young) + u"-wal"_s};
    auto store = isRunning ? m_file->open() : nullptr;
    for (const QString &ending : gone + kept)
        make(ending, old); // a damaged file was put aside long after it was written
    make(u".format-2"_s, young);
    if (!store)
        store = m_file->open();
    const SqliteRoomLog log(*store, m_layer);
    for (const QString &ending : gone)
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(m_file->path() + ending), Patience);
    for (const QString &ending : kept + QStringList{u".format-2"_s})
        QVERIFY2(QFile::exists(m_file->path() + ending), qPrintable(ending));
}

void StoreTest::keepsTheNewestDamagedFilesAlone()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList names;
    for (const int hours : {5, 4, 3, 2, 1}) {
        const QString date = now.addSecs(-hours * 3600).toString(u"yyyyMMdd-HHmmss"_s);
        names.append(m_file->path() + u".corrupt-"_s + date);
        for (const auto &part : {u""_s, u"-wal"_s})
            QVERIFY(QFile(names.constLast() + part).open(QIODevice::WriteOnly));
    }
    QVERIFY(m_file->open());
    QStringList left;
    for (const QString &name : std::as_const(names)) {
        QCOMPARE(QFile::exists(name), QFile::exists(name + u"-wal"_s));
        if (QFile::exists(name))
            left.append(name);
    }
    QCOMPARE(left, names.last(3));
}

void StoreTest::aRoomThatWentOnIsNotPutBack()
{
    ExportHead head;
    head.epoch = u"e-1"_s;
    head.number = 300;
    const auto isRefused = [&head](const QString &epoch, qint64 newest) {
        return whyNotInPlaceOf({epoch, {newest + 1, newest}}, head).has_value();
    };
    QVERIFY(isRefused(u"e-1"_s, 301));
    QVERIFY(!isRefused(u"e-1"_s, 300));
    QVERIFY(!isRefused(u"e-2"_s, 500));
    QVERIFY(!isRefused({}, 0));
}

void StoreTest::aMigrationThatFailsChangesNothing()
{
    const QList<Migration> first{{u"CREATE TABLE things (name TEXT)"_s}};
    const QList<Migration> all = first
        + QList<Migration>{{u"ALTER TABLE things ADD COLUMN colour TEXT"_s},
                           {u"DROP TABLE things"_s, u"INSERT INTO nowhere VALUES (1)"_s}};
    withFile([&](SqliteDatabase &file) {
        QVERIFY(migrate(file, first));
        QVERIFY(file.execute(u"INSERT INTO things VALUES ('door')"_s));
        const auto migrated = migrate(file, all);
        QVERIFY(!migrated);
        QVERIFY2(migrated.error().message.startsWith(m_file->path()),
                 qPrintable(migrated.error().message));
        QCOMPARE(file.value(u"PRAGMA user_version"_s).valueOr({}).toInt(), 1);
        QCOMPARE(file.value(u"SELECT * FROM things"_s).valueOr({}).toString(), u"door"_s);
        QVERIFY(!file.value(u"SELECT colour FROM things"_s));
    });
}

PARLOUR_TEST(StoreTest)
#include "tst_store.moc"
