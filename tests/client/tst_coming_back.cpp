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
using parlour::client::HostClient;
using parlour::tests::FakeHost;
using parlour::tests::messageFrame;
using parlour::tests::quickOptions;

namespace {

constexpr int LongEnough = 30000;
const QString Hall = u"hall"_s;

/// What a client tells of a room, in words.
class Story : public QObject
{
public:
    explicit Story(const HostClient &client)
    {
        connect(&client, &HostClient::history, this, [this](const HistoryFrame &history) {
            if (history.before)
                told.append(u"older %1%2"_s.arg(history.messages.size())
                                .arg(history.more ? u", more"_s : QString()));
            else if (history.lost)
                told.append(u"lost"_s);
            for (const ChatMessage &message : history.messages)
                (history.before ? older : texts).append(message.text);
        });
        connect(&client, &HostClient::message, this,
                [this](const ChatMessage &message) { texts.append(message.text); });
        connect(&client, &HostClient::members, this, [this] { ++joins; });
        connect(&client, &HostClient::catchingUp, this,
                [this](const QString &, qint64 done, qint64 total) {
                    progress.append(u"%1/%2"_s.arg(done).arg(total));
                });
    }

    QStringList texts;
    QStringList older;
    QStringList told;
    QStringList progress;
    int joins = 0;
};

QStringList counted(int first, int last)
{
    QStringList numbers;
    for (int number = first; number <= last; ++number)
        numbers.append(QString::number(number));
    return numbers;
}

void keepNumbers(FakeHost &host, int first, int last)
{
    for (int number = first; number <= last; ++number)
        host.keep(Hall, u"id-%1"_s.arg(number), QString::number(number));
}

} // namespace

/// A client that comes back gets what it missed, shows it once and in order, and then says what it
/// has to say.
class ComingBackTest : public QObject
{
    Q_OBJECT

    static bool isIn(HostClient &client, const Story &story, int joins = 1)
    {
        client.join(Hall);
        client.open();
        return QTest::qWaitFor([&] { return story.joins == joins; }, LongEnough);
    }

private Q_SLOTS:
    void whatWasMissedComesInParts()
    {
        FakeHost host;
        host.partSize = 10;
        keepNumbers(host, 1, 5);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.say(Hall, u"id-6"_s, u"6"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 6), LongEnough);
        host.vanish();
        keepNumbers(host, 7, 40);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, LongEnough);
        QCOMPARE(story.texts, counted(1, 40));
        const auto join = host.received(u"join"_s).constLast();
        QCOMPARE(join["epoch"_L1].toString(), u"e-1"_s);
        QCOMPARE(join["number"_L1].toInteger(), 6);
        QCOMPARE(host.received(u"history"_s).size(), 3);
        QCOMPARE(story.progress, (QStringList{u"10/34"_s, u"20/34"_s, u"30/34"_s, u"34/34"_s}));
        QVERIFY(story.told.isEmpty());
    }

    void ofAPartThatIsNotTakenNothingIsKnown()
    {
        FakeHost host;
        keepNumbers(host, 1, 10);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.vanish();
        keepNumbers(host, 11, 20);
        bool isWhole = false;
        host.setAnswer([&isWhole](FakeHost &other, const QJsonObject &frame) {
            if (frame["type"_L1].toString() != "join"_L1 || std::exchange(isWhole, true))
                return FakeHost::answerAsHost(other, frame);
            other.send({{u"type"_s, u"history"_s},
                        {u"room"_s, Hall},
                        {u"epoch"_s, u"e-1"_s},
                        {u"after"_s, 10},
                        {u"first"_s, 15},
                        {u"number"_s, 20},
                        {u"messages"_s, QJsonArray()},
                        {u"more"_s, false}});
        });
        const QSignalSpy history(&client, &HostClient::history);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, LongEnough);
        QCOMPARE(story.texts, counted(1, 20));
        QCOMPARE(history.constFirst().constFirst().value<HistoryFrame>().number, 0);
        QCOMPARE(history.constLast().constFirst().value<HistoryFrame>().first, 11);
    }

    void aHoleInWhatIsSaidIsFilled()
    {
        FakeHost host;
        keepNumbers(host, 1, 3);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        keepNumbers(host, 4, 6); // never sent
        host.say(Hall, u"id-7"_s, u"7"_s);
        host.say(Hall, u"id-8"_s, u"8"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, LongEnough);
        QCOMPARE(story.texts, counted(1, 8));
        host.say(Hall, u"id-9"_s, u"9"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 9), LongEnough);
        QVERIFY(story.told.isEmpty());
    }

    void aLossIsTold()
    {
        FakeHost host;
        keepNumbers(host, 1, 3);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.vanish();
        host.wipe(u"e-2"_s);
        keepNumbers(host, 4, 5);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, LongEnough);
        QCOMPARE(story.texts, counted(1, 5));
        QCOMPARE(story.told, QStringList{u"lost"_s});
    }

    void whereTheHostForgotAllThatFollowedItsEndIsTold()
    {
        FakeHost host;
        keepNumbers(host, 1, 3);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.vanish();
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1] != "join"_L1)
                return FakeHost::answerAsHost(self, frame);
            const auto send = [&](QJsonObject answer) {
                answer.insert(u"room"_s, Hall);
                answer.insert(u"epoch"_s, u"e-1"_s);
                self.send(answer);
            };
            send({{u"type"_s, u"joined"_s},
                  {u"title"_s, Hall},
                  {u"topic"_s, QString()},
                  {u"number"_s, 30},
                  {u"people"_s, 1},
                  {u"listed"_s, true}});
            send({{u"type"_s, u"history"_s},
                  {u"messages"_s, QJsonArray()},
                  {u"after"_s, 3},
                  {u"more"_s, false},
                  {u"lost"_s, true}});
            send({{u"type"_s, u"members"_s}, {u"people"_s, QJsonArray()}});
        });
        QSignalSpy histories(&client, &HostClient::history);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.joins, 2, LongEnough);
        QCOMPARE(story.told, QStringList{u"lost"_s});
        QCOMPARE(histories.constLast().constFirst().value<HistoryFrame>().number, 30);
    }

    void whatWaitsIsSentBehindTheLastPart()
    {
        FakeHost host;
        host.partSize = 10;
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.vanish();
        keepNumbers(host, 1, 30);
        for (int number = 31; number <= 50; ++number)
            client.say(Hall, QString::number(number));
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 50), LongEnough);
        const QList<QJsonObject> frames = host.received();
        const auto isSay = [](const auto &frame) { return frame["type"_L1] == "say"_L1; };
        const auto firstSay = std::find_if(frames.begin(), frames.end(), isSay);
        QVERIFY(std::none_of(firstSay, frames.end(),
                             [](const auto &frame) { return frame["type"_L1] == "history"_L1; }));
    }

    void aLostAcknowledgementIsOneRow()
    {
        FakeHost host;
        bool isDeaf = true;
        host.setAnswer([&isDeaf](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1] != "say"_L1 || !isDeaf)
                return FakeHost::answerAsHost(self, frame);
            isDeaf = false;
            self.keep(Hall, frame["id"_L1].toString(), frame["text"_L1].toString());
            self.socket()->abort();
        });
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        client.say(Hall, u"1"_s);
        client.say(Hall, u"2"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 2), LongEnough);
        QCOMPARE(host.received(u"say"_s).size(), 2);
    }

    void theNextRunGoesOnWhereThisOneEnded()
    {
        const QTemporaryDir folder;
        FakeHost host;
        keepNumbers(host, 1, 5);
        {
            const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
            QVERIFY(store);
            auto options = quickOptions();
            options.store = store->get();
            HostClient client(host.address(), options);
            const Story story(client);
            QVERIFY(isIn(client, story));
            host.vanish();
            QTRY_VERIFY_WITH_TIMEOUT(client.link().state != LinkState::Online, LongEnough);
            client.say(Hall, u"9"_s);
            client.say(Hall, u"10"_s);
        }
        keepNumbers(host, 6, 8);
        host.start();
        const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
        QVERIFY(store);
        auto options = quickOptions();
        options.store = store->get();
        HostClient client(host.address(), options);
        QCOMPARE(client.store()->host().host.title, u"Studio North"_s);
        QCOMPARE(client.store()->last(Hall, 50).size(), 5);
        QCOMPARE(client.store()->waiting().size(), 2);
        const Story story(client);
        QVERIFY(isIn(client, story));
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(6, 10), LongEnough);
        QCOMPARE(client.store()->last(Hall, 50).size(), 10);
        QVERIFY(client.store()->waiting().isEmpty());
    }

    void olderOnesComeFromTheStoreAndTheHost()
    {
        const QTemporaryDir folder;
        const auto store = ClientStore::open(folder.filePath(u"store.db"_s));
        QVERIFY(store);
        auto options = quickOptions();
        options.store = store->get();
        FakeHost host;
        host.partSize = 10;
        keepNumbers(host, 1, 130);
        HostClient client(host.address(), options);
        const Story story(client);
        QVERIFY(isIn(client, story));
        QCOMPARE(story.texts, counted(121, 130));
        client.requestOlder(Hall, {u"e-1"_s, 121});
        client.requestOlder(Hall, {u"e-1"_s, 121}); // one at a time
        QTRY_COMPARE_WITH_TIMEOUT(story.older, counted(21, 120), LongEnough);
        client.requestOlder(Hall, {u"e-1"_s, 21});
        QTRY_COMPARE_WITH_TIMEOUT(story.told.size(), 2, LongEnough);
        QCOMPARE(story.older.mid(100), counted(1, 20));
        client.requestOlder(Hall, {u"e-1"_s, 1});
        QTRY_COMPARE_WITH_TIMEOUT(story.told.size(), 3, LongEnough);
        QCOMPARE(story.told,
                 (QStringList{u"older 100, more"_s, u"older 20, more"_s, u"older 0"_s}));
        QCOMPARE(host.received(u"history"_s).size(), 2);
        client.requestOlder(Hall, {u"e-1"_s, 121}); // again: they are kept
        QTRY_COMPARE_WITH_TIMEOUT(story.older.mid(120), counted(21, 120), LongEnough);
        QCOMPARE(host.received(u"history"_s).size(), 2);
    }

    void aRoomThatGotAnotherLogIsJoinedAgain()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.wipe(u"e-9"_s);
        keepNumbers(host, 1, 5);
        const QJsonObject room{{u"type"_s, u"room"_s}, {u"room"_s, Hall},      {u"title"_s, Hall},
                               {u"topic"_s, u""_s},    {u"epoch"_s, u"e-9"_s}, {u"number"_s, 5},
                               {u"people"_s, 1},       {u"listed"_s, true}};
        host.send(room);
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 5), LongEnough);
        host.send(room); // which is no news any more
        host.say(Hall, u"id-6"_s, u"6"_s);
        QTRY_COMPARE_WITH_TIMEOUT(story.texts, counted(1, 6), LongEnough);
        QCOMPARE(story.joins, 2);
    }

    void withoutTheHostNobodyKnowsWhereThePastBegins()
    {
        FakeHost host;
        host.partSize = 10;
        keepNumbers(host, 1, 30);
        HostClient client(host.address(), quickOptions());
        const Story story(client);
        QVERIFY(isIn(client, story));
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame.contains("before"_L1))
                self.vanish();
        });
        client.requestOlder(Hall, {u"e-1"_s, 21});
        QTRY_COMPARE_WITH_TIMEOUT(story.told, QStringList{u"older 0, more"_s}, LongEnough);
        client.requestOlder(Hall, {u"e-1"_s, 21});
        QTRY_COMPARE_WITH_TIMEOUT(story.told.size(), 2, LongEnough);
        QCOMPARE(story.told.last(), u"older 0, more"_s);
    }
};

PARLOUR_TEST(ComingBackTest)
#include "tst_coming_back.moc"
