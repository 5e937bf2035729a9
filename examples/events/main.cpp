// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Work that is handed to a worker, and server-sent events that tell when it is done:
//
//     curl -N http://127.0.0.1:8000/events/
//     curl -d 'make this loud' http://127.0.0.1:8000/shout/
//
// Called as: events [PORT [qt]]
#include <QCoreApplication>

#include <channels/http_consumer.h>
#include <channels/in_memory_channel_layer.h>
#include <channels/origin_validator.h>
#include <channels/routing.h>
#include <channels/server_sent_event.h>
#include <channels/worker.h>
#include <channels/worker_consumer.h>
#include <net/server.h>

using namespace parlour::channels;
using namespace parlour::server;
using namespace Qt::StringLiterals;

/// Takes the work and answers at once.
class Intake : public HttpConsumer
{
public:
    using HttpConsumer::handle;
    Intake(const Scope &scope, const Send &send, ChannelLayer &layer)
        : HttpConsumer(scope, send, &layer)
    {
    }

    void handle(const QByteArray &body) override
    {
        const Message work(u"text.shout"_s, {{u"text"_s, QString::fromUtf8(body)}});
        if (const auto sent = layer()->send(u"shouting"_s, work); !sent)
            return sendResponse(503, sent.error().message.toUtf8());
        sendResponse(202, "accepted\n", {{"content-type", "text/plain"}});
    }
};

/// Does the work, beside the connections.
class Shouter : public WorkerConsumer
{
public:
    Shouter(const Scope &scope, const Send &send, ChannelLayer &layer)
        : WorkerConsumer(scope, send, &layer)
    {
        on("text.shout"_L1, &Shouter::shout);
    }

    void shout(const Message &work)
    {
        const QString loud = work.value(u"text"_s).toString().toUpper();
        (void)groupSend(u"listeners"_s, Message(u"text.done"_s, {{u"text"_s, loud}}));
    }
};

/// Tells what was done for as long as the client stays.
class EventStream : public HttpConsumer
{
public:
    using HttpConsumer::handle;
    EventStream(const Scope &scope, const Send &send, ChannelLayer &layer)
        : HttpConsumer(scope, send, &layer)
    {
        on("text.done"_L1, &EventStream::done);
    }

    void handle(const QByteArray &) override
    {
        (void)groupAdd(u"listeners"_s);
        sendHeaders(200, {{"content-type", "text/event-stream"}, {"cache-control", "no-store"}});
        sendBody(": listening\n\n", true);
    }

    void done(const Message &event)
    {
        sendBody(serverSentEvent(event.value(u"text"_s).toString().toUtf8(), "done"), true);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    InMemoryChannelLayer layer;
    const ProtocolTypeRouter application{
        {"http",
         hostValidator(UrlRouter{path("shout/", asApplication<Intake>(layer)),
                                 path("events/", asApplication<EventStream>(layer))})},
        {"channel", ChannelNameRouter{{"shouting", asApplication<Shouter>(layer)}}},
    };
    Worker worker(application, layer);
    if (const auto listening = worker.listen(u"shouting"_s); !listening)
        qFatal("%s", qPrintable(listening.error().message));
    Server server(application, {.engine = argc > 2 ? Engine::Qt : Engine::Native});
    const auto port = quint16(argc > 1 ? atoi(argv[1]) : 8000);
    if (const auto bound = server.listen(u"127.0.0.1"_s, port); !bound)
        qFatal("%s", qPrintable(bound.error().message));
    return QCoreApplication::exec();
}
