// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/body_reader.h"
#include "net/http/head_parser.h"
#include "net/http/response_writer.h"
#include "net/http/scope_builder.h"
#include "net/http_session.h"

#include <memory>
#include <optional>

namespace parlour::server {

/// The HTTP side of one connection, whatever engine it has: heads and bodies in, answers out, one
/// request after the other, until the connection ends or one of them asks for a WebSocket.
class HttpFront final : private HttpWire
{
public:
    /// What a front asks of its connection. None of these calls back into the front.
    class Peer
    {
    public:
        Peer() = default;
        Peer(const Peer &) = delete;
        Peer &operator=(const Peer &) = delete;
        virtual ~Peer();

        virtual void write(const QByteArray &bytes) = 0;
        /// Nothing more will be written: what was written goes out, then the connection ends.
        virtual void endAfterWriting() = 0;
        /// The same at once: the client reads too little.
        virtual void cut() = 0;
        virtual channels::Backlog backlog() const = 0;
        virtual qint64 pendingBytes() const = 0;
    };

    enum class Phase {
        Idle, ///< between requests
        Head, ///< a head has begun
        Body, ///< the rest of the request's body is awaited
        Answering, ///< the application has the whole request
        Upgrade, ///< a sound request for a WebSocket has come: upgrade() and upgradeScope()
        Ended, ///< nothing more is read
    };

    /// `context`, `info` and `peer` outlive the front; `info` is filled from each request.
    HttpFront(ServerContext &context, channels::ConnectionInfo &info, Peer &peer,
              ConnectionEnds ends);
    ~HttpFront() override;

    /// Takes bytes of the client and says how many: all of them, unless an answer or an upgrade
    /// comes first. At top level of a turn only, as settle() and end().
    qsizetype receive(QByteArrayView bytes);
    /// Finishes what was answered. Afterwards the next request may be received.
    void settle();
    /// The connection is gone, or shall go: an application that still answers is told.
    void end();
    /// Answers this instead of whatever was to come, and ends: a time-out, a limit.
    void refuse(const HttpRefusal &refusal);
    /// The server stops: an answer under way is finished, no further request is taken.
    void finishUp();

    Phase phase() const;
    const WebsocketUpgrade &upgrade() const { return m_upgrade; }
    const channels::Scope &upgradeScope() const { return m_upgradeScope; }

private:
    OrRefusal<qsizetype> feedHead(QByteArrayView bytes);
    OrRefusal<qsizetype> feedBody(QByteArrayView bytes);
    OrRefusal<void> begin(const RequestHead &head);
    OrRefusal<void> beginUpgrade(const RequestHead &head);
    void describe(const RequestHead &head, const channels::Scope &scope);

    channels::Expected<void> sendHead(const channels::HttpResponseStart &head) override;
    void sendBody(const channels::HttpResponseBody &part) override;
    void cut() override { m_peer.cut(); }
    channels::Backlog backlog() const override { return m_peer.backlog(); }
    qint64 pendingBytes() const override { return m_peer.pendingBytes(); }

    ServerContext &m_context;
    channels::ConnectionInfo &m_info;
    Peer &m_peer;
    ConnectionEnds m_ends;
    HeadParser m_parser;
    Phase m_phase = Phase::Head;
    bool m_isLast = false; ///< no further request is taken
    bool m_isHeadRequest = false;
    std::optional<BodyReader> m_body;
    std::optional<ResponseWriter> m_writer;
    std::unique_ptr<HttpSession> m_session;
    WebsocketUpgrade m_upgrade;
    channels::Scope m_upgradeScope;
};

} // namespace parlour::server
