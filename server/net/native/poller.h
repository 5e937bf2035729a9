// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace parlour::server {

/// Watches many descriptors at the price of one: an epoll descriptor of our own, itself watched by
/// the event loop, so that idle connections cost nothing at all. Lives in the server thread.
class Poller final : public QObject
{
    Q_OBJECT
public:
    /// Who reads or writes a watched descriptor. It may be called once more in the turn in which
    /// its descriptor was given up, so it lives until that turn has ended.
    class Watcher
    {
    public:
        Watcher() = default;
        Watcher(const Watcher &) = delete;
        Watcher &operator=(const Watcher &) = delete;
        virtual ~Watcher();

        /// `broken`: the connection is gone in both directions.
        virtual void ready(bool readable, bool writable, bool broken) = 0;
    };
    struct Interest {
        bool read = true;
        bool write = false;
        friend bool operator==(const Interest &, const Interest &) = default;
    };

    explicit Poller(QObject *parent = nullptr);
    ~Poller() override;

    /// False where the system cannot watch another descriptor.
    bool watch(int descriptor, Watcher &watcher, Interest interest);
    void change(int descriptor, Watcher &watcher, Interest interest);
    void unwatch(int descriptor);
    /// Watchers are being told; polled() follows.
    bool isPolling() const { return m_isPolling; }

Q_SIGNALS:
    /// All that was ready has been told.
    void polled();

private:
    void poll();

    int m_epoll;
    QSocketNotifier m_notifier;
    bool m_isPolling = false;
};

} // namespace parlour::server
