// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/message.h"

#include <QSharedData>

#include <algorithm>
#include <array>
#include <utility>

namespace parlour::channels {

class MessageData : public QSharedData
{
public:
    QString type;
    QVariantMap body;
    std::function<QVariantMap()> makeBody; ///< of what was not asked for yet
    std::any reading;
    std::array<QByteArray, Message::EncodingSlots> encodings;
};

Message::Message()
    : m_data(new MessageData)
{
}

Message::Message(QString type, QVariantMap body)
    : m_data(new MessageData)
{
    m_data->type = std::move(type);
    m_data->body = std::move(body);
}

Message::Message(const Message &) = default;
Message::Message(Message &&) noexcept = default;
Message &Message::operator=(const Message &) = default;
Message &Message::operator=(Message &&) noexcept = default;
Message::~Message() = default;

Message Message::deferred(QString type, std::function<QVariantMap()> makeBody)
{
    Message message(std::move(type));
    message.m_data->makeBody = std::move(makeBody);
    return message;
}

const QString &Message::type() const
{
    return m_data->type;
}

const QVariantMap &Message::body() const
{
    if (m_data->makeBody)
        m_data->body = std::exchange(m_data->makeBody, {})();
    return m_data->body;
}

std::any &Message::keptReading() const
{
    return m_data->reading;
}

const QByteArray *Message::keptEncoding(int slot) const
{
    const QByteArray &kept = m_data->encodings.at(size_t(slot));
    return kept.isNull() ? nullptr : &kept;
}

void Message::keepEncoding(int slot, const QByteArray &bytes) const
{
    m_data->encodings.at(size_t(slot)) = bytes.isNull() ? QByteArray("") : bytes;
}

namespace {

char16_t folded(QChar c)
{
    return c == u'.' ? u'_' : c.unicode();
}

bool startsWith(QStringView type, QLatin1StringView prefix)
{
    return type.size() >= prefix.size()
        && std::equal(prefix.begin(), prefix.end(), type.begin(),
                      [](char a, QChar b) { return folded(QLatin1Char(a)) == folded(b); });
}

} // namespace

bool sameHandlerName(QStringView type, QLatin1StringView handler)
{
    return type.size() == handler.size() && (type == handler || startsWith(type, handler));
}

bool isForgedType(QStringView type)
{
    return type.isEmpty() || folded(type.front()) == u'_'
        || startsWith(type, QLatin1StringView("websocket."))
        || startsWith(type, QLatin1StringView("http."));
}

} // namespace parlour::channels
