// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/host_config.h"
#include "wiring/sharing_choice.h"

#include <QTest>

using namespace parlour::wiring;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

SharingChoice on()
{
    SharingChoice choice;
    choice.isOn = true;
    choice.addresses = u"redis://a.lan:6379 rediss://:secret@b.lan/2"_s;
    choice.layer = u"redis-core"_s;
    choice.prefix = u"site"_s;
    choice.capacity = 500;
    choice.expiry = 30s;
    choice.key = u"squeamish"_s;
    return choice;
}

} // namespace

class SharingChoiceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatTheHostTakes();
    void withoutAnAddressItIsThisMachines();
    void saysWhatIsWrongWithoutTheNamesOfOptions_data();
    void saysWhatIsWrongWithoutTheNamesOfOptions();
    void theCommandLineRules();
};

void SharingChoiceTest::isWhatTheHostTakes()
{
    const auto sharing = sharingOf(on());
    QVERIFY(sharing);
    QCOMPARE(sharing->backend, Sharing::Backend::RedisCore);
    QCOMPARE(sharing->redis.hosts.size(), 2);
    QCOMPARE(sharing->redis.hosts.at(1).password, u"secret"_s);
    QCOMPARE(sharing->redis.prefix, u"site"_s);
    QCOMPARE(sharing->redis.encryptionKeys, QStringList{u"squeamish"_s});
    HostConfig config;
    QVERIFY(applySharing(on(), {}, config));
    QVERIFY(config.shared);
    QCOMPARE(config.layer.capacity, 500);
    QCOMPARE(config.layer.expiry, 30s);
}

void SharingChoiceTest::withoutAnAddressItIsThisMachines()
{
    const auto sharing = sharingOf({});
    QVERIFY(sharing);
    QCOMPARE(sharing->redis.hosts.size(), 1);
    QCOMPARE(sharing->redis.hosts.constFirst().shown(), u"redis://localhost:6379"_s);
    QVERIFY(sharing->redis.encryptionKeys.isEmpty());
    HostConfig config;
    QVERIFY(applySharing({}, {}, config)); // off
    QVERIFY(!config.shared);
}

void SharingChoiceTest::saysWhatIsWrongWithoutTheNamesOfOptions_data()
{
    QTest::addColumn<SharingChoice>("choice");
    QTest::addColumn<QString>("words");
    SharingChoice address = on();
    address.addresses = u"http://:secret@a.lan"_s;
    QTest::newRow("an address that is none") << address << u"the address of Redis begins with"_s;
    SharingChoice prefix = on();
    prefix.prefix = u"a b "_s;
    QTest::newRow("a prefix that is none") << prefix << u"must be 1 to 200 bytes"_s;
    SharingChoice layer = on();
    layer.layer = u"memory"_s;
    QTest::newRow("a layer of an edited file") << layer << QString();
}

void SharingChoiceTest::saysWhatIsWrongWithoutTheNamesOfOptions()
{
    QFETCH(const SharingChoice, choice);
    QFETCH(const QString, words);
    const auto sharing = sharingOf(choice);
    QVERIFY(!sharing);
    QVERIFY2(sharing.error().message.startsWith(words), qPrintable(sharing.error().message));
    QVERIFY(!sharing.error().message.contains(u"secret"_s));
    HostConfig config;
    QVERIFY(!applySharing(choice, {}, config));
}

void SharingChoiceTest::theCommandLineRules()
{
    HostConfig config;
    QVERIFY(applySharing(on(), {.sharing = false, .capacity = true, .expiry = true}, config));
    QVERIFY(config.shared);
    QCOMPARE(config.layer.capacity, HostConfig().layer.capacity);
    QCOMPARE(config.layer.expiry, HostConfig().layer.expiry);
    HostConfig given;
    QVERIFY(applySharing(on(), {.sharing = true}, given));
    QVERIFY(!given.shared); // --layer memory, for one
}

PARLOUR_TEST(SharingChoiceTest)
#include "tst_sharing_choice.moc"
