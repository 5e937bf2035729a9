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

} // namespace parlour::client
