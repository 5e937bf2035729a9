// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/waiting_changes.h"

#include "chat/json_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

bool isSameId(const QString &one, const QString &other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

} // namespace

qint64 WaitingChanges::sizeOf(const Change &change)
{
    return change.text.size() * qint64(sizeof(QChar));
}

void WaitingChanges::grow(const Waiting &waiting, int sign)
{
    const qint64 size = sign * sizeOf(waiting.change);
    Share &share = m_shares[waiting.source];
    share.count += sign;
    share.bytes += size;
    m_all.count += sign;
    m_all.bytes += size;
    if (share.count == 0)
        m_shares.remove(waiting.source);
}

QList<Change> WaitingChanges::add(const Change &change, Cause cause)
{
    std::erase_if(m_changes, [&](const Waiting &other) {
        const bool isAgain = other.change.room == change.room
            && other.change.origin == change.origin && isSameId(other.change.id, change.id);
        if (isAgain)
            grow(other, -1);
        return isAgain;
    });
    m_changes.push_back({change, change.origin + (cause == Cause::Live ? u" live"_s : QString())});
    grow(m_changes.back(), 1);
    return makeWay();
}

bool WaitingChanges::isOverfull() const
{
    return m_all.count > m_options.most || m_all.bytes > m_options.mostBytes;
}

QString WaitingChanges::largestSource() const
{
    const bool isByBytes = m_all.bytes > m_options.mostBytes;
    const auto isSmaller = [&](const Share &one, const Share &other) {
        return isByBytes ? one.bytes < other.bytes : one.count < other.count;
    };
    return std::max_element(m_shares.begin(), m_shares.end(), isSmaller).key();
}

QList<Change> WaitingChanges::makeWay()
{
    QList<Change> gone;
    while (isOverfull()) {
        const QString source = largestSource();
        const auto oldest =
            std::find_if(m_changes.begin(), m_changes.end(),
                         [&](const Waiting &waiting) { return waiting.source == source; });
        const Waiting waiting = *oldest;
        m_changes.erase(oldest);
        grow(waiting, -1);
        gone.append(waiting.change);
    }
    return gone;
}

QList<Change> WaitingChanges::take(const QString &room, const QString &message)
{
    QList<Change> taken;
    std::erase_if(m_changes, [&](const Waiting &waiting) {
        const bool isMeant = waiting.change.room == room && isSameId(waiting.change.of, message);
        if (isMeant) {
            taken.append(waiting.change);
            grow(waiting, -1);
        }
        return isMeant;
    });
    return taken;
}

void WaitingChanges::applyTo(Utterance &said) const
{
    ChatMessage message{said.room, said.id, {}, 0, said.sender, said.time, said.text};
    message.edited = said.edited;
    for (const auto &[change, source] : m_changes) {
        const bool isMeant = change.room == said.room && isSameId(change.of, said.id)
            && change.kind != Change::Kind::React;
        if (!isMeant)
            continue;
        const QString before = message.text;
        if (!apply(change, message, {said.origin})) // what nobody may do is not done
            continue;
        if (message.isDeleted) {
            said.deletion = change;
            return;
        }
        if (message.text != before)
            said.json = jsonString(message.text);
    }
    said.text = message.text;
    said.edited = message.edited;
}

} // namespace parlour::chat
