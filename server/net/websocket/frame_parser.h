// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/websocket/frame.h"
#include "net/websocket/utf8_validator.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>
#include <variant>

namespace parlour::server {

struct FrameLimits {
    qint64 messageBytes = 65536; ///< exactly that many pass
    int fragments = 16384; ///< frames of one message
};

/// Bytes of a client in, whole messages and control frames out; strict as RFC 6455 says, judged at
/// the first byte that is wrong. No socket in it.
class FrameParser
{
public:
    struct Message {
        QByteArray payload; ///< text is valid UTF-8, a BOM stays
        bool binary = false;
    };
    struct Ping {
        QByteArray payload;
    };
    struct Pong {
        QByteArray payload;
    };
    /// The client closes; 1005 where it gave no code.
    struct Close {
        int code;
        QString reason;
    };
    /// The client broke a rule; the connection is to be closed with this code.
    struct Failure {
        int code;
        QString reason;
    };
    using Event = std::variant<Message, Ping, Pong, Close, Failure>;

    explicit FrameParser(const FrameLimits &limits = {});

    /// Takes bytes off the front of `bytes`, up to the next event. Nothing: all were taken, and
    /// more are needed. After Close and Failure all that comes is passed over.
    std::optional<Event> next(QByteArrayView &bytes);

    /// Whether a frame or a message has begun and not ended.
    bool isInside() const;
    /// Holds for what comes from the next frame on.
    void setLimits(const FrameLimits &limits) { m_limits = limits; }

private:
    struct Head {
        bool fin = false;
        Opcode opcode = Opcode::Continuation;
        quint64 length = 0;
        std::array<char, 4> mask{};
    };
    using Result = std::optional<Event>;

    bool isControl() const { return static_cast<int>(m_head.opcode) >= 8; }
    void takeHeadBytes(QByteArrayView &bytes);
    Result readHead();
    Result judgeFirstBytes();
    Result judgeOrder();
    Result judgeLength();
    Result readPayload(QByteArrayView &bytes);
    Result endFrame();
    Result endControl();
    Result readClose(const QByteArray &payload);
    Result fail(int code, const char *reason);

    FrameLimits m_limits;

    std::array<uchar, 14> m_headBytes{};
    int m_headSize = 0;
    int m_headNeeded = 2;
    Head m_head;
    quint64 m_payloadSeen = 0; ///< of the frame
    bool m_inPayload = false;

    QByteArray m_message; ///< of all its frames so far
    QByteArray m_control;
    Utf8Validator m_text;
    int m_fragments = 0; ///< frames of the message so far; 0: none has begun
    bool m_binary = false;
    bool m_done = false;
};

} // namespace parlour::server
