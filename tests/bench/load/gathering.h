// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client.h"
#include "options.h"
#include "processes.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parlour::bench {

/// What was measured, by name.
using Figures = std::map<std::string, double>;

/// Brings clients into their rooms; what they do there is for the workloads.
class Gathering : public Client::Owner
{
public:
    /// Nothing where it could not be measured; why is on standard error then.
    virtual std::optional<Figures> measure() = 0;

protected:
    using Clock = std::chrono::steady_clock;

    Gathering(Network &network, const Options &options);

    Client &add(const std::string &room);
    /// Connects all that are not connected yet, some at once, and waits until they are inside.
    bool gather(int atOnce);
    /// Connects all that are not connected yet.
    void connectAll() { connectUpTo(static_cast<int>(m_clients.size())); }
    bool areAllInside() const { return m_inside == static_cast<int>(m_clients.size()); }
    bool isWhole() const { return m_ended == 0; }
    Client &client(int index) { return *m_clients[static_cast<size_t>(index)]; }
    int size() const { return static_cast<int>(m_clients.size()); }

    void poll(std::chrono::milliseconds patience) { m_network.poller.poll(patience); }
    void pollFor(std::chrono::milliseconds duration);
    /// Lets all go quiet that coming in has caused.
    void settle();
    /// 86 characters with that time in them: a plain message of it has 100 bytes.
    static std::string text(Clock::time_point time);
    /// The time in a frame that delivers such a text.
    static Clock::time_point timeIn(std::string_view frame);

    void entered(Client &client) override;
    void ended(Client &client) override;

    /// Runs `poll` until the measurement ends, and returns what it cost.
    Figures cost(const std::function<bool()> &isOver, std::chrono::milliseconds pollPatience);

    /// Of each delivery or connection, when there were so many.
    static void addCostOfEach(Figures &figures, double count);

    Network &m_network;
    const Options &m_options;
    Processes m_server;
    Processes m_helpers;

private:
    void connectUpTo(int count);

    std::vector<std::unique_ptr<Client>> m_clients;
    int m_connected = 0;
    int m_inside = 0;
    int m_ended = 0;
    int m_atOnce = 0; ///< 0: nobody follows those who came in
};

} // namespace parlour::bench
