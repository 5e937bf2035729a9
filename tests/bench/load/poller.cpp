// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "poller.h"

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace parlour::bench {

Poller::Watcher::~Watcher() = default;

Poller::Poller()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
}

Poller::~Poller()
{
    ::close(m_epoll);
}

void Poller::watch(int descriptor, Watcher &watcher, bool writing)
{
    control(EPOLL_CTL_ADD, descriptor, watcher, writing);
}

void Poller::setWriting(int descriptor, Watcher &watcher, bool writing)
{
    control(EPOLL_CTL_MOD, descriptor, watcher, writing);
}

void Poller::control(int operation, int descriptor, Watcher &watcher, bool writing)
{
    epoll_event event{};
    event.events = EPOLLIN | (writing ? EPOLLOUT : 0U);
    event.data.ptr = &watcher;
    ::epoll_ctl(m_epoll, operation, descriptor, &event);
}

void Poller::poll(std::chrono::milliseconds patience)
{
    std::array<epoll_event, 512> events;
    const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(patience.count()));
    for (int i = 0; i < count; ++i)
        static_cast<Watcher *>(events[static_cast<size_t>(i)].data.ptr)->ready();
}

} // namespace parlour::bench
