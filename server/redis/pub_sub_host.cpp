// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/pub_sub_host.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::redis {

using channels::Expected;
using channels::Message;
using State = channels::BridgeInfo::State;

namespace {

/// Local members wait no longer for the copy of a message that Redis has got.
constexpr auto EchoPatience = 1s;
constexpr auto TickInterval = 100ms;

} // namespace

PubSubHost::PubSubHost(const RedisAddress &address, const RedisConnectionOptions &options,
                       std::chrono::milliseconds patience)
    : m_patience(patience)
    , m_subscriber(address, options)
    , m_publisher(address, options)
{
    connect(&m_subscriber, &RedisSubscriber::message, this, &PubSubHost::take);
    connect(&m_subscriber, &RedisSubscriber::confirmed, this, &PubSubHost::confirmed);
    connect(&m_subscriber, &RedisSubscriber::probed, this, &PubSubHost::endRound);
    connect(&m_subscriber, &RedisSubscriber::stateChanged, this, &PubSubHost::followSubscriber);
    connect(&m_publisher, &RedisConnection::stateChanged, this, &PubSubHost::stateChanged);
    m_tick.setInterval(TickInterval);
    connect(&m_tick, &QTimer::timeout, this, &PubSubHost::tick);
}

void PubSubHost::open()
{
    m_subscriber.open();
    m_publisher.open();
}

bool PubSubHost::isPrompt(const QByteArray &name) const
{
    return m_publisher.isUp() && !m_publisher.isSettling() && m_subscriber.isConfirmed(name)
        && !m_isLate && !m_echoes.isFull();
}

void PubSubHost::publish(const QByteArray &name, const QByteArray &payload, const Message &message)
{
    const PendingEchoes::Own own{name, message};
    const bool isPromptNow = isPrompt(name);
    const bool isHeardHere = isSubscribed(name);
    if (isHeardHere && !isPromptNow)
        Q_EMIT due(name, message);
    if (m_echoes.isFull()) {
        Q_EMIT notShared(u"queue_full"_s);
        return;
    }
    const quint64 echo = isHeardHere
        ? m_echoes.expect(own, payload, std::chrono::steady_clock::now(), !isPromptNow)
        : 0;
    if (isHeardHere && !m_tick.isActive())
        m_tick.start();
    m_publisher.send(
        {"PUBLISH", name, payload}, this,
        [this, own, echo](const Expected<RedisReply> &reply) { takeAnswer(own, echo, reply); },
        {.patience = m_patience, .written = [this, echo] { m_echoes.written(echo); }});
}

// Redis hands the copies out before it answers whoever publishes.
void PubSubHost::takeAnswer(const PendingEchoes::Own &own, quint64 echo,
                            const Expected<RedisReply> &reply)
{
    if (!reply && reply.error().code == "interrupted"_L1) {
        deliver(m_echoes.interrupted(echo));
        Q_EMIT notShared(u"unconfirmed"_s);
    } else if (!reply || reply->isError()) {
        deliver(m_echoes.giveUp(echo));
        Q_EMIT notShared(reply ? u"refused"_s : reply.error().code);
    } else {
        if (reply->integer > 0 && m_subscriber.isUp())
            m_echoes.answered(echo);
        else
            deliver(m_echoes.giveUp(echo));
        Q_EMIT published();
        if (reply->integer == 0 && echo == 0)
            Q_EMIT unheard(own.name, own.message);
    }
}

void PubSubHost::take(const QByteArray &name, const QByteArray &payload)
{
    const auto due = m_echoes.take(name, payload);
    if (!due) {
        Q_EMIT arrived(name, payload);
        return;
    }
    m_isLate = false;
    deliver(*due);
}

void PubSubHost::followSubscriber()
{
    const bool isHearing = m_subscriber.isUp();
    if (std::exchange(m_wasHearing, isHearing) && !isHearing) {
        m_round = 0;
        m_isLate = false;
        deliver(m_echoes.lineLost());
    }
    Q_EMIT stateChanged();
}

void PubSubHost::tick()
{
    if (m_echoes.isEmpty()) {
        m_isLate = false;
        return m_tick.stop();
    }
    if (m_echoes.hasWaitedSince(std::chrono::steady_clock::now() - EchoPatience)) {
        m_isLate = true;
        deliverInAdvance();
    }
    if (m_round == 0 && m_echoes.wantsRound() && m_subscriber.isUp()) {
        m_echoes.beginRound();
        m_round = m_subscriber.probe();
    }
}

void PubSubHost::endRound(quint64 probe)
{
    if (m_round == 0 || probe < m_round)
        return;
    m_round = 0;
    deliver(m_echoes.endRound());
}

void PubSubHost::deliver(const std::vector<PendingEchoes::Own> &messages)
{
    for (const auto &own : messages)
        Q_EMIT due(own.name, own.message);
}

channels::BridgeInfo::Host PubSubHost::info() const
{
    const auto listening = m_subscriber.info();
    const auto publishing = m_publisher.info();
    const bool isListeningWorse = listening.state == State::Away
        || (listening.state == State::Connecting && publishing.state == State::Up);
    auto info = isListeningWorse ? listening : publishing;
    if (info.problem.isEmpty())
        info.problem = listening.problem;
    info.roundTripUs = publishing.roundTripUs;
    info.reconnects = std::max(listening.reconnects, publishing.reconnects);
    return info;
}

} // namespace parlour::redis
