// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/fake_host.h"
#include "client/host_store.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostClient;
using parlour::client::Outbox;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 30000;
const QString Hall = u"hall"_s;

/// How the last change left each message, and what became of it all.
class Story : public QObject
{
public:
    explicit Story(const HostClient &client)
    {
        connect(&client, &HostClient::members, this, [this] { ++joins; });
        connect(&client, &HostClient::message, this,
                [this](const ChatMessage &message) { now.insert(message.id, message); });
        connect(&client, &HostClient::history, this, [this](const HistoryFrame &history) {
            for (const ChatMessage &message : history.messages + history.changed)
                now.insert(message.id, message);
        });
        connect(&client, &HostClient::changed, this, [this](const ChangedFrame &change) {
            now.insert(change.message.id, change.message);
        });
        connect(&client, &HostClient::changing, this,
                [this](const QString &, const QString &message, bool isChanging) {
                    told.append(message + (isChanging ? u" changes"_s : u" rests"_s));
                });
        connect(&client, &HostClient::changeFailed, this,
                [this](const Outbox::Entry &change, const QString &why) {
                    told.append(u"not %1: %2"_s.arg(change.text, why));
                });
    }

    QHash<QString, ChatMessage> now;
    QStringList told;
    int joins = 0;
};

} // namespace

/// What changes a message goes to the host once and in its order, and comes back from it.
class ChangesTest : public QObject
{
    Q_OBJECT

    static bool isIn(HostClient &client, const Story &story, int joins = 1)
    {
        client.join(Hall);
        client.open();
        return QTest::qWaitFor([&] { return story.joins == joins; }, Patience);
    }

private Q_SLOTS:
    void areSentAndComeBack()
    {
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"helo"_s);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.edit(Hall, u"m-1"_s, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.now[u"m-1"_s].text, u"hello"_s, Patience);
        QVERIFY(story.now[u"m-1"_s].edited > 0);
        client.react(Hall, u"m-1"_s, u"👍"_s, true);
        QTRY_COMPARE_WITH_TIMEOUT(story.now[u"m-1"_s].reactions.size(), 1, Patience);
        client.remove(Hall, u"m-1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(story.now[u"m-1"_s].isDeleted, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(story.told.last(), u"m-1 rests"_s, Patience);
        QCOMPARE(host.received(u"react"_s).first()["on"_L1].toBool(), true);
        host.say(Hall, u"m-2"_s, u"goes on"_s); // number 5
        QTRY_VERIFY_WITH_TIMEOUT(story.now.contains(u"m-2"_s), Patience);
        QCOMPARE(story.joins, 1);
    }

    void aReplyNamesItsMessage()
    {
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"who?"_s);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.say(Hall, u"me"_s, u"m-1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"say"_s).size(), 1, Patience);
        QCOMPARE(host.received(u"say"_s).first()["reply"_L1].toString(), u"m-1"_s);
    }

    void waitForTheHostWithWhatIsSaid()
    {
        const QTemporaryDir folder;
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"helo"_s);
        QString sent;
        {
            const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
            QVERIFY(store);
            auto options = quickOptions();
            options.store = store->get();
            HostClient client(host.address(), options);
            const Story story(client);
            QVERIFY(isIn(client, story));
            host.vanish();
            QTRY_VERIFY_WITH_TIMEOUT(client.link().state != LinkState::Online, Patience);
            client.say(Hall, u"said first"_s);
            client.edit(Hall, u"m-1"_s, u"hello"_s);
            QTRY_COMPARE_WITH_TIMEOUT(story.told, QStringList{u"m-1 changes"_s}, Patience);
            sent = client.store()->waiting().constLast().id;
        }
        const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
        QVERIFY(store);
        auto options = quickOptions();
        options.store = store->get();
        host.start();
        HostClient client(host.address(), options);
        const Story story(client);
        QVERIFY(isIn(client, story));
        QTRY_COMPARE_WITH_TIMEOUT(story.now[u"m-1"_s].text, u"hello"_s, Patience);
        QCOMPARE(host.received().constLast()["id"_L1].toString(), sent);
        QCOMPARE(client.store()->last(Hall, 9).first().text, u"hello"_s);
        QVERIFY(client.store()->waiting().isEmpty());
    }

    void aLostAnswerIsAskedForOnce()
    {
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"helo"_s);
        bool isDeaf = true;
        QJsonObject answer;
        host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1] != "edit"_L1)
                return FakeHost::answerAsHost(self, frame);
            if (!std::exchange(isDeaf, false))
                return self.send(answer); // known: nothing is numbered
            answer = self.change(Hall, frame["id"_L1].toString(), u"m-1"_s,
                                 {{u"text"_s, frame["text"_L1]}});
            self.socket()->abort();
        });
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.edit(Hall, u"m-1"_s, u"hello"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"edit"_s).size(), 2, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(story.told.last(), u"m-1 rests"_s, Patience);
        QCOMPARE(story.now[u"m-1"_s].text, u"hello"_s);
    }

    void whatTheHostRefusesIsTold()
    {
        FakeHost host;
        host.keep(Hall, u"m-1"_s, u"mine"_s);
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1] != "edit"_L1)
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"no_such_message"_s},
                       {u"message"_s, u"It is gone."_s},
                       {u"room"_s, Hall},
                       {u"id"_s, frame["id"_L1]}});
        });
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.edit(Hall, u"m-1"_s, u"yours"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.told.value(story.told.size() - 1),
                                  u"not yours: It is gone."_s, Patience);
    }

    void whatWasMissedIsInItsLastState()
    {
        FakeHost host;
        host.partSize = 3;
        for (int n = 1; n <= 4; ++n)
            host.keep(Hall, u"m-%1"_s.arg(n), u"text %1"_s.arg(n));
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.vanish();
        host.change(Hall, u"c-1"_s, u"m-3"_s, {{u"text"_s, u"first"_s}});
        host.change(Hall, u"c-2"_s, u"m-3"_s, {{u"text"_s, u"last"_s}});
        host.keep(Hall, u"m-5"_s, u"text 5"_s);
        host.change(Hall, u"c-3"_s, u"m-5"_s, {{u"text"_s, u"five"_s}});
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, Patience);
        QCOMPARE(story.now[u"m-3"_s].text, u"last"_s);
        QCOMPARE(story.now[u"m-5"_s].text, u"five"_s);
        host.say(Hall, u"m-6"_s, u"goes on"_s);
        QTRY_VERIFY_WITH_TIMEOUT(story.now.contains(u"m-6"_s), Patience);
        QCOMPARE(story.joins, 2);
    }

    void thePastHasNoHolesWhereChangesAre()
    {
        const QTemporaryDir folder;
        const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
        QVERIFY(store);
        auto options = quickOptions();
        options.store = store->get();
        FakeHost host;
        host.partSize = 5;
        for (int n = 1; n <= 20; ++n) {
            host.keep(Hall, u"m-%1"_s.arg(n), u"text"_s);
            host.change(Hall, u"c-%1"_s.arg(n), u"m-%1"_s.arg(n), {{u"text"_s, u"new"_s}});
        }
        HostClient client(host.address(), options);
        const QSignalSpy told(&client, &HostClient::history);
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.requestOlder(Hall, {u"e-1"_s, 31});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, Patience);
        const auto page = told.last().first().value<HistoryFrame>();
        QCOMPARE(page.messages.size(), 15);
        QCOMPARE(page.first, 1);
        QCOMPARE(page.number, 30);
        client.requestOlder(Hall, {u"e-1"_s, 31}); // again: it is kept
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 3, Patience);
        QCOMPARE(told.last().first().value<HistoryFrame>().messages, page.messages);
        QCOMPARE(host.received(u"history"_s).size(), 1);
    }
};

PARLOUR_TEST(ChangesTest)
#include "tst_changes.moc"
