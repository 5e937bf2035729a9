// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/history_pages.h"

#include "client/history_runs.h"

#include <QTimer>

#include <algorithm>
#include <limits>

namespace parlour::client {

using chat::ChatMessage;
using chat::HistoryFrame;
using chat::NumberRanges;
using chat::Position;

namespace {

// Beyond it one could not count on by a page.
constexpr qint64 MostNumber = std::numeric_limits<qint64>::max() - 10'000;

constexpr int MostPostponed = 10;

bool holds(const HistoryPage &page, const Position &at)
{
    return page.epoch == at.epoch
        && std::any_of(page.messages.begin(), page.messages.end(),
                       [&](const ChatMessage &message) { return message.number == at.number; });
}

/// An answer's messages, as they are numbered, and what is known by them.
QList<ChatMessage> messagesOf(const HistoryFrame &answer, NumberRanges &known)
{
    QList<ChatMessage> messages = answer.messages;
    known.add({answer.first, answer.number});
    for (ChatMessage &message : messages) {
        message.epoch = answer.epoch;
        known.add({message.number, message.number});
    }
    return messages;
}

} // namespace

HistoryPages::HistoryPages(Way way, QObject *parent)
    : QObject(parent)
    , m_way(std::move(way))
{
}

void HistoryPages::want(Wanted what, const QString &room, const Position &at)
{
    if (at.epoch.isEmpty() || at.number < 0 || at.number > MostNumber)
        return;
    const auto lookLater = [this, what, room, at] { look(what, room, at); };
    QMetaObject::invokeMethod(this, lookLater, Qt::QueuedConnection);
}

/// What is read is handed out in the same turn: a message may change in the next one.
void HistoryPages::look(Wanted what, const QString &room, const Position &at)
{
    const Ask ask{what, at, PageCount};
    const auto isSame = [what](const Ask &other) { return other.what == what; };
    const QList<Ask> awaited = m_asked.value(room);
    const bool isAwaited = std::any_of(awaited.begin(), awaited.end(), isSame);
    if ((isAwaited && what != Wanted::Around) || answerFromStore(room, ask))
        return;
    QList<Ask> &asked = m_asked[room];
    const auto same = std::find_if(asked.begin(), asked.end(), isSame);
    if (same != asked.end()) { // what the host was asked for is kept beside it
        same->at = at;
        same->count = PageCount;
        return;
    }
    asked.append(ask);
    if (asked.size() == 1)
        askNext(room);
}

bool HistoryPages::isAsked(const QString &room) const
{
    const QList<Ask> asked = m_asked.value(room);
    return !asked.isEmpty() && asked.constFirst().before > 0;
}

/// Where the store has what is wanted, right there.
bool HistoryPages::answerFromStore(const QString &room, const Ask &ask)
{
    switch (ask.what) {
    case Wanted::Older: {
        const HistoryFrame page = storedBefore(room, ask.at);
        if (!isRightBefore(page, ask.at))
            return false;
        Q_EMIT older(page);
        return true;
    }
    case Wanted::Newer: {
        const HistoryPage page = storedBehind(room, ask.at);
        if (page.first != ask.at.number + 1 || page.epoch != ask.at.epoch)
            return false;
        Q_EMIT newer(page);
        return true;
    }
    case Wanted::Around: {
        const HistoryPage page = storedAround(room, ask.at);
        if (!holds(page, ask.at))
            return false;
        Q_EMIT around(page);
        return true;
    }
    }
    return false;
}

/// The number before which the host is asked for messages.
qint64 HistoryPages::beforeOf(const Ask &ask)
{
    switch (ask.what) {
    case Wanted::Older:
        break;
    case Wanted::Newer:
        return ask.at.number + ask.count + 1;
    case Wanted::Around:
        return ask.at.number + ask.count / 2 + 1;
    }
    return ask.at.number;
}

/// Asks the host for what is wanted next, as far as it can be asked.
void HistoryPages::askNext(const QString &room)
{
    while (!m_asked.value(room).isEmpty()) {
        Ask &ask = m_asked[room].first();
        const auto end = m_way.end(room);
        if (!end && m_way.isComing(room))
            return hold(room);
        ask.before = beforeOf(ask);
        ask.epoch = ask.at.epoch;
        if (end && end->epoch == ask.at.epoch && ask.before > 1
            && m_way.ask(chat::AskHistoryFrame{room, {}, ask.before, ask.count}))
            return;
        finish(room, m_asked[room].takeFirst());
    }
    m_asked.remove(room);
}

/// Without the host.
void HistoryPages::finish(const QString &room, const Ask &ask)
{
    const auto tellLater = [this, room, ask] { tellKept(room, ask); };
    QMetaObject::invokeMethod(this, tellLater, Qt::QueuedConnection);
}

void HistoryPages::giveUp(const QString &room)
{
    QList<Ask> asked = m_asked.value(room);
    if (asked.isEmpty())
        return;
    finish(room, asked.takeFirst());
    m_asked.insert(room, asked);
    askNext(room);
}

void HistoryPages::postpone(const QString &room, std::chrono::milliseconds delay)
{
    const auto asked = m_asked.find(room);
    if (asked == m_asked.end() || asked->isEmpty())
        return;
    if (++asked->first().postponed > MostPostponed)
        return giveUp(room);
    hold(room);
    const auto askLater = [this, room] { resume(room); };
    QTimer::singleShot(delay, this, askLater);
}

void HistoryPages::hold(const QString &room)
{
    const auto asked = m_asked.find(room);
    if (asked != m_asked.end() && !asked->isEmpty())
        asked->first().before = 0;
}

void HistoryPages::resume(const QString &room)
{
    if (!isAsked(room))
        askNext(room);
}

void HistoryPages::giveUpAll(const QString &room)
{
    const QList<Ask> asked = m_asked.take(room);
    for (const Ask &ask : asked)
        finish(room, ask);
}

void HistoryPages::giveUpAll()
{
    const QStringList rooms = m_asked.keys();
    for (const QString &room : rooms)
        giveUpAll(room);
}

bool HistoryPages::isAnswer(const HistoryFrame &page, const Ask &ask)
{
    return page.epoch == ask.epoch && page.before && *page.before == ask.before
        && page.number < ask.before && page.first <= page.number;
}

void HistoryPages::take(const HistoryFrame &page)
{
    const QList<Ask> asked = m_asked.value(page.room);
    if (asked.isEmpty() || !isAnswer(page, asked.constFirst()))
        return;
    const Ask &ask = asked.constFirst();
    if (ask.what == Wanted::Around && (ask.before != beforeOf(ask) || ask.epoch != ask.at.epoch))
        return askNext(page.room); // somebody wants to go elsewhere by now
    if (ask.what == Wanted::Older) {
        m_asked[page.room].removeFirst();
        const HistoryFrame before = olderOf(page, ask);
        askNext(page.room);
        Q_EMIT older(before);
        return;
    }
    const HistoryPage answer = pageOf(page, ask);
    // Long messages fill a page before it reaches back to the place; fewer do.
    const bool reaches = ask.what == Wanted::Newer ? answer.first == ask.at.number + 1
                                                   : answer.first <= ask.at.number;
    if (answer.first > 0 && !reaches && page.more && ask.count > 1) {
        m_asked[page.room].first().count = ask.count / 2;
        return askNext(page.room);
    }
    m_asked[page.room].removeFirst();
    keep(page.room, answer);
    askNext(page.room);
    if (ask.what == Wanted::Newer)
        Q_EMIT newer(answer);
    else
        Q_EMIT around(answer);
}

HistoryFrame HistoryPages::olderOf(const HistoryFrame &page, const Ask &ask)
{
    NumberRanges known;
    known.add({ask.at.number, ask.at.number});
    const QList<ChatMessage> messages = messagesOf(page, known);
    // A host that says no numbers has no others than these before that place.
    if (page.number == 0 && !messages.isEmpty())
        known.add({messages.constFirst().number, ask.at.number});
    const HistoryFrame found = runBefore(messages, known, page.room, ask.at);
    if (isRightBefore(found, ask.at)) {
        keep(page.room, {page.room, ask.at, page.epoch, found.messages, found.first, found.number});
        return found;
    }
    if (!messages.isEmpty()) // asked again it would say the same
        return found;
    HistoryFrame kept = storedBefore(page.room, ask.at); // of an earlier epoch, perhaps
    kept.more = !kept.messages.isEmpty();
    return kept;
}

/// What an answer has of what was asked for: of what is known already, nothing.
HistoryPage HistoryPages::pageOf(const HistoryFrame &answer, const Ask &ask) const
{
    const qint64 after = ask.what == Wanted::Newer ? ask.at.number : 0;
    HistoryPage page{answer.room, ask.at, answer.epoch};
    NumberRanges known;
    page.messages = messagesOf(answer, known);
    page.messages.removeIf([&](const ChatMessage &message) {
        return message.number <= after || message.number >= ask.before;
    });
    const bool saysNumbers = answer.number > 0;
    if (saysNumbers || !page.messages.isEmpty()) {
        page.first = saysNumbers ? answer.first : page.messages.constFirst().number;
        page.number = saysNumbers ? answer.number : page.messages.constLast().number;
        page.first = std::max(page.first, after + 1);
    }
    // Of a host that says no numbers: up to the end only changes can follow what is known.
    const auto end = m_way.end(answer.room);
    const bool reaches = !answer.messages.isEmpty() && answer.messages.constFirst().number <= after;
    if (!saysNumbers && reaches && end && end->epoch == page.epoch) {
        page.first = after + 1;
        page.number = std::max(page.number, std::min(ask.before - 1, end->number));
    }
    if (page.number < page.first) // it covers only what is known
        page.first = page.number = 0;
    page.hasOlder = answer.more;
    page.hasNewer = page.number > 0 && (!end || page.number < end->number);
    return page;
}

} // namespace parlour::client
