// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The part of HostPresence that is about what the others are told, and about who falls silent.
#include "chat/host_presence.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::chat {

namespace {

/// A channel's name up to what tells its process: layers put that last but one, or last.
QString formOf(const QString &channel)
{
    const QString front = channel.section(u'!', 0, 0);
    return front.first(front.lastIndexOf(u'.') + 1);
}

} // namespace

void HostPresence::setUp(bool isUp)
{
    if (!isUp) {
        m_upSince.reset();
        return;
    }
    if (m_upSince)
        return;
    m_upSince = m_clock();
    m_soundSince = m_clock();
    m_shared.whenJoined(QString(PresenceGroup), this, [this] { introduce(); });
}

/// The others may know nothing of this host, and this host nothing of them.
void HostPresence::introduce()
{
    say(PresenceAsk{});
    answer();
}

void HostPresence::answerSoon()
{
    const auto delay = std::chrono::milliseconds(m_nextAnswer.remainingTime());
    if (!m_answering.isActive())
        m_answering.start(std::max(delay, m_options.answerDelay));
}

void HostPresence::answer()
{
    m_nextAnswer.setRemainingTime(m_options.answerInterval);
    m_here.tellNow();
    sayAlive();
    const auto pieces = presencePieces(m_here.all());
    const int parts = int(pieces.size());
    for (int part = 0; part < parts; ++part)
        say(PresenceState{m_sequence, part, parts, pieces.at(part)});
}

void HostPresence::sayAlive()
{
    m_lastAlive = m_clock();
    say(PresenceAlive{m_house.info().title, m_channel->name(), m_sequence});
}

void HostPresence::tell(const QList<RoomPresence> &rooms)
{
    const auto pieces = presencePieces(rooms);
    for (const auto &piece : pieces)
        say(PresenceChanges{++m_sequence, piece});
}

// While the others are out of reach nothing is said: it would wait for them, and be old news. They
// get everything once they are back.
void HostPresence::say(const PresenceContent &content)
{
    if (m_upSince) {
        (void)m_shared.groupSend(QString(PresenceGroup),
                                 encodePresence({m_house.info().id, content}));
    }
}

// Who was cut off, was refused by the store or slept takes others for dead who live.
void HostPresence::lookAtOwnTrouble(Time now)
{
    qint64 lost = 0;
    bool isInTrouble = now - std::exchange(m_lastTick, now) > m_options.heartbeat;
    const auto bridge = m_shared.bridge().value_or(channels::BridgeInfo{});
    for (const auto &host : bridge.hosts)
        isInTrouble = isInTrouble || !host.problem.isEmpty();
    for (auto it = bridge.notShared.cbegin(); it != bridge.notShared.cend(); ++it) {
        if (it.key() != "capacity"_L1) // the inbox of a dead host is full
            lost += it.value();
    }
    if (std::exchange(m_lost, lost) != lost || isInTrouble)
        m_soundSince = now;
}

/// Whether a silent host's channels may be taken out of all groups. They have to be named like a
/// host's, so that nobody has us remove Django's by naming one of those and falling silent; a
/// host's that lives come back by themselves.
bool HostPresence::isSurelyDead(const QString &id, const Host &host) const
{
    if (!m_upSince || host.lastSign < m_soundSince || host.channel.isEmpty()
        || formOf(host.channel) != formOf(m_channel->name()))
        return false;
    return std::none_of(m_hosts.begin(), m_hosts.end(), [&](const auto &known) {
        return known.first != id && known.second.channel == host.channel;
    });
}

void HostPresence::tick()
{
    const Time now = m_clock();
    lookAtOwnTrouble(now);
    if (now - m_lastAlive >= m_options.heartbeat)
        sayAlive();
    for (auto known = m_hosts.begin(); known != m_hosts.end();) {
        const auto [id, host] = *known++;
        if (now + m_options.tick - host.lastSign <= m_options.deadAfter)
            continue; // there is another tick to wait for
        if (isSurelyDead(id, host))
            m_shared.forgetProcess(host.channel);
        forget(id);
    }
}

} // namespace parlour::chat
