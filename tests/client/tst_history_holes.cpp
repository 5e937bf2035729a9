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

/// "12-40 of 10-50, more"; "none, more".
QString inWords(const QList<ChatMessage> &messages, qint64 first, qint64 number, bool hasMore)
{
    QString words = u"none"_s;
    if (!messages.isEmpty())
        words = u"%1-%2"_s.arg(messages.first().number).arg(messages.last().number);
    if (number > 0)
        words += u" of %1-%2"_s.arg(first).arg(number);
    return hasMore ? words + u", more"_s : words;
}

} // namespace

/// What is handed out of a room's past where it does not adjoin, or cannot be asked for yet.
class HistoryHolesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ClientStore> m_store;
    std::unique_ptr<FakeHost> m_host;
    std::unique_ptr<HostClient> m_client;
    QStringList m_older;
    QStringList m_newer;

    void keepMessages(int first, int last)
    {
        for (int number = first; number <= last; ++number)
            m_host->keep(Hall, u"id-%1"_s.arg(number), u"text %1"_s.arg(number));
    }
    void makeClient(ClientStore *store = nullptr)
    {
        auto options = quickOptions();
        options.store = store;
        m_host->partSize = 10;
        m_client = std::make_unique<HostClient>(m_host->address(), options);
        connect(m_client.get(), &HostClient::history, this, [this](const HistoryFrame &page) {
            if (page.before)
                m_older.append(inWords(page.messages, page.first, page.number, page.more));
        });
        connect(m_client.get(), &HostClient::newerPage, this, [this](const HistoryPage &page) {
            m_newer.append(inWords(page.messages, page.first, page.number, page.hasNewer));
        });
        m_client->join(Hall);
        m_client->open();
    }
    /// A client in a room of which it has the last ten.
    void enter(ClientStore *store = nullptr)
    {
        makeClient(store);
        const QSignalSpy members(m_client.get(), &HostClient::members);
        QTRY_VERIFY_WITH_TIMEOUT(!members.isEmpty(), LongEnough);
        m_host->forgetReceived();
    }
    /// The store has 101-200 too, which somebody was led to.
    void enterWithHole()
    {
        keepMessages(1, 300);
        enter(m_store.get());
        const QSignalSpy around(m_client.get(), &HostClient::pageAround);
        m_client->requestAround(Hall, {Epoch, 150});
        QTRY_VERIFY_WITH_TIMEOUT(!around.isEmpty(), LongEnough);
        m_host->forgetReceived();
    }
    qsizetype asked() const { return m_host->received(u"history"_s).size(); }
    void refuseWith(const QString &code, int times)
    {
        auto left = std::make_shared<int>(times);
        m_host->setAnswer([code, left](FakeHost &host, const QJsonObject &frame) {
            if (!frame.contains("before"_L1) || --*left < 0)
                return FakeHost::answerAsHost(host, frame);
            host.send({{u"type"_s, u"error"_s},
                       {u"code"_s, code},
                       {u"message"_s, u"Not now."_s},
                       {u"room"_s, Hall},
                       {u"retry"_s, 1}});
        });
    }

private Q_SLOTS:
    void init()
    {
        QFile::remove(m_folder.filePath(u"store.db"_s));
        m_store = ClientStore::open(m_folder.filePath(u"store.db"_s)).value();
        m_host = std::make_unique<FakeHost>();
        m_older.clear();
        m_newer.clear();
    }

    void cleanup()
    {
        m_client.reset();
        m_host.reset();
        m_store.reset();
    }

    void whileTheHostIsThereNoHoleIsPassed()
    {
        enterWithHole();
        refuseWith(u"not_read"_s, 2);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"none, more"_s}, LongEnough);
        m_client->requestNewer(Hall, {Epoch, 200});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"none, more"_s}, LongEnough);
        m_client->requestOlder(Hall, {Epoch, 291}); // it is asked again
        QTRY_COMPARE_WITH_TIMEOUT(m_older.value(1), u"191-290 of 191-290, more"_s, LongEnough);
    }

    void withoutTheHostThereIsWhatIsKept()
    {
        enterWithHole();
        m_host->vanish();
        QTRY_VERIFY_WITH_TIMEOUT(m_client->link().state != LinkState::Online, LongEnough);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"101-200 of 101-200, more"_s}, LongEnough);
    }

    void aHostThatWantsToBeAskedLaterIs()
    {
        keepMessages(1, 300);
        enter();
        refuseWith(u"too_fast"_s, 3);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"191-290 of 191-290, more"_s}, LongEnough);
        QCOMPARE(asked(), 4);
    }

    void aHostThatNeverAnswersIsNotAskedForEver()
    {
        keepMessages(1, 300);
        enter();
        refuseWith(u"too_fast"_s, 1000);
        m_client->requestOlder(Hall, {Epoch, 291});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"none, more"_s}, LongEnough);
        QCOMPARE(asked(), 11);
    }

    void nothingIsAskedBeforeTheMembers()
    {
        keepMessages(1, 300);
        m_host->setAnswer([](FakeHost &host, const QJsonObject &frame) {
            if (frame["type"_L1] != "join"_L1)
                return FakeHost::answerAsHost(host, frame);
            host.send({{u"type"_s, u"joined"_s},
                       {u"room"_s, Hall},
                       {u"title"_s, Hall},
                       {u"topic"_s, QString()},
                       {u"epoch"_s, Epoch},
                       {u"number"_s, 300},
                       {u"people"_s, 1},
                       {u"listed"_s, true}});
            host.send({{u"type"_s, u"history"_s},
                       {u"room"_s, Hall},
                       {u"epoch"_s, Epoch},
                       {u"first"_s, 300},
                       {u"number"_s, 300},
                       {u"messages"_s, QJsonArray{host.keep(Hall, u"id-300"_s, {})}},
                       {u"more"_s, true}});
        });
        makeClient();
        const QSignalSpy history(m_client.get(), &HostClient::history);
        QTRY_VERIFY_WITH_TIMEOUT(!history.isEmpty(), LongEnough);
        m_client->requestOlder(Hall, {Epoch, 300});
        m_client->requestNewer(Hall, {Epoch, 20});
        const QSignalSpy typing(m_client.get(), &HostClient::typing);
        m_host->send({{u"type"_s, u"typing"_s},
                      {u"room"_s, Hall},
                      {u"person"_s, QJsonObject{{u"id"_s, u"p-2"_s}, {u"name"_s, u"Ben"_s}}},
                      {u"typing"_s, true}});
        QTRY_VERIFY_WITH_TIMEOUT(!typing.isEmpty(), LongEnough); // whatever was to be told is
        QCOMPARE(asked(), 0);
        QVERIFY(m_older.isEmpty());
        m_host->send({{u"type"_s, u"members"_s}, {u"room"_s, Hall}, {u"people"_s, QJsonArray()}});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"200-299 of 200-299, more"_s}, LongEnough);
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"21-120 of 21-120, more"_s}, LongEnough);
    }

    void aRoomThatIsNotEnteredKeepsNobodyWaiting()
    {
        keepMessages(1, 300);
        m_host->setAnswer([](FakeHost &host, const QJsonObject &frame) {
            if (frame["type"_L1] != "join"_L1)
                FakeHost::answerAsHost(host, frame);
        });
        makeClient();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->received(u"join"_s).size(), 1, LongEnough);
        m_client->requestOlder(Hall, {Epoch, 291});
        m_client->requestNewer(Hall, {Epoch, 20});
        m_host->send({{u"type"_s, u"error"_s},
                      {u"code"_s, u"too_many_rooms"_s},
                      {u"message"_s, u"No place."_s},
                      {u"room"_s, Hall}});
        QTRY_COMPARE_WITH_TIMEOUT(m_older, QStringList{u"none, more"_s}, LongEnough);
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"none, more"_s}, LongEnough);
    }

    void theEndIsKnownByAnEmptyPage()
    {
        keepMessages(1, 20);
        for (int change = 21; change <= 30; ++change)
            m_host->change(Hall, u"c-%1"_s.arg(change), u"id-1"_s,
                           {{u"text"_s, u"text %1"_s.arg(change)}});
        enter();
        m_host->saysNumbers = false;
        m_client->requestNewer(Hall, {Epoch, 20});
        QTRY_COMPARE_WITH_TIMEOUT(m_newer, QStringList{u"none of 21-30"_s}, LongEnough);
    }
};

PARLOUR_TEST(HistoryHolesTest)
#include "tst_history_holes.moc"
