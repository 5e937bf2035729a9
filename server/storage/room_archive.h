// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/room_export.h"
#include "sqlite/statement.h"
#include "storage/log_batch.h"

#include <memory>

namespace parlour::storage {

class SqliteDatabase;

/// A room's log in a host's file and journal, as it stood at the opening: to be exported, also
/// while a host has the file open, which goes on meanwhile. Made, used and destroyed in one thread.
class RoomArchive final
{
public:
    /// `room`: a title as checkRoomTitle() gives it. Fails with no_room where nothing was said in
    /// it, and as SqliteDatabase::openToRead().
    static Expected<std::unique_ptr<RoomArchive>> open(const QString &path, const QString &room);
    ~RoomArchive();
    RoomArchive(const RoomArchive &) = delete;
    RoomArchive &operator=(const RoomArchive &) = delete;

    /// Without a title and version of the host, which are not in its file, and without a time.
    const chat::ExportHead &head() const { return m_head; }
    /// The next entries, replies with what they reply to; `most` of them at most, and fewer where
    /// they are large. None: that was all.
    Expected<QList<chat::ExportEntry>> next(int most);

private:
    RoomArchive();

    Expected<void> begin(const QString &room);
    void takeTold(const QList<LogBatch::Entry> &told);
    Expected<void> quote(chat::ChatMessage &message);
    chat::ExportEntry entryIn(const sqlite::Statement &row) const;

    std::unique_ptr<SqliteDatabase> m_database;
    qint64 m_log = 0; ///< its key
    chat::ExportHead m_head;
    qint64 m_next = 1; ///< number
    QList<chat::ExportEntry> m_told; ///< behind what the file has
};

} // namespace parlour::storage
