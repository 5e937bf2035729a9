// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::messageFrame;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;

QJsonObject foundFrame(const QJsonObject &search, const QJsonArray &messages = {},
                       const QString &next = {})
{
    QJsonObject frame{{u"type"_s, u"found"_s}, {u"id"_s, search["id"_L1]}};
    frame["messages"_L1] = messages;
    if (!next.isEmpty())
        frame["next"_L1] = next;
    return frame;
}

/// Answers everything but searches.
void keepSearches(FakeHost &host, const QJsonObject &frame)
{
    if (frame["type"_L1].toString() != "search"_L1)
        FakeHost::answerAsHost(host, frame);
}

} // namespace

/// Searches go to the host one after the other, and each gets an answer or a sentence.
class SearchingTest : public QObject
{
    Q_OBJECT

    static bool isOnline(const HostClient &client)
    {
        return QTest::qWaitFor([&] { return client.link().state == LinkState::Online; }, Patience);
    }

private Q_SLOTS:
    void whatIsFoundComesPageByPage()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy found(&client, &HostClient::found);
        client.open();
        QVERIFY(isOnline(client));
        const QString id = client.search(u"ежик"_s, u"general"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 1, Patience);
        const QJsonObject asked = host.received(u"search"_s).first();
        QCOMPARE(asked["id"_L1].toString(), id);
        QCOMPARE(asked["text"_L1].toString(), u"ежик"_s);
        QCOMPARE(asked["room"_L1].toString(), u"general"_s);
        QVERIFY(!asked.contains("next"_L1));
        host.send(foundFrame(asked, {messageFrame(u"general"_s, u"m"_s, u"Ёжик"_s, 5)}, u"x"_s));
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, Patience);
        const auto page = found.first().first().value<FoundFrame>();
        QCOMPARE(page.id, id);
        QCOMPARE(page.messages.first().number, 5);
        QCOMPARE(page.next, u"x"_s);

        client.search(u"ежик"_s, {}, page.next);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"search"_s).last()["next"_L1].toString(), u"x"_s);
        QVERIFY(!host.received(u"search"_s).last().contains("room"_L1));
    }

    void ofThoseThatWaitTheLastIsAsked()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy found(&client, &HostClient::found);
        client.open();
        QVERIFY(isOnline(client));
        client.search(u"е"_s);
        client.search(u"еж"_s);
        const QString last = client.search(u"ежи"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 1, Patience);
        host.send(foundFrame({{u"id"_s, u"of nobody"_s}}));
        host.send(foundFrame(host.received(u"search"_s).first()));
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"search"_s).last()["id"_L1].toString(), last);
        host.send(foundFrame(host.received(u"search"_s).last()));
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, Patience);
        QCOMPARE(found.last().first().value<FoundFrame>().id, last);
    }

    void oneThatCameTooFastIsAskedAgain()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy failed(&client, &HostClient::searchFailed);
        client.open();
        QVERIFY(isOnline(client));
        const QString id = client.search(u"ежик"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 1, Patience);
        host.send({{u"type"_s, u"error"_s},
                   {u"code"_s, u"too_fast"_s},
                   {u"message"_s, u"Wait."_s},
                   {u"id"_s, id},
                   {u"retry"_s, 1}});
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"search"_s).last()["id"_L1].toString(), id);
        QVERIFY(failed.isEmpty());
    }

    void aRefusalIsToldOfTheSearch()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy failed(&client, &HostClient::searchFailed);
        const QSignalSpy others(&client, &HostClient::failed);
        client.open();
        QVERIFY(isOnline(client));
        const QString id = client.search(u"!"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 1, Patience);
        host.send({{u"type"_s, u"error"_s},
                   {u"code"_s, u"bad_search"_s},
                   {u"message"_s, u"No word."_s},
                   {u"id"_s, id}});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        const auto error = failed.first().first().value<ErrorFrame>();
        QCOMPARE(error.id, id);
        QCOMPARE(error.code, u"bad_search"_s);
        QVERIFY(others.isEmpty());
    }

    void withoutAHostItFailsAtOnce()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        HostClient client(host.address(), quickOptions());
        const QSignalSpy failed(&client, &HostClient::searchFailed);
        const QString early = client.search(u"ежик"_s);
        QVERIFY2(failed.isEmpty(), "its id is not known yet");
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QCOMPARE(failed.first().first().value<ErrorFrame>().id, early);
        QCOMPARE(failed.first().first().value<ErrorFrame>().code, u"offline"_s);

        client.open();
        QVERIFY(isOnline(client));
        const QString asked = client.search(u"ежик"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"search"_s).size(), 1, Patience);
        host.close(1001);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, Patience);
        QCOMPARE(failed.last().first().value<ErrorFrame>().id, asked);
    }

    void aHostThatKnowsNoSearchIsNotWaitedForForever()
    {
        FakeHost host;
        host.setAnswer(keepSearches);
        auto options = quickOptions();
        options.acknowledgeTimeout = 100ms;
        HostClient client(host.address(), options);
        const QSignalSpy failed(&client, &HostClient::searchFailed);
        client.open();
        QVERIFY(isOnline(client));
        const QString id = client.search(u"ежик"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        QCOMPARE(failed.first().first().value<ErrorFrame>().id, id);
        QCOMPARE(failed.first().first().value<ErrorFrame>().code, u"not_answered"_s);
    }
};

PARLOUR_TEST(SearchingTest)
#include "tst_searching.moc"
