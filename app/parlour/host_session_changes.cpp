// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What becomes of messages after they were said, who reads and who writes.
#include "client/host_store.h"
#include "host_session.h"
#include "models/room_tree_model.h"

namespace parlour {

using client::HostClient;
using client::HostStore;

void HostSession::connectChanges()
{
    connect(&m_client, &HostClient::changed, this, [this](const chat::ChangedFrame &change) {
        if (RoomSession *session = room(change.room))
            session->change(change);
    });
    connect(&m_client, &HostClient::typing, this, [this](const chat::PersonTypingFrame &typing) {
        if (RoomSession *session = room(typing.room))
            session->typing().apply(typing);
    });
    connect(&m_client, &HostClient::readElsewhere, this,
            [this](const QString &name, const chat::Position &position) {
                if (RoomSession *session = room(name))
                    session->markSeen(position);
            });
    connect(&m_client, &HostClient::changing, this,
            [this](const QString &name, const QString &id, bool isChanging) {
                if (RoomSession *session = room(name))
                    session->setChanging(id, isChanging,
                                         m_client.link().state == chat::LinkState::Online);
            });
    connect(&m_client, &HostClient::changeFailed, this,
            [this](const client::Outbox::Entry &change, const QString &why) {
                RoomSession *session = room(change.room);
                if (session && !change.text.isEmpty())
                    session->keepRefused({change.of, change.text});
                Q_EMIT changeFailed(change.room, why);
            });
}

void HostSession::markSeen(const QString &name, const chat::Position &position)
{
    if (RoomSession *session = room(name))
        session->markSeen(position);
    m_client.markRead(name, position);
}

void HostSession::setDraft(const QString &name, const QString &text)
{
    RoomSession *session = room(name);
    if (!session)
        return;
    session->draft = text;
    m_tree.setDraft(id(), name, !text.isEmpty());
}

void HostSession::keepDraft(const QString &name)
{
    const RoomSession *session = room(name);
    HostStore *store = m_client.store();
    if (session && store)
        store->setDraft(name, session->draft);
}

} // namespace parlour
