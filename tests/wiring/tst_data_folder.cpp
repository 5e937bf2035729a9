// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/data_folder.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour::wiring;
using namespace Qt::StringLiterals;

class DataFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAFolderForItsOwnerAlone();
    void keepsOneOwnersToken();
    void refusesASecondProcess();
    void refusesWhatIsNoFolder();
    void refusesATokenThatIsNone();
};

void DataFolderTest::makesAFolderForItsOwnerAlone()
{
    const QTemporaryDir parent;
    const QString path = parent.filePath(u"a/b"_s);
    QVERIFY(DataFolder::open(path).hasValue());
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeOther;
    QVERIFY(!(QFileInfo(path).permissions() & others));
}

void DataFolderTest::keepsOneOwnersToken()
{
    const QTemporaryDir parent;
    const auto folder = DataFolder::open(parent.path());
    QVERIFY(folder.hasValue());
    const auto token = (*folder)->ownerToken();
    QVERIFY(token.hasValue());
    QCOMPARE(token->size(), 64);
    QCOMPARE(*(*folder)->ownerToken(), *token);
    const QFileInfo file((*folder)->filePath(u"owner.token"_s));
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void DataFolderTest::refusesASecondProcess()
{
    const QTemporaryDir parent;
    const auto first = DataFolder::open(parent.path());
    QVERIFY(first.hasValue());
    const auto second = DataFolder::open(parent.path());
    QVERIFY(!second.hasValue());
    QVERIFY2(second.error().message.startsWith(parent.path() + u": in use by another process"_s),
             qPrintable(second.error().message));
}

void DataFolderTest::refusesWhatIsNoFolder()
{
    const QTemporaryDir parent;
    const QString path = parent.filePath(u"file"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto folder = DataFolder::open(path);
    QVERIFY(!folder.hasValue());
    QVERIFY(folder.error().message.startsWith(path + u": not a folder"_s));
    QVERIFY(!DataFolder::open(path + u"/below"_s).hasValue());
}

void DataFolderTest::refusesATokenThatIsNone()
{
    const QTemporaryDir parent;
    const auto folder = DataFolder::open(parent.path());
    QVERIFY(folder.hasValue());
    QFile file((*folder)->filePath(u"owner.token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("open sesame");
    file.close();
    const auto token = (*folder)->ownerToken();
    QVERIFY(!token.hasValue());
    QVERIFY(token.error().message.contains(u"owner.token: does not hold 64"_s));
}

PARLOUR_TEST(DataFolderTest)
#include "tst_data_folder.moc"
