// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A program that has a QWebSocketServer, and gets consumers, groups and routes behind it: whatever
// a client says at ws://127.0.0.1:8000/board/, everybody there reads. Called as: adopt [PORT]
#include <QCoreApplication>
#include <QWebSocketServer>

#include <channels/in_memory_channel_layer.h>
#include <channels/routing.h>
#include <channels/websocket_consumer.h>
#include <net/adopt.h>

using namespace parlour::channels;
using namespace Qt::StringLiterals;

class BoardConsumer : public WebsocketConsumer
{
public:
    BoardConsumer(const Scope &scope, const Send &send, ChannelLayer &layer)
        : WebsocketConsumer(scope, send, &layer)
    {
        on("board.note"_L1, &BoardConsumer::note);
    }

    QStringList groups() const override { return {u"board"_s}; }

    void receiveText(const QByteArray &text) override
    {
        const QVariantMap body{{u"text"_s, QString::fromUtf8(text)}};
        (void)groupSend(u"board"_s, Message(u"board.note"_s, body));
    }

    void note(const Message &event) { sendText(event.value(u"text"_s).toString().toUtf8()); }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    InMemoryChannelLayer layer;
    QWebSocketServer server(u"board"_s, QWebSocketServer::NonSecureMode);
    const auto *adopted = parlour::server::adopt(
        server, UrlRouter{path("board/", asApplication<BoardConsumer>(layer))});
    QObject::connect(adopted, &parlour::server::AdoptedServer::turnEnding, &layer,
                     &ChannelLayer::deliverPending);
    if (!server.listen(QHostAddress::LocalHost, quint16(argc > 1 ? atoi(argv[1]) : 8000)))
        qFatal("%s", qPrintable(server.errorString()));
    return QCoreApplication::exec();
}
