// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// Where in the room the window stands, and how it goes elsewhere.
#include "models/message_list_model.h"

#include <algorithm>

namespace parlour::models {

void MessageListModel::wantOlder()
{
    const int row = std::max(seam(), 0);
    const bool mayBe = row > 0 || !m_isFromBeginning;
    if (!m_loaded || m_isOlderAwaited || !mayBe || confirmedCount() == 0)
        return;
    m_isOlderAwaited = true;
    Q_EMIT olderWanted(m_rows.at(row).message.epoch, upperNumber(row));
}

void MessageListModel::addOlder(qint64 before, const Page &page)
{
    m_isOlderAwaited = false;
    if (const int row = seam(); row > 0 && upperNumber(row) == before)
        return addAtSeam(page);
    // Rows may have gone meanwhile.
    if (confirmedCount() == 0 || upperNumber(0) != before)
        return;
    const auto taken = std::min<qsizetype>(page.messages.size(), MaxRows / 2);
    const bool isFull = m_rows.size() + taken > MaxRows;
    // Others would go that are read, perhaps at the end.
    if (isFull && (m_reading < 0 || m_reading + taken > MaxRows - PageRows))
        return;
    const bool goesAway = !m_live && isFull;
    if (goesAway)
        setAside();
    const auto size = m_rows.size();
    const bool isLineAbove = !m_readEpoch.isEmpty() && !isLineHere();
    m_isFromBeginning = !page.hasOlder && taken == page.messages.size();
    m_known[page.epoch].add({page.first, page.number});
    if (taken > 0)
        noteSeam(page.messages.constLast(), m_rows.constFirst().message);
    insertConfirmed(0, page.messages.last(taken));
    noteHole(int(m_rows.size() - size));
    if (m_live)
        dropBelow();
    if (isLineAbove)
        placeUnreadLineAgain();
    placeUnreadLine();
    if (goesAway)
        Q_EMIT detachedChanged();
}

void MessageListModel::wantNewer()
{
    if (!m_live || m_isNewerAwaited || m_rows.isEmpty())
        return;
    m_isNewerAwaited = true;
    if (nextLive() >= 0)
        QMetaObject::invokeMethod(this, &MessageListModel::addFromLive, Qt::QueuedConnection);
    else
        Q_EMIT newerWanted(m_rows.constLast().message.epoch, coveredEnd());
}

void MessageListModel::addNewer(qint64 after, const Page &page)
{
    m_isNewerAwaited = false;
    if (!m_live || m_rows.isEmpty() || coveredEnd() != after)
        return;
    const auto taken = std::min<qsizetype>(page.messages.size(), MaxRows / 2);
    if (m_reading >= 0 && m_reading < m_rows.size() + taken - MaxRows)
        return; // it would go: who asked has gone up meanwhile
    const bool isWhole = taken == page.messages.size();
    const qint64 number = isWhole ? page.number : page.messages.at(taken - 1).number;
    m_known[page.epoch].add({page.first, number});
    m_isUpToLive = isWhole && !page.hasNewer;
    const int size = int(m_rows.size());
    if (taken > 0)
        noteSeam(m_rows.constLast().message, page.messages.constFirst());
    insertConfirmed(size, page.messages.first(taken));
    noteHole(size);
    trim();
    placeUnreadLine();
    const bool hasCome = taken > 0 || coveredEnd() > after || m_isUpToLive;
    if (!hasCome) // nobody tells what is here under former numbers
        m_isUpToLive = m_live->rowOf(m_rows.constLast().message.id) >= 0;
    if (nextLive() == m_live->confirmedCount())
        attach();
    else if (taken == 0 && (hasCome || m_isUpToLive)) // changes alone are no rows
        wantNewer();
}

void MessageListModel::showAround(const Page &page)
{
    if (page.messages.isEmpty())
        return;
    const bool wasDetached = isDetached();
    if (!wasDetached)
        setAside();
    beginResetModel();
    m_rows.clear();
    m_ids.clear();
    m_known.clear();
    m_holes.clear();
    m_unreadId.clear();
    m_pending = 0;
    m_reading = 0;
    m_isOlderAwaited = m_isNewerAwaited = false;
    m_isFromBeginning = !page.hasOlder;
    m_isUpToLive = !page.hasNewer;
    m_known[page.epoch].add({page.first, page.number});
    endResetModel();
    insertConfirmed(0, page.messages.first(std::min<qsizetype>(page.messages.size(), MaxRows)));
    placeUnreadLine();
    if (!wasDetached)
        Q_EMIT detachedChanged();
    if (nextLive() == m_live->confirmedCount())
        attach();
}

void MessageListModel::showLatest()
{
    if (!m_live)
        return;
    beginResetModel();
    takeBack();
    endResetModel();
    Q_EMIT detachedChanged();
}

bool MessageListModel::isLatest(const QString &id) const
{
    return m_live ? m_live->m_ids.contains(id) : m_ids.contains(id);
}

/// What is shown stands for itself from now on; the end is kept beside it.
void MessageListModel::setAside()
{
    m_live = std::make_unique<MessageListModel>();
    m_live->m_rows = m_rows;
    m_live->m_ids = m_ids;
    m_live->m_pending = m_pending;
    m_live->m_self = m_self;
    m_live->m_names = m_names;
    m_live->m_known = m_known;
    m_live->m_holes = m_holes;
    m_live->m_moved = m_moved;
    m_live->m_epoch = m_epoch;
    m_live->m_lostBehind = m_lostBehind;
    m_live->m_readEpoch = m_readEpoch;
    m_live->m_readNumber = m_readNumber;
    m_live->m_unreadId = m_unreadId;
    m_live->m_dropped = m_dropped;
    m_live->m_loaded = m_loaded;
    m_live->m_isFromBeginning = m_isFromBeginning;
    m_isNewerAwaited = false;
    connect(m_live.get(), &MessageListModel::waitingChanged, this,
            &MessageListModel::waitingChanged);
    connect(m_live.get(), &MessageListModel::loadedChanged, this, [this] {
        m_loaded = true;
        Q_EMIT loadedChanged();
    });
}

/// Where so many rows to come would push out those that are read, the end goes on beside them.
void MessageListModel::keepReading(qsizetype coming)
{
    if (m_live || !isReadAtRisk(m_rows.size() + coming - MaxRows) || confirmedCount() == 0)
        return;
    setAside();
    dropBelow();
    Q_EMIT detachedChanged();
}

/// Whether what is read, or stands near it, would go with so many rows at the top.
bool MessageListModel::isReadAtRisk(qsizetype surplus) const
{
    return m_reading >= 0 && surplus > 0 && m_reading - surplus < PageRows - 1;
}

/// To be called within a reset.
void MessageListModel::takeBack()
{
    m_rows = m_live->m_rows;
    m_ids = m_live->m_ids;
    m_pending = m_live->m_pending;
    m_known = m_live->m_known;
    m_holes = m_live->m_holes;
    m_moved = m_live->m_moved;
    m_lostBehind = m_live->m_lostBehind;
    m_unreadId = m_live->m_unreadId;
    m_dropped = m_live->m_dropped;
    m_isFromBeginning = m_live->m_isFromBeginning;
    m_isOlderAwaited = m_isNewerAwaited = m_isUpToLive = false;
    m_reading = -1;
    m_live.reset();
}

/// Rows beyond the bound go at the end; of a detached window, those that wait there in any case.
void MessageListModel::dropBelow()
{
    dropFrom(int(m_rows.size()) - std::max(int(m_rows.size()) - MaxRows, m_pending));
}

/// Up to here it is known what follows the last row: what was given to changes.
qint64 MessageListModel::coveredEnd() const
{
    const chat::ChatMessage &last = m_rows.constLast().message;
    return std::max(last.number, m_known.value(last.epoch).lastFrom(last.number));
}

/// Of the rows out of sight that one is about to follow the last one in sight.
void MessageListModel::noteSeamAside(int next)
{
    const chat::ChatMessage &above = m_rows.constLast().message;
    const chat::ChatMessage &below = m_live->m_rows.at(next).message;
    const bool isBelow = next > 0 && m_live->m_rows.at(next - 1).message.id == above.id;
    if (isBelow && !m_live->isGap(m_live->m_rows.at(next - 1).message, below))
        m_moved.adjoining.insert(below.id, above.id);
    else
        noteSeam(above, below);
}

/// Which of the rows out of sight follows the last one in sight; -1: others lie between them.
int MessageListModel::nextLive() const
{
    const chat::ChatMessage &last = m_rows.constLast().message;
    const int end = m_live->confirmedCount();
    if (const int at = m_live->rowOf(last.id); at >= 0 && at < end) {
        // What follows it there may have former numbers yet.
        const bool isTold = last.epoch != m_epoch || m_live->m_rows.at(at).message.epoch == m_epoch;
        return isTold || m_isUpToLive || at + 1 == end ? at + 1 : -1;
    }
    int at = 0;
    const auto isBefore = [&](const chat::ChatMessage &message) {
        return message.epoch == last.epoch && message.number <= last.number;
    };
    while (at < end && isBefore(m_live->m_rows.at(at).message))
        ++at;
    if (m_isUpToLive || at > 0)
        return at;
    const bool isNext = end > 0 && m_live->m_rows.constFirst().message.epoch == last.epoch
        && m_live->m_rows.constFirst().message.number <= coveredEnd() + 1;
    return isNext ? 0 : -1;
}

void MessageListModel::addFromLive()
{
    if (!m_live || !std::exchange(m_isNewerAwaited, false) || m_rows.isEmpty())
        return;
    const int next = nextLive();
    if (next < 0)
        return;
    const int count = std::min(m_live->confirmedCount() - next, PageRows);
    if (m_reading >= 0 && m_reading < m_rows.size() + count - MaxRows)
        return;
    const QList<Row> rows = m_live->m_rows.mid(next, count);
    chat::ChatMessage above = m_rows.constLast().message;
    if (count > 0)
        noteSeamAside(next);
    for (const Row &row : rows) {
        const chat::ChatMessage &message = row.message;
        m_ids.insert(message.id);
        if (m_live->m_holes.contains(message.id))
            m_holes.insert(message.id);
        m_known[message.epoch].add({message.number, message.number});
        if (message.epoch == above.epoch
            && m_live->m_known.value(message.epoch).hold(above.number + 1, message.number))
            m_known[message.epoch].add({above.number + 1, message.number});
        above = message;
    }
    putIn(int(m_rows.size()), rows);
    trim();
    placeUnreadLine();
    if (next + count == m_live->confirmedCount())
        attach();
}

/// The last row in sight is the last one that the host has: from here on the window is the end.
void MessageListModel::attach()
{
    QList<Row> waiting = m_live->m_rows.mid(m_live->confirmedCount());
    for (auto known = m_live->m_known.cbegin(); known != m_live->m_known.cend(); ++known)
        for (const chat::NumberRanges::Range &range : known->ranges())
            m_known[known.key()].add(range);
    for (const Row &row : waiting)
        m_ids.insert(row.message.id);
    m_holes.unite(m_live->m_holes);
    m_lostBehind = m_live->m_lostBehind;
    if (!hasUnreadLine() && rowOf(m_live->m_unreadId) >= 0)
        m_unreadId = m_live->m_unreadId;
    m_pending = int(waiting.size());
    putIn(int(m_rows.size()), waiting);
    m_live.reset();
    m_isNewerAwaited = m_isUpToLive = false;
    refresh(0, int(m_rows.size()) - 1);
    Q_EMIT detachedChanged();
}

} // namespace parlour::models
