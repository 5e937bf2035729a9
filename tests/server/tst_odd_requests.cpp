// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/odd_requests.h"
#include "server/served.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour;
using namespace parlour::tests;

namespace {

const QByteArray Smuggled = "GET /scope HTTP/1.1\r\nHost: localhost\r\n\r\n";

void addRows(const QList<OddRequest> &requests)
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    for (const OddRequest &request : requests) {
        for (const auto &[name, stack] : stacks())
            QTest::addRow("%s: %s", name.constData(), request.name)
                << stack << request.bytes << request.status;
    }
}

} // namespace

/// RFC 9112 over sockets: what is wrong is refused with the right words, nothing that follows it is
/// taken for a request, and the next client is served.
class OddRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesOddRequestLines_data() { addRows(oddRequestLines()); }
    void refusesOddRequestLines() { isRefused(); }
    void refusesOddHeaderLines_data() { addRows(oddHeaderLines()); }
    void refusesOddHeaderLines() { isRefused(); }
    void refusesOddLengths_data() { addRows(oddLengths()); }
    void refusesOddLengths() { isRefused(); }
    void refusesOddChunks_data() { addRows(oddChunks()); }
    void refusesOddChunks() { isRefused(); }
    void refusesOddTargets_data() { addRows(oddTargets()); }
    void refusesOddTargets() { isRefused(); }
    void refusesOddUpgrades_data() { addRows(oddUpgrades()); }
    void refusesOddUpgrades() { isRefused(); }
    void servesUnusualRequests_data() { addRows(unusualRequests()); }
    void servesUnusualRequests();

private:
    void isRefused();
};

void OddRequestsTest::isRefused()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(bytes + Smuggled);
    const auto answer = client.waitForAnswer();
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.head.contains("sec-websocket-accept"));
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.wasReset());
    QCOMPARE(client.received(), ""); // what was smuggled behind it was not answered
    QVERIFY(served.isAlive());
}

void OddRequestsTest::servesUnusualRequests()
{
    QFETCH(const Stack, stack);
    QFETCH(const QByteArray, bytes);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    client.send(bytes);
    QTEST(client.waitForAnswer().status, "status");
    QVERIFY(served.isAlive());
}

PARLOUR_TEST(OddRequestsTest)
#include "tst_odd_requests.moc"
