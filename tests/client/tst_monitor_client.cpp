// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "client/monitor_client.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::MonitorClient;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;

QString feed(const MonitorFeed &frame)
{
    return QString::fromUtf8(encode(frame));
}

MonitorSnapshot snapshotFrame()
{
    MonitorSnapshot frame;
    frame.title = u"Studio North"_s;
    frame.people = 3;
    return frame;
}

} // namespace

class MonitorClientTest : public QObject
{
    Q_OBJECT

    /// The monitor speaks only when it wants something, so the host has to begin.
    static bool comesOnline(MonitorClient &client, FakeHost &host)
    {
        const int before = host.connections();
        client.open();
        return QTest::qWaitFor([&] { return host.connections() > before; }, Patience)
            && (host.sendRaw(feed(snapshotFrame())), true)
            && QTest::qWaitFor([&] { return client.link().state == LinkState::Online; }, Patience);
    }

private Q_SLOTS:
    void isOnlineWithTheFirstSnapshot()
    {
        FakeHost host{QStringList()};
        MonitorClient client(host.address(), "00ff", {}, quickOptions().socket);
        const QSignalSpy snapshots(&client, &MonitorClient::snapshot);
        QVERIFY(comesOnline(client, host));
        QCOMPARE(snapshots.first().first().value<MonitorSnapshot>().people, 3);
        QCOMPARE(host.socket()->requestUrl().path(), u"/ws/monitor/"_s);
        QCOMPARE(host.socket()->request().rawHeader("Authorization"), QByteArray("Bearer 00ff"));
    }

    void tellsOfActivity()
    {
        FakeHost host{QStringList()};
        MonitorClient client(host.address(), "00ff", {}, quickOptions().socket);
        const QSignalSpy activity(&client, &MonitorClient::activity);
        QVERIFY(comesOnline(client, host));
        MonitorActivity frame;
        frame.skipped = 7;
        host.sendRaw(feed(frame));
        QTRY_COMPARE_WITH_TIMEOUT(activity.size(), 1, Patience);
        QCOMPARE(activity.first().first().value<MonitorActivity>().skipped, 7);
    }

    void watchesAgainAfterALoss()
    {
        FakeHost host{QStringList()};
        auto options = quickOptions().socket;
        options.backoff.first = options.backoff.most = std::chrono::minutes(1);
        MonitorClient client(host.address(), "00ff", {}, options);
        client.watch(true);
        QVERIFY(!client.ping(4));
        QVERIFY(comesOnline(client, host));
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"watch"_s).size(), 1, Patience);
        host.vanish();
        QTRY_COMPARE_WITH_TIMEOUT(client.link().state, LinkState::Waiting, Patience);
        host.start();
        client.retryNow();
        QVERIFY(comesOnline(client, host));
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"watch"_s).size(), 2, Patience);
    }

    void asksForCloseAndPing()
    {
        FakeHost host{QStringList()};
        MonitorClient client(host.address(), "00ff", {}, quickOptions().socket);
        QVERIFY(comesOnline(client, host));
        QVERIFY(client.closeConnection(4));
        QVERIFY(client.ping(5));
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"ping"_s).size(), 1, Patience);
        QCOMPARE(host.received(u"close"_s).value(0)["connection"_L1].toInt(), 4);
        QCOMPARE(host.received(u"ping"_s).value(0)["connection"_L1].toInt(), 5);
    }

    void whoIsNotTheOwnerIsRefusedInTheHostsWords()
    {
        FakeHost host{QStringList()};
        MonitorClient client(host.address(), "beef", {}, quickOptions().socket);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(host.connections(), 1, Patience);
        host.sendRaw(
            feed(ErrorFrame{u"not_allowed"_s, u"The owner alone may watch."_s, {}, {}, 0}));
        host.close(4003);
        QTRY_COMPARE_WITH_TIMEOUT(client.link().state, LinkState::Refused, Patience);
        QVERIFY2(client.link().problem.contains(u"The owner alone may watch."_s),
                 qPrintable(client.link().problem));
    }
};

PARLOUR_TEST(MonitorClientTest)
#include "tst_monitor_client.moc"
