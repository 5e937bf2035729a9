// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a client has of its rooms: coming in, catching up, the past.
#include "client/host_client.h"
#include "client/host_store.h"
#include "client/message_sender.h"
#include "client/reconnecting_socket.h"
#include "client/room_joiner.h"

#include <algorithm>

namespace parlour::client {

using chat::ChatMessage;
using chat::HistoryFrame;
using chat::Position;

namespace {

// One page of the past: some screens.
constexpr int OlderCount = 100;

/// Drops what lies before a hole.
void keepUnbroken(QList<ChatMessage> &messages)
{
    const auto isHole = [](const ChatMessage &above, const ChatMessage &below) {
        return above.epoch != below.epoch || above.number + 1 != below.number;
    };
    const auto hole = std::adjacent_find(
        messages.crbegin(), messages.crend(),
        [&](const ChatMessage &below, const ChatMessage &above) { return isHole(above, below); });
    if (hole != messages.crend())
        messages.remove(0, std::distance(hole, messages.crend()) - 1);
}

bool isRightBefore(const QList<ChatMessage> &messages, const Position &before)
{
    return !messages.isEmpty() && messages.last().epoch == before.epoch
        && messages.last().number + 1 == before.number;
}

} // namespace

void HostClient::loseLink()
{
    m_joiner->stop();
    m_sender->suspend();
    m_leaving.clear();
    m_inParts.clear();
    for (CatchUp &room : m_rooms)
        room.begin();
    const QStringList asked = m_older.keys();
    for (const QString &room : asked)
        noOlder(room);
}

void HostClient::sendJoin(const QString &room)
{
    CatchUp &known = m_rooms[room];
    known.begin();
    send(chat::JoinFrame{room, known.position()});
}

void HostClient::handle(const chat::JoinedFrame &frame)
{
    m_rooms[frame.room.room].setEnd({frame.room.epoch, frame.room.number});
    if (m_store)
        m_store->setRoom(frame.room);
    Q_EMIT joined(frame.room);
}

void HostClient::handle(const chat::LeftFrame &frame)
{
    m_leaving.remove(frame.room);
    lose(frame.room, tr("You left the room before this was sent."));
    forget(frame.room);
}

/// The person does not want the room any more.
void HostClient::forget(const QString &room)
{
    m_rooms.remove(room);
    m_older.remove(room);
    m_inParts.remove(room);
    if (m_store)
        m_store->forget(room);
    Q_EMIT left(room);
}

void HostClient::handle(const HistoryFrame &frame)
{
    if (frame.before)
        return showOlder(frame);
    CatchUp &room = m_rooms[frame.room];
    const CatchUp::Taken taken = room.take(frame);
    if (m_store)
        m_store->keep(frame.room, taken.news, room.position());
    Q_EMIT history(
        {frame.room, frame.epoch, taken.news, frame.after, {}, frame.more, taken.isLost});
    if (frame.after)
        tellProgress(frame.room, frame.more);
    // What arrived although its acknowledgement was lost is not to be sent again.
    for (const ChatMessage &said : taken.news)
        m_sender->acknowledge(said.id);
    if (!m_leaving.contains(frame.room))
        follow(frame.room, taken.next);
}

void HostClient::tellProgress(const QString &room, bool hasMore)
{
    const CatchUp known = m_rooms.value(room);
    if (hasMore)
        m_inParts.insert(room);
    else if (!m_inParts.remove(room))
        return;
    Q_EMIT catchingUp(room, hasMore ? known.done() : known.total(), known.total());
}

void HostClient::follow(const QString &room, CatchUp::Next next)
{
    switch (next) {
    case CatchUp::Next::AskForMore:
        m_joiner->progressed(room);
        send(chat::AskHistoryFrame{room, m_rooms.value(room).position()});
        break;
    case CatchUp::Next::JoinAgain:
        m_sender->holdRoom(room);
        m_joiner->again(room);
        break;
    case CatchUp::Next::Nothing:
        if (!m_rooms.value(room).isComplete())
            break;
        m_joiner->entered(room);
        m_sender->openRoom(room);
        break;
    }
}

void HostClient::handle(const chat::MessageFrame &frame)
{
    const ChatMessage &said = frame.message;
    const auto room = m_rooms.find(said.room);
    if (room == m_rooms.end())
        return;
    const bool wasComplete = room->isComplete();
    const CatchUp::Taken taken = room->take(said);
    if (m_store && !taken.news.isEmpty())
        m_store->keep(said.room, taken.news, room->position());
    for (const ChatMessage &news : taken.news)
        Q_EMIT message(news);
    if (taken.next != CatchUp::Next::Nothing)
        return follow(said.room, taken.next);
    // What is not shown yet is not acknowledged yet.
    const bool isOwn = wasComplete && m_sender->acknowledge(said.id);
    if (isOwn && taken.news.isEmpty())
        Q_EMIT message(said); // said again, since its first acknowledgement was lost
}

// ---- the past ----

void HostClient::requestOlder(const QString &room, const Position &before)
{
    if (m_older.contains(room) || before.epoch.isEmpty())
        return;
    const QList<ChatMessage> kept = stored(room, before);
    if (isRightBefore(kept, before))
        return tellOlder(room, before, kept, true);
    const CatchUp known = m_rooms.value(room);
    const bool isOfHost = known.isComplete() && known.position()->epoch == before.epoch
        && before.number > 1 && send(chat::AskHistoryFrame{room, {}, before.number, OlderCount});
    if (isOfHost)
        m_older.insert(room, before);
    else // what the host has is not known while it is away
        tellOlder(room, before, kept, !known.isComplete() || !kept.isEmpty());
}

QList<ChatMessage> HostClient::stored(const QString &room, const Position &before)
{
    return m_store ? m_store->before(room, before, OlderCount) : QList<ChatMessage>();
}

void HostClient::tellOlder(const QString &room, const Position &before, QList<ChatMessage> messages,
                           bool hasMore)
{
    keepUnbroken(messages);
    const QString epoch = messages.isEmpty() ? before.epoch : messages.last().epoch;
    const HistoryFrame page{room, epoch, messages, {}, before.number, hasMore};
    QMetaObject::invokeMethod(
        this, [this, page] { Q_EMIT history(page); }, Qt::QueuedConnection);
}

void HostClient::showOlder(const HistoryFrame &page)
{
    const auto asked = m_older.constFind(page.room);
    if (asked == m_older.cend() || page.epoch != asked->epoch || *page.before != asked->number)
        return;
    const Position before = m_older.take(page.room);
    QList<ChatMessage> messages = page.messages;
    for (ChatMessage &message : messages)
        message.epoch = page.epoch;
    if (isRightBefore(messages, before)) {
        keepUnbroken(messages);
        if (m_store)
            m_store->keep(page.room, messages);
        return tellOlder(page.room, before, messages, true);
    }
    const QList<ChatMessage> kept = stored(page.room, before); // of an earlier epoch, perhaps
    tellOlder(page.room, before, kept, !kept.isEmpty());
}

/// The host did not answer.
void HostClient::noOlder(const QString &room)
{
    const Position before = m_older.take(room);
    tellOlder(room, before, stored(room, before), true);
}

} // namespace parlour::client
