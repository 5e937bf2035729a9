// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What lies in Redis under a key of ours.
#include "fuzz/promise.h"
#include "redis/message_codec.h"

using namespace parlour::fuzz;
using namespace parlour::redis;

namespace {

void checkAgain(const MessageCodec &codec, const MessageCodec::Decoded &decoded)
{
    const auto body = codec.encode(decoded.message, decoded.channels);
    if (!body) {
        require(body.error().code == QStringLiteral("not_serializable"), "a refusal says why");
        return; // longer than it came: a form that Python does not write
    }
    const auto again = codec.decode(*body);
    require(again.hasValue(), "what is written can be read");
    require(again->message.type() == decoded.message.type(), "a type is kept");
    require(again->channels == decoded.channels, "channels are kept");
    require(codec.encode(again->message, again->channels).valueOr({}) == *body,
            "a body is kept to the bit");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const MessageCodec clear;
    static const MessageCodec encrypting({.encryptionKeys = {QStringLiteral("secret")}});
    const auto decoded = clear.decode(input(data, size));
    if (decoded) {
        require(!decoded->message.type().isEmpty(), "a message has a type");
        checkAgain(clear, *decoded);
    } else {
        require(!decoded.error().message.isEmpty(), "a refusal says why");
    }
    require(!encrypting.decode(input(data, size)), "nobody guesses a key");
    return 0;
}
