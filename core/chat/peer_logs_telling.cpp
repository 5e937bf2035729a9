// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What other hosts are told of what was said here.
#include "chat/chat_message.h"
#include "chat/house.h"
#include "chat/peer_logs.h"
#include "chat/shared_change.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

void PeerLogs::watch(const QString &room)
{
    if (!m_log.hasHistory(room))
        return;
    m_log.lastFrom(room, {}, this, [this, room](const Expected<RoomLog::LastEntries> &last) {
        if (last && !last->entry.isEmpty() && !m_own.contains(room) && m_house.rooms().find(room))
            m_own.insert(room, *last);
    });
}

Predecessors PeerLogs::said(const QString &room, const QString &id)
{
    RoomLog::LastEntries &last = m_own[room];
    return {std::exchange(last.message, id), std::exchange(last.entry, id)};
}

Predecessors PeerLogs::changed(const QString &room, const QString &id)
{
    RoomLog::LastEntries &last = m_own[room];
    return {std::exchange(last.change, id), std::exchange(last.entry, id)};
}

void PeerLogs::comeBack()
{
    tellStanding();
}

void PeerLogs::tellStanding()
{
    PeerStanding standing;
    for (auto own = m_own.cbegin(); own != m_own.cend(); ++own) {
        if (!own->message.isEmpty())
            standing.rooms.append({own.key(), own->message});
        if (!own->change.isEmpty())
            standing.changes.append({own.key(), own->change});
        if (std::max(standing.rooms.size(), standing.changes.size()) == MaxPeerRooms)
            say(std::exchange(standing, {}));
    }
    if (!standing.rooms.isEmpty() || !standing.changes.isEmpty())
        say(standing);
}

void PeerLogs::hear(const QString &host, const PeerLogAsk &ask)
{
    const QString key = host + u' ' + ask.room;
    if (ask.of != m_house.info().id || m_answering.contains(key) || !m_house.rooms().find(ask.room))
        return;
    m_answering.insert(key);
    m_log.saidHere(ask.room, {ask.after, ask.from, m_options.messagesAtOnce, ask.changes}, this,
                   [this, host, ask, key](const Expected<RoomLog::SaidHere> &part) {
                       m_answering.remove(key);
                       if (part)
                           answer(host, ask, *part);
                   });
}

void PeerLogs::answer(const QString &host, const PeerLogAsk &ask, const RoomLog::SaidHere &part)
{
    PeerLogPart told{host, ask.room, ask.after, {}, part.hasMore, part.isLost};
    for (const auto &[message, json] : part.said)
        told.said.append(makeSharedMessage(makeChatMessage(message, json), m_house.info().id));
    for (const Change &change : part.changes)
        told.changed.append(makeSharedChange(change, m_house.info().id));
    if (ask.changes)
        told.entries = part.ids;
    say(told);
}

void PeerLogs::say(const PeerLogContent &content)
{
    (void)m_shared.groupSend(QString(PeerLogGroup), encodePeerLog({m_house.info().id, content}));
}

} // namespace parlour::chat
