// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace parlour::bench {

/// Level-triggered epoll. A watched descriptor leaves it by being closed.
class Poller
{
public:
    class Watcher
    {
    public:
        virtual ~Watcher();
        virtual void ready() = 0;
    };

    Poller();
    ~Poller();
    Poller(const Poller &) = delete;
    Poller &operator=(const Poller &) = delete;

    void watch(int descriptor, Watcher &watcher, bool writing);
    void setWriting(int descriptor, Watcher &watcher, bool writing);
    /// Waits for what is ready, and tells its watchers.
    void poll(std::chrono::milliseconds patience);

private:
    void control(int operation, int descriptor, Watcher &watcher, bool writing);

    int m_epoll;
};

} // namespace parlour::bench
