// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"
#include "support/runner.h"
#include "tls/signatures.h"

#include <QJsonArray>
#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::HostClient;
using parlour::client::Identity;
using parlour::server::isEd25519Signature;
using parlour::tests::base64Url;
using parlour::tests::FakeHost;
using parlour::tests::quickOptions;

namespace {

constexpr int Patience = 20000;

QStringList roomsOf(const QList<QJsonObject> &frames)
{
    QStringList rooms;
    for (const auto &frame : frames)
        rooms.append(frame["room"_L1].toString());
    return rooms;
}

} // namespace

class HostClientTest : public QObject
{
    Q_OBJECT

    static bool isOnline(const HostClient &client)
    {
        return QTest::qWaitFor([&] { return client.link().state == LinkState::Online; }, Patience);
    }

private Q_SLOTS:
    void saysHelloAndKeepsTheToken()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy welcomed(&client, &HostClient::welcomed);
        const QSignalSpy issued(&client, &HostClient::tokenIssued);
        client.open();
        QVERIFY(isOnline(client));
        auto hello = host.received(u"hello"_s).value(0);
        QCOMPARE(hello["name"_L1].toString(), u"Ann"_s);
        QCOMPARE(hello["client"_L1].toString(), u"app"_s);
        QCOMPARE(hello["token"_L1].toString(), QString());
        const auto welcome = welcomed.first().first().value<WelcomeFrame>();
        QCOMPARE(welcome.host.title, u"Studio North"_s);
        QCOMPARE(issued.first().first().toString(), u"secret-1"_s);

        host.close(4012);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"hello"_s).size(), 2, Patience);
        hello = host.received(u"hello"_s).value(1);
        QCOMPARE(hello["token"_L1].toString(), u"secret-1"_s);
        QVERIFY(isOnline(client));
        QCOMPARE(issued.size(), 1);
    }

    void provesItsKey()
    {
        const QTemporaryDir folder;
        const auto identity = Identity::open(folder.filePath(u"person.key"_s));
        QVERIFY(identity);
        FakeHost host;
        auto options = quickOptions();
        options.identity = *identity;
        options.token = u"of earlier"_s;
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(isOnline(client));
        const auto hello = host.received(u"hello"_s).value(0);
        QCOMPARE(hello["key"_L1].toString(), base64Url(identity->publicKey()));
        QVERIFY2(!hello.contains("token"_L1), "the key is for that");
        const auto signature = QByteArray::fromBase64(
            host.received(u"proof"_s).value(0)["signature"_L1].toString().toLatin1(),
            QByteArray::Base64UrlEncoding);
        QVERIFY(isEd25519Signature(identity->publicKey(),
                                   QByteArray("parlour.v1\0", 11) + parlour::tests::Nonce,
                                   signature));
    }

    void signsNothingForAHostThatNamesAKeyOverPlain()
    {
        const QTemporaryDir folder;
        const auto identity = Identity::open(folder.filePath(u"person.key"_s));
        QVERIFY(identity);
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &) {
            self.send({{u"type"_s, u"challenge"_s},
                       {u"nonce"_s, base64Url(parlour::tests::Nonce)},
                       {u"fingerprint"_s, base64Url(QByteArray(32, 'f'))}});
        });
        auto options = quickOptions();
        options.identity = *identity;
        HostClient client(host.address(), options);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(client.link().state, LinkState::Refused, Patience);
        QVERIFY2(client.link().problem.contains(u"between"_s), qPrintable(client.link().problem));
        QVERIFY(host.received(u"proof"_s).isEmpty());
    }

    void ignoresAChallengeThatItDidNotAskFor()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(isOnline(client));
        host.send({{u"type"_s, u"challenge"_s}, {u"nonce"_s, base64Url(parlour::tests::Nonce)}});
        client.join(u"general"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"join"_s).size(), 1, Patience);
        QVERIFY(host.received(u"proof"_s).isEmpty());
    }

    void sendsTheOwnersTokenInTheHandshake()
    {
        FakeHost host;
        auto options = quickOptions();
        options.ownerToken = "00ff";
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(isOnline(client));
        const auto request = host.socket()->request();
        QCOMPARE(request.rawHeader("Authorization"), QByteArray("Bearer 00ff"));
        QVERIFY(request.rawHeader("User-Agent").startsWith("Parlour/"));
        QVERIFY2(!request.hasRawHeader("Origin"), "a native client has none");
    }

    void joinsAndTellsWhatComes()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy joined(&client, &HostClient::joined);
        const QSignalSpy history(&client, &HostClient::history);
        const QSignalSpy members(&client, &HostClient::members);
        client.join(u"general"_s);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 1, Patience);
        QCOMPARE(joined.first().first().value<RoomState>().room, u"general"_s);
        QCOMPARE(history.first().first().value<HistoryFrame>().room, u"general"_s);
    }

    void passesOnWhatTheHostTells()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy rooms(&client, &HostClient::roomChanged);
        const QSignalSpy closed(&client, &HostClient::roomClosed);
        const QSignalSpy topics(&client, &HostClient::topicChanged);
        const QSignalSpy watched(&client, &HostClient::watchedChanged);
        const QSignalSpy shared(&client, &HostClient::sharedChanged);
        const QSignalSpy messages(&client, &HostClient::message);
        const QSignalSpy errors(&client, &HostClient::failed);
        client.join(u"general"_s);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"join"_s).size(), 1, Patience);
        host.send({{u"type"_s, u"of the future"_s}});
        host.sendRaw(u"garbage"_s);
        host.send({{u"type"_s, u"room"_s},
                   {u"room"_s, u"design"_s},
                   {u"title"_s, u"design"_s},
                   {u"topic"_s, u"Type"_s},
                   {u"epoch"_s, u"e"_s},
                   {u"number"_s, 0},
                   {u"people"_s, 3},
                   {u"listed"_s, true}});
        host.send({{u"type"_s, u"closed"_s}, {u"room"_s, u"attic"_s}});
        host.send({{u"type"_s, u"topic"_s},
                   {u"room"_s, u"design"_s},
                   {u"topic"_s, u"New"_s},
                   {u"by"_s, u"Ben"_s}});
        host.send({{u"type"_s, u"watched"_s}, {u"watched"_s, true}});
        host.send({{u"type"_s, u"shared"_s}, {u"state"_s, u"away"_s}});
        host.send({{u"type"_s, u"shared"_s}, {u"state"_s, u"up"_s}});
        host.say(u"general"_s, u"id"_s, u"Доброе утро"_s);
        host.send({{u"type"_s, u"error"_s},
                   {u"code"_s, u"room_exists"_s},
                   {u"message"_s, u"There is a room of that name."_s},
                   {u"room"_s, u"x"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, Patience);
        QCOMPARE(rooms.first().first().value<RoomState>().people, 3);
        QCOMPARE(closed.first().first().toString(), u"attic"_s);
        QCOMPARE(topics.first().first().value<TopicFrame>().by, u"Ben"_s);
        QCOMPARE(watched.first().first().toBool(), true);
        QCOMPARE(shared.size(), 2);
        QCOMPARE(shared.first().first().toBool(), false);
        QCOMPARE(shared.last().first().toBool(), true);
        QCOMPARE(messages.first().first().value<ChatMessage>().text, u"Доброе утро"_s);
        QCOMPARE(client.link().state, LinkState::Online);
    }

    void rejoinsItsRoomsAfterALoss()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy members(&client, &HostClient::members);
        client.join(u"general"_s);
        client.join(u"design"_s);
        client.join(u"left again"_s);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 3, Patience);
        client.create(u"made"_s, {});
        FakeHost::answerAsHost(host, {{u"type"_s, u"join"_s}, {u"room"_s, u"made"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 4, Patience);
        const QSignalSpy left(&client, &HostClient::left);
        client.leave(u"left again"_s);
        QTRY_COMPARE_WITH_TIMEOUT(left.size(), 1, Patience);

        host.forgetReceived();
        host.vanish();
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 7, Patience);
        QCOMPARE(roomsOf(host.received(u"join"_s)),
                 (QStringList{u"general"_s, u"design"_s, u"made"_s}));
    }

    void aRefusedRoomIsNotAskedForAgain()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["room"_L1].toString() != "bad"_L1)
                return FakeHost::answerAsHost(self, frame);
            self.send({{u"type"_s, u"error"_s},
                       {u"code"_s, u"bad_room"_s},
                       {u"room"_s, u"bad"_s},
                       {u"message"_s, u"No."_s}});
        });
        HostClient client(host.address(), quickOptions());
        const QSignalSpy errors(&client, &HostClient::failed);
        const QSignalSpy members(&client, &HostClient::members);
        client.join(u"bad"_s);
        client.join(u"good"_s);
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 1, Patience);
        QCOMPARE(errors.size(), 1);
        host.forgetReceived();
        host.close(1001);
        QTRY_COMPARE_WITH_TIMEOUT(members.size(), 2, Patience);
        QCOMPARE(roomsOf(host.received(u"join"_s)), (QStringList{u"good"_s}));
    }

    void aRoomLeftBeforeItLetUsInStaysLeft()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(isOnline(client));
        const QSignalSpy left(&client, &HostClient::left);
        client.join(u"general"_s);
        client.leave(u"general"_s);
        QTRY_COMPARE_WITH_TIMEOUT(left.size(), 1, Patience);
        host.forgetReceived();
        host.close(1001);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"hello"_s).size(), 1, Patience);
        QVERIFY(isOnline(client));
        client.join(u"last"_s);
        QTRY_COMPARE_WITH_TIMEOUT(roomsOf(host.received(u"join"_s)), (QStringList{u"last"_s}),
                                  Patience);
    }

    void aLossWhileLeavingDoesNotBringTheRoomBack()
    {
        FakeHost host;
        host.setAnswer([](FakeHost &self, const QJsonObject &frame) {
            if (frame["type"_L1].toString() == "leave"_L1)
                return self.close(1001);
            FakeHost::answerAsHost(self, frame);
        });
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(isOnline(client));
        client.join(u"general"_s);
        client.leave(u"general"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"hello"_s).size(), 2, Patience);
        client.join(u"last"_s);
        QTRY_VERIFY_WITH_TIMEOUT(roomsOf(host.received(u"join"_s)).contains(u"last"_s), Patience);
        QCOMPARE(roomsOf(host.received(u"join"_s)), (QStringList{u"general"_s, u"last"_s}));
    }

    void asksForTheNewNameAfterARename()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        client.open();
        QVERIFY(isOnline(client));
        const QSignalSpy renamed(&client, &HostClient::renamed);
        client.rename(u"Anna"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"rename"_s).size(), 1, Patience);
        host.send({{u"type"_s, u"renamed"_s},
                   {u"person"_s,
                    QJsonObject{{u"id"_s, u"p-1"_s},
                                {u"name"_s, u"Anna#2"_s},
                                {u"role"_s, u"member"_s},
                                {u"via"_s, u"app"_s}}}});
        QTRY_COMPARE_WITH_TIMEOUT(renamed.size(), 1, Patience);
        host.close(1001);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"hello"_s).size(), 2, Patience);
        QCOMPARE(host.received(u"hello"_s).value(1)["name"_L1].toString(), u"Anna"_s);
    }

    void saysThatNobodySitsBeforeItOverALossToo()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const auto isTold = [&host](const QList<bool> &told) {
            QList<bool> heard;
            for (const auto &frame : host.received(u"away"_s))
                heard.append(frame["away"_L1].toBool());
            return heard == told;
        };
        client.open();
        QVERIFY(isOnline(client));
        client.setAway(false); // nothing new
        client.setAway(true);
        QTRY_VERIFY_WITH_TIMEOUT(isTold({true}), Patience);
        host.close(1001);
        QTRY_VERIFY_WITH_TIMEOUT(isTold({true, true}), Patience);
        client.setAway(false);
        QTRY_VERIFY_WITH_TIMEOUT(isTold({true, true, false}), Patience);
        host.close(1001);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"hello"_s).size(), 3, Patience);
        QVERIFY(isOnline(client));
        client.join(u"last"_s);
        QTRY_COMPARE_WITH_TIMEOUT(host.received(u"join"_s).size(), 1, Patience);
        QVERIFY2(isTold({true, true, false}), "a host takes a client that comes for one in use");
    }

    void saysWhatCannotBeDoneOffline()
    {
        FakeHost host;
        HostClient client(host.address(), quickOptions());
        const QSignalSpy errors(&client, &HostClient::failed);
        client.create(u"design"_s, {});
        client.setTopic(u"design"_s, u"Type"_s);
        QCOMPARE(errors.size(), 2);
        QCOMPARE(errors.first().first().value<ErrorFrame>().code, u"offline"_s);
        QVERIFY(!errors.first().first().value<ErrorFrame>().message.isEmpty());
    }
};

PARLOUR_TEST(HostClientTest)
#include "tst_host_client.moc"
