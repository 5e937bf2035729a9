// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/poller.h"

#ifndef Q_OS_LINUX
#error "The native engine stands on epoll, which only Linux has: build it there."
#endif

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace parlour::server {

namespace {
epoll_event eventFor(Poller::Watcher &watcher, Poller::Interest interest)
{
    epoll_event event{};
    event.events = (interest.read ? EPOLLIN : 0U) | (interest.write ? EPOLLOUT : 0U);
    event.data.ptr = &watcher;
    return event;
}
} // namespace

Poller::Watcher::~Watcher() = default;

Poller::Poller(QObject *parent)
    : QObject(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_notifier(m_epoll, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &Poller::poll);
}

Poller::~Poller()
{
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

bool Poller::watch(int descriptor, Watcher &watcher, Interest interest)
{
    epoll_event event = eventFor(watcher, interest);
    return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::change(int descriptor, Watcher &watcher, Interest interest)
{
    epoll_event event = eventFor(watcher, interest);
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::unwatch(int descriptor)
{
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
}

// One batch a turn: the rest of the event loop gets its share, and the kernel rotates what is left.
void Poller::poll()
{
    std::array<epoll_event, 256> events;
    const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
    m_isPolling = true;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<size_t>(i)];
        auto *watcher = static_cast<Watcher *>(event.data.ptr);
        watcher->ready((event.events & EPOLLIN) != 0, (event.events & EPOLLOUT) != 0,
                       (event.events & (EPOLLERR | EPOLLHUP)) != 0);
    }
    m_isPolling = false;
    Q_EMIT polled();
}

} // namespace parlour::server
