// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/websocket_handshake.h"
#include "net/liveness.h"
#include "net/native/native_wire.h"
#include "net/websocket/frame_parser.h"
#include "net/websocket_session.h"

#include <memory>
#include <optional>

namespace parlour::server {

/// One WebSocket over a native connection, from the request on.
class WebsocketConversation final : public Conversation, private NativeWire<WebsocketWire>
{
public:
    WebsocketConversation(NativeConnection &connection, const WebsocketUpgrade &upgrade,
                          const channels::Scope &scope);
    ~WebsocketConversation() override;

    void begin() override;
    qsizetype receive(QByteArrayView bytes) override;
    void inputEnded() override;
    void broke() override;
    void settle() override;
    void written() override;
    void deadlinePassed() override;
    void stop(int code, const QString &reason) override;
    bool ping() override;
    bool close(int code, const QString &reason) override;

private:
    struct Handshake {
        WebsocketUpgrade upgrade;
        channels::Scope scope;
    };
    struct Ending {
        int code;
        QString reason;
        int ownCode; ///< for our Close frame
        QByteArray ownReason;
    };

    channels::Expected<void> accept(const channels::WebsocketAccept &answer) override;
    void refuse(const channels::WebsocketRefuse &answer) override;
    void sendMessage(const QByteArray &payload, bool binary) override;
    void startClose(int code, const QByteArray &reason) override;
    void cut(int code, const QByteArray &reason) override;

    void take(const FrameParser::Event &event);
    void answerPing(const QByteArray &payload);
    void takePong(const QByteArray &payload);
    void sendPong(const QByteArray &payload);
    void fail(int code, const QString &reason);
    void watchSilence();

    WebsocketSession m_session;
    FrameParser m_parser;
    std::unique_ptr<Handshake> m_handshake; ///< until it is answered
    std::unique_ptr<Ending> m_ending; ///< what the client's bytes ended in; done when the turn ends
    std::optional<QByteArray> m_latePong; ///< waits until the client takes earlier ones
    channels::Clock::result_type m_pinged; ///< when the last ping of ours was sent
    quint32 m_lastPing = 0; ///< its number
    qint64 m_untaken = 0; ///< bytes that the system had not taken after the last write
    bool m_awaitsPong = false;
    bool m_isInside = false; ///< a message, when it was last heard
    Liveness m_liveness;
};

} // namespace parlour::server
