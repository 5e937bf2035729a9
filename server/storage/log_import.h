// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/json_room_reader.h"
#include "storage/log_file.h"

#include <QFile>

#include <optional>

namespace parlour::storage {

/// Brings an export of a room into a host's file, some entries at a time, so that the host's own
/// work goes on between them. All of it is beside the rooms until it becomes one room's log:
/// LogFile::write() with the epoch of head() for that room. What does not get so far is gone,
/// however the process ends. Made, used and destroyed in the storage thread.
class LogImport final
{
public:
    /// `logs` outlives it.
    LogImport(LogFile &logs, const QString &path);
    ~LogImport();
    LogImport(const LogImport &) = delete;
    LogImport &operator=(const LogImport &) = delete;

    /// Fails (bad_export, busy, or as the file of the host does) with words that name the file.
    Expected<chat::ExportHead> begin();
    /// Takes in some entries. False: that was all, and it is whole. Fails like begin().
    Expected<bool> step();

    /// As the file says: the room it was, its epoch and numbers.
    const chat::ExportHead &head() const { return m_head; }
    qint64 done() const { return m_done; }
    qint64 messages() const { return m_messages; }
    /// When the first message was said, ms UTC; 0: there is none.
    qint64 oldest() const { return m_oldest; }
    LogHead logHead() const { return {m_head.epoch, {m_head.first, m_head.number}}; }

private:
    Error named(const Error &error) const;

    LogFile &m_logs;
    QFile m_file;
    chat::JsonRoomReader m_reader;
    chat::ExportHead m_head;
    qint64 m_done = 0; ///< entries
    qint64 m_messages = 0;
    qint64 m_oldest = 0;
    bool m_isBegun = false;
};

/// Why a room that was left as `kept` (an empty epoch: there was none) cannot become what an export
/// has; nothing: it can. Numbers of one epoch are not given twice: whoever has them would take the
/// new messages for known.
std::optional<Error> whyNotInPlaceOf(const LogHead &kept, const chat::ExportHead &head);

} // namespace parlour::storage
