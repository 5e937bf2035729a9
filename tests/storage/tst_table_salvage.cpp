// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "damaged_file.h"
#include "host_file.h"
#include "storage/migrations.h"
#include "storage/salvage.h"
#include "storage/sqlite_house_store.h"
#include "storage/table_salvage.h"
#include "support/runner.h"
#include "watched_disk.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
constexpr int Said = 1500;
constexpr int Tokens = 1000;
constexpr int Readers = 4000;

/// While it lives, some pages of a file cannot be read from the disk.
class FailingDisk
{
public:
    FailingDisk(
        const QString &path, const QSet<int> &pages, const std::function<void()> &failed = [] {})
        : m_disk(path, [this, pages, failed](int page) {
            if (!pages.contains(page))
                return true;
            ++m_failures;
            failed();
            return false;
        })
    {
    }

    int failures() const { return m_failures; }

private:
    int m_failures = 0;
    WatchedDisk m_disk;
};

/// As people's ids are; those in the middle are much alike.
QString readerOf(int n)
{
    const QByteArray hash =
        QCryptographicHash::hash(QByteArray::number(n), QCryptographicHash::Sha256).toHex();
    const QByteArray front = n % 2 == 0 ? "p-7f0" : "p-";
    return QString::fromLatin1((front + hash).first(18));
}

QString idOf(int n)
{
    return u"message-%1-of-all"_s.arg(n, 4, 10, QChar(u'0'));
}

} // namespace

/// Of a table with several damaged places all is saved that lies between them.
class TableSalvageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void messagesBetweenDamagedPagesAreSaved_data();
    void messagesBetweenDamagedPagesAreSaved();
    void tokensBetweenDamagedPagesAreSaved();
    void whatWasReadIsSavedBetweenDamagedPages_data();
    void whatWasReadIsSavedBetweenDamagedPages();
    void aFailingDiskIsNotAskedTooOften();
    void whatIsStoppedBeginsAgain();

private:
    DamagedFile file() const { return DamagedFile(m_file->path()); }
    QStringList column(const QString &sql) const
    {
        QStringList values;
        for (const QStringList &row : rowsIn(m_file->path(), sql))
            values.append(row.constFirst());
        return values;
    }
    /// Damages these, and opens the file.
    void damageAndOpen(const QSet<int> &pages);

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void TableSalvageTest::init()
{
    m_file = std::make_unique<HostFile>();
    const auto store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    SqliteHouseStore house(*store);
    for (int n = 0; n < Tokens; ++n) {
        const QByteArray token = QByteArray::number(n);
        house.keepToken({QCryptographicHash::hash(token, QCryptographicHash::Sha256),
                         u"p-%1"_s.arg(n, 4, 10, QChar(u'0'))});
    }
    for (int n = 0; n < Readers; ++n)
        house.keepRead({readerOf(n), u"general"_s, {u"0123456789abcdef"_s, n}});
    bool isKept = false;
    house.close(this, [&] { isKept = true; });
    SqliteRoomLog log(*store, m_layer);
    for (int n = 1; n <= Said; ++n)
        log.post(utterance(idOf(n), QString(100, u'.')), this, [](const auto &) {});
    bool isClosed = false;
    log.close(this, [&] { isClosed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isKept && isClosed, Patience);
    // No copies of rows in the gaps of other pages.
    inFile(*store, [](SqliteDatabase &database) { QVERIFY(database.execute(u"VACUUM"_s)); });
}

void TableSalvageTest::damageAndOpen(const QSet<int> &pages)
{
    for (const int page : pages) {
        QVERIFY(page > 1);
        file().damage(page);
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    QVERIFY2(m_file->open(), qPrintable(m_file->error.message));
}

void TableSalvageTest::messagesBetweenDamagedPagesAreSaved_data()
{
    QTest::addColumn<int>("first"); ///< whose pages are damaged: from there
    QTest::addColumn<int>("last"); ///< up to there
    QTest::addColumn<QList<int>>("spared"); ///< but the page of this message is not
    QTest::newRow("one page between two") << 700 << 750 << QList<int>{725};
    QTest::newRow("one page among many") << 500 << 1000 << QList<int>{553};
    QTest::newRow("here and there among many") << 300 << 1300 << QList<int>{380, 500, 740, 1250};
    QTest::newRow("near the end of the damage") << 1 << Said << QList<int>{1400};
}

void TableSalvageTest::messagesBetweenDamagedPagesAreSaved()
{
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(QList<int>, spared);
    QHash<QString, int> pageOf;
    for (int n = 1; n <= Said; ++n)
        pageOf.insert(idOf(n), file().find(DamagedFile::TableLeaf, idOf(n)));
    QSet<int> pages;
    for (int n = first; n <= last; ++n)
        pages.insert(pageOf.value(idOf(n)));
    for (const int n : spared)
        QVERIFY(pages.remove(pageOf.value(idOf(n))));
    QVERIFY(pages.size() >= 2);
    QStringList left;
    for (int n = 1; n <= Said; ++n) {
        if (!pages.contains(pageOf.value(idOf(n))))
            left.append(idOf(n));
    }
    damageAndOpen(pages);
    QCOMPARE(column(u"SELECT id FROM entries ORDER BY number"_s), left);
}

// Their keys tell nothing of how many there are.
void TableSalvageTest::tokensBetweenDamagedPagesAreSaved()
{
    const QStringList people = column(u"SELECT person FROM tokens ORDER BY hash"_s);
    QCOMPARE(people.size(), Tokens);
    QHash<QString, int> pageOf;
    for (const QString &person : people)
        pageOf.insert(person, file().find(DamagedFile::IndexLeaf, person));
    const QSet<int> pages{pageOf.value(people.at(200)), pageOf.value(people.at(500)),
                          pageOf.value(people.at(800))};
    QCOMPARE(pages.size(), 3);
    QStringList left;
    for (const QString &person : people) {
        if (!pages.contains(pageOf.value(person)))
            left.append(person);
    }
    damageAndOpen(pages);
    QCOMPARE(column(u"SELECT person FROM tokens ORDER BY hash"_s), left);
}

void TableSalvageTest::whatWasReadIsSavedBetweenDamagedPages_data()
{
    QTest::addColumn<QSet<int>>("damaged"); ///< pages, as the people are ordered; from the end: -1
    QTest::newRow("here and there") << QSet<int>{3, 10, 20, 22, 24, 26, 50};
    QTest::newRow("the first one as well") << QSet<int>{0, 3, 5, 20, 22, 24, 26, 50};
    QTest::newRow("the last one as well") << QSet<int>{3, 20, 22, 24, 26, -3, -1};
    QTest::newRow("the first and the last one as well") << QSet<int>{0, 2, 20, 22, 24, 26, -3, -1};
}

void TableSalvageTest::whatWasReadIsSavedBetweenDamagedPages()
{
    QFETCH(QSet<int>, damaged);
    QList<int> pages;
    QHash<QString, int> pageOf;
    for (const QString &person : column(u"SELECT person FROM reads ORDER BY person"_s)) {
        const int page = file().find(DamagedFile::IndexLeaf, person);
        if (page > 0 && !pages.contains(page))
            pages.append(page);
        pageOf.insert(person, page); // 0: between two
    }
    QCOMPARE(pageOf.size(), Readers);
    QVERIFY2(pages.size() > 50, qPrintable(QString::number(pages.size())));
    QSet<int> lost;
    for (const int n : std::as_const(damaged))
        lost.insert(pages.at(n < 0 ? pages.size() + n : n));
    damageAndOpen(lost);
    const QStringList saved = column(u"SELECT person FROM reads"_s);
    const QSet<QString> people(saved.begin(), saved.end());
    for (auto person = pageOf.cbegin(); person != pageOf.cend(); ++person) {
        if (*person > 0)
            QVERIFY2(people.contains(person.key()) != lost.contains(*person),
                     qPrintable(u"%1, page %2"_s.arg(person.key()).arg(pages.indexOf(*person))));
    }
}

// Not even where it does not give the last page, so that nothing says where the table ends.
void TableSalvageTest::aFailingDiskIsNotAskedTooOften()
{
    const QSet<int> pages{file().find(DamagedFile::TableLeaf, idOf(700)),
                          file().find(DamagedFile::TableLeaf, idOf(Said))};
    QCOMPARE(pages.size(), 2);
    QStringList left;
    for (int n = 1; n <= Said; ++n) {
        if (!pages.contains(file().find(DamagedFile::TableLeaf, idOf(n))))
            left.append(idOf(n));
    }
    const QString saved = m_file->path() + u".saved"_s;
    {
        const FailingDisk disk(m_file->path(), pages);
        const auto from = SqliteDatabase::openToRead(m_file->path(), 10s);
        const auto to = SqliteDatabase::open(saved, 10s);
        QVERIFY(from && to && migrate(**to));
        const auto whole = TableSalvage(**from, **to).take(u"entries"_s);
        QVERIFY(whole && !*whole);
        QVERIFY2(disk.failures() > 0 && disk.failures() < 500,
                 qPrintable(QString::number(disk.failures())));
    }
    QStringList ids;
    for (const QStringList &row : rowsIn(saved, u"SELECT id FROM entries ORDER BY number"_s))
        ids.append(row.constFirst());
    QCOMPARE(ids, left);
}

// Here, when half of it is done.
void TableSalvageTest::whatIsStoppedBeginsAgain()
{
    const auto contents = [this] {
        QFile opened(m_file->path());
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    };
    const auto before = contents();
    const int page = file().find(DamagedFile::TableLeaf, idOf(700));
    std::stop_source stop;
    {
        const FailingDisk disk(m_file->path(), {page}, [&] { stop.request_stop(); });
        const auto damage = salvage(m_file->path(), 10s, stop.get_token());
        QVERIFY(!damage);
        QCOMPARE(damage.error().code, u"stopped"_s);
        QCOMPARE(disk.failures(), 1);
    }
    const QFileInfo info(m_file->path());
    QCOMPARE(info.dir().entryList({info.fileName() + u".*"_s}), QStringList());
    QVERIFY(contents() == before);
    damageAndOpen({page});
    QVERIFY(column(u"SELECT id FROM entries"_s).size() > Said / 2);
}

PARLOUR_TEST(TableSalvageTest)
#include "tst_table_salvage.moc"
