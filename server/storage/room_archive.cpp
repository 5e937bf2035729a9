// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/room_archive.h"

#include "chat/log_answer.h"
#include "chat/message_change.h"
#include "chat/reactions.h"
#include "storage/log_file.h"
#include "storage/migrations.h"
#include "storage/post_journal.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using chat::ChatMessage;
using chat::ExportEntry;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ArchivePatience = 10s; ///< with a host that brings the file to a new format
constexpr qint64 OldestFormat = 2; ///< has all that is read
constexpr qint64 LargeAtOnce = qint64(4) * 1024 * 1024; ///< bytes of what people wrote

Error noRoom(const QString &path, const QString &room)
{
    return {u"no_room"_s, u"%1: nothing was said in a room \"%2\"."_s.arg(path, room)};
}

} // namespace

RoomArchive::RoomArchive() = default;

RoomArchive::~RoomArchive()
{
    (void)m_database->change(u"ROLLBACK"_s); // nothing was changed
}

Expected<std::unique_ptr<RoomArchive>> RoomArchive::open(const QString &path, const QString &room)
{
    auto database = SqliteDatabase::openToRead(path, ArchivePatience);
    if (!database)
        return database.error();
    const auto told = PostJournal::left(path); // before: what it has no more is in the file then
    if (!told)
        return told.error();
    auto archive = std::unique_ptr<RoomArchive>(new RoomArchive);
    archive->m_database = std::move(*database);
    if (const auto begun = archive->begin(room); !begun)
        return begun.error();
    archive->takeTold(told->entries);
    if (archive->m_head.count() == 0)
        return noRoom(path, room);
    return archive;
}

/// What is read from here on is what the file has now, whatever its host writes.
Expected<void> RoomArchive::begin(const QString &room)
{
    if (const auto begun = m_database->change(u"BEGIN"_s); !begun)
        return begun.error();
    const auto format = m_database->value(u"PRAGMA user_version"_s);
    if (!format)
        return format.error();
    const QString path = m_database->path();
    if (format->toLongLong() > migrations().size())
        return Error{u"too_new"_s,
                     u"%1: was written by a newer version. Use that one."_s.arg(path)};
    if (format->toLongLong() < OldestFormat)
        return Error{u"too_old"_s,
                     u"%1: was written by an older version. Start a host on it once, which brings "
                     "it to the new format."_s.arg(path)};
    m_head.room = room;
    const auto read =
        m_database->select(u"SELECT logs.key, epoch, oldest, max(newest, coalesce((SELECT"
                           " max(number) FROM entries WHERE log = logs.key), 0)), topic,"
                           " (SELECT value FROM host WHERE name = 'id')"
                           " FROM logs LEFT JOIN rooms ON title = room WHERE room = ?"_s,
                           {room}, [&](const sqlite::Statement &row) {
                               m_log = row.value(0).toLongLong();
                               m_head.epoch = row.value(1).toString();
                               m_head.first = m_next = row.value(2).toLongLong();
                               m_head.number = row.value(3).toLongLong();
                               m_head.topic = row.value(4).toString();
                               m_head.host.id = row.value(5).toString();
                               return false;
                           });
    if (!read)
        return read;
    if (m_log == 0)
        return noRoom(path, room);
    return {};
}

/// What its host did not come to write yet.
void RoomArchive::takeTold(const QList<LogBatch::Entry> &told)
{
    for (const LogBatch::Entry &entry : told) {
        const auto &said = std::get<chat::Utterance>(entry.content);
        if (said.room != m_head.room || entry.epoch != m_head.epoch
            || entry.number != m_head.number + 1)
            continue;
        ExportEntry last;
        last.message = chat::messageOf(said, entry.epoch, entry.number);
        last.json = jsonToKeep(said);
        last.origin = said.origin;
        m_told.append(last);
        m_head.number = entry.number;
    }
}

ExportEntry RoomArchive::entryIn(const sqlite::Statement &row) const
{
    ExportEntry entry;
    ChatMessage &message = entry.message;
    message.room = m_head.room;
    message.epoch = m_head.epoch;
    message.number = row.value(0).toLongLong();
    entry.kind = static_cast<ExportEntry::Kind>(row.value(1).toInt());
    entry.target = row.value(2).toLongLong();
    if (entry.target == message.number) { // as LogFile::import() keeps it
        entry.kind = ExportEntry::Kind::Unknown;
        entry.target = 0;
        return entry;
    }
    message.id = row.value(3).toString();
    message.sender = {row.value(4).toString(), row.value(5).toString()};
    message.time = row.value(6).toLongLong();
    message.text = row.value(7).toString();
    entry.json = row.value(8).toByteArray();
    entry.origin = row.value(9).toString();
    if (const QString reply = row.value(10).toString(); !reply.isEmpty())
        message.reply = chat::Quote{reply};
    message.edited = row.value(11).toLongLong();
    message.isDeleted = row.value(12).toBool();
    if (!row.value(13).isNull())
        message.reactions = chat::reactionsOf(row.value(13).toByteArray());
    return entry;
}

Expected<QList<ExportEntry>> RoomArchive::next(int most)
{
    QList<ExportEntry> entries;
    qint64 bytes = 0;
    const auto read = m_database->select(
        u"SELECT number, kind, target, id, sender, name, time, text, json, origin, reply, edited,"
        " deleted, reactions FROM entries WHERE log = ? AND number >= ? AND number <= ?"
        " ORDER BY number"_s,
        {m_log, m_next, m_head.number}, [&](const sqlite::Statement &row) {
            entries.append(entryIn(row));
            const ExportEntry &entry = entries.constLast();
            bytes += chat::textSize(entry.message) * qint64(sizeof(QChar)) + entry.json.size();
            return entries.size() < most && bytes < LargeAtOnce;
        });
    if (!read)
        return read.error();
    const bool isAtEnd = entries.isEmpty();
    while (isAtEnd && !m_told.isEmpty() && entries.size() < most)
        entries.append(m_told.takeFirst());
    for (ExportEntry &entry : entries) {
        if (const auto quoted = quote(entry.message); !quoted)
            return quoted.error();
    }
    if (!entries.isEmpty())
        m_next = entries.constLast().message.number + 1;
    return entries;
}

Expected<void> RoomArchive::quote(ChatMessage &message)
{
    if (!message.reply)
        return {};
    return m_database->select(
        u"SELECT id, number, sender, name, text FROM entries"
        " WHERE log = ? AND id = ? AND kind = 0"_s,
        {m_log, message.reply->id}, [&](const sqlite::Statement &row) {
            ChatMessage replied;
            replied.id = row.value(0).toString();
            replied.number = row.value(1).toLongLong();
            replied.sender = {row.value(2).toString(), row.value(3).toString()};
            replied.text = row.value(4).toString();
            message.reply = chat::quoteOf(replied);
            return false;
        });
}

} // namespace parlour::storage
