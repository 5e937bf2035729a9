// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/message_codec.h"

#include "redis/msgpack_reader.h"
#include "redis/msgpack_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;
using channels::Message;

namespace {

/// The slot of a Message where its packed form is kept, without channels and in clear. The first
/// ones are the application's.
constexpr int PackedSlot = Message::EncodingSlots - 1;

const QString &typeKey()
{
    static const QString key = u"type"_s;
    return key;
}

const QString &channelKey()
{
    static const QString key = u"__asgi_channel__"_s;
    return key;
}

Expected<QByteArray> packMessage(const Message &message)
{
    const QVariantMap &body = message.body();
    for (const QString &key : {typeKey(), channelKey()}) {
        if (body.contains(key))
            return Error{
                u"not_serializable"_s,
                u"the message \"%1\" has a key \"%2\", which the layer itself writes"_s.arg(
                    message.type(), key)};
    }
    MsgpackWriter writer;
    writer.beginMap(body.size() + 1);
    writer.pair(typeKey(), message.type());
    for (auto it = body.cbegin(); it != body.cend(); ++it)
        writer.pair(it.key(), it.value());
    return writer.result();
}

/// A packed message is never empty, so that an empty one is kept for what cannot be packed.
Expected<QByteArray> packedOnce(const Message &message)
{
    const QByteArray kept = message.encoding(
        PackedSlot, [](const Message &made) { return packMessage(made).valueOr({}); });
    return kept.isEmpty() ? packMessage(message) : kept;
}

Error badMessage(const QString &problem)
{
    return {u"bad_body"_s, u"the message is refused: %1"_s.arg(problem)};
}

/// What stands under "__asgi_channel__": one name, or a list of them.
Expected<QStringList> channelsIn(const QVariant &value)
{
    if (!value.isValid())
        return QStringList();
    if (value.typeId() == QMetaType::QString)
        return QStringList(value.toString());
    const QVariantList names = value.toList();
    const bool areNames = std::all_of(names.begin(), names.end(), [](const QVariant &name) {
        return name.typeId() == QMetaType::QString;
    });
    if (value.typeId() != QMetaType::QVariantList || !areNames)
        return badMessage(u"\"%1\" is neither a name nor a list of names"_s.arg(channelKey()));
    return value.toStringList();
}

} // namespace

MessageCodec::MessageCodec(const MessageCodecOptions &options)
    : m_maxAge(options.maxAge)
{
    if (!options.encryptionKeys.isEmpty())
        m_fernet.emplace(options.encryptionKeys, options.sources);
}

Expected<QByteArray> MessageCodec::encode(const Message &message) const
{
    const auto body = packedOnce(message);
    return body ? sealed(*body) : body;
}

Expected<QByteArray> MessageCodec::encode(const Message &message, const QString &channel) const
{
    return encodeFor(message, channel);
}

Expected<QByteArray> MessageCodec::encode(const Message &message, const QStringList &channels) const
{
    return encodeFor(message, channels);
}

Expected<QByteArray> MessageCodec::encodeFor(const Message &message, const QVariant &channels) const
{
    const auto body = packedOnce(message);
    if (!body)
        return body;
    MsgpackWriter writer;
    writer.pair(channelKey(), channels);
    const auto pair = writer.result();
    return pair ? sealed(withPair(*body, *pair)) : pair;
}

Expected<QByteArray> MessageCodec::sealed(const QByteArray &body) const
{
    return m_fernet ? m_fernet->encrypt(body) : body;
}

Expected<MessageCodec::Decoded> MessageCodec::decode(QByteArrayView bytes) const
{
    QByteArray plain;
    if (m_fernet) {
        auto decrypted = m_fernet->decrypt(bytes, m_maxAge);
        if (!decrypted)
            return decrypted.error();
        plain = *decrypted;
        bytes = plain;
    }
    auto read = readMsgpack(bytes);
    if (!read)
        return read.error();
    QVariantMap body = *std::move(read);
    const QVariant type = body.take(typeKey());
    if (type.typeId() != QMetaType::QString || type.toString().isEmpty())
        return badMessage(u"it has no \"type\" that is a text"_s);
    const auto channels = channelsIn(body.take(channelKey()));
    if (!channels)
        return channels.error();
    return Decoded{Message(type.toString(), std::move(body)), *channels};
}

} // namespace parlour::redis
