// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "damaged_file.h"
#include "host_file.h"
#include "storage/migrations.h"
#include "support/runner.h"
#include "watched_disk.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <stop_token>
#include <thread>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
constexpr int Said = 6000; ///< in more pages than SQLite keeps in memory
constexpr int Stops = 20; ///< so often an opening is stopped, each time a bit later
constexpr int MostReads = 20; ///< pages that are read of the file once it is to stop

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Whoever quits does not wait for the opening of a file, however large it is and whatever is done
/// with it; and it costs the file nothing.
class StoppedOpeningTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void readsNoFurther_data();
    void readsNoFurther();

private:
    /// What is there beside the file.
    QStringList others() const
    {
        const QFileInfo file(m_file->path());
        QStringList names = file.dir().entryList({file.fileName() + u"*"_s});
        names.removeAll(file.fileName());
        return names;
    }
    /// The file alone, with this in it.
    void put(const QByteArray &bytes) const
    {
        for (const QString &name : others())
            QVERIFY(QFile::remove(QFileInfo(m_file->path()).dir().filePath(name)));
        QFile file(m_file->path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    struct Opening {
        int reads = 0; ///< pages
        bool isOpen = false;
    };
    /// Another thread wants it to stop in the midst of this read; 0: none does.
    Opening openAndStop(int read) const
    {
        Opening opening;
        StoreOptions options;
        std::stop_source stop;
        options.stop = stop.get_token();
        const WatchedDisk disk(m_file->path(), [&](int) {
            if (++opening.reads == read)
                std::thread([&stop] { stop.request_stop(); }).join();
            return true;
        });
        opening.isOpen = bool(m_file->open(options));
        return opening;
    }

    QByteArray m_inOrder; ///< a file
    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void StoppedOpeningTest::initTestCase()
{
    HostFile file;
    const auto store = file.open();
    QVERIFY2(store, qPrintable(file.error.message));
    SqliteRoomLog log(*store, m_layer);
    for (int n = 1; n <= Said; ++n)
        log.post(utterance(u"id-%1"_s.arg(n), u"text %1 "_s.arg(n) + QString(400, u'.')), this,
                 [](const auto &) {});
    bool isClosed = false;
    log.close(this, [&] { isClosed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isClosed, Patience);
    inFile(*store, [](SqliteDatabase &database) {
        QVERIFY(database.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    });
    m_inOrder = contentsOf(file.path());
    QVERIFY(m_inOrder.size() / DamagedFile::PageSize > 500);
}

void StoppedOpeningTest::readsNoFurther_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("of a file in order") << false << false;
    QTest::newRow("of one that is brought to a new format") << true << false;
    QTest::newRow("of a damaged one") << false << true;
}

void StoppedOpeningTest::readsNoFurther()
{
    QFETCH(bool, isOld);
    QFETCH(bool, isDamaged);
    m_file = std::make_unique<HostFile>();
    put(m_inOrder);
    if (isOld) {
        OtherProgram other(m_file->path());
        QVERIFY(other.execute(u"PRAGMA user_version = %1"_s.arg(migrations().size() - 1)));
    }
    if (isDamaged) {
        const DamagedFile file(m_file->path());
        file.damage(file.rootOf(u"entries_by_id"_s));
    }
    const QByteArray before = contentsOf(m_file->path());
    const auto expectWords = [&] {
        if (isDamaged)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was damaged: all of it was"_s));
    };
    expectWords();
    const Opening whole = openAndStop(0);
    QVERIFY2(whole.isOpen, qPrintable(m_file->error.message));

    for (int stop = 0; stop < Stops; ++stop) {
        put(before);
        const int read = 1 + whole.reads * stop / Stops;
        const auto words = u"at read %1 of %2"_s.arg(read).arg(whole.reads);
        expectWords(); // at the one or the other opening
        const Opening stopped = openAndStop(read);
        QVERIFY2(!stopped.isOpen && m_file->error.message.contains("was not waited for"_L1),
                 qPrintable(words));
        QVERIFY2(stopped.reads - read <= MostReads,
                 qPrintable(words + u": %1 more"_s.arg(stopped.reads - read)));
        const QStringList damaged = others().filter(QRegularExpression(u"corrupt|damaged"_s));
        QVERIFY2(isDamaged || damaged.isEmpty(), qPrintable(words + damaged.join(u' ')));
        QVERIFY2(isOld || !damaged.isEmpty() || contentsOf(m_file->path()) == before,
                 qPrintable(words));

        const auto store = m_file->open();
        QVERIFY2(store, qPrintable(words + m_file->error.message));
        QCOMPARE(store->heads().value(u"general"_s).range.count(), Said);
        QCOMPARE(store->damage().has_value(), isDamaged && damaged.isEmpty());
    }
}

PARLOUR_TEST(StoppedOpeningTest)
#include "tst_stopped_opening.moc"
