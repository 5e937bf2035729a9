// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/log_answer.h"
#include "chat/reactions.h"
#include "storage/log_file.h"
#include "storage/seen_ids.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using chat::LogWindow;
using chat::RoomLog;
using namespace Qt::StringLiterals;

namespace {

template <typename Rows>
LogRange withOwed(LogRange range, const Rows &owed)
{
    if (!owed.isEmpty())
        range.newest = owed.constLast().message.number;
    return range;
}

} // namespace

QString LogFile::entriesWhere(const QString &condition)
{
    return u"SELECT number, id, sender, name, time, text, reply, edited, deleted, reactions,"
           " target, origin, kind, json FROM entries WHERE log = ? AND "_s
        + condition;
}

LogFile::Row LogFile::rowIn(const sqlite::Statement &query, const QString &room, const Log &log)
{
    Row row{{room,
             query.value(1).toString(),
             log.epoch,
             query.value(0).toLongLong(),
             {query.value(2).toString(), query.value(3).toString()},
             query.value(4).toLongLong(),
             query.value(5).toString()}};
    if (const QString reply = query.value(6).toString(); !reply.isEmpty())
        row.message.reply = chat::Quote{reply};
    row.message.edited = query.value(7).toLongLong();
    row.message.isDeleted = query.value(8).toBool();
    if (!query.value(9).isNull())
        row.message.reactions = chat::reactionsOf(query.value(9).toByteArray());
    row.target = query.value(10).toLongLong();
    row.origin = query.value(11).toString();
    row.kind = query.value(12).toInt();
    return row;
}

LogFile::Found LogFile::oneRow(const QString &room, const Log &log, const QString &where,
                               const sqlite::Value &value)
{
    std::optional<Row> found;
    const auto read = m_database.select(entriesWhere(where), {log.key, value},
                                        [&](const sqlite::Statement &query) {
                                            found = rowIn(query, room, log);
                                            return false;
                                        });
    if (!read)
        return read.error();
    return found;
}

LogFile::Found LogFile::row(const QString &room, const Log &log, const QString &id)
{
    return oneRow(room, log, u"id = ?"_s, id);
}

LogFile::Found LogFile::row(const QString &room, const Log &log, qint64 number)
{
    return oneRow(room, log, u"number = ?"_s, number);
}

Expected<void> LogFile::quote(const Log &log, ChatMessage &message)
{
    if (!message.reply)
        return {};
    const auto found = row(message.room, log, message.reply->id);
    if (!found)
        return found.error();
    if (*found && (*found)->target == 0)
        message.reply = chat::quoteOf((*found)->message);
    return {};
}

Expected<void> LogFile::quote(const Log &log, QList<ChatMessage> &messages)
{
    for (ChatMessage &message : messages) {
        if (const auto quoted = quote(log, message); !quoted)
            return quoted;
    }
    return {};
}

Expected<RoomLog::Page> LogFile::before(const QString &room, const QString &epoch, qint64 number,
                                        int count)
{
    RoomLog::Page page{{epoch, 0}};
    const Log *found = find(room, epoch);
    if (!found)
        return page;
    const Log log = *found;
    const QList<Row> owed = owedTo(room, epoch);
    const LogRange range = withOwed(log.range, owed);
    const LogWindow window = chat::windowBefore(range, number);
    page.end.number = range.newest;
    chat::AnswerSpace space;
    const auto take = [&](const ChatMessage &message) {
        page.hasOlder = page.messages.size() >= count || !space.takes(message);
        if (!page.hasOlder)
            page.messages.append(message);
        return !page.hasOlder;
    };
    for (auto row = owed.crbegin(); row != owed.crend() && !page.hasOlder; ++row) {
        if (row->message.number < window.end)
            take(row->message);
    }
    const auto read = page.hasOlder
        ? Expected<void>()
        : m_database.select(
            entriesWhere(u"number >= ? AND number < ? AND kind = 0 ORDER BY number DESC"_s),
            {log.key, window.first, window.end},
            [&](const sqlite::Statement &query) { return take(rowIn(query, room, log).message); });
    if (!read)
        return read.error();
    std::reverse(page.messages.begin(), page.messages.end());
    chat::setBounds(page, window);
    if (const auto quoted = quote(log, page.messages); !quoted)
        return quoted.error();
    return page;
}

Expected<RoomLog::Catchup> LogFile::since(const QString &room, const QString &epoch,
                                          const RoomLog::Position &position, int count)
{
    const Log *found = find(room, epoch);
    const Log log = found ? *found : Log{0, epoch, {}, 0};
    const QList<Row> owed = owedTo(room, epoch);
    const LogRange range = withOwed(log.range, owed);
    const auto window =
        position.epoch == epoch ? chat::windowBehind(range, position.number, count) : std::nullopt;
    if (!window) {
        const auto last = before(room, epoch, range.newest + 1, count);
        if (!last)
            return last.error();
        return chat::lostBefore(*last);
    }
    RoomLog::Catchup part{{epoch, range.newest}};
    chat::PartMaker maker(part, *window);
    Found target{std::nullopt}; // of the entry that is read
    const auto take = [&](const Row &entry) {
        const bool fits = maker.add(entry.message.number, entry.target, [&] {
            target = entry.target > 0 ? row(room, log, entry.target) : Found(entry);
            return target && *target ? std::optional((*target)->message) : std::nullopt;
        });
        return fits && target;
    };
    const auto read = forEntries(room, log, *window, owed, take);
    if (!read || !target)
        return read ? target.error() : read.error();
    for (QList<ChatMessage> *messages : {&part.messages, &part.changed}) {
        if (const auto quoted = quote(log, *messages); !quoted)
            return quoted.error();
    }
    return part;
}

/// In order, until `take` says that it has enough.
Expected<void> LogFile::forEntries(const QString &room, const Log &log, const LogWindow &window,
                                   const QList<Row> &owed,
                                   const std::function<bool(const Row &)> &take)
{
    bool goesOn = true;
    const auto read =
        m_database.select(entriesWhere(u"number >= ? AND number < ? ORDER BY number"_s),
                          {log.key, window.first, window.end}, [&](const sqlite::Statement &query) {
                              return goesOn = take(rowIn(query, room, log));
                          });
    for (auto entry = owed.cbegin(); entry != owed.cend() && goesOn; ++entry) {
        const qint64 number = entry->message.number;
        if (number >= window.first && number < window.end)
            goesOn = take(*entry);
    }
    return read;
}

Expected<LogFile::Ids> LogFile::ids(const IdPlace &after)
{
    constexpr int AtOnce = 2000; // a millisecond or two
    QHash<qint64, QString> epochs; // by key
    for (const Log &log : std::as_const(m_logs))
        epochs.insert(log.key, log.epoch);
    Ids ids;
    ids.hashes.reserve(AtOnce);
    int count = 0;
    const auto read = m_database.select(
        u"SELECT log, id FROM entries WHERE (log, id) > (?, ?) ORDER BY log, id LIMIT ?"_s,
        {after.log, after.id, AtOnce}, [&](const sqlite::Statement &row) {
            const IdPlace place{row.value(0).toLongLong(), row.value(1).toString()};
            if (const auto epoch = epochs.constFind(place.log); epoch != epochs.cend())
                ids.hashes.append(SeenIds::hash(*epoch, place.id));
            if (++count == AtOnce)
                ids.next = place;
            return true;
        });
    if (!read)
        return read.error();
    return ids;
}

} // namespace parlour::storage
