// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/reactions.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using chat::Change;
using namespace Qt::StringLiterals;

Expected<LogFile::Answer> LogFile::append(const Change &wanted, const QString &epoch)
{
    const Log *open = find(wanted.room, epoch);
    if (!open)
        return Answer{closedRoom(), false};
    const Log log = *open;
    const auto known = row(wanted.room, log, wanted.id);
    if (!known)
        return known.error();
    const qint64 target = *known ? (*known)->target : 0;
    if (*known && (target == 0 || (*known)->message.sender.id != wanted.by.id))
        return Answer{chat::somebodyElsesId(), false};
    const auto found = *known ? row(wanted.room, log, target) : row(wanted.room, log, wanted.of);
    if (!found)
        return found.error();
    if (!*found || (*found)->target > 0)
        return Answer{chat::noSuchMessage(), false};

    const auto reacted = lastReaction(log, wanted, **found);
    if (!reacted)
        return reacted.error();
    Change change = wanted;
    if (change.origin.isEmpty())
        change.time = std::max(change.time, *reacted + 1);
    ChatMessage message = (*found)->message;
    const auto isOther =
        *known ? Expected<bool>(false) : chat::apply(change, message, {(*found)->origin, *reacted});
    if (!isOther)
        return Answer{isOther.error(), false};
    if (*isOther) {
        auto kept = insert(log, change, message.number);
        if (kept)
            kept = replace(log, message, change.kind);
        if (!kept)
            return kept.error();
    }
    return answerTo(change, log, message, *isOther);
}

/// The change is in the file; where it `isNew`, it is taken in.
Expected<LogFile::Answer> LogFile::answerTo(const Change &change, const Log &log,
                                            ChatMessage message, bool isNew)
{
    const auto number = lastChange(log, message);
    if (!number)
        return number.error();
    if (const auto quoted = quote(log, message); !quoted)
        return quoted.error();
    if (isNew) {
        if (const auto taken = takeIn(change.room, log, false); !taken)
            return taken.error();
    }
    return Answer{LogAnswers::Content(ChangedFrame{change.room, log.epoch, *number, change.id,
                                                   nameOf(change.kind), change.by, message}),
                  isNew, change.time};
}

/// Null where there are none.
QByteArray LogFile::reactionsToKeep(const QList<chat::Reaction> &reactions)
{
    return reactions.isEmpty() ? QByteArray() : chat::jsonOf(reactions);
}

Expected<void> LogFile::insert(const Log &log, const Change &change, qint64 target)
{
    QList<chat::Reaction> reactions;
    if (change.kind == Change::Kind::React)
        reactions.append({change.emoji, {}});
    const auto inserted = m_database.change(
        u"INSERT INTO entries"
        " (log, number, kind, id, sender, name, time, text, origin, target, reactions, reply)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)"_s,
        {log.key, log.range.newest + 1, int(change.kind), change.id, change.by.id, change.by.name,
         change.time, change.origin, target, reactionsToKeep(reactions),
         change.kind == Change::Kind::Delete ? change.of : QString()});
    if (!inserted)
        return inserted.error();
    return {};
}

Expected<void> LogFile::replace(const Log &log, const ChatMessage &message, Change::Kind kind)
{
    const auto reacted =
        m_database.change(u"UPDATE entries SET reactions = ? WHERE log = ? AND number = ?"_s,
                          {reactionsToKeep(message.reactions), log.key, message.number});
    if (!reacted)
        return reacted.error();
    if (kind == Change::Kind::React)
        return {};
    if (const auto noted = noteGone(); !noted)
        return noted;
    const auto replaced = m_database.change(
        u"UPDATE entries SET text = ?, json = NULL, reply = ?, edited = ?, deleted = ?"
        " WHERE log = ? AND number = ?"_s,
        {message.text, message.reply ? message.reply->id : QString(), message.edited,
         message.isDeleted, log.key, message.number});
    if (!replaced)
        return replaced.error();
    if (message.isDeleted) {
        const auto cleared =
            m_database.change(u"UPDATE entries SET reactions = NULL WHERE log = ? AND target = ?"_s,
                              {log.key, message.number});
        if (!cleared)
            return cleared.error();
    }
    return indexAgain(log, message);
}

/// When, ms UTC, who does this did so before, or the opposite of it; 0: never.
Expected<qint64> LogFile::lastReaction(const Log &log, const Change &change, const Row &target)
{
    qint64 time = 0;
    if (change.kind != Change::Kind::React)
        return time;
    const auto read = m_database.select(
        entriesWhere(u"target = ? AND kind = 3 AND sender = ? ORDER BY number DESC"_s),
        {log.key, target.message.number, change.by.id}, [&](const sqlite::Statement &query) {
            const ChatMessage entry = rowIn(query, change.room, log).message;
            const bool isMeant =
                !entry.reactions.isEmpty() && entry.reactions.constFirst().emoji == change.emoji;
            time = isMeant ? entry.time : 0;
            return !isMeant;
        });
    if (!read)
        return read.error();
    return time;
}

Expected<qint64> LogFile::lastChange(const Log &log, const ChatMessage &message)
{
    const auto number =
        m_database.value(u"SELECT max(number) FROM entries WHERE log = ? AND target = ?"_s,
                         {log.key, message.number});
    if (!number)
        return number.error();
    return number->isNull() ? message.number : number->toLongLong();
}

} // namespace parlour::storage
