// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What a host that saved a damaged history has numbered anew: rows that are here get the numbers
// that they have now and stay where they are.
#include "models/message_list_model.h"

#include <algorithm>
#include <iterator>

namespace parlour::models {

namespace {

// Far more than anybody comes by; hosts may name any.
constexpr qsizetype MaxEpochsMoved = 20;

/// Whether a page has a message between these two numbers.
bool hasBetween(const QList<chat::ChatMessage> &page, qint64 above, qint64 below)
{
    return std::any_of(page.begin(), page.end(), [&](const chat::ChatMessage &message) {
        return message.number > above && message.number < below;
    });
}

} // namespace

/// The row of a message that is here under an epoch that is over; -1: there is none.
int MessageListModel::formerRowOf(const chat::ChatMessage &message) const
{
    const int row = rowOf(message.id);
    const bool isFormer =
        row >= 0 && row < confirmedCount() && m_rows.at(row).message.epoch != message.epoch;
    return isFormer ? row : -1;
}

/// Without what stands right before the first row: that is older than what is here, and no news.
QList<chat::ChatMessage> MessageListModel::newsOf(const QList<chat::ChatMessage> &history) const
{
    const auto known = std::find_if(history.begin(), history.end(), [this](const auto &message) {
        return formerRowOf(message) >= 0;
    });
    if (known == history.end())
        return history;
    const int row = formerRowOf(*known);
    const bool adjoins = row == 0 || !isGap(m_rows.at(row - 1).message, m_rows.at(row).message);
    return adjoins ? history.sliced(std::distance(history.begin(), known)) : history;
}

/// `page`: of one epoch, in its order, all that the host has there; `isEnd`: nor has it more behind
/// that. What it has lost of the rows gets the number of what follows it, and what nobody here
/// knows to be missing is a gap as before. False: nothing here has other numbers.
bool MessageListModel::renumber(const QList<chat::ChatMessage> &page, bool isEnd)
{
    QList<QPair<int, chat::ChatMessage>> known;
    for (const chat::ChatMessage &message : page) {
        const int row = formerRowOf(message);
        if (row >= 0 && (known.isEmpty() || known.constLast().first < row))
            known.append({row, message});
    }
    if (known.isEmpty())
        return false;
    const int first = known.constFirst().first;
    const int end = confirmedCount();
    QList<bool> gaps(end, false);
    QList<bool> holes(end, false); // of one epoch; else the page says whether there is a gap
    for (int row = std::max(first, 1); row < end; ++row) {
        const chat::ChatMessage &above = m_rows.at(row - 1).message;
        gaps[row] = isGap(above, m_rows.at(row).message);
        holes[row] = gaps.at(row)
            && (above.epoch == m_rows.at(row).message.epoch
                || m_moved.lostBehind.contains(above.id));
    }
    for (const auto &[row, message] : std::as_const(known)) {
        replace(row, message);
        moveTo(row, {message.epoch, message.number});
        m_known[message.epoch].add({message.number, message.number});
    }
    const bool isTailLost = known.constLast().first < end - 1;
    placeLost(first, known.constFirst().second.epoch, gaps);
    for (int row = first + 1; row < end; ++row) {
        const chat::ChatMessage &above = m_rows.at(row - 1).message;
        const chat::ChatMessage &below = m_rows.at(row).message;
        if (holes.at(row) && !hasBetween(page, above.number, below.number))
            m_moved.lostBehind.insert(above.id);
    }
    if (isEnd && (isTailLost || !m_ids.contains(page.constLast().id)))
        m_moved.lostBehind.insert(m_rows.at(end - 1).message.id);
    if (first > 0 && !gaps.at(first))
        m_moved.adjoining.insert(m_rows.at(first).message.id, m_rows.at(first - 1).message.id);
    follow(first);
    return true;
}

/// Rows from that one on have other numbers.
void MessageListModel::follow(int first)
{
    if (first == 0) {
        const qint64 number = m_rows.constFirst().message.number;
        m_known[m_epoch].dropBefore(number);
        m_isFromBeginning = m_isFromBeginning && number <= 1;
    }
    const chat::Position read = positionNow({m_readEpoch, m_readNumber});
    m_readEpoch = read.epoch;
    m_readNumber = read.number;
    refresh(0, int(m_rows.size()) - 1);
}

/// The rows in sight, while detached.
void MessageListModel::renumberAside(const QList<chat::ChatMessage> &page)
{
    if (!renumber(page, false))
        return;
    const chat::ChatMessage &last = m_rows.constLast().message;
    const chat::NumberRanges known = m_live->m_known.value(last.epoch);
    for (const chat::NumberRanges::Range &range : known.ranges())
        m_known[last.epoch].add(range);
    m_known[last.epoch].dropBefore(m_rows.at(firstNow()).message.number);
    m_known[last.epoch].dropAfter(last.number);
    refresh(0, int(m_rows.size()) - 1);
}

/// What the rows out of sight have come to know.
void MessageListModel::learn(const Moved &other)
{
    m_moved.adjoining.insert(other.adjoining);
    m_moved.behind.unite(other.behind);
    m_moved.lostBehind.unite(other.lostBehind);
    m_moved.positions.remove(m_epoch); // so that nothing leads back
    if (m_moved.positions.size() > MaxEpochsMoved)
        m_moved.positions.clear();
    for (auto moved = other.positions.cbegin(); moved != other.positions.cend(); ++moved)
        for (auto position = moved->cbegin(); position != moved->cend(); ++position)
            if (moved.key() != m_epoch && position->epoch == m_epoch)
                m_moved.positions[moved.key()].insert(position.key(), *position);
}

/// Those from a row on, itself told again, that the host has not. `gaps`: above which rows there is
/// one. Who had read up to a lost row has read what it follows; it has the number of what follows
/// it, or, at the end and above a gap, which may be filled, of what it follows.
void MessageListModel::placeLost(int first, const QString &epoch, const QList<bool> &gaps)
{
    qint64 next = 0;
    for (int row = confirmedCount() - 1; row >= first; --row) {
        const QString id = m_rows.at(row).message.id;
        const QString former = m_rows.at(row).message.epoch;
        if (gaps.value(row + 1))
            next = 0;
        if (m_rows.at(row).message.epoch == epoch) {
            next = m_rows.at(row).message.number;
            continue;
        }
        int told = row;
        while (next == 0 && told > first && m_rows.at(told).message.epoch != epoch)
            --told;
        const qint64 above = next > 0 ? next - 1 : m_rows.at(told).message.number;
        moveTo(row, {epoch, above});
        if (auto &reply = m_rows[row].message.reply) {
            const auto quoted = m_moved.positions.value(former).value(reply->number);
            reply->number = quoted.epoch == epoch ? quoted.number : 0;
        }
        if (next > 0)
            m_rows[row].message.number = next;
        else
            m_moved.behind.insert(id);
    }
}

/// The host has others right above that row than those that are here: it has lost these.
void MessageListModel::loseAbove(int row)
{
    int first = row;
    while (first > 0 && !isGap(m_rows.at(first - 1).message, m_rows.at(first).message))
        --first;
    placeLost(first, m_rows.at(row).message.epoch, {});
    follow(first);
}

void MessageListModel::moveTo(int row, const chat::Position &position)
{
    chat::ChatMessage &message = m_rows[row].message;
    m_moved.positions.remove(position.epoch); // so that nothing leads back
    if (m_moved.positions.size() >= MaxEpochsMoved && !m_moved.positions.contains(message.epoch))
        m_moved.positions.clear();
    m_moved.positions[message.epoch].insert(message.number, position);
    m_moved.behind.remove(message.id);
    message.epoch = position.epoch;
    message.number = position.number;
}

chat::Position MessageListModel::positionNow(const chat::Position &position) const
{
    if (m_live)
        return m_live->positionNow(position);
    const auto moved = m_moved.positions.constFind(position.epoch);
    if (moved == m_moved.positions.cend())
        return position;
    const auto next = moved->upperBound(position.number);
    if (next == moved->cbegin())
        return position;
    return positionNow(*std::prev(next)); // it may have happened again
}

/// What stands above the row has lower numbers than this one.
qint64 MessageListModel::upperNumber(int row) const
{
    const chat::ChatMessage &message = m_rows.at(row).message;
    return message.number + (m_moved.behind.contains(message.id) ? 1 : 0);
}

/// Row of the first message of the host's present epoch; -1: there is none.
int MessageListModel::firstNow() const
{
    for (int row = 0; row < confirmedCount(); ++row)
        if (m_rows.at(row).message.epoch == m_epoch)
            return row;
    return -1;
}

/// The first row under a number that the host has now, where what stands above it is not told again
/// yet and may be asked for: perhaps nothing lies between. -1: there is none.
int MessageListModel::seam() const
{
    const int row = m_isSeamAsked ? -1 : firstNow();
    const bool isSeam = row > 0 && m_rows.at(row).message.number > 1
        && !m_moved.lostBehind.contains(m_rows.at(row - 1).message.id);
    return isSeam ? row : -1;
}

/// Rows that are to be neighbours: by their former numbers nothing lies between them.
void MessageListModel::noteSeam(const chat::ChatMessage &above, const chat::ChatMessage &below)
{
    const auto moved = m_moved.positions.constFind(above.epoch);
    if (above.epoch == below.epoch || moved == m_moved.positions.cend())
        return;
    const auto next = moved->upperBound(above.number);
    if (next == moved->cend()
        || (next.key() > above.number + 1
            && !m_known.value(above.epoch).hold(above.number + 1, next.key() - 1)))
        return;
    chat::Position now = *next;
    while (now.epoch != below.epoch && m_moved.positions.value(now.epoch).contains(now.number))
        now = m_moved.positions.value(now.epoch).value(now.number);
    if (now == chat::Position{below.epoch, below.number})
        m_moved.adjoining.insert(below.id, above.id);
}

/// What stands among the rows; those that are read do not go.
void MessageListModel::addTold(const QList<chat::ChatMessage> &news)
{
    const bool wasDetached = isDetached();
    keepReading(std::count_if(news.begin(), news.end(),
                              [this](const auto &message) { return !m_ids.contains(message.id); }));
    if (m_live && !wasDetached)
        m_live->addTold(news);
    for (const chat::ChatMessage &message : news)
        merge(message);
    if (isReadAtRisk(m_rows.size() - MaxRows))
        dropBelow();
    else
        trim();
}

/// What stands before the seam, with the numbers that it has now.
void MessageListModel::addAtSeam(const Page &page)
{
    QList<chat::ChatMessage> messages = page.messages;
    for (chat::ChatMessage &message : messages)
        message.epoch = page.epoch;
    const QList<chat::ChatMessage> news = newsOf(messages);
    const int row = seam();
    const bool isRightAbove =
        !messages.isEmpty() && page.number + 1 == m_rows.at(row).message.number;
    const bool adjoins = !isGap(m_rows.at(row - 1).message, m_rows.at(row).message);
    if (page.epoch == m_epoch && (adjoins || isRightAbove) && renumber(messages, false)) {
        m_known[page.epoch].add({m_rows.at(firstNow()).message.number, page.number});
        addTold(news);
        refresh(0, int(m_rows.size()) - 1);
    } else if (page.epoch == m_epoch && isRightAbove && adjoins) {
        loseAbove(row);
    } else {
        m_isSeamAsked = true; // in vain, as while the host is away
    }
    const bool isSomebodyThere = m_reading < PageRows && (adjoins || m_reading >= 0);
    if (seam() > 0 || isSomebodyThere)
        wantOlder();
}

} // namespace parlour::models
