// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What the store has of a room's past.
#include "client/history_pages.h"
#include "client/history_runs.h"
#include "client/host_store.h"

namespace parlour::client {

using chat::ChatMessage;
using chat::HistoryFrame;
using chat::Position;

HistoryFrame HistoryPages::storedBefore(const QString &room, const Position &before)
{
    if (!m_store)
        return runBefore({}, {}, room, before);
    const QList<ChatMessage> kept = m_store->before(room, before, PageCount);
    const QString epoch = kept.isEmpty() ? before.epoch : kept.last().epoch;
    return runBefore(kept, m_store->ranges(room, epoch), room, before);
}

HistoryPage HistoryPages::storedBehind(const QString &room, const Position &after)
{
    HistoryPage page{room, after, after.epoch};
    if (!m_store)
        return page;
    const QList<ChatMessage> kept = m_store->behind(room, after, PageCount);
    if (kept.isEmpty())
        return page;
    page.epoch = kept.constFirst().epoch;
    const RunBehind run =
        runBehind(kept, m_store->ranges(room, page.epoch), after, kept.size() < PageCount);
    page.messages = run.messages;
    page.first = run.isRightBehind ? after.number + 1 : run.messages.constFirst().number;
    page.number = run.number;
    return page;
}

HistoryPage HistoryPages::storedAround(const QString &room, const Position &at)
{
    const HistoryFrame older = storedBefore(room, {at.epoch, at.number + 1});
    HistoryPage page{room, at, at.epoch};
    if (older.messages.isEmpty() || older.epoch != at.epoch
        || older.messages.constLast().number != at.number)
        return page;
    page.messages = older.messages;
    page.first = older.first;
    page.number = at.number;
    const HistoryPage newer = storedBehind(room, at);
    if (newer.epoch == at.epoch && newer.first == at.number + 1) {
        page.messages += newer.messages;
        page.number = newer.number;
    }
    return page;
}

void HistoryPages::keep(const QString &room, const HistoryPage &page)
{
    if (!m_store)
        return;
    m_store->keep(room, page.messages);
    m_store->cover(room, page.epoch, {page.first, page.number});
}

/// Whether the host can say what stands there, now or when it is asked again.
bool HistoryPages::canBeAsked(const QString &room, const Ask &ask) const
{
    const auto end = m_way.end(room);
    if (!end)
        return m_way.isComing(room);
    return end->epoch == ask.at.epoch && beforeOf(ask) > 1;
}

/// What does not adjoin is handed out only where nobody can say what lies between.
void HistoryPages::tellKept(const QString &room, const Ask &ask)
{
    const bool canBeAsked = this->canBeAsked(room, ask);
    switch (ask.what) {
    case Wanted::Older: {
        HistoryFrame kept = storedBefore(room, ask.at);
        if (canBeAsked && !isRightBefore(kept, ask.at))
            kept = runBefore({}, {}, room, ask.at);
        // What the host has is not known while it is away or does not say it.
        kept.more = canBeAsked || !m_way.end(room) || !kept.messages.isEmpty();
        Q_EMIT older(kept);
        return;
    }
    case Wanted::Newer: {
        HistoryPage kept = storedBehind(room, ask.at);
        if (canBeAsked && (kept.epoch != ask.at.epoch || kept.first != ask.at.number + 1))
            kept = {room, ask.at, ask.at.epoch};
        // Behind an epoch that is over the host has what is said now.
        kept.hasNewer = canBeAsked || !m_way.end(room) || !kept.messages.isEmpty();
        Q_EMIT newer(kept);
        return;
    }
    case Wanted::Around:
        Q_EMIT around(storedAround(room, ask.at));
        return;
    }
}

} // namespace parlour::client
