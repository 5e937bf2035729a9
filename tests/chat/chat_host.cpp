// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat_host.h"

#include "chat/text_rules.h"

#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace parlour::tests {

FakeInspector::FakeInspector(channels::ChannelLayer &layer)
    : m_layer(layer)
{
    connect(&layer, &channels::ChannelLayer::activity, this, &Inspector::activity);
}

channels::Snapshot FakeInspector::snapshot() const
{
    ++asked;
    channels::Snapshot snapshot = pretended;
    snapshot.channels = m_layer.channels();
    snapshot.groups = m_layer.groups();
    snapshot.totals.dropped = m_layer.dropped();
    return snapshot;
}

channels::Expected<void> FakeInspector::ping(quint64 connection)
{
    if (connection == 404)
        return channels::Error{u"unknown_connection"_s, u"There is no connection 404."_s};
    commands.append(u"ping %1"_s.arg(connection));
    return {};
}

channels::Expected<void> FakeInspector::close(quint64 connection, int code, const QString &)
{
    commands.append(u"close %1 with %2"_s.arg(connection).arg(code));
    return {};
}

bool FakeInspector::isListening() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&Inspector::activity));
}

namespace {
chat::ChatOptions withDefaults(chat::ChatOptions options)
{
    if (options.title == chat::ChatOptions().title)
        options.title = u"Studio North"_s;
    options.ownerToken = OwnerToken;
    return options;
}
} // namespace

ChatHost::ChatHost(chat::ChatOptions changed, channels::ChannelLayerOptions layerOptions,
                   chat::MemoryRoomLogOptions logOptions)
    : options(withDefaults(std::move(changed)))
    , layer(layerOptions)
    , log(layer, logOptions)
    , lateLog(log)
    , inspector(layer)
    , house(options, lateLog, store)
    , application(chat::makeApplication(house, layer, lateLog, inspector, options))
{
}

channels::Headers localHeaders(const channels::Headers &more)
{
    return channels::Headers{{"host", "127.0.0.1:8765"}} + more;
}

channels::Headers ownerHeaders()
{
    return localHeaders({{"authorization", "Bearer " + OwnerToken}});
}

channels::HttpCommunicator::Response get(ChatHost &host, const QString &path,
                                         const channels::Headers &more, const QByteArray &method)
{
    return channels::HttpCommunicator(host.application, method, path, {}, localHeaders(more))
        .response();
}

V1Client::V1Client(ChatHost &host, const QString &path, const channels::Headers &headers)
    : socket(host.application, path, headers, {u"parlour.v1"_s})
    , answer(socket.connect())
{
}

void V1Client::send(const chat::ClientFrame &frame)
{
    socket.sendText(chat::encode(frame));
}

chat::ServerFrame V1Client::next()
{
    const auto text = socket.receiveText();
    if (!text)
        return {};
    auto frame = chat::parseServerFrame(*text);
    return frame ? *frame : chat::ServerFrame{};
}

chat::WelcomeFrame V1Client::hello(const QString &name, const QString &token, const QString &client)
{
    send(chat::HelloFrame{name, token, client, {}});
    return next<chat::WelcomeFrame>();
}

chat::HistoryFrame V1Client::join(const QString &room)
{
    send(chat::JoinFrame{room});
    const auto history = next<chat::HistoryFrame>();
    next<chat::MembersFrame>();
    return history;
}

QList<chat::HistoryFrame> V1Client::catchUp(const chat::Position &position, const QString &room)
{
    send(chat::JoinFrame{room, position});
    QList<chat::HistoryFrame> parts{next<chat::HistoryFrame>()};
    while (parts.last().more) {
        askForNextPart(parts.last());
        parts.append(next<chat::HistoryFrame>());
    }
    next<chat::MembersFrame>();
    return parts;
}

void V1Client::askForNextPart(const chat::HistoryFrame &part)
{
    const qint64 last = part.number > 0 ? part.number : part.after.value_or(0);
    send(chat::AskHistoryFrame{part.room, chat::Position{part.epoch, last}});
}

QString V1Client::say(const QString &text, const QString &room)
{
    const QString id = chat::newUuid();
    send(chat::SayFrame{room, id, text});
    return id;
}

void V1Client::drain()
{
    while (!socket.receivesNothing())
        (void)socket.receiveText();
}

int V1Client::closeCode()
{
    for (int events = 0; events < 1000 && !socket.receivesNothing(); ++events) {
        if (const auto close = socket.receiveClose())
            return close->code;
    }
    return 0;
}

} // namespace parlour::tests
