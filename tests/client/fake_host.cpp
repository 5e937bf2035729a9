// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/fake_host.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <algorithm>

namespace parlour::tests {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<QTcpServer> makeServer(const server::TlsIdentity &identity)
{
    if (identity.isEmpty())
        return std::make_unique<QTcpServer>();
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(identity.certificate));
    configuration.setPrivateKey(QSslKey(identity.key, QSsl::Ec));
    server->setSslConfiguration(configuration);
    return server;
}

bool isMessage(const QJsonValue &entry)
{
    return !entry["of"_L1].isDouble();
}

} // namespace

FakeHost::FakeHost(const QStringList &subprotocols, const server::TlsIdentity &identity)
    : m_tcp(makeServer(identity))
    , m_server(u"fake"_s, QWebSocketServer::NonSecureMode)
    , m_answer(&FakeHost::answerAsHost)
{
    m_server.setSupportedSubprotocols(subprotocols);
    connect(&m_server, &QWebSocketServer::newConnection, this, &FakeHost::accept);
    connect(m_tcp.get(), &QTcpServer::pendingConnectionAvailable, this, [this, identity] {
        auto *socket = m_tcp->nextPendingConnection();
        if (!identity.isEmpty())
            take(socket);
        else
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
    });
    start();
}

void FakeHost::start()
{
    if (!m_tcp->listen(QHostAddress::LocalHost, m_port))
        qFatal("the fake host cannot listen: %s", qPrintable(m_tcp->errorString()));
    m_port = m_tcp->serverPort();
}

void FakeHost::vanish()
{
    m_tcp->close();
    if (m_socket)
        m_socket->abort();
}

// A plain host answers what is no HTTP, a TLS handshake say, at once.
void FakeHost::take(QTcpSocket *socket)
{
    socket->disconnect(this);
    const QByteArray first = socket->peek(1);
    if (first == "\x16") {
        socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        return;
    }
    m_tcpSocket = socket;
    m_server.handleConnection(socket);
}

client::HostAddress FakeHost::address() const
{
    client::HostAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = m_port;
    return address;
}

void FakeHost::accept()
{
    ++m_connections;
    m_socket = m_server.nextPendingConnection();
    m_socket->setParent(this);
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        const auto frame = QJsonDocument::fromJson(text.toUtf8()).object();
        m_received.append(frame);
        m_answer(*this, frame);
    });
    connect(m_socket, &QWebSocket::disconnected, m_socket, &QObject::deleteLater);
}

void FakeHost::answerAsHost(FakeHost &host, const QJsonObject &frame)
{
    const QString type = frame["type"_L1].toString();
    const QString room = frame["room"_L1].toString();
    const bool isByKey = frame.contains("key"_L1);
    if (type == "hello"_L1 && isByKey) {
        host.send({{u"type"_s, u"challenge"_s}, {u"nonce"_s, base64Url(Nonce)}});
    } else if (type == "hello"_L1 || type == "proof"_L1) {
        const auto hellos = host.received(u"hello"_s);
        host.send(welcomeFrame(hellos.constLast()["name"_L1].toString()));
    } else if (type == "join"_L1) {
        host.answerJoin(frame);
    } else if (type == "history"_L1 && frame.contains("before"_L1)) {
        host.sendPage(room, frame["before"_L1].toInteger(), frame["count"_L1].toInteger());
    } else if (type == "history"_L1) {
        host.sendPart(room, frame, u"after"_s);
    } else if (type == "leave"_L1) {
        host.send({{u"type"_s, u"left"_s}, {u"room"_s, room}});
    } else if (type == "say"_L1) {
        host.say(room, frame["id"_L1].toString(), frame["text"_L1].toString());
    } else if (type == "edit"_L1 || type == "delete"_L1 || type == "react"_L1) {
        host.answerChange(frame);
    }
}

void FakeHost::answerJoin(const QJsonObject &frame)
{
    const QString room = frame["room"_L1].toString();
    send({{u"type"_s, u"joined"_s},
          {u"room"_s, room},
          {u"title"_s, room},
          {u"topic"_s, QString()},
          {u"epoch"_s, m_epoch},
          {u"number"_s, m_logs[room].size()},
          {u"people"_s, 1},
          {u"listed"_s, true}});
    if (frame.contains("number"_L1))
        sendPart(room, frame, u"number"_s);
    else
        sendPage(room, m_logs[room].size() + 1, partSize);
}

// Behind the last part come the members, as behind a newcomer's page, whose `before` nobody named.
void FakeHost::sendPart(const QString &room, const QJsonObject &position, const QString &number)
{
    const QJsonArray &log = m_logs[room];
    const qint64 after = position[number].toInteger();
    const bool isKnown = position["epoch"_L1].toString() == m_epoch && after <= log.size();
    const qint64 first = isKnown ? after : std::max<qint64>(log.size() - partSize, 0);
    const qint64 end = std::min<qint64>(first + partSize, log.size());
    const bool hasMore = end < log.size();
    sendHistory(room, first, end,
                {{u"after"_s, after}, {u"more"_s, hasMore}, {u"lost"_s, !isKnown}});
    if (!hasMore)
        send({{u"type"_s, u"members"_s}, {u"room"_s, room}, {u"people"_s, QJsonArray()}});
}

void FakeHost::sendPage(const QString &room, qint64 before, qint64 count)
{
    const QJsonArray &log = m_logs[room];
    const bool isJoin = m_received.constLast()["type"_L1].toString() != "history"_L1;
    const qint64 end = std::clamp<qint64>(before - 1, 0, log.size());
    qint64 first = end;
    for (; first > 0 && count > 0; --first)
        count -= isMessage(log.at(first - 1)) ? 1 : 0;
    QJsonObject more{{u"more"_s, first > 0}};
    if (!isJoin)
        more.insert(u"before"_s, before);
    sendHistory(room, first, end, more);
    if (isJoin)
        send({{u"type"_s, u"members"_s}, {u"room"_s, room}, {u"people"_s, QJsonArray()}});
}

/// The entries from `first` on that are before `end`, counted from 0.
void FakeHost::sendHistory(const QString &room, qint64 first, qint64 end, const QJsonObject &more)
{
    const QJsonArray &log = m_logs[room];
    QJsonArray messages;
    QJsonArray changed;
    for (qint64 at = first; at < end; ++at) {
        const qint64 of = log.at(at)["of"_L1].toInteger();
        if (isMessage(log.at(at)))
            messages.append(log.at(at));
        else if (of <= first)
            changed.append(log.at(of - 1));
    }
    QJsonObject frame{{u"type"_s, u"history"_s},
                      {u"room"_s, room},
                      {u"epoch"_s, m_epoch},
                      {u"messages"_s, messages}};
    if (saysNumbers && end > first) {
        frame.insert(u"first"_s, first + 1);
        frame.insert(u"number"_s, end);
    }
    if (more.contains(u"after"_s) && !changed.isEmpty())
        frame.insert(u"changed"_s, changed);
    for (auto member = more.begin(); member != more.end(); ++member)
        frame.insert(member.key(), member.value());
    send(frame);
}

QJsonObject FakeHost::change(const QString &room, const QString &id, const QString &of,
                             const QJsonObject &members, const QString &what)
{
    QJsonArray &log = m_logs[room];
    QJsonObject frame{{u"type"_s, u"changed"_s}, {u"room"_s, room},
                      {u"epoch"_s, m_epoch},     {u"id"_s, id},
                      {u"what"_s, what},         {u"number"_s, log.size() + 1}};
    frame.insert(u"by"_s, QJsonObject{{u"id"_s, u"p-1"_s}, {u"name"_s, u"Ann"_s}});
    for (qsizetype at = 0; at < log.size(); ++at) {
        if (log.at(at)["id"_L1].toString() != of)
            continue;
        QJsonObject message = log.at(at).toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            message.insert(member.key(), member.value());
        log.replace(at, message);
        log.append(QJsonObject{{u"of"_s, at + 1}});
        frame.insert(u"message"_s, message);
        break;
    }
    return frame;
}

void FakeHost::answerChange(const QJsonObject &frame)
{
    const QString type = frame["type"_L1].toString();
    QJsonObject members;
    if (type == "edit"_L1)
        members = {{u"text"_s, frame["text"_L1]}, {u"edited"_s, 1795343941000.0}};
    else if (type == "delete"_L1)
        members = {{u"text"_s, QString()}, {u"deleted"_s, true}};
    else
        members = {{u"reactions"_s,
                    QJsonArray{QJsonObject{
                        {u"emoji"_s, frame["emoji"_L1]},
                        {u"people"_s,
                         QJsonArray{QJsonObject{{u"id"_s, u"p-1"_s}, {u"name"_s, u"Ann"_s}}}}}}}};
    send(change(frame["room"_L1].toString(), frame["id"_L1].toString(), frame["of"_L1].toString(),
                members, type));
}

QJsonObject FakeHost::keep(const QString &room, const QString &id, const QString &text)
{
    QJsonArray &log = m_logs[room];
    for (const auto known : std::as_const(log)) {
        if (known["id"_L1].toString() == id)
            return known.toObject();
    }
    const QJsonObject message = messageFrame(room, id, text, log.size() + 1, m_epoch);
    log.append(message);
    return message;
}

void FakeHost::say(const QString &room, const QString &id, const QString &text)
{
    send(keep(room, id, text));
}

void FakeHost::wipe(const QString &epoch)
{
    m_epoch = epoch;
    m_logs.clear();
}

void FakeHost::send(const QJsonObject &frame)
{
    sendRaw(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

void FakeHost::sendRaw(const QString &text)
{
    if (m_socket)
        m_socket->sendTextMessage(text);
}

void FakeHost::close(int code, const QString &reason)
{
    if (m_socket)
        m_socket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void FakeHost::closeAndEnd(int code, const QByteArray &reason)
{
    const QByteArray payload =
        QByteArray(1, char(code >> 8)).append(char(code & 0xff)).append(reason);
    m_tcpSocket->write(QByteArray("\x88").append(char(payload.size())) + payload);
    m_tcpSocket->disconnectFromHost();
}

QList<QJsonObject> FakeHost::received(const QString &type) const
{
    QList<QJsonObject> frames;
    for (const auto &frame : m_received) {
        if (frame["type"_L1].toString() == type)
            frames.append(frame);
    }
    return frames;
}

client::ClientOptions quickOptions(const QString &name)
{
    using namespace std::chrono_literals;
    client::ClientOptions options;
    options.name = name;
    options.socket.backoff = {10ms, 50ms, 1};
    return options;
}

QString base64Url(const QByteArray &bytes)
{
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QJsonObject welcomeFrame(const QString &name)
{
    return {{u"type"_s, u"welcome"_s},
            {u"host"_s,
             QJsonObject{
                 {u"id"_s, u"h-1"_s}, {u"title"_s, u"Studio North"_s}, {u"version"_s, u"0.1.0"_s}}},
            {u"person"_s,
             QJsonObject{{u"id"_s, u"p-1"_s},
                         {u"name"_s, name},
                         {u"role"_s, u"member"_s},
                         {u"via"_s, u"app"_s}}},
            {u"token"_s, u"secret-1"_s},
            {u"rooms"_s, QJsonArray()},
            {u"watched"_s, false}};
}

QJsonObject messageFrame(const QString &room, const QString &id, const QString &text, qint64 number,
                         const QString &epoch)
{
    return {{u"type"_s, u"message"_s},
            {u"room"_s, room},
            {u"id"_s, id},
            {u"epoch"_s, epoch},
            {u"number"_s, number},
            {u"sender"_s, QJsonObject{{u"id"_s, u"p-1"_s}, {u"name"_s, u"Ann"_s}}},
            {u"time"_s, 1795343940000.0},
            {u"text"_s, text}};
}

} // namespace parlour::tests
