// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;

/// Where a server listens, on both engines.
class ListeningTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensAtSeveralAddresses_data() { addStacks(); }
    void listensAtSeveralAddresses();
    void namesTheAddressThatItCannotUse_data();
    void namesTheAddressThatItCannotUse();
};

void ListeningTest::listensAtSeveralAddresses()
{
    QFETCH(const Stack, stack);
    Served served(optionsOf(stack));
    const auto v6 = served.server.listen(u"[::1]"_s, 0);
    QVERIFY(v6);
    QCOMPARE(v6->address, u"::1"_s);
    const auto any = served.server.listen(u"0.0.0.0"_s, 0);
    QVERIFY(any && any->port != 0);
    const auto both = served.server.listen(u"[::]"_s, 0);
    QVERIFY(both);
    QCOMPARE(both->address, u"::"_s);
    Port local(v6->port);
    local.address = QHostAddress::LocalHostIPv6;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (const Port &port : {served.port, local, Port(any->port), Port(both->port)}) {
        clients.push_back(std::make_unique<RawClient>(port));
        QCOMPARE(clients.back()->open("/echo/").status, 101);
        clients.back()->send(clientFrame(1, "hello"));
        QCOMPARE(clients.back()->waitForFrame().value_or(Frame{}).payload, "hello");
    }
    const auto connections = served.server.connections();
    QCOMPARE(connections.size(), 4);
    QVERIFY(connections.at(1).client.startsWith(u"[::1]:"_s));
    QVERIFY(connections.at(3).client.startsWith(u"127.0.0.1:"_s)); // as it is, not as ::ffff:…
}

void ListeningTest::namesTheAddressThatItCannotUse_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QString>("address"); // null: the one that is in use
    QTest::addColumn<QString>("code");
    for (const auto &[name, stack] : stacks()) {
        const auto row = [&, over = name](const char *what, const QString &address,
                                          const QString &code) {
            QTest::addRow("%s: %s", over.constData(), what) << stacks().at(over) << address << code;
        };
        row("in use", u"127.0.0.1"_s, u"address_in_use"_s);
        row("of another machine", u"192.0.2.1"_s, u"address_not_available"_s);
        row("a name", u"studio north"_s, u"bad_address"_s);
        row("nothing", QString(), u"bad_address"_s);
    }
}

void ListeningTest::namesTheAddressThatItCannotUse()
{
    QFETCH(const Stack, stack);
    QFETCH(const QString, address);
    QFETCH(const QString, code);
    Served served(optionsOf(stack));
    const bool isTaken = code == "address_in_use"_L1;
    const auto listening = served.server.listen(address, isTaken ? quint16(served.port) : 0);
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, code);
    if (isTaken)
        QVERIFY2(listening.error().message.contains(u"127.0.0.1:%1"_s.arg(served.port.number)),
                 qPrintable(listening.error().message));
}

PARLOUR_TEST(ListeningTest)
#include "tst_listening.moc"
