// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/command_line.h"

#include <QTemporaryDir>
#include <QTest>

using namespace parlour::wiring;
using namespace Qt::StringLiterals;

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsArguments();
    void refusesArguments_data();
    void refusesArguments();
    void readsAConfigFile();
    void refusesAConfigFile_data();
    void refusesAConfigFile();
    void prefersTheFirstSource();
    void helpListsWhatHasLanded();
};

namespace {

QList<Option> options()
{
    return {{u"listen"_s, Takes::Value, u"ADDRESS:PORT"_s, u"where"_s, true},
            {u"title"_s, Takes::Value, u"TEXT"_s, u"name"_s},
            {u"host"_s, Takes::OptionalValue, u"TITLE"_s, u"host"_s},
            {u"echo"_s, Takes::Nothing, {}, u"echo"_s},
            {u"tls"_s, Takes::Nothing, {}, {}, true, false}};
}

QString written(const QTemporaryDir &folder, const QByteArray &text)
{
    const QString path = folder.filePath(u"parlour.ini"_s);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return path;
}

} // namespace

void CommandLineTest::readsArguments()
{
    const auto values = parseArguments(
        options(),
        {u"--listen"_s, u"a:1"_s, u"--listen=b:2"_s, u"--host"_s, u"--echo"_s, u"--title="_s});
    QVERIFY(values.hasValue());
    QCOMPARE(values->value(u"listen"_s), (QStringList{u"a:1"_s, u"b:2"_s}));
    QCOMPARE(values->value(u"host"_s), QStringList{QString()});
    QCOMPARE(values->value(u"title"_s), QStringList{QString()});
    QVERIFY(values->contains(u"echo"_s));
}

void CommandLineTest::refusesArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("an unknown option")
        << QStringList{u"--sideways"_s} << u"--sideways: no such option. --help lists them."_s;
    QTest::newRow("a stray word") << QStringList{u"please"_s}
                                  << u"please: not an option. --help lists them."_s;
    QTest::newRow("a missing value")
        << QStringList{u"--title"_s, u"--echo"_s} << u"--title: needs a value (TEXT)."_s;
    QTest::newRow("a value too many")
        << QStringList{u"--echo=yes"_s} << u"--echo: takes no value."_s;
    QTest::newRow("an option given twice")
        << QStringList{u"--title"_s, u"a"_s, u"--title"_s, u"b"_s} << u"--title: given twice."_s;
    QTest::newRow("an option of a later version")
        << QStringList{u"--tls"_s} << u"--tls: not available in this version."_s;
}

void CommandLineTest::refusesArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const auto values = parseArguments(options(), arguments);
    QVERIFY(!values.hasValue());
    QCOMPARE(values.error().message, message);
}

void CommandLineTest::readsAConfigFile()
{
    const QTemporaryDir folder;
    const QString path = written(folder,
                                 "# ours\n[host]\ntitle = Студия = North\r\n"
                                 "listen=a:1\nlisten = b:2\necho = true\n\n");
    const auto values = parseConfigFile(options(), path);
    QVERIFY2(values.hasValue(), values ? "" : qPrintable(values.error().message));
    QCOMPARE(values->value(u"title"_s), QStringList{u"Студия = North"_s});
    QCOMPARE(values->value(u"listen"_s), (QStringList{u"a:1"_s, u"b:2"_s}));
    QVERIFY(values->contains(u"echo"_s));
}

void CommandLineTest::refusesAConfigFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("ending");

    QTest::newRow("an unknown name") << QByteArray("\nsideways = 1\n")
                                     << u", line 2: sideways: no such option. --help lists them."_s;
    QTest::newRow("no value") << QByteArray("title\n")
                              << u", line 1: title: write title = value."_s;
    QTest::newRow("no truth value")
        << QByteArray("echo = maybe\n") << u", line 1: echo: say true or false, not \"maybe\"."_s;
    QTest::newRow("a name of a later version")
        << QByteArray("tls = true\n") << u", line 1: tls: not available in this version."_s;
}

void CommandLineTest::refusesAConfigFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, ending);
    const QTemporaryDir folder;
    const QString path = written(folder, text);
    const auto values = parseConfigFile(options(), path);
    QVERIFY(!values.hasValue());
    QCOMPARE(values.error().message, path + ending);
}

void CommandLineTest::prefersTheFirstSource()
{
    const OptionValues both =
        merged({{u"title"_s, {u"line"_s}}}, {{u"title"_s, {u"file"_s}}, {u"echo"_s, {QString()}}});
    QCOMPARE(both.value(u"title"_s), QStringList{u"line"_s});
    QVERIFY(both.contains(u"echo"_s));
}

void CommandLineTest::helpListsWhatHasLanded()
{
    const QString help = helpText(u"usage"_s, options());
    QVERIFY(help.contains(u"--host [TITLE]"_s));
    QVERIFY(!help.contains(u"--tls"_s));
}

PARLOUR_TEST(CommandLineTest)
#include "tst_command_line.moc"
