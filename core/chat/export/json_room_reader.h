// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/export/json_pieces.h"
#include "chat/export/room_export.h"

#include <QList>

#include <vector>

namespace parlour::chat {

using channels::Error;
using channels::Expected;

/// Reads what JsonRoomWriter wrote, and sees that it is what a log may hold: begin(), then next()
/// until it gives nothing. Fails (bad_export) with words that name the line and the entry; nothing
/// more can be read then. A value of one thread.
class JsonRoomReader
{
public:
    /// No entry is larger, in bytes: the longest message, each character of it escaped.
    static constexpr qsizetype MaxEntry = qsizetype(16) * 1024 * 1024;

    /// `device` is open, and outlives the reader.
    explicit JsonRoomReader(QIODevice &device)
        : m_pieces(device)
    {
    }

    Expected<ExportHead> begin();
    /// The next entries, `most` of them at most, and fewer where they are large. None: all were
    /// read, and they are whole.
    Expected<QList<ExportEntry>> next(int most);

private:
    Expected<QByteArray> headJson();
    Expected<ExportEntry> entry(const QByteArray &json);
    QString whatIsWrong(const ExportEntry &entry) const;
    Expected<void> end();
    Error wrong(const QString &problem) const;

    JsonPieces m_pieces;
    ExportHead m_head;
    qint64 m_line = 1; ///< where the entry that is read begins
    qint64 m_read = 0; ///< entries
    std::vector<bool> m_areMessages; ///< of the entries
    bool m_hasEnded = false;
};

} // namespace parlour::chat
