// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/address_range.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

class AddressRangeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsAddresses_data();
    void knowsItsAddresses();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void theSameNetworkIsEqual();
};

void AddressRangeTest::knowsItsAddresses_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isInside");
    const auto row = [](const char *name, const QString &range, const QString &address,
                        bool isInside) { QTest::newRow(name) << range << address << isInside; };
    row("the address", u"10.0.0.7"_s, u"10.0.0.7"_s, true);
    row("its neighbour", u"10.0.0.7"_s, u"10.0.0.6"_s, false);
    row("the last of a network", u"10.0.0.0/8"_s, u"10.255.255.255"_s, true);
    row("the first behind it", u"10.0.0.0/8"_s, u"11.0.0.0"_s, false);
    row("a prefix inside a byte", u"192.168.16.0/20"_s, u"192.168.31.1"_s, true);
    row("outside such a prefix", u"192.168.16.0/20"_s, u"192.168.32.1"_s, false);
    row("host bits are passed over", u"10.1.2.3/8"_s, u"10.0.0.1"_s, true);
    row("all of IPv4", u"0.0.0.0/0"_s, u"203.0.113.9"_s, true);
    row("IPv6 is not in IPv4", u"0.0.0.0/0"_s, u"2001:db8::1"_s, false);
    row("IPv4 over IPv6", u"10.0.0.7"_s, u"::ffff:10.0.0.7"_s, true);
    row("IPv6", u"fd00::/8"_s, u"fdff::1"_s, true);
    row("other IPv6", u"fd00::/8"_s, u"fe80::1"_s, false);
    row("IPv6 with a scope", u"fe80::/10"_s, u"fe80::1%lo"_s, true);
    row("loopback", u"::1"_s, u"::1"_s, true);
    row("a name", u"0.0.0.0/0"_s, u"localhost"_s, false);
    row("nothing", u"0.0.0.0/0"_s, QString(), false);
}

void AddressRangeTest::knowsItsAddresses()
{
    QFETCH(const QString, range);
    QFETCH(const QString, address);
    const auto parsed = AddressRange::parse(range);
    QVERIFY(parsed);
    QTEST(parsed->contains(address), "isInside");
}

void AddressRangeTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text : {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/",
                             "10.0.0.0/8/8", "fd00::/129", "10.0.0.0/a", "[::1]", "10.0.0.7:80"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void AddressRangeTest::refusesWhatIsNone()
{
    QFETCH(const QString, text);
    const auto parsed = AddressRange::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, u"bad_address"_s);
    QVERIFY(parsed.error().message.contains(text));
}

void AddressRangeTest::theSameNetworkIsEqual()
{
    QCOMPARE(AddressRange::parse(u"10.1.2.3/8"_s).value(),
             AddressRange::parse(u"10.0.0.0/8"_s).value());
}

PARLOUR_TEST(AddressRangeTest)
#include "tst_address_range.moc"
