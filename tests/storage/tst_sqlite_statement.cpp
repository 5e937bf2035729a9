// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "sqlite/connection.h"
#include "support/runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <sqlite3.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using parlour::sqlite::Connection;
using parlour::sqlite::Statement;
using parlour::sqlite::Value;

class SqliteStatementTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_connection.isOpen()); }
    void readsWhatItWasGiven_data();
    void readsWhatItWasGiven();
    void keepsItsValuesWhileOthersAreBound();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void opensNoFileToReadThatIsNotThere();

private:
    QTemporaryDir m_folder;
    Connection m_connection{m_folder.filePath(u"file.db"_s), Connection::Access::Write, 1s};
};

void SqliteStatementTest::readsWhatItWasGiven_data()
{
    QTest::addColumn<Value>("given");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariant>("read");
    QTest::newRow("a text") << Value(u"plain"_s) << u"text"_s << QVariant(u"plain"_s);
    QTest::newRow("letters of all sizes") << Value(u"a\u00e9\u20ac\U0001F600"_s) << u"text"_s
                                          << QVariant(u"a\u00e9\u20ac\U0001F600"_s);
    QTest::newRow("a text with a NUL")
        << Value(QString(u"a\0b"_s)) << u"text"_s << QVariant(u"a\0b"_s);
    QTest::newRow("half a letter")
        << Value(QString(QChar(0xd83d))) << u"text"_s << QVariant(QString(QChar(0xfffd)));
    QTest::newRow("an empty text") << Value(u""_s) << u"text"_s << QVariant(u""_s);
    QTest::newRow("a null text, which is an empty one")
        << Value(QString()) << u"text"_s << QVariant(u""_s);
    QTest::newRow("a number") << Value(qint64(1) << 62) << u"integer"_s
                              << QVariant(qint64(1) << 62);
    QTest::newRow("yes") << Value(true) << u"integer"_s << QVariant(qint64(1));
    QTest::newRow("bytes") << Value(QByteArray("a\0\xff", 3)) << u"blob"_s
                           << QVariant(QByteArray("a\0\xff", 3));
    QTest::newRow("no bytes") << Value(QByteArray("")) << u"blob"_s << QVariant(QByteArray(""));
    QTest::newRow("null bytes, which are nothing")
        << Value(QByteArray()) << u"null"_s << QVariant();
    QTest::newRow("nothing") << Value() << u"null"_s << QVariant();
}

void SqliteStatementTest::readsWhatItWasGiven()
{
    QFETCH(const Value, given);
    auto *statement = m_connection.prepared(u"SELECT typeof(?1), ?1, ?2"_s);
    QVERIFY(statement);
    statement->bind(std::array{given, Value(u"behind it"_s)});
    QCOMPARE(statement->step(), SQLITE_ROW);
    QTEST(statement->value(0).toString(), "type");
    QTEST(statement->value(1).toVariant(), "read");
    QCOMPARE(statement->value(2).toString(), u"behind it"_s);
    QCOMPARE(statement->step(), SQLITE_DONE);
    statement->reset();
}

void SqliteStatementTest::keepsItsValuesWhileOthersAreBound()
{
    const QString text = u"one"_s;
    auto *outer = m_connection.prepared(u"VALUES (?1), (?1 || ?1)"_s);
    const std::array values{Value(text)};
    outer->bind(values);
    QCOMPARE(outer->step(), SQLITE_ROW);
    auto *inner = m_connection.prepared(u"SELECT ?"_s);
    inner->bind(std::array{Value(u"another"_s)});
    QCOMPARE(inner->step(), SQLITE_ROW);
    QCOMPARE(outer->step(), SQLITE_ROW);
    QCOMPARE(outer->value(0).toString(), u"oneone"_s);
    QCOMPARE(inner->value(0).toString(), u"another"_s);
    inner->reset();
    outer->reset();
    QCOMPARE(outer->step(), SQLITE_ROW);
    QVERIFY(outer->value(0).isNull()); // what it was bound to is let go
    outer->reset();
}

void SqliteStatementTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("code");
    QTest::newRow("no SQL") << u"SELEKT"_s << SQLITE_ERROR;
    QTest::newRow("no such table") << u"SELECT * FROM nowhere"_s << SQLITE_ERROR;
    QTest::newRow("a rule of the table")
        << u"INSERT INTO things VALUES ('door')"_s << SQLITE_CONSTRAINT_PRIMARYKEY;
}

void SqliteStatementTest::saysWhatIsWrong()
{
    QFETCH(const QString, sql);
    QVERIFY(m_connection.execute(
        u"CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY) WITHOUT ROWID"_s));
    QVERIFY(m_connection.execute(u"INSERT OR IGNORE INTO things VALUES ('door')"_s));
    QVERIFY(!m_connection.execute(sql));
    QTEST(m_connection.problem().code, "code");
    QVERIFY(!m_connection.problem().text.isEmpty());
}

void SqliteStatementTest::opensNoFileToReadThatIsNotThere()
{
    const Connection other(m_folder.filePath(u"none.db"_s), Connection::Access::Read, 1s);
    QVERIFY(!other.isOpen());
    QCOMPARE(other.problem().code & 0xff, SQLITE_CANTOPEN);
    QVERIFY(!QFile::exists(m_folder.filePath(u"none.db"_s)));
}

PARLOUR_TEST(SqliteStatementTest)
#include "tst_sqlite_statement.moc"
