// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"
#include "damaged_file.h"
#include "host_file.h"
#include "storage/sqlite_house_store.h"
#include "support/runner.h"

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
constexpr int SaidInGeneral = 2000;
constexpr int SaidInAttic = 100;
constexpr int AtticIds = 5000;
constexpr int Tokens = 500;

QString messageId(int n)
{
    return u"m-%1"_s.arg(n, 4, 10, QChar(u'0'));
}

QByteArray tokenHash(int n)
{
    return u"hash-%1-of-a-token"_s.arg(n, 4, 10, QChar(u'0')).toUtf8();
}

const QString generalEntries =
    u"SELECT number, kind, id, target, text FROM entries JOIN logs ON log = logs.key"
    " WHERE room = 'general' ORDER BY number"_s;
const QString atticEntries = u"SELECT logs.*, entries.* FROM entries JOIN logs ON log = logs.key"
                             " WHERE room = 'attic' ORDER BY number"_s;
const QString generalLog =
    u"SELECT epoch, oldest, newest, messages FROM logs WHERE room = 'general'"_s;
const QStringList allTables{u"host"_s,      u"rooms"_s, u"tokens"_s,  u"reads"_s,
                            u"forgotten"_s, u"logs"_s,  u"entries"_s, u"holes"_s};

/// What a log with gaps becomes.
QList<QStringList> renumbered(const QList<QStringList> &entries, const QSet<QString> &lost)
{
    QHash<QString, QString> numbers;
    QList<QStringList> left;
    for (const QStringList &entry : entries) {
        const QString target = entry.at(3);
        if (lost.contains(entry.at(2)) || (!target.isEmpty() && !numbers.contains(target)))
            continue;
        const QString number = QString::number(left.size() + 1);
        numbers.insert(entry.at(0), number);
        left.append({number, entry.at(1), entry.at(2), numbers.value(target), entry.at(4)});
    }
    return left;
}

qint64 messagesIn(const QList<QStringList> &entries)
{
    return std::count_if(entries.begin(), entries.end(),
                         [](const QStringList &entry) { return entry.at(1) == u"0"_s; });
}

} // namespace

/// What is left of a host's file of which a part is damaged.
class SalvageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void damagedIndexesCostNothing_data();
    void damagedIndexesCostNothing();
    void whatCannotBeReadIsAGap_data();
    void whatCannotBeReadIsAGap();
    void peopleAreToldOfTheGap();
    void aDamagedPageOfTokensCostsThese();
    void damagedRoomsAreThoseThatHaveALog();
    void logsWithoutTheirRowsBeginAnew();
    void keysOfLogsAreNotGivenAgain();
    void aFileOfAnOlderFormatIsPutAside();
    void aFileThatCannotBeMadeCostsNothing();
    void whatWasInterruptedIsFinished_data();
    void whatWasInterruptedIsFinished();

private:
    DamagedFile file() const { return DamagedFile(m_file->path()); }
    QList<QStringList> rows(const QString &sql) const { return rowsIn(m_file->path(), sql); }
    QStringList putAside() const
    {
        const QFileInfo file(m_file->path());
        return file.dir().entryList({file.fileName() + u".corrupt-*"_s});
    }
    void fill();
    /// Opens it, and tells what had happened.
    std::optional<Damage> open()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
        const auto store = m_file->open();
        return store ? store->damage() : std::nullopt;
    }

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void SalvageTest::init()
{
    m_file = std::make_unique<HostFile>();
    fill();
}

/// The tokens first, so that they are at the beginning of the file.
void SalvageTest::fill()
{
    const auto store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    SqliteHouseStore house(*store);
    house.keepRoom({u"general"_s, u"All of us"_s, u"p-1"_s, true});
    house.keepRoom({u"attic"_s, u"Old things"_s, u"p-2"_s, true});
    house.keepRoom({u"empty"_s, u"Nobody yet"_s, u"p-3"_s, true});
    for (int n = 1; n <= Tokens; ++n)
        house.keepToken({tokenHash(n), u"p-%1"_s.arg(n)});
    SqliteRoomLog log(*store, m_layer);
    house.keepRead({u"p-1"_s, u"general"_s, {log.position(u"general"_s).epoch, 1500}});
    house.keepRead({u"p-1"_s, u"attic"_s, {log.position(u"attic"_s).epoch, 50}});
    house.keepHole({u"0123456789abcdef"_s, u"general"_s, messageId(7), 1000, 1000});
    bool isKept = false;
    house.close(this, [&] { isKept = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isKept, Patience);

    const auto react = [&](int n) {
        Change change{u"general"_s, u"r-%1"_s.arg(n), messageId(n), {u"p-2"_s, u"Bo"_s}};
        change.kind = Change::Kind::React;
        change.emoji = u"👍"_s;
        log.change(change, this, [](const auto &) {});
    };
    for (int n = 1; n <= SaidInGeneral; ++n) {
        log.post(utterance(messageId(n), u"text %1 "_s.arg(n) + QString(100, u'.')), this,
                 [](const auto &) {});
        if (n % 100 == 0)
            react(n / 2); // there for long
    }
    for (int n = 1; n <= SaidInAttic; ++n)
        log.post(utterance(messageId(AtticIds + n), u"old"_s, u"attic"_s), this,
                 [](const auto &) {});
    bool isClosed = false;
    log.close(this, [&] { isClosed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isClosed, Patience);
    // No copies of rows in the gaps of other pages.
    inFile(*store, [](SqliteDatabase &database) { QVERIFY(database.execute(u"VACUUM"_s)); });
}

void SalvageTest::damagedIndexesCostNothing_data()
{
    QTest::addColumn<QString>("index");
    for (const auto &index : {u"entries_by_id"_s, u"entries_by_number"_s, u"entries_by_target"_s,
                              u"sqlite_autoindex_logs_1"_s})
        QTest::newRow(qPrintable(u"the first page of "_s + index)) << index;
    QTest::newRow("a page of ids") << QString();
}

void SalvageTest::damagedIndexesCostNothing()
{
    QFETCH(QString, index);
    QList<QList<QStringList>> before;
    for (const QString &table : allTables)
        before.append(rows(u"SELECT * FROM "_s + table));
    const int page = index.isEmpty() ? file().find(DamagedFile::IndexLeaf, messageId(1000))
                                     : file().rootOf(index);
    QVERIFY(page > 1);
    file().damage(page);

    const auto damage = open();
    QVERIFY(damage);
    QVERIFY(damage->isNothingLost());
    QCOMPARE(damage->saved, SaidInGeneral + SaidInAttic);
    QCOMPARE(putAside(), QStringList{QFileInfo(damage->putAside).fileName()});
    for (int i = 0; i < before.size(); ++i)
        QVERIFY2(rows(u"SELECT * FROM "_s + allTables.at(i)) == before.at(i),
                 qPrintable(allTables.at(i)));
    QVERIFY(!m_file->open()->damage()); // it is in order now
}

void SalvageTest::whatCannotBeReadIsAGap_data()
{
    QTest::addColumn<QList<int>>("messages"); ///< whose pages are damaged
    QTest::addColumn<bool>("isRoot");
    QTest::addColumn<bool>("isCut");
    QTest::newRow("a page in the middle") << QList<int>{700} << false << false;
    QTest::newRow("the first page of messages") << QList<int>{1} << false << false;
    QTest::newRow("the last page of the room") << QList<int>{1990} << false << false;
    QTest::newRow("pages here and there") << QList<int>{200, 700, 1800} << false << false;
    QTest::newRow("a page of messages with reactions") << QList<int>{50, 500} << false << false;
    QTest::newRow("the page above all entries") << QList<int>{} << true << false;
    QTest::newRow("the end of the file") << QList<int>{} << false << true;
}

void SalvageTest::whatCannotBeReadIsAGap()
{
    QFETCH(QList<int>, messages);
    QFETCH(bool, isRoot);
    QFETCH(bool, isCut);
    const DamagedFile file(m_file->path());
    const auto before = rows(generalEntries);
    const auto attic = rows(atticEntries);
    const auto log = rows(generalLog).constFirst();
    QCOMPARE(messagesIn(before), SaidInGeneral);
    QSet<int> pages;
    for (const int n : messages)
        pages.insert(file.find(DamagedFile::TableLeaf, messageId(n)));
    QVERIFY(!pages.contains(0));
    if (isRoot)
        pages.insert(file.rootOf(u"entries"_s));
    for (int page = file.size() * 3 / 4; isCut && page <= file.size(); ++page)
        pages.insert(page);
    QSet<QString> lost;
    bool isAtticLost = isRoot;
    for (const QStringList &entry : before) {
        if (isRoot || pages.contains(file.find(DamagedFile::TableLeaf, entry.at(2))))
            lost.insert(entry.at(2));
    }
    for (int n = 1; n <= SaidInAttic; ++n)
        isAtticLost |= pages.contains(file.find(DamagedFile::TableLeaf, messageId(AtticIds + n)));
    if (isCut)
        file.cutAt(file.size() * 3 / 4);
    else
        for (const int page : std::as_const(pages))
            file.damage(page);

    const auto damage = open();
    QVERIFY2(damage, qPrintable(m_file->error.message));
    const auto expected = renumbered(before, lost);
    QCOMPARE(rows(generalEntries), expected);
    const QStringList now = rows(generalLog).constFirst();
    QVERIFY(now.constFirst() != log.constFirst());
    QCOMPARE(now.mid(1),
             (QStringList{u"1"_s, QString::number(expected.size()),
                          QString::number(messagesIn(expected))}));
    if (!isAtticLost)
        QCOMPARE(rows(atticEntries), attic);
    QVERIFY(damage->isLostKnown && damage->isHouseWhole && !damage->isNothingLost());
    QCOMPARE(damage->roomsWithGaps, isAtticLost ? 2 : 1);
    QCOMPARE(damage->saved + damage->lost, SaidInGeneral + SaidInAttic);
    QCOMPARE(rows(u"SELECT * FROM tokens"_s).size(), Tokens);
    QCOMPARE(rows(u"SELECT * FROM rooms"_s).size(), 3);
    // What was read is read still.
    const auto read = renumbered(before.mid(0, 1500), lost).size();
    QCOMPARE(rows(u"SELECT epoch, number FROM reads WHERE room = 'general'"_s).constFirst(),
             (QStringList{now.constFirst(), QString::number(read)}));
}

void SalvageTest::peopleAreToldOfTheGap()
{
    const QString epoch = rows(generalLog).constFirst().constFirst();
    file().damage(file().find(DamagedFile::TableLeaf, messageId(700)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"rooms with gaps: 1"_s));
    const auto store = m_file->open();
    SqliteRoomLog log(*store, m_layer);
    const auto missed = since(log, {epoch, 1990}, 9);
    QVERIFY(missed.isLost);
    QCOMPARE(missed.messages.size(), 9);
    QCOMPARE(missed.messages.constLast().id, messageId(SaidInGeneral));
    QVERIFY(missed.messages.constLast().epoch != epoch);
    const auto newest = log.position(u"general"_s).number;
    QCOMPARE(post(log, utterance(u"new"_s, u"x"_s)).number, newest + 1);
}

void SalvageTest::aDamagedPageOfTokensCostsThese()
{
    const DamagedFile file(m_file->path());
    const auto entries = rows(u"SELECT * FROM entries"_s);
    const int page = file.find(DamagedFile::IndexLeaf, QString::fromUtf8(tokenHash(250)));
    QStringList left;
    for (int n = 1; n <= Tokens; ++n) {
        const QString hash = QString::fromUtf8(tokenHash(n));
        if (file.find(DamagedFile::IndexLeaf, hash) != page)
            left.append(hash);
    }
    QVERIFY(left.size() > Tokens / 2 && left.size() < Tokens);
    file.damage(page);
    const auto damage = open();
    QVERIFY(damage && !damage->isHouseWhole && damage->lost == 0 && damage->roomsWithGaps == 0);
    QStringList found;
    for (const QStringList &row : rows(u"SELECT CAST(hash AS TEXT) FROM tokens ORDER BY hash"_s))
        found.append(row.constFirst());
    QCOMPARE(found, left);
    QVERIFY(rows(u"SELECT * FROM entries"_s) == entries);
}

void SalvageTest::damagedRoomsAreThoseThatHaveALog()
{
    const auto entries = rows(u"SELECT * FROM entries"_s);
    const auto logs = rows(u"SELECT * FROM logs"_s);
    file().damage(file().rootOf(u"rooms"_s));
    QTest::ignoreMessage(
        QtWarningMsg,
        QRegularExpression(u"what people have read or what other hosts owe is lost"_s));
    const auto store = m_file->open();
    QVERIFY(!store->damage()->isHouseWhole);
    QStringList titles;
    for (const KeptRoom &room : store->memory().rooms)
        titles.append(room.title);
    titles.sort();
    QCOMPARE(titles, (QStringList{u"attic"_s, u"general"_s}));
    QCOMPARE(store->memory().tokens.size(), Tokens);
    QVERIFY(rows(u"SELECT * FROM entries"_s) == entries);
    QVERIFY(rows(u"SELECT * FROM logs"_s) == logs);
}

void SalvageTest::logsWithoutTheirRowsBeginAnew()
{
    const auto entries = rows(generalEntries);
    const QString epoch = rows(generalLog).constFirst().constFirst();
    file().damage(file().rootOf(u"logs"_s));
    const auto damage = open();
    QVERIFY(damage && !damage->isLostKnown);
    QCOMPARE(damage->saved, SaidInGeneral + SaidInAttic);
    QCOMPARE(damage->lost, 0);
    QCOMPARE(damage->roomsWithGaps, 2);
    QCOMPARE(rows(generalEntries), entries);
    QVERIFY(rows(generalLog).constFirst().constFirst() != epoch);
    QCOMPARE(rows(generalLog).constFirst().constLast(), QString::number(SaidInGeneral));
}

// Neither the row nor the name: what was said there is no room's.
void SalvageTest::keysOfLogsAreNotGivenAgain()
{
    file().damage(file().rootOf(u"sqlite_autoindex_logs_1"_s));
    file().damage(file().rootOf(u"logs"_s));
    const auto damage = open();
    QVERIFY(damage && !damage->isLostKnown);
    QCOMPARE(damage->saved, 0);
    QCOMPARE(damage->lost, SaidInGeneral + SaidInAttic);
    QCOMPARE(rows(u"SELECT log FROM forgotten"_s).size(), 2);
    const auto store = m_file->open();
    SqliteRoomLog log(*store, m_layer);
    QCOMPARE(post(log, utterance(u"new"_s, u"x"_s)).number, 1);
    QCOMPARE(rows(u"SELECT key FROM logs"_s), QList<QStringList>{{u"3"_s}});
}

void SalvageTest::aFileOfAnOlderFormatIsPutAside()
{
    file().damage(file().find(DamagedFile::TableLeaf, messageId(700)));
    QVERIFY(OtherProgram(m_file->path()).execute(u"PRAGMA user_version = 1"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"nothing of it is taken over"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"it was renamed to"_s));
    const auto store = m_file->open();
    QVERIFY2(store, qPrintable(m_file->error.message));
    QVERIFY(!store->damage()->isNothingLost());
    QVERIFY(store->heads().isEmpty());
    QCOMPARE(putAside().size(), 1);
}

void SalvageTest::aFileThatCannotBeMadeCostsNothing()
{
    file().damage(file().find(DamagedFile::TableLeaf, messageId(700)));
    const QString inTheWay = m_file->path() + u".salvaging"_s;
    QVERIFY(QDir().mkpath(inTheWay));
    QVERIFY(!m_file->open());
    QVERIFY2(m_file->error.message.startsWith(inTheWay), qPrintable(m_file->error.message));
    QVERIFY(putAside().isEmpty());
    QVERIFY(QDir().rmdir(inTheWay));
    const auto damage = open();
    QVERIFY(damage && damage->saved > SaidInGeneral);
}

void SalvageTest::whatWasInterruptedIsFinished_data()
{
    QTest::addColumn<bool>("isPutAside");
    QTest::newRow("before the damaged file was put aside") << false;
    QTest::newRow("after that") << true;
}

void SalvageTest::whatWasInterruptedIsFinished()
{
    QFETCH(bool, isPutAside);
    const auto entries = rows(u"SELECT * FROM entries"_s);
    QVERIFY(QFile::copy(m_file->path(), m_file->path() + u".salvaged"_s));
    file().damage(file().find(DamagedFile::TableLeaf, messageId(700)));
    if (!isPutAside) {
        QVERIFY(open()->lost > 0);
        QVERIFY(!QFile::exists(m_file->path() + u".salvaged"_s));
        return;
    }
    QVERIFY(QFile::rename(m_file->path(), m_file->path() + u".corrupt-1"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"what could be saved of it is used"_s));
    QVERIFY(m_file->open());
    QVERIFY(rows(u"SELECT * FROM entries"_s) == entries);
}

PARLOUR_TEST(SalvageTest)
#include "tst_salvage.moc"
