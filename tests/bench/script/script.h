// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "load/client.h"
#include "load/dialect.h"
#include "load/poller.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parlour::bench {

/// What always the same clients do with a host of this process, step by step. Only what the host
/// does is counted, and only while the script says so; without callgrind nothing is.
class Script final : public Client::Owner
{
public:
    Script(in_port_t port, std::unique_ptr<Dialect> dialect);

    /// Clients who enter the room one after the other, and stay.
    void enter(const std::string &room, int count);
    /// The first one says something, as often as told; each time when all have heard what it said
    /// before.
    void talk(int messages);
    /// All leave.
    void leave();

private:
    void heard(Client &, std::string_view) override { ++m_heard; }
    void entered(Client &) override { ++m_inside; }
    void ended(Client &) override { --m_inside; }
    void serveUntil(const std::function<bool()> &isDone);

    std::unique_ptr<Dialect> m_dialect;
    Poller m_poller;
    Network m_network;
    std::vector<std::unique_ptr<Client>> m_clients;
    int m_inside = 0;
    long long m_heard = 0;
};

/// What the host does inside of this object's life is counted; at its end the count is written down
/// under that name.
class Count
{
public:
    explicit Count(const char *name);
    ~Count();
    Count(const Count &) = delete;
    Count &operator=(const Count &) = delete;

private:
    const char *m_name;
};

} // namespace parlour::bench
