// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace parlour::server {

/// What a connection speaks at the moment. Twins: HttpConversation, WebsocketConversation. Owned by
/// the connection, which calls all of these at top level of a turn.
class Conversation
{
public:
    Conversation() = default;
    Conversation(const Conversation &) = delete;
    Conversation &operator=(const Conversation &) = delete;
    virtual ~Conversation();

    /// It is the connection's conversation now.
    virtual void begin() = 0;
    /// Takes bytes off the front and says how many; the rest is kept, and offered again when the
    /// conversation asks its connection to continue reading.
    virtual qsizetype receive(QByteArrayView bytes) = 0;
    /// The client will send no more; it may still read.
    virtual void inputEnded() = 0;
    /// The connection is gone.
    virtual void broke() = 0;
    /// The turn ends: what had to wait is done now, before the output is written.
    virtual void settle() = 0;
    /// The turn's output has been written, as far as the socket took it.
    virtual void written() = 0;
    virtual void deadlinePassed() = 0;
    /// The server stops: says so and ends, after what is under way.
    virtual void stop(int code, const QString &reason) = 0;

    /// Its head takes long, and others of its address take its place: says so and ends.
    virtual void crowdedOut() { }

    /// False: this is no open WebSocket.
    virtual bool ping() { return false; }
    virtual bool close(int code, const QString &reason);
};

} // namespace parlour::server
