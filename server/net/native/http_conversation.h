// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/body_reader.h"
#include "net/http/head_parser.h"
#include "net/http/response_writer.h"
#include "net/http_session.h"
#include "net/native/native_wire.h"

#include <memory>
#include <optional>

namespace parlour::server {

/// Requests over a native connection, answered one after the other, until one of them becomes a
/// WebSocket.
class HttpConversation final : public Conversation, private NativeWire<HttpWire>
{
public:
    explicit HttpConversation(NativeConnection &connection);
    ~HttpConversation() override;

    void begin() override;
    qsizetype receive(QByteArrayView bytes) override;
    void inputEnded() override;
    void broke() override;
    void settle() override;
    void written() override;
    void deadlinePassed() override;
    void stop(int code, const QString &reason) override;

private:
    enum class State { Idle, Head, SlowHead, Body, Answering, Ended };

    channels::Expected<void> sendHead(const channels::HttpResponseStart &head) override;
    void sendBody(const channels::HttpResponseBody &part) override;
    void cut() override;

    const ServerOptions &options() const;
    bool isReadingHead() const { return m_state <= State::SlowHead; }
    qsizetype receiveHead(QByteArrayView bytes);
    qsizetype receiveBody(QByteArrayView bytes);
    void waitForHead();
    void beginRequest();
    void beginWebsocket();
    void beginHttp();
    void askForBody();
    void endRequest();
    void waitForNextRequest();
    void refuse(const HttpRefusal &refusal);
    void headIsSlow();
    void finish(std::chrono::milliseconds patience);

    State m_state = State::Head;
    HeadParser m_parser;
    RequestHead m_head; ///< of the request that is being answered
    std::optional<BodyReader> m_body; ///< while it is being read
    std::optional<ResponseWriter> m_writer;
    std::unique_ptr<HttpSession> m_session;
    qint64 m_unread = 0; ///< bytes of the answer, after the last write
    bool m_isStopping = false;
};

} // namespace parlour::server
