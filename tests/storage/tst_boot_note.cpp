// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "damaged_file.h"
#include "host_file.h"
#include "storage/sqlite_house_store.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
const QByteArray Today = "boot-1";

StoreOptions since(const QByteArray &boot)
{
    StoreOptions options;
    options.boot = boot;
    return options;
}

} // namespace

/// What becomes of a host's rooms as its machine goes down.
class BootNoteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void roomsHaveNewEpochsWhereNumbersMayBeGivenAgain_data();
    void roomsHaveNewEpochsWhereNumbersMayBeGivenAgain();
    void whatWasReadStaysRead();
    void aFullDiskIsNoObstacle();

private:
    QString epochIn(const HostFile &file, const QByteArray &boot);
    /// Three messages, all of them read by somebody.
    void fill(Store &store);

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void BootNoteTest::init()
{
    m_file = std::make_unique<HostFile>();
}

void BootNoteTest::fill(Store &store)
{
    SqliteRoomLog log(store, m_layer);
    for (int n = 1; n <= 3; ++n)
        post(log, utterance(QString::number(n), u"x"_s));
    SqliteHouseStore house(store);
    house.keepRead({u"p-1"_s, u"general"_s, log.position(u"general"_s)});
    bool isKept = false;
    house.close(this, [&] { isKept = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isKept, Patience);
}

void BootNoteTest::roomsHaveNewEpochsWhereNumbersMayBeGivenAgain_data()
{
    QTest::addColumn<bool>("ends");
    QTest::addColumn<QByteArray>("boot");
    QTest::addColumn<bool>("isRenewed");
    QTest::newRow("killed") << false << Today << false;
    QTest::newRow("the machine went down") << false << QByteArray("boot-2") << true;
    QTest::newRow("ended in order, and another start") << true << QByteArray("boot-2") << false;
    QTest::newRow("nobody knows") << false << QByteArray() << false;
}

void BootNoteTest::roomsHaveNewEpochsWhereNumbersMayBeGivenAgain()
{
    QFETCH(bool, ends);
    QFETCH(QByteArray, boot);
    QFETCH(bool, isRenewed);
    auto store = m_file->open(since(Today));
    QVERIFY2(store, qPrintable(m_file->error.message));
    fill(*store);
    const auto copy = killed(*store, *m_file);
    const QString epoch = rowsIn(copy->path(), u"SELECT epoch FROM logs"_s).value(0).value(0);
    store.reset();
    HostFile &file = ends ? *m_file : *copy;
    if (isRenewed)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"as the machine went down"_s));
    store = file.open(since(boot));
    QVERIFY2(store, qPrintable(file.error.message));
    const LogHead head = store->heads().value(u"general"_s);
    QCOMPARE(head.epoch != epoch, isRenewed);
    QCOMPARE(head.range, (LogRange{1, 3}));
    SqliteRoomLog log(*store, m_layer);
    QCOMPARE(post(log, utterance(u"4"_s, u"x"_s)).number, 4);
    QCOMPARE(last(log, 9).messages.constFirst().epoch, head.epoch);
    const auto again = killed(*store, file); // known once
    QCOMPARE(again->open(since(boot))->heads().value(u"general"_s).epoch, head.epoch);
}

void BootNoteTest::whatWasReadStaysRead()
{
    auto store = m_file->open(since(Today));
    fill(*store);
    const auto copy = killed(*store, *m_file);
    // The last one did not get to the disk.
    QVERIFY(OtherProgram(copy->path()).execute(u"DELETE FROM entries WHERE number = 3"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"as the machine went down"_s));
    const auto next = copy->open(since("boot-2"));
    const LogHead head = next->heads().value(u"general"_s);
    QCOMPARE(head.range, (LogRange{1, 2}));
    QCOMPARE(next->memory().reads, (QList<KeptRead>{{u"p-1"_s, u"general"_s, {head.epoch, 2}}}));
}

void BootNoteTest::aFullDiskIsNoObstacle()
{
    (void)m_file->open(since(Today));
    OtherProgram other(m_file->path());
    QVERIFY(other.execute(
        u"CREATE TRIGGER full BEFORE INSERT ON host BEGIN SELECT RAISE(FAIL, 'full'); END"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is in use cannot be noted"_s));
    QVERIFY(m_file->open(since("boot-2")));
}

PARLOUR_TEST(BootNoteTest)
#include "tst_boot_note.moc"
