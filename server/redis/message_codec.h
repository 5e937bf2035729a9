// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/message.h"
#include "redis/fernet.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <optional>

namespace parlour::redis {

struct MessageCodecOptions {
    /// As symmetric_encryption_keys: the first one encrypts, all decrypt. None: in clear.
    QStringList encryptionKeys = {};
    /// An encrypted message that is older is refused. Nothing: it may have any age.
    std::optional<std::chrono::seconds> maxAge = std::nullopt;
    FernetSources sources = FernetSources::ofTheSystem();
};

/// Turns messages into the bodies that the Redis layers carry, and back: a msgpack map, encrypted
/// where there are keys. In the map stand "type", the body's keys in their order and, where a
/// process deals the message out to its channels, "__asgi_channel__". Packing a message a second
/// time takes what it keeps of the first. A value; used in one thread.
/// Counterpart: channels_redis.serializers.MessagePackSerializer.
class MessageCodec
{
public:
    struct Decoded {
        channels::Message message;
        QStringList channels; ///< whom it is for; empty where it does not say
    };

    explicit MessageCodec(const MessageCodecOptions &options = {});

    bool isEncrypting() const { return m_fernet.has_value(); }

    /// Fails (not_serializable) for what has no form in msgpack or is over its limits, and for a
    /// body with a key of ours ("type", "__asgi_channel__").
    channels::Expected<QByteArray> encode(const channels::Message &message) const;
    /// For one channel, as a send() to it does.
    channels::Expected<QByteArray> encode(const channels::Message &message,
                                          const QString &channel) const;
    /// For channels of one process, as groupSend() does.
    channels::Expected<QByteArray> encode(const channels::Message &message,
                                          const QStringList &channels) const;

    /// Of bytes that nobody vouches for. Fails for what is encrypted otherwise (bad_token) and for
    /// what is no body with a type (bad_body).
    channels::Expected<Decoded> decode(QByteArrayView bytes) const;

private:
    channels::Expected<QByteArray> encodeFor(const channels::Message &message,
                                             const QVariant &channels) const;
    channels::Expected<QByteArray> sealed(const QByteArray &body) const;

    std::optional<Fernet> m_fernet;
    std::optional<std::chrono::seconds> m_maxAge;
};

} // namespace parlour::redis
