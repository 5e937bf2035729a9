// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include <QTest>
#include <QWebSocket>

#include <channels/json_websocket_consumer.h>
#include <channels/refusal.h>
#include <channels/routing.h>
#include <channels/testing/application_communicator.h>
#include <channels/testing/fake_clock.h>
#include <channels/testing/http_communicator.h>
#include <channels/testing/websocket_communicator.h>
#include <redis/redis_backends.h>
#include <redis/redis_pub_sub_channel_layer.h>
#include <testing/live_server.h>

using namespace parlour::channels;
using namespace Qt::StringLiterals;

namespace {

class EchoConsumer : public JsonWebsocketConsumer
{
public:
    EchoConsumer(const Scope &scope, const Send &send)
        : JsonWebsocketConsumer(scope, send)
    {
    }

    void receiveJson(const QJsonValue &json) override { sendJson(json.toObject()); }
};

Application echo()
{
    return ProtocolTypeRouter{
        {"websocket", UrlRouter{path("echo/", asApplication<EchoConsumer>())}},
    };
}

} // namespace

class PackageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void talksToAnApplicationWithoutASocket()
    {
        WebsocketCommunicator communicator(echo(), u"/echo/"_s);
        QVERIFY(communicator.connect().accepted);
        communicator.sendText(R"({"a":1})");
        QCOMPARE(communicator.receiveText(), QByteArray(R"({"a":1})"));
        WebsocketCommunicator lost(echo(), u"/nowhere/"_s);
        QCOMPARE(lost.connect().status, 404);
    }

    void talksToAnApplicationEventByEvent()
    {
        Scope scope;
        scope.type = u"websocket"_s;
        scope.path = u"/echo/"_s;
        ApplicationCommunicator conversation(echo(), scope);
        conversation.sendInput(WebsocketConnect{});
        const auto accepted = conversation.receiveOutput();
        QVERIFY(accepted && std::holds_alternative<WebsocketAccept>(*accepted));
        conversation.sendInput(WebsocketReceive{"[", false, {}});
        QVERIFY(conversation.wait());
        conversation.stop();
    }

    void asksAnApplicationWithoutASocket()
    {
        HttpCommunicator page(refusal(418, "Tea"), "GET", u"/coffee/"_s);
        const auto answer = page.response();
        QCOMPARE(answer.status, 418);
        QCOMPARE(answer.body, QByteArray("Tea"));
        QCOMPARE(page.begin().status, 418);
        QCOMPARE(page.receivePart()->body, QByteArray("Tea"));
    }

    void turnsTimeByHand()
    {
        FakeClock fake;
        const Clock clock = fake;
        const auto before = clock();
        fake.advance(std::chrono::minutes(5));
        QVERIFY(clock() - before == std::chrono::minutes(5));
    }

    void hasLayersOverRedis()
    {
        ChannelLayers layers;
        parlour::redis::addRedisBackends(layers);
        const auto added =
            layers.add({.backend = u"redis-core"_s, .config = {{u"prefix"_s, u"site"_s}}});
        QVERIFY(added);
        QCOMPARE(layers.layer()->bridge()->prefix, u"site"_s);
        const auto refused = layers.add(
            {.alias = u"other"_s, .backend = u"redis-pubsub"_s, .config = {{u"x"_s, 1}}});
        QVERIFY(!refused);
        const parlour::redis::RedisPubSubChannelLayer layer;
        QCOMPARE(layer.bridge()->hosts.value(0).address, u"redis://localhost:6379"_s);
    }

    void talksToALiveServer_data()
    {
        QTest::addColumn<parlour::server::Engine>("engine");
        QTest::newRow("native") << parlour::server::Engine::Native;
        QTest::newRow("qt") << parlour::server::Engine::Qt;
    }

    void talksToALiveServer()
    {
        QFETCH(parlour::server::Engine, engine);
        parlour::server::LiveServer live(echo(), {.server = {.engine = engine}});
        QWebSocket socket;
        QStringList received;
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [&](const QString &text) { received.append(text); });
        QObject::connect(&socket, &QWebSocket::connected, &socket,
                         [&] { socket.sendTextMessage(uR"({"b":"ж"})"_s); });
        socket.open(live.webSocketUrl(u"/echo/"_s));
        QTRY_COMPARE_WITH_TIMEOUT(received, QStringList{uR"({"b":"ж"})"_s}, 30000);
        QVERIFY(live.stop());
    }
};

QTEST_GUILESS_MAIN(PackageTest)
#include "tst_package.moc"
