// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/application.h"
#include "net/native/byte_stream.h"

#include <QByteArray>
#include <QVarLengthArray>

namespace parlour::server {

/// What waits to be written to one connection, as units that are whole or not begun: a message, a
/// pong, a part of an answer. Small payloads are copied together, so that they leave in one write;
/// big ones stay shared with their other receivers. Holds no memory while it is empty.
class OutputQueue
{
public:
    enum class Kind { Message, Pong, Other };

    /// One unit: `head` (copied) and `payload` right behind it.
    void append(Kind kind, QByteArrayView head, const QByteArray &payload = {});

    /// Writes until all is gone or the stream takes no more; the backlog is judged then.
    ByteStream::Status writeTo(ByteStream &stream);
    /// The stream is known to take nothing now: judges the backlog without asking it.
    void judge();
    /// Drops the units that have not been begun. What is no message and no pong and has nothing of
    /// these before it stays: the answer to a handshake comes before its Close frame.
    void dropUnbegun();

    bool isEmpty() const { return m_added == m_sent; }
    qint64 bytes() const { return m_added - m_sent; }
    int pongs() const { return m_pongs; }
    const channels::Backlog &backlog() const { return m_backlog; }
    /// What memory is held for: pieces and units, those included that are done with.
    qsizetype entries() const { return m_pieces.size() + m_units.size(); }

private:
    struct Unit {
        qint64 end; ///< counted from the first byte ever
        Kind kind;
    };

    /// The last piece, where so many bytes go into it, or a new one.
    QByteArray &pieceFor(qsizetype size);
    void written(qint64 count, qint64 held);
    void countUnits();
    void removeWrittenPieces(qint64 count);
    void releaseMemory();
    void forgetDone();

    // One unit, the commonest case, takes no memory of its own but for its bytes.
    QVarLengthArray<QByteArray, 1> m_pieces;
    qsizetype m_firstPiece = 0;
    qsizetype m_offset = 0; ///< of the first piece, written already
    QVarLengthArray<Unit, 2> m_units;
    qsizetype m_firstUnit = 0;
    qint64 m_added = 0;
    qint64 m_written = 0; ///< taken by the stream
    qint64 m_sent = 0; ///< taken by the system
    qint64 m_lastEnd = 0; ///< of the last unit that was sent whole
    int m_messages = 0;
    int m_pongs = 0;
    channels::Backlog m_backlog;
};

} // namespace parlour::server
