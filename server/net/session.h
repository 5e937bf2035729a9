// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "channels/clock.h"
#include "channels/inspector.h"
#include "net/server_options.h"

#include <memory>
#include <optional>

namespace parlour::server {

/// What all conversations of one server share. Owned by the engine; outlives its sessions.
struct ServerContext {
    channels::Application application;
    ServerOptions options;
    channels::Totals totals;
    channels::Clock clock = channels::steadyClock();
    quint64 lastConnection = 0; ///< numbers given so far
};

/// What a session asks of its connection, whatever engine that is. None of these calls back into
/// the session: the engine calls Session::settle() later in the same turn.
class Wire
{
public:
    Wire() = default;
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;
    virtual ~Wire();

    /// What the socket had not taken after the last write.
    virtual channels::Backlog backlog() const = 0;
    /// All bytes that wait, those of this turn included.
    virtual qint64 pendingBytes() const = 0;
};

/// One conversation of a client with the application: makes the application's instance, gives it
/// its events one after the other, and lets through only what its state allows. Twins:
/// WebsocketSession, HttpSession. Owned by its connection, which destroys it at top level of a turn
/// and never from within a Wire call. Lives in the server thread.
class Session
{
public:
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;
    virtual ~Session();

    /// Does what had to wait until the application returned, such as the last event.
    virtual void settle() = 0;
    /// Whether the conversation has ended; nothing more comes from it, it may be destroyed.
    bool isOver() const { return m_over; }

protected:
    /// Both outlive the session; `info` is counted into.
    Session(ServerContext &context, channels::ConnectionInfo &info);

    virtual void handle(const channels::ServerEvent &event) = 0;
    virtual const Wire &wire() const = 0;

    /// Makes the instance. What it sends from its constructor on arrives in handle().
    void open(const channels::Scope &scope);
    void give(const channels::ClientEvent &event);
    /// The instance and its outlet are done with; only at top level of a turn.
    void finish();
    /// Whether `bytes` more would pass what a client may leave unread; counted where they would.
    bool isTooMuch(qint64 bytes);
    void countIn(qint64 bytes, int messages);
    void countOut(qint64 bytes, int messages);

    ServerContext &m_context;
    channels::ConnectionInfo &m_info;

private:
    class SessionOutlet;

    std::shared_ptr<SessionOutlet> m_outlet;
    std::unique_ptr<channels::Instance> m_instance;
    bool m_over = false;
};

} // namespace parlour::server
