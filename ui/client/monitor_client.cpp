// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/monitor_client.h"

#include "client/error_words.h"
#include "client/logging.h"
#include "client/reconnecting_socket.h"

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::LinkState;

MonitorClient::MonitorClient(HostAddress address, const QByteArray &ownerToken, KeyTrust trust,
                             const SocketOptions &options, QObject *parent)
    : QObject(parent)
    , m_socket(new ReconnectingSocket(
          {std::move(address), u"ws/monitor/"_s, {}, ownerToken, std::move(trust)}, options, this))
{
    connect(m_socket, &ReconnectingSocket::received, this, &MonitorClient::receive);
    connect(m_socket, &ReconnectingSocket::linkChanged, this, &MonitorClient::linkChanged);
}

MonitorClient::~MonitorClient() = default;

const HostAddress &MonitorClient::address() const
{
    return m_socket->address();
}

const chat::Link &MonitorClient::link() const
{
    return m_socket->link();
}

void MonitorClient::open()
{
    m_socket->open();
}

void MonitorClient::close()
{
    m_socket->close();
}

void MonitorClient::retryNow()
{
    m_socket->retryNow();
}

void MonitorClient::watch(bool messages)
{
    m_watching = messages;
    send(chat::WatchFrame{messages});
}

bool MonitorClient::closeConnection(quint64 id)
{
    return send(chat::CloseConnectionFrame{id});
}

bool MonitorClient::ping(quint64 id)
{
    return send(chat::PingConnectionFrame{id});
}

void MonitorClient::receive(const QByteArray &utf8)
{
    const auto frame = chat::parseMonitorFeed(utf8);
    if (frame)
        return std::visit([this](const auto &known) { handle(known); }, *frame);
    if (link().state != LinkState::Online)
        return m_socket->refuseAsNoParlour();
    qCWarning(log).noquote() << address().display() << "sent a bad frame:" << frame.error().message;
}

bool MonitorClient::send(const chat::MonitorCommand &command)
{
    return link().state == LinkState::Online && m_socket->send(chat::encode(command));
}

void MonitorClient::handle(const chat::UnknownFrame & /*frame*/)
{
    // docs/protocol.md: unknown types are ignored.
}

void MonitorClient::handle(const chat::MonitorSnapshot &frame)
{
    if (link().state != LinkState::Online) {
        m_socket->confirm();
        if (m_watching)
            send(chat::WatchFrame{true});
    }
    Q_EMIT snapshot(frame);
}

void MonitorClient::handle(const chat::MonitorActivity &frame)
{
    Q_EMIT activity(frame);
}

void MonitorClient::handle(const chat::ErrorFrame &said)
{
    const chat::ErrorFrame frame = inOurWords(said);
    m_socket->quote(frame.message);
    Q_EMIT failed(frame);
}

} // namespace parlour::client
