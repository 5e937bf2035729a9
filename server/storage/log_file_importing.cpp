// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/reactions.h"
#include "chat/text_rules.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using chat::ExportEntry;
using namespace Qt::StringLiterals;

// The key is one of a log that was forgotten: should the process end now, pruning removes what was
// taken in so far.
Expected<void> LogFile::beginImport(const LogHead &head)
{
    if (m_staged) {
        return Error{u"busy"_s, u"A room is being imported already. Try again when it is there."_s};
    }
    qint64 key = 0;
    const auto begun = m_database.transaction([&]() -> Expected<void> {
        const auto made = m_database.change(u"INSERT INTO logs (room, epoch, oldest, newest)"
                                            " VALUES (?, '', 1, 0)"_s,
                                            {u"/import/"_s}); // no room may be called so
        if (!made)
            return made.error();
        const auto id = m_database.value(u"SELECT last_insert_rowid()"_s);
        if (!id)
            return id.error();
        key = id->toLongLong();
        for (const auto &sql :
             {u"INSERT INTO forgotten (log) VALUES (?)"_s, u"DELETE FROM logs WHERE key = ?"_s}) {
            if (const auto done = m_database.change(sql, {key}); !done)
                return done.error();
        }
        return {};
    });
    if (begun)
        m_staged = Staged{{key, head.epoch, head.range, 0, head.range}};
    return begun;
}

Expected<void> LogFile::import(const QList<ExportEntry> &entries)
{
    const qint64 before = m_staged->log.messages;
    const auto done = m_database.transaction([&]() -> Expected<void> {
        for (const ExportEntry &entry : entries) {
            if (const auto inserted = insert(entry); !inserted)
                return inserted;
            m_staged->log.messages += entry.kind == ExportEntry::Kind::Message ? 1 : 0;
        }
        return {};
    });
    if (!done)
        m_staged->log.messages = before;
    return done;
}

// A change of which no more than the number is known names itself as what it changed: no answer of
// a log has it, or anything because of it.
Expected<void> LogFile::insert(const ExportEntry &entry)
{
    const chat::ChatMessage &message = entry.message;
    const bool isMessage = entry.kind == ExportEntry::Kind::Message;
    const bool isUnknown = entry.kind == ExportEntry::Kind::Unknown;
    const auto kind = isUnknown ? ExportEntry::Kind::React : entry.kind;
    const auto target =
        isMessage ? sqlite::Value() : sqlite::Value(isUnknown ? message.number : entry.target);
    const QString reply = message.reply ? message.reply->id : QString();
    const QByteArray reactions =
        message.reactions.isEmpty() ? QByteArray() : chat::jsonOf(message.reactions);
    const auto inserted = m_database.change(
        u"INSERT OR IGNORE INTO entries (log, number, kind, id, sender, name, time, text, json,"
        " origin, target, reply, edited, deleted, reactions)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {m_staged->log.key, message.number, int(kind), isUnknown ? chat::newUuid() : message.id,
         message.sender.id, message.sender.name, message.time, message.text,
         entry.json.isEmpty() ? QByteArray() : entry.json, entry.origin, target, reply,
         message.edited, message.isDeleted, reactions});
    if (!inserted)
        return inserted.error();
    if (*inserted == 0) {
        return Error{u"bad_export"_s,
                     u"the entry with the number %1: its id, \"%2\", is that of another one too."_s
                         .arg(message.number)
                         .arg(message.id)};
    }
    return {};
}

Expected<void> LogFile::appendUnknown(const QString &room, Log log)
{
    const qint64 number = log.range.newest + 1;
    const auto inserted = m_database.change(
        u"INSERT INTO entries (log, number, kind, id, sender, name, time, text,"
        " origin, target) VALUES (?, ?, ?, ?, '', '', 0, '', '', ?)"_s,
        {log.key, number, int(ExportEntry::Kind::React), chat::newUuid(), number});
    return inserted ? takeIn(room, log, false) : Expected<void>(inserted.error());
}

void LogFile::endImport()
{
    m_staged->isWhole = true;
}

void LogFile::dropImport()
{
    m_staged.reset();
}

bool LogFile::isStaged(const QString &epoch) const
{
    return m_staged && m_staged->isWhole && !m_staged->isTaken && m_staged->log.epoch == epoch;
}

/// Makes what was taken in the room's log.
Expected<void> LogFile::takeStaged(const QString &room)
{
    const Log &log = m_staged->log;
    const auto made = m_database.change(
        u"INSERT INTO logs (key, room, epoch, oldest, newest, messages)"
        " VALUES (?, ?, ?, ?, ?, ?)"_s,
        {log.key, room, log.epoch, log.range.oldest, log.range.newest, log.messages});
    if (!made)
        return made.error();
    const auto kept = m_database.change(u"DELETE FROM forgotten WHERE log = ?"_s, {log.key});
    if (!kept)
        return kept.error();
    m_changes.insert(room, log);
    m_staged->isTaken = true;
    return {};
}

} // namespace parlour::storage
