// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/admission.h"
#include "net/conversation.h"
#include "net/http/body_reader.h"
#include "net/http/head_parser.h"
#include "net/http/response_writer.h"
#include "net/http/scope_builder.h"
#include "net/http_session.h"

#include <memory>
#include <optional>

namespace parlour::server {

/// The HTTP side of one connection, whatever engine it has: heads and bodies in, answers out, one
/// request after the other, each part in its time, until one of them becomes a WebSocket. An engine
/// derives from it what the connection does.
class HttpConversation : public Conversation, protected HttpWire
{
public:
    /// All of these outlive it; `info` is filled from each request.
    HttpConversation(ServerContext &context, Admission &admission, channels::ConnectionInfo &info,
                     const ConnectionEnds &ends);
    ~HttpConversation() override;

    void begin() override;
    qsizetype receive(QByteArrayView bytes) override;
    void inputEnded() override;
    void broke() override;
    void settle() override;
    void written() override;
    void deadlinePassed() override;
    void crowdedOut() override;
    void stop(int code, const QString &reason) override;

protected:
    // ---- what it asks of its connection; none of these calls back ----

    virtual void write(const QByteArray &bytes) = 0;
    /// Nothing more will be written: what was written goes out, then the connection ends.
    /// `patience`: how long the client may take nothing.
    virtual void finish(std::chrono::milliseconds patience) = 0;
    /// Calls deadlinePassed() then; replaces an earlier deadline.
    virtual void setDeadline(std::chrono::milliseconds fromNow) = 0;
    virtual void clearDeadline() = 0;
    /// Offers what receive() did not take later in this turn, and reads on.
    virtual void continueReading() = 0;
    /// A WebSocket takes over, with the bytes that are not taken.
    virtual void becomeWebsocket(const WebsocketUpgrade &upgrade, const channels::Scope &scope) = 0;
    /// Tells that other connection's conversation that it is crowdedOut().
    virtual void crowdOut(quint64 connection) = 0;
    /// What the client takes at once of what was written goes out, then the connection ends.
    /// `resets`: as one that broke.
    virtual void drop(bool resets) = 0;

private:
    enum class State {
        Idle, ///< between requests
        Head, ///< the first one is awaited, or a head has begun
        SlowHead, ///< the same for over a second
        Body, ///< the rest of the request's body is awaited
        Answering, ///< the application has the whole request, or the client has to read
        Ended, ///< nothing more is read
        Upgraded,
    };

    channels::Expected<void> sendHead(const channels::HttpResponseStart &head) override;
    void sendBody(const channels::HttpResponseBody &part) override;
    void cut() override;

    const ServerOptions &options() const { return m_context.options; }
    bool isReadingHead() const { return m_state <= State::SlowHead; }
    OrRefusal<qsizetype> feedHead(QByteArrayView bytes);
    OrRefusal<qsizetype> feedBody(QByteArrayView bytes);
    void waitForHead();
    void headIsSlow();
    OrRefusal<void> beginRequest(RequestHead head);
    OrRefusal<ConnectionEnds> findClient(RequestHead &head);
    OrRefusal<void> beginHttp(const RequestHead &head, const ConnectionEnds &ends);
    OrRefusal<void> beginUpgrade(const RequestHead &head, const ConnectionEnds &ends);
    void awaitBody();
    void awaitAnswer();
    bool isAnswerAwaited() const;
    void describe(const RequestHead &head, const channels::Scope &scope);
    void endRequest();
    void waitForNextRequest();
    void refuse(const HttpRefusal &refusal);
    void end(std::chrono::milliseconds patience);

    ServerContext &m_context;
    Admission &m_admission;
    channels::ConnectionInfo &m_info;
    const ConnectionEnds &m_ends;
    HeadParser m_parser;
    State m_state = State::Head;
    bool m_isHeadRequest = false;
    bool m_isStopping = false;
    std::optional<BodyReader> m_body; ///< of the request that is being read or answered
    std::optional<ResponseWriter> m_writer;
    std::unique_ptr<HttpSession> m_session;
    channels::Clock::result_type m_due; ///< the rest of the body, then the answer's beginning
    qint64 m_unread = 0; ///< bytes of the answer, after the last write
    bool m_isAwaited = false; ///< isAnswerAwaited(), after the last write
};

} // namespace parlour::server
