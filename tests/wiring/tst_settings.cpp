// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/settings.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour::wiring;
using namespace Qt::StringLiterals;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void remembersOverARestart();
    void keepsTheLatestHostsInFront();
    void forgetsAHostWithItsRooms();
    void survivesAFileThatIsNone();
    void nobodyElseMayEverReadIt_data();
    void nobodyElseMayEverReadIt();

private:
    QString path() const { return m_folder->filePath(u"parlour.ini"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SettingsTest::remembersOverARestart()
{
    {
        Settings settings(path());
        settings.setName(u"Анна"_s);
        settings.setJoinedRooms(u"[::1]:8765"_s, {u"general"_s, u"комната, вторая"_s});
        settings.setHosting({u"Studio"_s, 9000, false});
        QVERIFY(settings.tellsTyping());
        settings.setTellsTyping(false);
        SharingChoice sharing;
        sharing.isOn = true;
        sharing.addresses = u"redis://:pass;word=,\"@a.lan unix:///run/redis.sock"_s;
        sharing.layer = u"redis-core"_s;
        sharing.expiry = std::chrono::seconds(7);
        sharing.key = u"ключ"_s;
        settings.setSharing(sharing);
        settings.setWindowState(u"main"_s, QByteArray("\0\1\2", 3));
    }
    const Settings settings(path());
    QCOMPARE(settings.name(), u"Анна"_s);
    QCOMPARE(settings.joinedRooms(u"[::1]:8765"_s),
             (QStringList{u"general"_s, u"комната, вторая"_s}));
    QCOMPARE(settings.hosting().port, 9000);
    QVERIFY(!settings.hosting().network);
    QVERIFY(!settings.tellsTyping());
    QCOMPARE(settings.windowState(u"main"_s), QByteArray("\0\1\2", 3));
    QVERIFY(settings.sharing().isOn);
    QCOMPARE(settings.sharing().addresses,
             u"redis://:pass;word=,\"@a.lan unix:///run/redis.sock"_s);
    QCOMPARE(settings.sharing().layer, u"redis-core"_s);
    QCOMPARE(settings.sharing().prefix, u"asgi"_s);
    QCOMPARE(settings.sharing().expiry, std::chrono::seconds(7));
    QCOMPARE(settings.sharing().key, u"ключ"_s);
}

void SettingsTest::keepsTheLatestHostsInFront()
{
    Settings settings(path());
    for (int i = 0; i < Settings::MaxRecent + 3; ++i)
        settings.rememberHost({u"host%1:8765"_s.arg(i), u"Host"_s, i});
    settings.rememberHost({u"host5:8765"_s, u"Renamed"_s, 99});
    const auto hosts = settings.recentHosts();
    QCOMPARE(hosts.size(), Settings::MaxRecent);
    QCOMPARE(hosts.constFirst(), (RecentHost{u"host5:8765"_s, u"Renamed"_s, 99}));
    QCOMPARE(hosts.at(1).address, u"host%1:8765"_s.arg(Settings::MaxRecent + 2));
}

void SettingsTest::forgetsAHostWithItsRooms()
{
    Settings settings(path());
    settings.rememberHost({u"a:1"_s, {}, 1});
    settings.setJoinedRooms(u"a:1"_s, {u"general"_s});
    settings.forgetHost(u"a:1"_s);
    QVERIFY(settings.recentHosts().isEmpty());
    QVERIFY(settings.joinedRooms(u"a:1"_s).isEmpty());
}

void SettingsTest::survivesAFileThatIsNone()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\xff\xfe[[[\nrecent\\size=99999999\n");
    file.close();
    Settings settings(path());
    QVERIFY(settings.name().isEmpty());
    settings.setName(u"Ann"_s);
    QCOMPARE(Settings(path()).name(), u"Ann"_s);
}

void SettingsTest::nobodyElseMayEverReadIt_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("a new file") << false;
    QTest::newRow("one that others could read") << true;
}

void SettingsTest::nobodyElseMayEverReadIt()
{
    QFETCH(const bool, isThere);
    QFile file(path());
    if (isThere) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner
                                    | QFileDevice::ReadGroup | QFileDevice::ReadOther));
        file.close();
    }
    const auto isPrivate = [this] {
        const auto all = QFileInfo(path()).permissions();
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther;
        return all.testFlag(QFileDevice::ReadOwner) && !(all & others);
    };
    Settings settings(path());
    QVERIFY2(isPrivate(), "before anything is written");
    settings.rememberHost({u"a:1"_s, {}, 1});
    QVERIFY(isPrivate());
    settings.setSharing({});
    QVERIFY(isPrivate());
}

PARLOUR_TEST(SettingsTest)
#include "tst_settings.moc"
