// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client.h"

#include <cstdio>
#include <utility>

namespace parlour::bench {

Client::Owner::~Owner() = default;

Client::Client(Owner &owner, Network &network, std::string room, int index)
    : m_owner(owner)
    , m_network(network)
    , m_room(std::move(room))
    , m_index(index)
{
}

void Client::connect()
{
    const size_t port = static_cast<size_t>(m_index) % m_network.ports.size();
    m_stream = std::make_unique<Stream>(m_network.ports[port], 1 + m_index % m_network.addresses,
                                        m_network.tls);
    m_reader = {};
    m_head.clear();
    m_unsent.clear();
    m_phase = Phase::Opening;
    m_isWaiting = true;
    m_network.poller.watch(m_stream->descriptor(), *this, m_isWaiting);
}

void Client::ready()
{
    if (m_phase == Phase::Opening)
        open();
    if (m_phase == Phase::Idle || m_phase == Phase::Opening)
        return;
    if (!m_unsent.empty())
        flush();
    read();
}

void Client::open()
{
    switch (m_stream->open()) {
    case Stream::Opening::Pending:
        setWriting(false);
        break;
    case Stream::Opening::Failed:
        end();
        break;
    case Stream::Opening::Open:
        m_phase = Phase::Upgrading;
        setWriting(false);
        send(upgradeRequest());
        break;
    }
}

std::string Client::upgradeRequest() const
{
    const std::string host = "127.0.0.1:" + std::to_string(m_network.ports.front());
    const std::string subprotocol = m_network.dialect.subprotocol();
    return "GET " + m_network.dialect.path(m_room) + " HTTP/1.1\r\nHost: " + host
        + "\r\nOrigin: http" + (m_network.tls ? "s://" : "://") + host
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
          "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        + (subprotocol.empty() ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol) + "\r\n\r\n";
}

// One read where the socket is plain: it is told again of what is left. Under TLS records may wait
// where the system sees nothing.
void Client::read()
{
    do {
        const ssize_t count = m_stream->read(m_network.buffer.data(), m_network.buffer.size());
        if (count < 0)
            return;
        if (count == 0) {
            end();
            return;
        }
        ++m_network.reads;
        take({m_network.buffer.data(), static_cast<size_t>(count)});
    } while (m_network.tls && m_phase != Phase::Idle && m_phase != Phase::Opening);
}

void Client::take(std::string_view bytes)
{
    if (m_phase == Phase::Upgrading)
        takeHead(bytes);
    else
        takeFrames(bytes);
}

void Client::takeHead(std::string_view bytes)
{
    m_head += bytes;
    const size_t end = m_head.find("\r\n\r\n");
    if (end == std::string::npos)
        return;
    if (m_head.compare(0, 12, "HTTP/1.1 101") != 0) {
        std::fprintf(stderr, "client %d was refused: %s\n", m_index,
                     m_head.substr(0, m_head.find('\r')).c_str());
        this->end();
        return;
    }
    const std::string rest = std::exchange(m_head, {}).substr(end + 4);
    const std::string greeting = m_network.dialect.greeting(m_index);
    m_phase = Phase::Greeting;
    if (greeting.empty())
        enter();
    else
        send(textFrame(greeting));
    if (!rest.empty())
        takeFrames(rest);
}

void Client::takeFrames(std::string_view bytes)
{
    m_reader.feed(bytes);
    for (auto frame = m_reader.next(); frame; frame = m_reader.next()) {
        if (frame->kind == Frame::Kind::Text)
            takeText(frame->payload);
        else if (frame->kind == Frame::Kind::Ping)
            send(pongFrame(frame->payload));
    }
}

void Client::takeText(std::string_view text)
{
    const Dialect &dialect = m_network.dialect;
    if (m_phase == Phase::Greeting && dialect.isWelcome(text))
        enter();
    else if (m_phase == Phase::Inside && dialect.isDelivery(text))
        m_owner.heard(*this, text);
    const std::string answer = dialect.answer(text);
    if (!answer.empty())
        send(textFrame(answer));
}

void Client::enter()
{
    m_phase = Phase::Inside;
    m_owner.entered(*this);
}

void Client::say(std::string_view text)
{
    send(textFrame(m_network.dialect.message(m_room, text)));
}

void Client::close()
{
    m_phase = Phase::Closing;
    send(closeFrame());
}

void Client::send(std::string_view bytes)
{
    if (!m_stream) // cut off, which its owner was told
        return;
    m_unsent += bytes;
    if (m_unsent.size() == bytes.size())
        flush();
}

void Client::flush()
{
    const ssize_t count = m_stream->write(m_unsent);
    if (count > 0)
        m_unsent.erase(0, static_cast<size_t>(count));
    if (m_isWaiting == m_unsent.empty())
        setWriting(!m_unsent.empty());
}

void Client::setWriting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    m_network.poller.setWriting(m_stream->descriptor(), *this, isWaiting);
}

void Client::end()
{
    m_phase = Phase::Idle;
    m_stream.reset();
    m_owner.ended(*this);
}

} // namespace parlour::bench
