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
using chat::Position;

void HostClient::startSending()
{
    connect(m_sender, &MessageSender::due, this,
            [this](const chat::ClientFrame &frame) { send(frame); });
    // Into a link that is dead and does not know it yet, a message goes as into any other.
    connect(m_sender, &MessageSender::unconfirmed, m_socket, &ReconnectingSocket::probe);
    connect(m_socket, &ReconnectingSocket::alive, m_sender, &MessageSender::failUnconfirmed);
    connect(m_sender, &MessageSender::deliveryChanged, this, &HostClient::deliveryChanged);
    connect(m_sender, &MessageSender::changing, this, &HostClient::changing);
    connect(m_sender, &MessageSender::changeFailed, this, &HostClient::changeFailed);
}

QString HostClient::editedText(const QString &message) const
{
    return m_sender->editedText(message);
}

void HostClient::loseLink()
{
    m_joiner->stop();
    m_sender->suspend();
    m_searches->suspend();
    if (m_linkAnswer.isActive())
        failLink(QStringLiteral("offline"), tr("The connection to the host was lost."));
    m_leaving.clear();
    m_inParts.clear();
    m_listed.clear();
    m_typing.reset();
    for (CatchUp &room : m_rooms)
        room.begin();
    m_pages->giveUpAll();
}

void HostClient::sendJoin(const QString &room)
{
    CatchUp &known = m_rooms[room];
    known.begin();
    m_listed.remove(room);
    m_pages->hold(room); // the host begins anew, too
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
    m_pages->forget(room);
    m_inParts.remove(room);
    m_listed.remove(room);
    m_read.forget(room);
    if (m_store)
        m_store->forget(room);
    Q_EMIT left(room);
}

void HostClient::handle(const HistoryFrame &frame)
{
    if (frame.before)
        return m_pages->take(frame);
    CatchUp &room = m_rooms[frame.room];
    const CatchUp::Taken taken = room.take(frame);
    keep(frame.room, taken);
    const bool isTaken = taken.next != CatchUp::Next::JoinAgain;
    if (m_store && isTaken)
        m_store->cover(frame.room, frame.epoch, {frame.first, frame.number});
    Q_EMIT history({frame.room,
                    frame.epoch,
                    taken.news,
                    frame.after,
                    {},
                    frame.more,
                    taken.isLost,
                    isTaken ? frame.first : 0,
                    isTaken ? room.position()->number : 0,
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

/// The list of members ends the coming in; before it a host tells nothing of the past.
void HostClient::handle(const chat::MembersFrame &frame)
{
    const bool isIn = frame.people && m_rooms.value(frame.room).isComplete();
    if (isIn)
        m_listed.insert(frame.room);
    Q_EMIT members(frame);
    if (isIn)
        m_pages->resume(frame.room);
}

HistoryPages *HostClient::makePages()
{
    const auto end = [this](const QString &room) {
        const CatchUp known = m_rooms.value(room);
        const bool isIn = known.isComplete() && m_listed.contains(room);
        return isIn ? known.position() : std::nullopt;
    };
    const auto isComing = [this](const QString &room) {
        return link().state == chat::LinkState::Online && m_joiner->wants(room);
    };
    const auto ask = [this](const chat::ClientFrame &frame) { return send(frame); };
    return new HistoryPages({end, isComing, ask}, this);
}

void HostClient::connectPages()
{
    connect(m_pages, &HistoryPages::older, this, &HostClient::history);
    connect(m_pages, &HistoryPages::newer, this, &HostClient::newerPage);
    connect(m_pages, &HistoryPages::around, this, &HostClient::pageAround);
}

void HostClient::requestOlder(const QString &room, const Position &before)
{
    m_pages->want(HistoryPages::Wanted::Older, room, before);
}

void HostClient::requestNewer(const QString &room, const Position &after)
{
    m_pages->want(HistoryPages::Wanted::Newer, room, after);
}

void HostClient::requestAround(const QString &room, const Position &at)
{
    m_pages->want(HistoryPages::Wanted::Around, room, at);
}

} // namespace parlour::client
