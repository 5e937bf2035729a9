// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/store_search.h"

#include "chat/search_words.h"
#include "client/host_store.h"

namespace parlour::client {

using chat::ChatMessage;

namespace {

// A few milliseconds.
constexpr int SliceCount = 100;

} // namespace

StoreSearch::StoreSearch(HostStore &store, const QStringList &rooms, const QStringList &words,
                         QObject *parent)
    : QObject(parent)
    , m_store(&store)
    , m_words(words)
{
    for (const QString &room : rooms)
        m_places.append({room, {}});
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &StoreSearch::readSlice);
}

void StoreSearch::next()
{
    m_turn.start(0);
}

/// Rooms take turns, so that what is newest in each comes first.
void StoreSearch::readSlice()
{
    if (!m_store)
        m_places.clear();
    if (!m_places.isEmpty()) {
        Place place = m_places.takeFirst();
        const QList<ChatMessage> slice = place.before.epoch.isEmpty()
            ? m_store->last(place.room, SliceCount)
            : m_store->before(place.room, place.before, SliceCount);
        for (auto message = slice.crbegin(); message != slice.crend(); ++message)
            if (!message->isDeleted && chat::hasWords(message->text, m_words))
                m_found.append(*message);
        if (slice.size() >= SliceCount) {
            place.before = {slice.constFirst().epoch, slice.constFirst().number};
            m_places.append(place);
        }
    }
    if (m_places.isEmpty() || m_found.size() >= PageCount)
        Q_EMIT paged(std::exchange(m_found, {}), !m_places.isEmpty());
    else
        m_turn.start(0);
}

} // namespace parlour::client
