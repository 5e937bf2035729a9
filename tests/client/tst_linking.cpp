// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;

/// Answers everything but links.
void keepLinks(FakeHost &host, const QJsonObject &frame)
{
    if (frame["type"_L1].toString() != "link"_L1)
        FakeHost::answerAsHost(host, frame);
}

QString codeOf(const QSignalSpy &failed)
{
    return failed.value(0).value(0).value<ErrorFrame>().code;
}

} // namespace

/// A client asks for a way in for another device, and gets a code or a sentence.
class LinkingTest : public QObject
{
    Q_OBJECT

    static bool isAsked(HostClient &client, const FakeHost &host)
    {
        const auto isOnline = [&] { return client.link().state == LinkState::Online; };
        if (!QTest::qWaitFor(isOnline, Patience))
            return false;
        client.requestLink();
        client.requestLink(); // is asked for already
        const auto hasCome = [&] { return !host.received(u"link"_s).isEmpty(); };
        return QTest::qWaitFor(hasCome, Patience);
    }

private Q_SLOTS:
    void theCodeComesOnce()
    {
        FakeHost host;
        host.setAnswer(keepLinks);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy linked(&client, &HostClient::linked);
        client.open();
        QVERIFY(isAsked(client, host));
        for (int i = 0; i < 2; ++i) // only one was asked for
            host.send({{u"type"_s, u"linked"_s}, {u"code"_s, u"Zk3y"_s}, {u"seconds"_s, 300}});
        QTRY_COMPARE_WITH_TIMEOUT(linked.size(), 1, Patience);
        QCOMPARE(linked.first().at(0).toString(), u"Zk3y"_s);
        QCOMPARE(linked.first().at(1).value<std::chrono::seconds>(), 300s);
        client.requestLink();
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"link"_s).size(), 2, Patience);
        QCOMPARE(linked.size(), 1);
    }

    void offlineItFailsAtOnce()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy failed(&client, &HostClient::linkFailed);
        client.requestLink();
        QCOMPARE(codeOf(failed), u"offline"_s);
        QVERIFY(!failed.first().first().value<ErrorFrame>().message.isEmpty());
    }

    void whatIsNotAnsweredFails_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        QTest::newRow("the link is lost") << u"vanish"_s << u"offline"_s;
        QTest::newRow("an older host says nothing") << u"nothing"_s << u"not_answered"_s;
        QTest::newRow("too fast") << u"too_fast"_s << u"too_fast"_s;
        QTest::newRow("too many") << u"too_many_links"_s << u"too_many_links"_s;
    }

    void whatIsNotAnsweredFails()
    {
        QFETCH(QString, what);
        QFETCH(QString, code);
        FakeHost host;
        host.setAnswer(keepLinks);
        auto options = quickOptions();
        if (what == "nothing"_L1)
            options.acknowledgeTimeout = 50ms;
        HostClient client(host.address(), options);
        const QSignalSpy failed(&client, &HostClient::linkFailed);
        client.open();
        QVERIFY(isAsked(client, host));
        if (what == "vanish"_L1)
            host.vanish();
        else if (what == code)
            host.send({{u"type"_s, u"error"_s}, {u"code"_s, code}, {u"message"_s, u"Wait."_s}});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QCOMPARE(codeOf(failed), code);
    }
};

PARLOUR_TEST(LinkingTest)
#include "tst_linking.moc"
