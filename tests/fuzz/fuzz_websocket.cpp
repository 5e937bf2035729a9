// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A client's bytes as WebSocket frames. However they are cut, the same events come out, and every
// event written as a frame anew is read as itself.
#include "channels/close_codes.h"
#include "fuzz/promise.h"
#include "net/websocket/frame_parser.h"
#include "net/websocket/frame_writer.h"
#include "net/websocket/masking.h"

using namespace parlour;
using namespace parlour::fuzz;
using namespace parlour::server;

namespace {

constexpr FrameLimits Limits{.messageBytes = 300, .fragments = 5};

// As a client sends it: the server's frame with a mask.
QByteArray masked(const QByteArray &frame, qsizetype payloadBytes)
{
    const std::array<char, 4> mask{'\x37', '\xfa', '\x00', '\x3d'};
    const qsizetype head = frame.size() - payloadBytes;
    QByteArray bytes = frame.first(head);
    bytes[1] = static_cast<char>(bytes[1] | 0x80);
    bytes.append(mask.data(), mask.size());
    QByteArray payload = frame.sliced(head);
    applyMask(payload.data(), payload.size(), mask, 0);
    return bytes + payload;
}

struct Written {
    QByteArray words; ///< kind and content, for comparison
    QByteArray frame;
};

Written written(const FrameParser::Message &message)
{
    require(message.payload.size() <= Limits.messageBytes, "a message is bounded");
    require(message.binary || QByteArrayView(message.payload).isValidUtf8(), "text is UTF-8");
    const FrameHead head(message.binary ? Opcode::Binary : Opcode::Text, message.payload.size());
    return {(message.binary ? "binary:" : "text:") + message.payload,
            masked(head.bytes().toByteArray() + message.payload, message.payload.size())};
}

Written written(const FrameParser::Ping &ping)
{
    require(ping.payload.size() <= MaxControlPayload, "a ping is bounded");
    return {"ping:" + ping.payload,
            masked(controlFrame(Opcode::Ping, ping.payload), ping.payload.size())};
}

Written written(const FrameParser::Pong &pong)
{
    require(pong.payload.size() <= MaxControlPayload, "a pong is bounded");
    return {"pong:" + pong.payload,
            masked(controlFrame(Opcode::Pong, pong.payload), pong.payload.size())};
}

Written written(const FrameParser::Close &closing)
{
    require(closing.code >= 1000 && closing.code <= 4999 && closing.code != 1004
                && closing.code != 1006 && closing.code != 1015,
            "a close code may be sent");
    const QByteArray reason = closing.reason.toUtf8();
    require(reason.size() <= MaxControlPayload - 2, "a reason is bounded");
    const bool hasCode = closing.code != channels::close_code::NoStatus;
    return {"close:" + QByteArray::number(closing.code) + reason,
            masked(closeFrame(closing.code, reason), hasCode ? 2 + reason.size() : 0)};
}

Written written(const FrameParser::Failure &failure)
{
    require(failure.code == channels::close_code::ProtocolError
                || failure.code == channels::close_code::InvalidData
                || failure.code == channels::close_code::PolicyViolation
                || failure.code == channels::close_code::TooBig,
            "a failure has a code for it");
    require(!failure.reason.isEmpty() && failure.reason.size() <= MaxControlPayload - 2,
            "a failure says why, in what fits a Close frame");
    return {"failure:" + QByteArray::number(failure.code) + failure.reason.toUtf8(), {}};
}

Written written(const FrameParser::Event &event)
{
    return std::visit([](const auto &content) { return written(content); }, event);
}

void checkStable(const Written &event)
{
    FrameParser parser(Limits);
    QByteArrayView bytes = event.frame;
    const auto again = parser.next(bytes);
    require(again && written(*again).words == event.words, "an event written anew is itself");
    require(bytes.isEmpty() && !parser.isInside(), "a frame ends where it ends");
}

struct Outcome {
    QList<QByteArray> events;
    bool isInside = false;

    bool operator==(const Outcome &) const = default;
};

Outcome outcomeOf(QByteArrayView bytes, qsizetype pieceSize)
{
    FrameParser parser(Limits);
    Outcome outcome;
    bool isOver = false;
    inPieces(bytes, pieceSize, [&](QByteArrayView piece) {
        while (const auto event = parser.next(piece)) {
            require(!isOver, "nothing comes after the end");
            const Written parts = written(*event);
            outcome.events += parts.words;
            if (!parts.frame.isNull())
                checkStable(parts);
            isOver = std::holds_alternative<FrameParser::Close>(*event)
                || std::holds_alternative<FrameParser::Failure>(*event);
        }
        require(piece.isEmpty(), "all bytes are taken");
    });
    outcome.isInside = parser.isInside();
    require(!isOver || !outcome.isInside, "nothing is begun after the end");
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = input(data, size);
    const Outcome whole = outcomeOf(bytes, std::max<qsizetype>(1, bytes.size()));
    require(outcomeOf(bytes, 1) == whole, "events are the same byte by byte");
    require(outcomeOf(bytes, 7) == whole, "events are the same in pieces");
    return 0;
}
