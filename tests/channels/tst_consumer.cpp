// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/consumer.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/waiting.h"
#include "channels/testing/websocket_communicator.h"
#include "channels/websocket_consumer.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

/// Says every chat.message of its group to its client.
class Listener final : public WebsocketConsumer
{
public:
    Listener(const Scope &scope, const Send &send, ChannelLayer &layer)
        : WebsocketConsumer(scope, send, &layer)
    {
        on("chat.message"_L1, &Listener::chatMessage);
    }

private:
    QStringList groups() const override { return {u"room"_s}; }
    void chatMessage(const Message &message)
    {
        sendText(message.type().toUtf8() + ':' + message.value(u"text"_s).toString().toUtf8());
    }
};

/// Has no layer, and tells its client what that means.
class Alone final : public WebsocketConsumer
{
public:
    Alone(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

private:
    void receiveText(const QByteArray &) override
    {
        sendText(groupAdd(u"room"_s).error().code.toUtf8());
        sendText(groupSend(u"room"_s, Message(u"x"_s)).error().code.toUtf8());
        sendText(groupDiscard(u"room"_s).error().code.toUtf8());
    }
};

/// Keeps the messages that it is sent.
class Silence final : public Outlet
{
public:
    void send(const ServerEvent &event) override
    {
        if (const auto *message = std::get_if<WebsocketSend>(&event))
            said.append(message->payload);
    }
    Backlog backlog() const override { return {}; }

    QList<QByteArray> said;
};

} // namespace

class ConsumerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDotIsAnUnderscoreInTypes()
    {
        InMemoryChannelLayer layer;
        WebsocketCommunicator client(asApplication<Listener>(layer), u"/"_s);
        QVERIFY(client.connect().accepted);
        for (const auto &type : {u"chat.message"_s, u"chat_message"_s}) {
            QVERIFY(layer.groupSend(u"room"_s, Message(type, {{u"text"_s, u"hi"_s}})));
            QCOMPARE(client.receiveText(), type.toUtf8() + ":hi");
        }
    }

    void whatNobodyHandlesIsCountedAndClosesNothing_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("cause");
        QTest::newRow("unregistered") << u"chat.typing"_s << u"unregistered"_s;
        QTest::newRow("other case") << u"Chat.Message"_s << u"unregistered"_s;
        QTest::newRow("name of a method") << u"close"_s << u"unregistered"_s;
        QTest::newRow("the server's own") << u"websocket.disconnect"_s << u"forged"_s;
        QTest::newRow("the server's own, written otherwise") << u"websocket_close"_s << u"forged"_s;
        QTest::newRow("of HTTP") << u"http.request"_s << u"forged"_s;
        QTest::newRow("private") << u"_private"_s << u"forged"_s;
        QTest::newRow("without a type") << QString() << u"forged"_s;
    }

    void whatNobodyHandlesIsCountedAndClosesNothing()
    {
        QFETCH(QString, type);
        QFETCH(QString, cause);
        InMemoryChannelLayer layer;
        WebsocketCommunicator client(asApplication<Listener>(layer), u"/"_s);
        QVERIFY(client.connect().accepted);
        QVERIFY(layer.groupSend(u"room"_s, Message(type)));
        QVERIFY(client.receivesNothing());
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{cause, 1}}));
        QCOMPARE(layer.channels().value(0).dropped, 1);
        QVERIFY(layer.groupSend(u"room"_s, Message(u"chat.message"_s, {{u"text"_s, u"hi"_s}})));
        QCOMPARE(client.receiveText(), QByteArray("chat.message:hi"));
    }

    void theMonitorSeesWhoReadsAChannel()
    {
        InMemoryChannelLayer layer;
        WebsocketCommunicator client(asApplication<Listener>(layer), u"/"_s);
        client.scope.user = {u"p-1"_s, u"Ann"_s, u"member"_s};
        QVERIFY(client.connect().accepted);
        const auto info = layer.channels().value(0);
        QCOMPARE(info.person, u"Ann"_s);
        QCOMPARE(info.personId, u"p-1"_s);
        QCOMPARE(info.connection, client.scope.connection);
        QCOMPARE(info.kind, u"socket"_s);
        QCOMPARE(info.groups, QStringList{u"room"_s});
    }

    void withoutALayerThereAreNoGroups()
    {
        WebsocketCommunicator client(asApplication<Alone>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.sendText("go");
        for (int n = 0; n < 3; ++n)
            QCOMPARE(client.receiveText(), QByteArray("no_layer"));
    }

    void aWorkersMessageGoesToItsHandler()
    {
        InMemoryChannelLayer layer;
        auto client = std::make_shared<Silence>();
        const auto instance = asApplication<Listener>(layer)(Scope(), Send(client));
        instance->receive(WebsocketConnect{});
        instance->receive(ChannelReceive{Message(u"chat.message"_s, {{u"text"_s, u"hi"_s}})});
        instance->receive(ChannelReceive{Message(u"websocket.disconnect"_s)});
        instance->receive(ChannelReceive{Message(u"chat.unheard"_s)});
        QCOMPARE(client->said, QList<QByteArray>{"chat.message:hi"});
        QCOMPARE(layer.dropped(),
                 (QMap<QString, qint64>{{u"forged"_s, 1}, {u"unregistered"_s, 1}}));
    }

    void aClientThatTakesNothingIsClosedAndCounted()
    {
        InMemoryChannelLayer layer({.capacity = 10});
        WebsocketCommunicator slow(asApplication<Listener>(layer), u"/"_s);
        WebsocketCommunicator quick(asApplication<Listener>(layer), u"/"_s);
        QVERIFY(slow.connect().accepted);
        QVERIFY(quick.connect().accepted);
        slow.setBacklog({10, 1000});
        QVERIFY(layer.groupSend(u"room"_s, Message(u"chat.message"_s)));
        QVERIFY(layer.groupSend(u"room"_s, Message(u"chat.message"_s)));
        const auto closed = slow.receiveClose();
        QVERIFY(closed);
        QCOMPARE(closed->code, close_code::PolicyViolation);
        QCOMPARE(closed->reason, u"too slow: messages could not be delivered"_s);
        QVERIFY(closed->overtakes);
        QVERIFY(slow.receivesNothing());
        QVERIFY(quick.receiveText() && quick.receiveText());
        QCOMPARE(layer.dropped(), (QMap<QString, qint64>{{u"capacity"_s, 1}}));
    }
};

PARLOUR_TEST(ConsumerTest)
#include "tst_consumer.moc"
