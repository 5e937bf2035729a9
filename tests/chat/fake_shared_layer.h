// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "chat/room_bridge.h"
#include "chat_host.h"

#include <QPointer>

#include <limits>
#include <vector>

namespace parlour::tests {

/// One process' way to a layer that several share, which a test can cut: nothing goes out or comes
/// in then. `common` outlives it.
class FakeSharedLayer final : public channels::ChannelLayer
{
    Q_OBJECT
public:
    using State = channels::BridgeInfo::State;

    explicit FakeSharedLayer(channels::ChannelLayer &common, State state = State::Up);
    ~FakeSharedLayer() override;

    void setState(State state);
    /// One of its servers is away, the one that carries this group.
    void lose(const QString &group);
    /// From now on nothing is joined before confirm().
    void holdJoins() { m_holdsJoins = true; }
    void confirm();

    channels::Expected<std::unique_ptr<channels::Channel>>
    openChannel(const QString &name, channels::Channel::Receiver &receiver) override;
    channels::Expected<void> send(const QString &channel,
                                  const channels::Message &message) override;
    channels::Expected<void> groupAdd(const QString &group, channels::Channel &channel) override;
    channels::Expected<void> groupDiscard(const QString &group,
                                          channels::Channel &channel) override;
    channels::Expected<void> groupSend(const QString &group,
                                       const channels::Message &message) override;
    void whenJoined(const QString &group, QObject *context,
                    const std::function<void()> &joined) override;
    bool isReachable(const QString &group) const override
    {
        return isUp() && !m_lost.contains(group);
    }
    void forgetProcess(const QString &channel) override { forgotten.append(channel); }
    void flush() override { m_common.flush(); }
    void deliverPending() override { m_common.deliverPending(); }
    QList<channels::ChannelInfo> channels() const override { return m_common.channels(); }
    QList<channels::GroupInfo> groups() const override { return m_common.groups(); }
    QMap<QString, qint64> dropped() const override { return m_common.dropped(); }
    std::optional<channels::BridgeInfo> bridge() const override;

    QStringList forgotten;
    QMap<QString, qint64> notShared; ///< as bridge() says
    QString problem; ///< the store's, while it is up
    int sentWhileAway = 0;
    qsizetype mostBytes = std::numeric_limits<qsizetype>::max(); ///< of a message, as JSON
    QStringList waitedFor; ///< groups whose joining somebody waited for

private:
    std::unique_ptr<channels::Channel> makeChannel(channels::Channel::Receiver &receiver,
                                                   const QString &prefix) override;

    class Valve;
    struct Waiting {
        QPointer<QObject> context;
        std::function<void()> joined;
    };

    bool isUp() const { return m_state == State::Up; }

    channels::ChannelLayer &m_common;
    State m_state;
    QStringList m_lost; ///< groups
    bool m_holdsJoins = false;
    std::vector<std::unique_ptr<Valve>> m_valves;
    std::vector<Waiting> m_waiting;
};

/// A chat host that shares its rooms.
struct SharingHost {
    explicit SharingHost(channels::ChannelLayer &shared,
                         const QString &title = QStringLiteral("Studio North"),
                         const chat::BridgeOptions &options = {});

    ChatHost chat;
    chat::RoomBridge bridge;
};

/// Whoever else is in a group of a layer: writes down what it hears.
class Bystander final : public channels::Channel::Receiver
{
public:
    Bystander(channels::ChannelLayer &layer, const QString &group);

    void receiveMessage(const channels::Message &message) override { heard.append(message); }
    /// The texts under "message".
    QStringList texts() const;

    QList<channels::Message> heard;
    std::unique_ptr<channels::Channel> channel;
};

} // namespace parlour::tests
