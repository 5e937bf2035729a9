// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a client has of its rooms: coming in, catching up, the past.
#include "client/host_client.h"
#include "client/host_store.h"
#include "client/message_sender.h"
#include "client/reconnecting_socket.h"
#include "client/room_joiner.h"
#include "client/search_asker.h"

namespace parlour::client {

using chat::ChatMessage;
using chat::HistoryFrame;
using chat::NumberRanges;
using chat::Position;

namespace {

// One page of the past: some screens.
constexpr int OlderCount = 100;

/// Those of a past that end before a position, without what lies before a hole.
HistoryFrame unbroken(QList<ChatMessage> messages, const NumberRanges &known, const QString &room,
                      const Position &before)
{
    HistoryFrame page{room, before.epoch, {}, {}, before.number, true};
    if (messages.isEmpty())
        return page;
    const ChatMessage last = messages.last();
    const bool isRightBefore = last.epoch == before.epoch && known.hold(last.number, before.number);
    page.epoch = last.epoch;
    page.first = last.number;
    page.number = isRightBefore ? before.number - 1 : last.number;
    qsizetype from = messages.size() - 1;
    while (from > 0 && messages.at(from - 1).epoch == page.epoch
           && known.hold(messages.at(from - 1).number, page.first))
        page.first = messages.at(--from).number;
    messages.remove(0, from);
    page.messages = messages;
    return page;
}

bool isRightBefore(const HistoryFrame &page, const Position &before)
{
    return !page.messages.isEmpty() && page.epoch == before.epoch
        && page.number + 1 == before.number;
}

} // namespace

void HostClient::loseLink()
{
    m_joiner->stop();
    m_sender->suspend();
    m_searches->suspend();
    m_leaving.clear();
    m_inParts.clear();
    m_typing.reset();
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
    if (frame.read)
        hearRead(frame.room.room, *frame.read);
    m_read.tellAgain(frame.room.room, frame.read, frame.room.epoch);
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
    m_read.forget(room);
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
    keep(frame.room, taken);
    if (m_store && taken.next != CatchUp::Next::JoinAgain)
        m_store->cover(frame.room, frame.epoch, {frame.first, frame.number});
    Q_EMIT history({frame.room,
                    frame.epoch,
                    taken.news,
                    frame.after,
                    {},
                    frame.more,
                    taken.isLost,
                    frame.first,
                    frame.number,
                    taken.changed});
    if (frame.after)
        tellProgress(frame.room, frame.more);
    // What arrived although its acknowledgement was lost is not to be sent again.
    for (const ChatMessage &said : taken.news)
        m_sender->acknowledge(said.id);
    if (!m_leaving.contains(frame.room))
        follow(frame.room, taken.next);
}

void HostClient::keep(const QString &room, const CatchUp::Taken &taken)
{
    const std::optional<Position> position = m_rooms.value(room).position();
    if (!m_store)
        return;
    for (const ChatMessage &message : taken.changed)
        m_store->change(room, message, position);
    m_store->keep(room, taken.news, position);
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
        tellRead();
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
    if (!taken.news.isEmpty())
        keep(said.room, taken);
    for (const ChatMessage &news : taken.news)
        Q_EMIT message(news);
    if (taken.next != CatchUp::Next::Nothing)
        return follow(said.room, taken.next);
    // What is not shown yet is not acknowledged yet.
    const bool isOwn = wasComplete && m_sender->acknowledge(said.id);
    if (isOwn && taken.news.isEmpty())
        Q_EMIT message(said); // said again, since its first acknowledgement was lost
}

void HostClient::handle(const chat::ChangedFrame &frame)
{
    const auto room = m_rooms.find(frame.room);
    if (room == m_rooms.end())
        return;
    const CatchUp::Taken taken = room->take(frame);
    if (!taken.changed.isEmpty()) {
        keep(frame.room, taken);
        if (m_store)
            m_store->cover(frame.room, frame.epoch, {frame.number, frame.number});
        Q_EMIT changed(frame);
    }
    if (taken.next != CatchUp::Next::Nothing)
        return follow(frame.room, taken.next);
    m_sender->acknowledge(frame.id); // a change that is known already is answered, too
}

// ---- the past ----

void HostClient::requestOlder(const QString &room, const Position &before)
{
    if (m_older.contains(room) || before.epoch.isEmpty())
        return;
    HistoryFrame kept = stored(room, before);
    if (isRightBefore(kept, before))
        return tellOlder(kept);
    const CatchUp known = m_rooms.value(room);
    const bool isOfHost = known.isComplete() && known.position()->epoch == before.epoch
        && before.number > 1 && send(chat::AskHistoryFrame{room, {}, before.number, OlderCount});
    // What the host has is not known while it is away.
    kept.more = !known.isComplete() || !kept.messages.isEmpty();
    if (isOfHost)
        m_older.insert(room, before);
    else
        tellOlder(kept);
}

HistoryFrame HostClient::stored(const QString &room, const Position &before)
{
    if (!m_store)
        return unbroken({}, {}, room, before);
    const QList<ChatMessage> kept = m_store->before(room, before, OlderCount);
    const QString epoch = kept.isEmpty() ? before.epoch : kept.last().epoch;
    return unbroken(kept, m_store->ranges(room, epoch), room, before);
}

void HostClient::tellOlder(const HistoryFrame &page)
{
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
    NumberRanges known;
    known.add({page.first, page.number});
    known.add({before.number, before.number});
    for (ChatMessage &message : messages) {
        message.epoch = page.epoch;
        known.add({message.number, message.number});
    }
    const HistoryFrame older = unbroken(messages, known, page.room, before);
    if (isRightBefore(older, before)) {
        if (m_store) {
            m_store->keep(page.room, older.messages);
            m_store->cover(page.room, page.epoch, {older.first, older.number});
        }
        return tellOlder(older);
    }
    HistoryFrame kept = stored(page.room, before); // of an earlier epoch, perhaps
    kept.more = !kept.messages.isEmpty();
    tellOlder(kept);
}

/// The host did not answer.
void HostClient::noOlder(const QString &room)
{
    const Position before = m_older.take(room);
    tellOlder(stored(room, before));
}

} // namespace parlour::client
