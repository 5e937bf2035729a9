// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QJsonValue>
#include <QMetaType>
#include <QString>
#include <QVariantMap>

#include <any>
#include <functional>
#include <utility>

namespace parlour::channels {

class MessageData;

/// What passes through a channel layer: a type and a body. Immutable and implicitly shared; its
/// wire encodings are made once and shared by all receivers. Used in one thread (the server's).
class Message
{
public:
    Message();
    explicit Message(QString type, QVariantMap body = {});
    /// With a body that is made when somebody first asks for it, by something that does not throw.
    static Message deferred(QString type, std::function<QVariantMap()> makeBody);
    Message(const Message &);
    Message(Message &&) noexcept;
    Message &operator=(const Message &);
    Message &operator=(Message &&) noexcept;
    ~Message();

    /// As given, e.g. "chat.message".
    const QString &type() const;
    /// Everything but the type.
    const QVariantMap &body() const;
    QVariant value(const QString &key) const { return body().value(key); }
    /// The same for a consumer that speaks JSON; null where the body has no such key.
    QJsonValue json(const QString &key) const { return QJsonValue::fromVariant(value(key)); }

    /// The encoding kept under `slot` (a small number: 0 to 2 are the application's, 3 belongs to a
    /// layer that packs messages), made by `make(message)` at its first use.
    template <typename Make>
    QByteArray encoding(int slot, Make make) const
    {
        if (const QByteArray *kept = keptEncoding(slot))
            return *kept;
        keepEncoding(slot, make(*this));
        return *keptEncoding(slot);
    }
    /// Keeps an encoding that is known already (the bytes of the sender, unchanged).
    void keepEncoding(int slot, const QByteArray &bytes) const;

    static constexpr int EncodingSlots = 4;

    /// What the application reads out of it, made by `make(message)` at its first use. There is one
    /// place for it; of another `T` it is made anew.
    template <typename T, typename Make>
    const T &reading(Make make) const
    {
        if (const T *kept = std::any_cast<T>(&keptReading()))
            return *kept;
        T made = make(*this);
        return keptReading().emplace<T>(std::move(made));
    }

private:
    std::any &keptReading() const;
    const QByteArray *keptEncoding(int slot) const;
    QExplicitlySharedDataPointer<MessageData> m_data;
};

/// How Channels compares types with handlers: '.' equals '_'.
bool sameHandlerName(QStringView type, QLatin1StringView handler);
/// Types that a layer may never carry to a consumer: a leading '_' or '.', and the server's own
/// (websocket.*, http.*).
bool isForgedType(QStringView type);

} // namespace parlour::channels

Q_DECLARE_METATYPE(parlour::channels::Message)
