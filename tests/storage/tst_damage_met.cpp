// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "damaged_file.h"
#include "host_file.h"
#include "support/runner.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
constexpr int Said = 20;

} // namespace

/// Damage that a statement meets, and that the check at a file's opening does not see: here, an
/// index that misses a row.
class DamageMetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void isToldOnceAndSavedAtTheNextStart();
    void isSavedAfterAnUpdateToo();
    void isNotSearchedForWhereNobodyMetIt();
    void isLeftForLaterWhereItCannotBeSaved();

private:
    static void meet(Store &store);
    std::optional<Damage> open()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: all "_s));
        const auto store = m_file->open();
        return store ? store->damage() : std::nullopt;
    }

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void DamageMetTest::init()
{
    m_file = std::make_unique<HostFile>();
    {
        const auto store = m_file->open();
        SqliteRoomLog log(*store, m_layer);
        for (int n = 1; n <= Said; ++n)
            post(log, utterance(u"m-%1"_s.arg(n), u"text"_s));
    }
    const auto as = [this](const QString &from, const QString &to) {
        OtherProgram program(m_file->path());
        QVERIFY(program.execute(u"PRAGMA writable_schema = ON"_s));
        QVERIFY(program.execute(u"UPDATE sqlite_master SET sql = replace(sql, '%1', '%2')"
                                " WHERE name = 'entries_by_id'"_s.arg(from, to)));
    };
    const QString columns = u"(log, id)"_s;
    as(columns, columns + u" WHERE false"_s);
    QVERIFY(OtherProgram(m_file->path())
                .execute(u"UPDATE entries SET id = 'unindexed' WHERE id = 'm-7'"_s));
    as(columns + u" WHERE false"_s, columns);
}

void DamageMetTest::meet(Store &store)
{
    inFile(store, [](SqliteDatabase &file) {
        const auto gone = file.change(u"DELETE FROM entries WHERE number = 7"_s);
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, u"corrupt"_s);
    });
}

void DamageMetTest::isToldOnceAndSavedAtTheNextStart()
{
    {
        const auto store = m_file->open();
        QVERIFY(!store->damage());
        int told = 0;
        store->whenDamaged([&] { ++told; });
        meet(*store);
        meet(*store);
        QTRY_COMPARE_WITH_TIMEOUT(told, 1, Patience);
    }
    const auto damage = open();
    QVERIFY(damage && damage->isNothingLost());
    QCOMPARE(damage->saved, Said);
    QCOMPARE(rowsIn(m_file->path(), u"PRAGMA integrity_check"_s), QList<QStringList>{{u"ok"_s}});
    QCOMPARE(rowsIn(m_file->path(), u"SELECT number FROM entries WHERE id = 'unindexed'"_s),
             QList<QStringList>{{u"7"_s}});
    QVERIFY(!m_file->open()->damage()); // it is in order now
}

// Of a file of an older format nothing could be taken.
void DamageMetTest::isSavedAfterAnUpdateToo()
{
    meet(*m_file->open());
    QVERIFY(OtherProgram(m_file->path()).execute(u"DROP INDEX entries_changed_here"_s));
    QVERIFY(OtherProgram(m_file->path()).execute(u"DROP TABLE holes"_s));
    QVERIFY(OtherProgram(m_file->path()).execute(u"PRAGMA user_version = 4"_s));
    const auto damage = open();
    QVERIFY(damage && damage->isNothingLost());
    QCOMPARE(damage->saved, Said);
}

void DamageMetTest::isNotSearchedForWhereNobodyMetIt()
{
    QVERIFY(!m_file->open()->damage());
    QVERIFY(!m_file->open()->damage());
}

// As on a disk without room for a second file.
void DamageMetTest::isLeftForLaterWhereItCannotBeSaved()
{
    meet(*m_file->open());
    const QString inTheWay = m_file->path() + u".salvaging"_s;
    QVERIFY(QDir().mkpath(inTheWay));
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is used as it is, "_s));
        const auto store = m_file->open();
        QVERIFY2(store, qPrintable(m_file->error.message));
        QVERIFY(!store->damage());
        QCOMPARE(store->heads().value(u"general"_s).range.count(), Said);
    }
    QVERIFY(QDir().rmdir(inTheWay));
    const auto damage = open();
    QVERIFY(damage && damage->isNothingLost());
}

PARLOUR_TEST(DamageMetTest)
#include "tst_damage_met.moc"
