// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "fake_shared_layer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::Channel;
using channels::Expected;
using channels::Message;

/// Lets through what comes in while the layer is up.
class FakeSharedLayer::Valve final : public Channel::Receiver
{
public:
    Valve(const FakeSharedLayer &layer, Channel::Receiver &receiver)
        : m_layer(layer)
        , m_receiver(receiver)
    {
    }
    void receiveMessage(const Message &message) override
    {
        if (m_layer.isUp())
            m_receiver.receiveMessage(message);
    }

private:
    const FakeSharedLayer &m_layer;
    Channel::Receiver &m_receiver;
};

FakeSharedLayer::FakeSharedLayer(channels::ChannelLayer &common, State state)
    : m_common(common)
    , m_state(state)
{
}

FakeSharedLayer::~FakeSharedLayer() = default;

void FakeSharedLayer::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT bridgeChanged();
}

void FakeSharedLayer::lose(const QString &group)
{
    m_lost.append(group);
    Q_EMIT bridgeChanged();
}

void FakeSharedLayer::confirm()
{
    m_holdsJoins = false;
    const auto waiting = std::exchange(m_waiting, {});
    for (const Waiting &one : waiting) {
        if (one.context)
            one.joined();
    }
}

std::unique_ptr<Channel> FakeSharedLayer::makeChannel(Channel::Receiver &receiver,
                                                      const QString &prefix)
{
    m_valves.push_back(std::make_unique<Valve>(*this, receiver));
    return m_common.newChannel(*m_valves.back(), prefix).value();
}

Expected<std::unique_ptr<Channel>> FakeSharedLayer::openChannel(const QString &name,
                                                                Channel::Receiver &receiver)
{
    return m_common.openChannel(name, receiver);
}

Expected<void> FakeSharedLayer::send(const QString &channel, const Message &message)
{
    return isUp() ? m_common.send(channel, message) : Expected<void>();
}

Expected<void> FakeSharedLayer::groupAdd(const QString &group, Channel &channel)
{
    return m_common.groupAdd(group, channel);
}

Expected<void> FakeSharedLayer::groupDiscard(const QString &group, Channel &channel)
{
    return m_common.groupDiscard(group, channel);
}

Expected<void> FakeSharedLayer::groupSend(const QString &group, const Message &message)
{
    if (QJsonDocument::fromVariant(message.body()).toJson().size() > mostBytes)
        return channels::Error{u"too_big"_s, u"That is more than is carried."_s};
    if (isUp())
        return m_common.groupSend(group, message);
    ++sentWhileAway;
    return {};
}

void FakeSharedLayer::whenJoined(const QString &group, QObject *context,
                                 const std::function<void()> &joined)
{
    if (!m_holdsJoins && isUp()) {
        joined();
        return;
    }
    waitedFor.append(group);
    m_waiting.push_back({context, joined});
}

std::optional<channels::BridgeInfo> FakeSharedLayer::bridge() const
{
    channels::BridgeInfo info;
    info.layer = u"fake"_s;
    channels::BridgeInfo::Host host;
    host.state = m_lost.isEmpty() ? m_state : State::Away;
    host.problem = problem;
    info.notShared = notShared;
    info.hosts.append(host);
    return info;
}

namespace {
chat::ChatOptions titled(const QString &title)
{
    chat::ChatOptions options;
    options.title = title;
    options.verifyKey = [](const QByteArray &, const QByteArray &, const QByteArray &) {
        return true;
    };
    return options;
}
} // namespace

SharingHost::SharingHost(channels::ChannelLayer &shared, const QString &title,
                         const chat::BridgeOptions &options)
    : chat(titled(title))
    , bridge(chat.house, chat.layer, shared, chat.log, options)
{
}

Bystander::Bystander(channels::ChannelLayer &layer, const QString &group)
    : channel(layer.newChannel(*this))
{
    (void)layer.groupAdd(group, *channel);
}

QStringList Bystander::texts() const
{
    QStringList texts;
    for (const Message &message : heard)
        texts.append(message.value(u"message"_s).toString());
    return texts;
}

} // namespace parlour::tests
