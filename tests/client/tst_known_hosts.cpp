// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/known_hosts.h"
#include "support/runner.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::client::KnownHosts;
using parlour::client::KnownKey;

namespace {

const KnownKey Key{QByteArray(32, 'k'), 1795343932481, false};

} // namespace

/// The keys of the hosts that were met.
class KnownHostsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString file() const { return m_folder.filePath(u"known_hosts"_s); }

private Q_SLOTS:
    void init() { QFile::remove(file()); }

    void areRememberedOverARestart()
    {
        const KnownKey vouched{QByteArray(32, 'v'), 5, true};
        {
            const auto hosts = KnownHosts::open(file());
            QVERIFY(hosts);
            QVERIFY(!QFile::exists(file()));
            (*hosts)->remember(u"studio.local:8765"_s, KnownKey{QByteArray(32, 'o'), 1, false});
            (*hosts)->remember(u"studio.local:8765"_s, Key);
            (*hosts)->remember(u"[::1]:443"_s, vouched);
        }
        const auto hosts = KnownHosts::open(file());
        QVERIFY(hosts);
        QCOMPARE((*hosts)->find(u"studio.local:8765"_s), std::optional(Key));
        QCOMPARE((*hosts)->find(u"[::1]:443"_s), std::optional(vouched));
        QVERIFY(!(*hosts)->find(u"studio.local:8766"_s));
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFileInfo(file()).permissions() & others));
    }

    void aBrokenLineIsNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        const QByteArray hex(64, 'a');
        QTest::newRow("rubbish") << QByteArray("rubbish");
        QTest::newRow("a short key") << QByteArray("a:1 abcd 5 self");
        QTest::newRow("no hex") << "a:1 " + QByteArray(64, 'z') + " 5 self";
        QTest::newRow("no time") << "a:1 " + hex + " now self";
        QTest::newRow("no kind") << "a:1 " + hex + " 5 other";
        QTest::newRow("no address") << " " + hex + " 5 self";
        QTest::newRow("cut") << "a:1 " + hex;
    }

    void aBrokenLineIsNamed()
    {
        QFETCH(QByteArray, line);
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("b:1 " + QByteArray(64, 'a') + " 5 self\n" + line + '\n');
        out.close();
        const auto hosts = KnownHosts::open(file());
        QVERIFY2(!hosts, "a host that is forgotten in silence can be replaced in silence");
        QVERIFY(hosts.error().message.contains(file()));
        QVERIFY2(hosts.error().message.contains(u"line 2"_s), qPrintable(hosts.error().message));
    }

    void whatCannotBeWrittenHoldsForThisRun()
    {
        const auto hosts = KnownHosts::open(m_folder.filePath(u"nowhere/known_hosts"_s));
        QVERIFY(hosts);
        (*hosts)->remember(u"a:1"_s, Key);
        QCOMPARE((*hosts)->find(u"a:1"_s), std::optional(Key));
    }

    void theOldestMakesWay()
    {
        KnownHosts hosts;
        for (int i = 0; i <= KnownHosts::MaxHosts; ++i)
            hosts.remember(u"host%1:1"_s.arg(i), KnownKey{QByteArray(32, 'k'), 1000 + i, false});
        QVERIFY(!hosts.find(u"host0:1"_s));
        QVERIFY(hosts.find(u"host1:1"_s));
        QVERIFY(hosts.find(u"host%1:1"_s.arg(KnownHosts::MaxHosts)));
    }
};

PARLOUR_TEST(KnownHostsTest)
#include "tst_known_hosts.moc"
