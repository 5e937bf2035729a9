// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/fake_host.h"
#include "client/host_store.h"
#include "support/runner.h"

#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HistoryPage;
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int LongEnough = 30000;
const QString Hall = u"hall"_s;
const QString Epoch = u"e-1"_s;

/// Pages in words: "12-40 of 10-50, older, newer".
QString inWords(const HistoryPage &page)
{
    QStringList words{u"none"_s};
    if (!page.messages.isEmpty())
        words.first() =
            u"%1-%2"_s.arg(page.messages.first().number).arg(page.messages.last().number);
    words.first() += u" of %1-%2"_s.arg(page.first).arg(page.number);
    if (page.hasOlder)
        words.append(u"older"_s);
    if (page.hasNewer)
        words.append(u"newer"_s);
    return words.join(u", "_s);
}

} // namespace

/// Pages from anywhere in a room: from the store where it has them, else from the host.
class HistoryPagesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ClientStore> m_store;
    std::unique_ptr<FakeHost> m_host;
    std::unique_ptr<HostClient> m_client;
    QStringList m_newer;
    QStringList m_around;

    void keepMessages(int first, int last)
    {
        for (int number = first; number <= last; ++number)
            m_host->keep(Hall, u"id-%1"_s.arg(number), u"text %1"_s.arg(number));
    }
    /// A client in a room of which it has the last ten.
    void enter(ClientStore *store = nullptr)
    {
        auto options = quickOptions();
        options.store = store;
        m_host->partSize = 10;
        m_client = std::make_unique<HostClient>(m_host->address(), options);
        connect(m_client.get(), &HostClient::newerPage, this,
                [this](const HistoryPage &page) { m_newer.append(inWords(page)); });
        connect(m_client.get(), &HostClient::pageAround, this,
                [this](const HistoryPage &page) { m_around.append(inWords(page)); });
        const QSignalSpy members(m_client.get(), &HostClient::members);
        m_client->join(Hall);
        m_client->open();
        QTRY_VERIFY_WITH_TIMEOUT(!members.isEmpty(), LongEnough);
        m_host->forgetReceived();
    }
    qsizetype asked() const { return m_host->received(u"history"_s).size(); }

private Q_SLOTS:
    void init()
    {
        QFile::remove(m_folder.filePath(u"store.db"_s));
        m_store = ClientStore::open(m_folder.filePath(u"store.db"_s)).value();
        m_host = std::make_unique<FakeHost>();
        m_newer.clear();
        m_around.clear();
    }

    void cleanup()
    {
        m_client.reset();
        m_host.reset();
        m_store.reset();
    }

    void whatFollowsComesFromTheHost_data()
    {
        QTest::addColumn<qint64>("after");
        QTest::addColumn<QString>("page");
        QTest::newRow("in the middle") << qint64(100) << u"101-200 of 101-200, older, newer"_s;
        QTest::newRow("near the end") << qint64(295) << u"296-300 of 296-300, older"_s;
        QTest::newRow("at the end") << qint64(300) << u"none of 0-0, older"_s;
        QTest::newRow("from the beginning") << qint64(0) << u"1-100 of 1-100, newer"_s;
    }

    void whatFollowsComesFromTheHost()
    {
        QFETCH(qint64, after);
        QFETCH(QString, page);
        keepMessages(1, 300);
        enter();
        m_client->requestNewer(Hall, {Epoch, after});
        m_client->requestNewer(Hall, {Epoch, after}); // one at a time
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{page}, LongEnough);
        QCOMPARE(asked(), 1);
    }

    void whatStandsAroundComesFromTheHost_data()
    {
        QTest::addColumn<qint64>("at");
        QTest::addColumn<QString>("page");
        QTest::newRow("in the middle") << qint64(150) << u"101-200 of 101-200, older, newer"_s;
        QTest::newRow("the first one") << qint64(1) << u"1-51 of 1-51, newer"_s;
        QTest::newRow("the last one") << qint64(300) << u"201-300 of 201-300, older"_s;
    }

    void whatStandsAroundComesFromTheHost()
    {
        QFETCH(qint64, at);
        QFETCH(QString, page);
        keepMessages(1, 300);
        enter();
        m_client->requestAround(Hall, {Epoch, at});
        QTRY_COMPARE_WITH_TIMEOUT(m_around, QStringList{page}, LongEnough);
    }

    void whatTheHostHasNotIsNoEnd_data()
    {
        QTest::addColumn<bool>("saysNumbers");
        QTest::newRow("numbers of changes") << true;
        QTest::newRow("a host without numbers") << false;
    }

    void whatTheHostHasNotIsNoEnd()
    {
        QFETCH(bool, saysNumbers);
        keepMessages(1, 150);
        for (int change = 151; change <= 160; ++change)
            m_host->change(Hall, u"c-%1"_s.arg(change), u"id-1"_s,
                           {{u"text"_s, u"text %1"_s.arg(change)}});
        keepMessages(161, 170);
        enter(m_store.get());
        m_host->saysNumbers = saysNumbers;
        const QSignalSpy history(m_client.get(), &HostClient::history);
        m_client->requestOlder(Hall, {Epoch, 161});
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 1, LongEnough);
        const auto page = history.constFirst().constFirst().value<HistoryFrame>();
        QCOMPARE(page.messages.size(), 100);
        QCOMPARE(page.messages.constLast().number, 150);
        QVERIFY(page.number == 160 && page.more);
        m_client->requestOlder(Hall, {Epoch, 51});
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 2, LongEnough);
        QCOMPARE(history.last().constFirst().value<HistoryFrame>().messages.size(), 50);
    }

    void aHostThatHasMoreAndTellsNothingIsNotAskedForEver()
    {
        keepMessages(1, 300);
        enter();
        m_host->setAnswer([](FakeHost &host, const QJsonObject &frame) {
            host.send({{u"type"_s, u"history"_s},
                       {u"room"_s, Hall},
                       {u"epoch"_s, Epoch},
                       {u"before"_s, frame["before"_L1]},
                       {u"messages"_s, QJsonArray()},
                       {u"more"_s, true}});
        });
        const QSignalSpy history(m_client.get(), &HostClient::history);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 1, LongEnough);
        QVERIFY(!history.constFirst().constFirst().value<HistoryFrame>().more);
    }

    void numbersOfChangesAreCovered()
    {
        keepMessages(1, 20);
        for (int change = 21; change <= 150; ++change)
            m_host->change(Hall, u"c-%1"_s.arg(change), u"id-1"_s,
                           {{u"text"_s, u"text %1"_s.arg(change)}});
        keepMessages(151, 160);
        enter();
        m_client->requestNewer(Hall, {Epoch, 20});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer.value(0), u"none of 21-120, newer"_s, LongEnough);
        m_client->requestNewer(Hall, {Epoch, 120});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer.value(1), u"151-160 of 121-160"_s, LongEnough);
    }

    void longMessagesFillSmallerPages()
    {
        keepMessages(1, 300);
        enter();
        m_host->setAnswer([](FakeHost &host, const QJsonObject &frame) {
            auto some = frame; // no more than seven fit
            if (frame["count"_L1].toInt() > 7)
                some.insert(u"count"_s, 7);
            FakeHost::answerAsHost(host, some);
        });
        m_client->requestNewer(Hall, {Epoch, 100});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"101-106 of 101-106, older, newer"_s},
                                  LongEnough);
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around, QStringList{u"150-156 of 150-156, older, newer"_s},
                                  LongEnough);
    }

    void theHostIsAskedOneThingAtATime()
    {
        keepMessages(1, 300);
        enter();
        const QSignalSpy history(m_client.get(), &HostClient::history);
        m_client->requestAround(Hall, {Epoch, 150});
        m_client->requestNewer(Hall, {Epoch, 20});
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 1, LongEnough);
        QCOMPARE(m_around.size(), 1);
        QCOMPARE(m_newer.size(), 1);
        QCOMPARE(asked(), 3);
    }

    void ofPlacesToGoToTheLastOneCounts()
    {
        keepMessages(1, 300);
        enter();
        m_client->requestAround(Hall, {Epoch, 100});
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around, QStringList{u"101-200 of 101-200, older, newer"_s},
                                  LongEnough);
    }

    void whatIsKeptIsNotAskedForAgain()
    {
        keepMessages(1, 300);
        enter(m_store.get());
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.size(), 1, LongEnough);
        QCOMPARE(asked(), 1);
        m_client->requestNewer(Hall, {Epoch, 120});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"121-200 of 121-200, older, newer"_s},
                                  LongEnough);
        m_client->requestAround(Hall, {Epoch, 190});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.last(), u"101-200 of 101-200, older, newer"_s,
                                  LongEnough);
        QCOMPARE(asked(), 1);
        m_client->requestNewer(Hall, {Epoch, 200}); // a hole is not passed
        QTRY_COMPARE_WITH_TIMEOUT(m_newer.last(), u"201-300 of 201-300, older"_s, LongEnough);
        QCOMPARE(asked(), 2);
    }

    void withoutTheHostWhatIsKeptMustDo()
    {
        keepMessages(1, 300);
        enter(m_store.get());
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.size(), 1, LongEnough);
        m_host->vanish();
        QTRY_VERIFY_WITH_TIMEOUT(m_client->link().state != LinkState::Online, LongEnough);
        m_client->requestNewer(Hall, {Epoch, 200});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"291-300 of 291-300, older, newer"_s},
                                  LongEnough);
        m_client->requestAround(Hall, {Epoch, 250});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.last(), u"none of 0-0, older, newer"_s, LongEnough);
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.last(), u"101-200 of 101-200, older, newer"_s,
                                  LongEnough);
    }

    void aHostThatEndsIsNotAwaited()
    {
        keepMessages(1, 300);
        enter();
        m_host->setAnswer([](FakeHost &host, const QJsonObject &) { host.vanish(); });
        m_client->requestNewer(Hall, {Epoch, 20});
        m_client->requestAround(Hall, {Epoch, 50});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"none of 0-0, older, newer"_s}, LongEnough);
        QTRY_COMPARE_WITH_TIMEOUT(m_around, QStringList{u"none of 0-0, older, newer"_s},
                                  LongEnough);
    }

    void aRefusalIsNotTheBeginning_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("it cannot be read") << u"not_read"_s;
        QTest::newRow("not let in whole yet") << u"out_of_turn"_s;
    }

    void aRefusalIsNotTheBeginning()
    {
        QFETCH(QString, code);
        keepMessages(1, 300);
        enter();
        m_host->setAnswer([code](FakeHost &host, const QJsonObject &) {
            host.send({{u"type"_s, u"error"_s},
                       {u"code"_s, code},
                       {u"message"_s, u"Not now."_s},
                       {u"room"_s, Hall}});
        });
        const QSignalSpy failed(m_client.get(), &HostClient::failed);
        const QSignalSpy history(m_client.get(), &HostClient::history);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 1, LongEnough);
        QVERIFY(history.constFirst().constFirst().value<HistoryFrame>().more);
        m_host->setAnswer(&FakeHost::answerAsHost);
        m_client->requestOlder(Hall, {Epoch, 291}); // it is asked again
        QTRY_COMPARE_WITH_TIMEOUT(history.size(), 2, LongEnough);
        QCOMPARE(history.last().constFirst().value<HistoryFrame>().messages.size(), 100);
        QVERIFY(failed.isEmpty());
    }

    void whatIsDeletedMeanwhileIsNotShown()
    {
        keepMessages(1, 300);
        enter();
        QHash<QString, QString> texts; // as a timeline has them
        connect(m_client.get(), &HostClient::newerPage, this, [&texts](const HistoryPage &page) {
            for (const ChatMessage &message : page.messages)
                texts.insert(message.id, message.text);
        });
        connect(m_client.get(), &HostClient::changed, this, [&](const ChangedFrame &frame) {
            if (texts.contains(frame.message.id))
                texts.insert(frame.message.id, frame.message.text);
        });
        const QSignalSpy changed(m_client.get(), &HostClient::changed);
        m_host->setAnswer([](FakeHost &host, const QJsonObject &frame) {
            FakeHost::answerAsHost(host, frame);
            host.send(host.change(Hall, u"c-1"_s, u"id-130"_s, {{u"text"_s, u"gone"_s}}));
        });
        m_client->requestNewer(Hall, {Epoch, 120});
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && !m_newer.isEmpty(), LongEnough);
        QCOMPARE(texts.value(u"id-130"_s), u"gone"_s);
    }

    void comingInAnewAsksAgain()
    {
        keepMessages(1, 300);
        enter();
        int dropped = 0;
        m_host->setAnswer([&dropped](FakeHost &host, const QJsonObject &frame) {
            if (!frame.contains("before"_L1) || ++dropped > 1) // a host drops it with the visit
                FakeHost::answerAsHost(host, frame);
        });
        m_client->requestNewer(Hall, {Epoch, 20});
        QTRY_COMPARE_WITH_TIMEOUT(asked(), 1, LongEnough);
        const QSignalSpy members(m_client.get(), &HostClient::members);
        keepMessages(301, 301);
        m_host->say(Hall, u"id-302"_s, u"one is missing"_s);
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 1, LongEnough);
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"21-120 of 21-120, older, newer"_s},
                                  LongEnough);
        QCOMPARE(asked(), 2);
    }

    void aPlaceOfAnotherTimeEndsWhatIsAwaited()
    {
        m_host->wipe(u"e-2"_s);
        keepMessages(1, 300);
        enter();
        m_client->requestAround(Hall, {u"e-2"_s, 150});
        m_client->requestAround(Hall, {Epoch, 5});
        QTRY_COMPARE_WITH_TIMEOUT(m_around, QStringList{u"none of 0-0, older, newer"_s},
                                  LongEnough);
        m_client->requestAround(Hall, {u"e-2"_s, 150});
        QTRY_COMPARE_WITH_TIMEOUT(m_around.last(), u"101-200 of 101-200, older, newer"_s,
                                  LongEnough);
    }

    void numbersBeyondAllAreNotAskedFor()
    {
        keepMessages(1, 30);
        enter();
        m_client->requestNewer(Hall, {Epoch, std::numeric_limits<qint64>::max()});
        m_client->requestNewer(Hall, {Epoch, 20});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"21-30 of 21-30"_s}, LongEnough);
    }
};

PARLOUR_TEST(HistoryPagesTest)
#include "tst_history_pages.moc"
