// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/message_change.h"
#include "client/room_export.h"

#include <QDateTime>

#include <utility>

namespace parlour::client {

using chat::ChatMessage;
using chat::ExportEntry;
using chat::HistoryFrame;

namespace {

constexpr qint64 MaxGap = 1'000'000; ///< changes between two messages
constexpr int GapAtOnce = 1000;

} // namespace

void RoomExport::startWriting()
{
    if (m_hasEnded)
        return;
    if (m_pieces.isEmpty())
        m_first = m_end->number + 1;
    chat::ExportHead head{m_request.room,
                          m_request.topic,
                          m_request.host,
                          m_end->epoch,
                          m_first,
                          m_end->number,
                          QDateTime::currentMSecsSinceEpoch(),
                          m_request.note};
    if (!m_missing.isEmpty())
        head.note += (head.note.isEmpty() ? QString() : QStringLiteral(" ")) + m_missing;
    m_writer = chat::RoomWriter::make(m_request.format, m_file, m_request.look);
    m_next.disconnect(this);
    connect(&m_next, &QTimer::timeout, this, &RoomExport::writeNext);
    m_nextNumber = m_first;
    if (const auto begun = m_writer->begin(head); !begun)
        return fail(tr("The file cannot be written: %1").arg(begun.error().message));
    m_next.start(0);
}

/// A page a turn: nobody waits for the whole.
void RoomExport::writeNext()
{
    if (m_pieces.isEmpty())
        return end();
    const auto page = takePiece();
    if (!page)
        return fail(tr("What was read could not be read again: %1").arg(m_spool.errorString()));
    if (!write(*page))
        return;
    const qint64 count = m_end->number - m_first + 1;
    Q_EMIT progressed(count + m_nextNumber - m_first, 2 * count);
    m_next.start(0);
}

std::optional<HistoryFrame> RoomExport::takePiece()
{
    const Piece piece = m_pieces.takeLast();
    if (!m_spool.seek(piece.at))
        return std::nullopt;
    const auto frame = chat::parseServerFrame(m_spool.read(piece.size));
    if (!frame || !std::holds_alternative<HistoryFrame>(*frame))
        return std::nullopt;
    return std::get<HistoryFrame>(*frame);
}

bool RoomExport::write(const HistoryFrame &page)
{
    QList<ExportEntry> entries;
    for (const ChatMessage &message : page.messages) {
        if (message.number < m_nextNumber || message.number > page.number)
            continue; // no honest host says so
        if (message.number > m_nextNumber) {
            if (!put(std::exchange(entries, {})) || !fillUpTo(message.number))
                return false;
        }
        ExportEntry entry;
        entry.message = m_changed.value(message.number, message);
        quoteAsItIsNow(entry.message);
        entries.append(entry);
        m_nextNumber = message.number + 1;
    }
    return put(entries) && fillUpTo(page.number + 1);
}

/// What was deleted after the page with its quote came is in no file.
void RoomExport::quoteAsItIsNow(ChatMessage &message) const
{
    if (!message.reply)
        return;
    const auto quoted = m_changed.constFind(message.reply->number);
    if (quoted != m_changed.cend() && quoted->id == message.reply->id)
        message.reply = chat::quoteOf(*quoted);
}

/// A host knows of all its numbers what they were given to, a store does not.
bool RoomExport::isMissing(qint64 number) const
{
    return !m_client && !m_known.hold(number, number);
}

/// Numbers that no message has were given to changes, or are missing.
bool RoomExport::fillUpTo(qint64 number)
{
    if (number - m_nextNumber > MaxGap) {
        fail(tr("The host says what cannot be: its numbers do not follow each other."));
        return false;
    }
    while (m_nextNumber < number) {
        QList<ExportEntry> changes;
        for (; m_nextNumber < number && changes.size() < GapAtOnce; ++m_nextNumber) {
            ExportEntry change;
            change.kind = ExportEntry::Kind::Unknown;
            change.message.number = m_nextNumber;
            change.isMissing = isMissing(m_nextNumber);
            changes.append(change);
        }
        if (!put(changes))
            return false;
    }
    return true;
}

bool RoomExport::put(const QList<ExportEntry> &entries)
{
    const auto written = m_writer->write(entries);
    if (!written)
        fail(tr("The file cannot be written: %1").arg(written.error().message));
    return bool(written);
}

} // namespace parlour::client
