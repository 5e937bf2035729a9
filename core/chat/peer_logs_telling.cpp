// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What other hosts are told of what was said here.
#include "chat/chat_message.h"
#include "chat/house.h"
#include "chat/peer_logs.h"
#include "chat/shared_change.h"
#include "chat/text_rules.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parlour::chat {

void PeerLogs::watch(const QString &room)
{
    if (!m_log.hasHistory(room))
        return;
    m_log.lastFrom(room, {}, this, [this, room](const Expected<RoomLog::LastEntries> &last) {
        if (!last)
            m_unread.insert(room);
        else if (!last->entry.isEmpty() && !m_own.contains(room) && m_house.rooms().find(room))
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
    const auto unread = std::exchange(m_unread, {});
    for (const QString &room : unread)
        watch(room);
    PeerStanding standing;
    for (auto own = m_own.cbegin(); own != m_own.cend(); ++own) {
        if (isUuid(own->message)) // else it is of another program's export, and no host has it
            standing.rooms.append({own.key(), own->message});
        if (isUuid(own->change))
            standing.changes.append({own.key(), own->change});
        if (std::max(standing.rooms.size(), standing.changes.size()) == MaxPeerRooms)
            (void)say(std::exchange(standing, {}));
    }
    if (!standing.rooms.isEmpty() || !standing.changes.isEmpty())
        (void)say(standing);
}

void PeerLogs::hear(const QString &host, const PeerLogAsk &ask)
{
    const QString key = host + u' ' + ask.room;
    if (ask.of != m_house.info().id || m_answering.contains(key) || !m_house.rooms().find(ask.room))
        return;
    m_answering.insert(key);
    // What was said before anybody shared it is nobody else's.
    RoomLog::SaidHereQuery query{ask.after, std::max(ask.from, m_since), m_options.messagesAtOnce,
                                 ask.changes};
    if (query.changesFrom)
        query.changesFrom = std::max(*query.changesFrom, m_since);
    m_log.saidHere(ask.room, query, this,
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
    if (const auto said = say(told); !said && ask.changes) { // so that what is behind it is heard
        m_channel->countDropped(said.error().code, {});
        told.said.clear();
        told.changed.clear();
        (void)say(told);
    }
}

channels::Expected<void> PeerLogs::say(const PeerLogContent &content)
{
    return m_shared.groupSend(QString(PeerLogGroup), encodePeerLog({m_house.info().id, content}));
}

} // namespace parlour::chat
