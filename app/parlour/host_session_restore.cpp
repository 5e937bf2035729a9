// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What is shown of a host before it answers, or when it does not.
#include "client/host_store.h"
#include "host_session.h"
#include "models/room_tree_model.h"
#include "wiring/settings.h"

namespace parlour {

using client::HostStore;

namespace {

// As many as a host tells a newcomer; who scrolls gets more.
constexpr int RestoredMessages = 200;

} // namespace

void HostSession::restore()
{
    HostStore *store = m_client.store();
    if (!store)
        return;
    const client::StoredHost known = store->host();
    if (known.host.id.isEmpty())
        return;
    m_host = known.host;
    m_self = known.self;
    m_tree.setHostTitle(id(), title());
    Q_EMIT titleChanged();
    const QStringList joinedBefore = m_settings.joinedRooms(id());
    const auto rooms = store->rooms();
    for (const client::StoredRoom &room : rooms) {
        if (joinedBefore.contains(room.state.room))
            restoreRoom(room);
    }
}

void HostSession::restoreRoom(const client::StoredRoom &stored)
{
    const chat::RoomState &state = stored.state;
    if (m_rooms.contains(state.room))
        return;
    HostStore &store = *m_client.store();
    showRoom(state);
    RoomSession &room = addRoom(state);
    room.draft = stored.draft;
    m_tree.setDraft(id(), state.room, !stored.draft.isEmpty());
    const QList<chat::ChatMessage> messages = store.last(state.room, RestoredMessages);
    QHash<QString, qint64> firstNumbers; // by epoch
    for (auto message = messages.crbegin(); message != messages.crend(); ++message)
        firstNumbers.insert(message->epoch, message->number);
    for (auto first = firstNumbers.cbegin(); first != firstNumbers.cend(); ++first) {
        chat::NumberRanges known = store.ranges(state.room, first.key());
        known.dropBefore(first.value()); // what is kept before that is not shown
        for (const chat::NumberRanges::Range &range : known.ranges())
            room.messages().cover(first.key(), range);
    }
    room.restore(messages, stored.position);
    const auto show = [&](const client::Outbox::Entry &entry, chat::Delivery delivery) {
        if (entry.room != state.room)
            return;
        if (entry.what != client::Outbox::What::Message)
            return room.setChanging(entry.of, true, false);
        room.messages().addPending(entry.id, entry.text, {m_self.id, m_self.name}, entry.time,
                                   room.messages().quoteOf(entry.of));
        room.messages().setDelivery(entry.id, delivery, entry.why);
    };
    const auto failed = store.failed();
    for (const client::Outbox::Entry &entry : failed)
        show(entry, chat::Delivery::Failed);
    const auto waiting = store.waiting();
    for (const client::Outbox::Entry &entry : waiting)
        show(entry, chat::Delivery::Waiting);
    m_tree.setJoined(id(), state.room, true);
    Q_EMIT roomOpened(state.room);
}

void HostSession::loseLink()
{
    for (RoomSession *session : std::as_const(m_rooms))
        session->loseLink();
}

} // namespace parlour
