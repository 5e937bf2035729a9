// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "channels/message.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace parlour::channels {

class Group;
class LocalDelivery;

/// One receiver's address in a layer. Made by ChannelLayer::newChannel(), owned by the receiver's
/// owner; when it dies it has left every group. Lives in the server thread.
class Channel final : public QObject
{
    Q_OBJECT
public:
    /// Who reads a channel; outlives it.
    class Receiver
    {
    public:
        Receiver() = default;
        Receiver(const Receiver &) = delete;
        Receiver &operator=(const Receiver &) = delete;
        virtual ~Receiver();

        virtual void receiveMessage(const Message &message) = 0;
        /// Messages that the reader's client has not taken; compared with the capacity.
        virtual int unsent() const { return 0; }
        /// When a reader that comes and asks last did so. Nothing: it lives as long as its channel
        /// does, and its memberships never expire.
        virtual std::optional<std::chrono::steady_clock::time_point> lastSign() const
        {
            return std::nullopt;
        }
        /// A message was dropped because unsent() had reached the capacity; it is counted already.
        virtual void overflowed() { }
    };

    ~Channel() override;

    const QString &name() const { return m_info.name; }
    QStringList groups() const;
    bool isMember(const QString &group) const;
    bool isFull() const { return m_receiver.unsent() >= m_info.capacity; }

    /// What the monitor shows of it.
    ChannelInfo info() const;
    void setConnection(quint64 connection) { m_info.connection = connection; }
    void setConsumer(const QString &consumer) { m_info.consumer = consumer; }
    void setPerson(const QString &id, const QString &name);

    /// Counts a message that the receiver could not use, by cause.
    void countDropped(const QString &cause, const Message &message);

public Q_SLOTS:
    /// Hands the message to the receiver, or drops and counts it where the receiver is full.
    void deliver(const parlour::channels::Message &message);

private:
    friend class LocalDelivery;
    Channel(LocalDelivery &delivery, QString name, Receiver &receiver, int capacity);

    /// Whether its groups may forget it: it shows no sign of life.
    bool isForgotten(std::chrono::steady_clock::time_point now,
                     std::chrono::milliseconds groupExpiry) const;

    LocalDelivery *m_delivery; ///< null once the layer is gone
    Receiver &m_receiver;
    ChannelInfo m_info;
    /// Few and many times over: a QHash would take 800 bytes for the first.
    std::map<Group *, QMetaObject::Connection> m_memberships;
    std::chrono::steady_clock::time_point m_lastJoined;
};

/// A group: one signal to which its members are connected. Made and removed by LocalDelivery.
class Group final : public QObject
{
    Q_OBJECT
public:
    explicit Group(const QString &name) { m_info.name = name; }

    const QString &name() const { return m_info.name; }
    const GroupInfo &info() const { return m_info; }

Q_SIGNALS:
    void posted(const parlour::channels::Message &message);

private:
    friend class LocalDelivery;
    GroupInfo m_info;
};

} // namespace parlour::channels
