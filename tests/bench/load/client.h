// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "dialect.h"
#include "frames.h"
#include "poller.h"
#include "stream.h"

#include <memory>
#include <string>
#include <vector>

namespace parlour::bench {

/// Where the clients go, and what they share. Outlives them.
struct Network {
    std::vector<in_port_t> ports; ///< client after client, in turn
    int addresses = 16; ///< clients come from 127.0.0.1 and so on, in turn
    SSL_CTX *tls = nullptr; ///< null: no TLS
    Dialect &dialect;
    Poller &poller;
    std::vector<char> buffer = std::vector<char>(size_t(256) * 1024);
    long long reads = 0; ///< by which all clients got what they got
};

/// One client of one room.
class Client final : private Poller::Watcher
{
public:
    /// Who uses it; outlives it. Must not destroy it while told.
    class Owner
    {
    public:
        virtual ~Owner();
        virtual void entered(Client &) { } ///< it is in its room
        virtual void heard(Client &, std::string_view) { } ///< a delivery
        virtual void ended(Client &) { }
    };

    Client(Owner &owner, Network &network, std::string room, int index);

    void connect();
    void say(std::string_view text);
    /// Sends a Close frame.
    void close();

    int index() const { return m_index; }

private:
    enum class Phase { Idle, Opening, Upgrading, Greeting, Inside, Closing };

    void ready() override;
    void open();
    void read();
    void take(std::string_view bytes);
    void takeHead(std::string_view bytes);
    void takeFrames(std::string_view bytes);
    void takeText(std::string_view text);
    void send(std::string_view bytes);
    void flush();
    void setWriting(bool isWaiting);
    void enter();
    void end();
    std::string upgradeRequest() const;

    Owner &m_owner;
    Network &m_network;
    const std::string m_room;
    const int m_index;
    Phase m_phase = Phase::Idle;
    std::unique_ptr<Stream> m_stream;
    FrameReader m_reader;
    std::string m_head;
    std::string m_unsent;
    bool m_isWaiting = false; ///< to be told when the socket takes something
};

} // namespace parlour::bench
