// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/post_journal.h"
#include "support/runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::storage;

/// What is told ahead of its being written, in the file that it is kept in until then.
class PostJournalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void whatIsKeptIsLeft();
    void whatIsWrittenIsNotLeft();
    void whatComesMeanwhileIsLeft();
    void aTextThatIsWrittenIsGone();
    void itTakesNoMoreThanItHasPlaceFor();
    void oneHalfIsFilledWhileTheOtherIsWritten();
    void ofADamagedOneIsLeftWhatIsWhole_data();
    void ofADamagedOneIsLeftWhatIsWhole();
    void oneThatEndsInTheMiddleIsRead();
    void aHeadThatIsDamagedIsNoNewerVersion();
    void oneOfANewerVersionIsLeftAlone();
    void whatCannotBeWrittenStaysAlone();
    void aHalfThatCannotBeEmptiedTakesNothing();
    void whatRefersToOthersIsNotForIt();
    void whereThereIsNoneNothingIsLeft();
    void nobodyElseMayReadIt();
    void whereItCannotBeItSaysWhy();

private:
    QString path() const { return m_folder->filePath(u"parlour.db"_s); }
    QString name() const { return path() + u"-told"_s; }
    std::unique_ptr<PostJournal> begin(qint64 halfSize = PostJournal::HalfSize) const;
    QByteArray bytes() const;
    QStringList left() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

LogBatch::Entry entry(qint64 number, const QString &text = u"x"_s)
{
    chat::Utterance said{u"general"_s, QString::number(number), {u"p-1"_s, u"Ann"_s}, text, {}};
    said.json = '"' + text.toUtf8() + '"';
    said.origin = u"5f0c2a"_s;
    said.time = 1000 + number;
    return {said, u"e-1"_s, number};
}

const chat::Utterance &saidIn(const LogBatch::Entry &entry)
{
    return std::get<chat::Utterance>(entry.content);
}

/// While it lives no file is written beyond so many bytes.
class FileLimit
{
public:
    explicit FileLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FileLimit(const FileLimit &) = delete;
    FileLimit &operator=(const FileLimit &) = delete;

private:
    rlimit m_before{};
};

} // namespace

void PostJournalTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<PostJournal> PostJournalTest::begin(qint64 halfSize) const
{
    auto journal = PostJournal::begin(path(), halfSize);
    return journal ? std::move(*journal) : nullptr;
}

QByteArray PostJournalTest::bytes() const
{
    QFile file(name());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The ids of what is.
QStringList PostJournalTest::left() const
{
    QStringList ids;
    for (const LogBatch::Entry &entry : PostJournal::left(path()).valueOr({}).entries)
        ids.append(saidIn(entry).id);
    return ids;
}

void PostJournalTest::whatIsKeptIsLeft()
{
    const auto journal = begin();
    QVERIFY(journal->isEmpty());
    QVERIFY(journal->append(entry(1, u"ёжик \U0001F44B"_s + QChar(0))));
    QVERIFY(journal->append(entry(2, {})));
    QVERIFY(!journal->isEmpty());
    const auto left = PostJournal::left(path()).valueOr({}).entries;
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.at(0).epoch, u"e-1"_s);
    QCOMPARE(left.at(0).number, 1);
    const chat::Utterance &said = saidIn(left.at(0));
    QCOMPARE(said.room, u"general"_s);
    QCOMPARE(said.id, u"1"_s);
    QCOMPARE(said.sender.id, u"p-1"_s);
    QCOMPARE(said.sender.name, u"Ann"_s);
    QCOMPARE(said.text, u"ёжик \U0001F44B"_s + QChar(0));
    QCOMPARE(said.json, saidIn(entry(1, said.text)).json);
    QCOMPARE(said.origin, u"5f0c2a"_s);
    QCOMPARE(said.time, 1001);
    QCOMPARE(left.at(1).number, 2);
}

void PostJournalTest::whatIsWrittenIsNotLeft()
{
    const auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    journal->written(journal->handOver());
    QVERIFY(journal->isEmpty());
    QCOMPARE(left(), QStringList());
    QVERIFY(journal->append(entry(2)));
    QCOMPARE(left(), QStringList{u"2"_s});
}

void PostJournalTest::whatComesMeanwhileIsLeft()
{
    const auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    const auto first = journal->handOver();
    QVERIFY(journal->append(entry(2)));
    const auto second = journal->handOver(); // while both halves are on their way
    QVERIFY(journal->append(entry(3)));
    QCOMPARE(left(), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    journal->written(first);
    QCOMPARE(left(), (QStringList{u"2"_s, u"3"_s}));
    journal->written(second);
    QVERIFY2(left().contains(u"3"_s), "it was not handed over");
    journal->written(journal->handOver());
    QCOMPARE(left(), QStringList());
}

void PostJournalTest::aTextThatIsWrittenIsGone()
{
    const auto journal = begin();
    QVERIFY(journal->append(entry(1, u"a secret"_s)));
    QVERIFY(bytes().contains("a secret"));
    journal->written(journal->handOver());
    const QByteArray halves = bytes().mid(64);
    QCOMPARE(halves.count('\0'), halves.size());
}

void PostJournalTest::itTakesNoMoreThanItHasPlaceFor()
{
    const auto journal = begin(4096);
    const auto size = bytes().size();
    int taken = 0;
    while (journal->append(entry(taken + 1, u"so many words"_s)))
        ++taken;
    QVERIFY(taken > 5);
    QVERIFY(!journal->append(entry(99, QString(4096, u'x'))));
    QCOMPARE(left().size(), taken);
    QCOMPARE(bytes().size(), size);
    journal->written(journal->handOver());
    QVERIFY(journal->append(entry(100)));
    QCOMPARE(left(), QStringList{u"100"_s});
}

void PostJournalTest::oneHalfIsFilledWhileTheOtherIsWritten()
{
    const auto journal = begin(4096);
    const auto fill = [&](int from) {
        int count = 0;
        while (journal->append(entry(from + count, u"so many words"_s)))
            ++count;
        return count;
    };
    const int first = fill(1);
    const auto sequence = journal->handOver();
    const int second = fill(first + 1);
    QCOMPARE(second, first);
    QCOMPARE(left().size(), first + second);
    journal->handOver(); // there is no half that is free
    QCOMPARE(fill(900), 0);
    journal->written(sequence);
    journal->handOver();
    const int third = fill(first + second + 1);
    QVERIFY(third > 0);
    const QStringList ids = left(); // the half that comes first in the file was filled last
    QCOMPARE(ids.size(), second + third);
    QCOMPARE(ids.constFirst(), QString::number(first + 1));
    QCOMPARE(ids.constLast(), QString::number(first + second + third));
}

void PostJournalTest::oneThatEndsInTheMiddleIsRead()
{
    auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    QVERIFY(journal->append(entry(2)));
    journal.reset();
    QVERIFY(QFile::resize(name(), 64 + 160));
    QCOMPARE(left(), QStringList{u"1"_s});
}

void PostJournalTest::aHeadThatIsDamagedIsNoNewerVersion()
{
    auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    journal.reset();
    QFile file(name());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("xxxx");
    file.close();
    const auto left = PostJournal::left(path());
    QVERIFY(left);
    QVERIFY(left->isDamaged);
}

void PostJournalTest::whatCannotBeWrittenStaysAlone()
{
    const auto journal = begin();
    const auto inRoom = [](qint64 number, const QString &room, const QString &text) {
        LogBatch::Entry made = entry(number, text);
        std::get<chat::Utterance>(made.content).room = room;
        return made;
    };
    QVERIFY(journal->append(inRoom(1, u"attic"_s, u"a secret"_s)));
    QVERIFY(journal->append(inRoom(2, u"general"_s, u"stays"_s)));
    const auto sequence = journal->handOver();
    QVERIFY(journal->append(inRoom(3, u"attic"_s, u"comes"_s)));
    journal->written(sequence, {u"general"_s});
    QCOMPARE(left(), (QStringList{u"2"_s, u"3"_s}));
    QVERIFY(!bytes().contains("a secret"));
    QVERIFY(bytes().contains("stays"));
    journal->written(sequence, {u"general"_s}); // again
    QCOMPARE(left(), (QStringList{u"2"_s, u"3"_s}));
    journal->written(journal->handOver());
    QVERIFY(journal->isEmpty());
    QCOMPARE(left(), QStringList());
}

// Behind zeros at its beginning nothing would be found.
void PostJournalTest::aHalfThatCannotBeEmptiedTakesNothing()
{
    const auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    journal->handOver();
    QVERIFY(journal->append(entry(2)));
    const auto sequence = journal->handOver(); // there is no half to go on with
    {
        const FileLimit limit(64 + 30); // so that the first one's zeros are written in part
        journal->written(sequence);
    }
    QVERIFY(!journal->isEmpty());
    QVERIFY(!journal->append(entry(3)));
    journal->written(sequence);
    QVERIFY(journal->isEmpty());
    QVERIFY(journal->append(entry(4)));
    QCOMPARE(left(), QStringList{u"4"_s});
}

void PostJournalTest::whatRefersToOthersIsNotForIt()
{
    QVERIFY(PostJournal::isFor(entry(1).content));
    chat::Utterance reply = saidIn(entry(1));
    reply.reply = u"0"_s;
    QVERIFY(!PostJournal::isFor(reply));
    QVERIFY(!PostJournal::isFor(chat::Change{}));
}

void PostJournalTest::ofADamagedOneIsLeftWhatIsWhole_data()
{
    QTest::addColumn<int>("damaged"); ///< the byte, from the beginning of the half
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("a size") << 0 << QStringList();
    QTest::newRow("a huge size") << 6 << QStringList();
    QTest::newRow("a sum") << 8 << QStringList();
    QTest::newRow("a sequence") << 16 << QStringList();
    QTest::newRow("a text") << 40 << QStringList();
    QTest::newRow("the text of the second") << 160 << QStringList{u"1"_s};
    QTest::newRow("behind all of them") << 1000 << QStringList{u"1"_s, u"2"_s};
}

void PostJournalTest::ofADamagedOneIsLeftWhatIsWhole()
{
    QFETCH(int, damaged);
    QFETCH(QStringList, ids);
    const auto journal = begin();
    QVERIFY(journal->append(entry(1)));
    QVERIFY(journal->append(entry(2)));
    QFile file(name());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(64 + damaged));
    file.write("\x7f");
    file.close();
    QCOMPARE(left(), ids);
}

void PostJournalTest::oneOfANewerVersionIsLeftAlone()
{
    QFile file(name());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("parlour told 2\n" + QByteArray(1000, 'x'));
    file.close();
    const auto left = PostJournal::left(path());
    QVERIFY(!left);
    QCOMPARE(left.error().code, u"too_new"_s);
    QVERIFY2(left.error().message.contains(name()), qPrintable(left.error().message));
}

void PostJournalTest::whereThereIsNoneNothingIsLeft()
{
    QVERIFY(PostJournal::left(path()));
    QCOMPARE(left(), QStringList());
    QFile file(name());
    QVERIFY(file.open(QIODevice::WriteOnly)); // it was only begun
    QVERIFY(PostJournal::left(path()));
}

void PostJournalTest::nobodyElseMayReadIt()
{
    const auto journal = begin();
    QCOMPARE(QFile::permissions(name()) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void PostJournalTest::whereItCannotBeItSaysWhy()
{
    const auto journal = PostJournal::begin(m_folder->filePath(u"none/parlour.db"_s));
    QVERIFY(!journal);
    QCOMPARE(journal.error().code, u"data"_s);
    QVERIFY2(journal.error().message.contains(u"none/parlour.db-told: cannot be opened"_s),
             qPrintable(journal.error().message));
}

PARLOUR_TEST(PostJournalTest)
#include "tst_post_journal.moc"
