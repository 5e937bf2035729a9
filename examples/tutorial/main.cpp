// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The chat of the Django Channels tutorial, ws://127.0.0.1:8000/ws/chat/<room>/, line for line in
// docs/django.md. Called as: tutorial [PORT [qt]]
#include <QCoreApplication>

#include <channels/in_memory_channel_layer.h>
#include <channels/json_websocket_consumer.h>
#include <channels/origin_validator.h>
#include <channels/routing.h>
#include <net/server.h>

using namespace parlour::channels;
using namespace parlour::server;
using namespace Qt::StringLiterals;

class ChatConsumer : public JsonWebsocketConsumer
{
    const QString m_group = u"chat_"_s + scope().urlRoute.kwargs[u"room_name"_s].toString();

public:
    ChatConsumer(const Scope &scope, const Send &send, ChannelLayer &layer)
        : JsonWebsocketConsumer(scope, send, &layer)
    {
        on("chat.message"_L1, &ChatConsumer::chatMessage);
    }

    void connected() override { groupAdd(m_group) ? accept() : refuse(404); }

    void receiveJson(const QJsonValue &json) override
    {
        const QJsonValue message = json[u"message"];
        if (message.isUndefined())
            return close(close_code::InvalidData, u"\"message\" is missing"_s);
        (void)groupSend(m_group, Message(u"chat.message"_s, {{u"message"_s, message.toVariant()}}));
    }

    void chatMessage(const Message &event) { sendJson({{u"message"_s, event.json(u"message"_s)}}); }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    InMemoryChannelLayer layer(ChannelLayerOptions{.capacity = 100});
    UrlRouter routes{rePath(R"(ws/chat/(?P<room_name>\w+)/$)", asApplication<ChatConsumer>(layer))};
    Server server(ProtocolTypeRouter{{"websocket", allowedHostsOriginValidator(routes)}},
                  {.engine = argc > 2 ? Engine::Qt : Engine::Native});
    const auto port = quint16(argc > 1 ? atoi(argv[1]) : 8000);
    if (const auto bound = server.listen(u"127.0.0.1"_s, port); !bound)
        qFatal("%s", qPrintable(bound.error().message));
    return QCoreApplication::exec();
}
