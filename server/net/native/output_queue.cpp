// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/output_queue.h"

#include <algorithm>
#include <array>

namespace parlour::server {

namespace {
constexpr qsizetype SharedFrom = 4096; ///< payloads of this size on are not copied
constexpr qsizetype PieceSize = 16384; ///< copied payloads are joined up to this size

template <typename Entry, qsizetype Own>
void release(QVarLengthArray<Entry, Own> &entries)
{
    while (!entries.isEmpty())
        entries.pop_back();
    if (entries.capacity() > Own) // squeeze() and clear() cost, be there nothing to give back
        entries.squeeze();
}

} // namespace

void OutputQueue::append(Kind kind, QByteArrayView head, const QByteArray &payload)
{
    const bool isShared = payload.size() >= SharedFrom;
    const qsizetype copied = head.size() + (isShared ? 0 : payload.size());
    if (copied > 0) {
        QByteArray &piece = pieceFor(copied);
        const qsizetype at = piece.size();
        piece.resize(at + copied); // within what pieceFor() reserved
        char *end = std::copy(head.begin(), head.end(), piece.data() + at);
        if (!isShared)
            std::copy(payload.begin(), payload.end(), end);
    }
    if (isShared)
        m_pieces.push_back(payload);
    m_added += head.size() + payload.size();
    m_units.push_back({m_added, kind});
    m_messages += kind == Kind::Message ? 1 : 0;
    m_pongs += kind == Kind::Pong ? 1 : 0;
}

// A shared payload is never appended to: that would copy it.
QByteArray &OutputQueue::pieceFor(qsizetype size)
{
    const bool fits = m_firstPiece < m_pieces.size() && m_pieces.back().isDetached()
        && m_pieces.back().size() + size <= PieceSize;
    if (!fits) {
        m_pieces.emplace_back().reserve(size);
    } else if (const qsizetype all = m_pieces.back().size() + size;
               all > m_pieces.back().capacity()) {
        m_pieces.back().reserve(std::min(2 * all, PieceSize));
    }
    return m_pieces.back();
}

ByteStream::Status OutputQueue::writeTo(ByteStream &stream)
{
    auto status = ByteStream::Status::Ok;
    while ((!isEmpty() || stream.hasUnsent()) && status == ByteStream::Status::Ok) {
        std::array<QByteArrayView, 16> views;
        size_t count = 0;
        for (qsizetype i = m_firstPiece; i < m_pieces.size() && count < views.size(); ++i)
            views[count++] = m_pieces[i];
        views[0] = views[0].sliced(m_offset); // which is 0 where there is none
        const auto result = stream.write(std::span(views).first(count));
        status = result.status;
        written(result.bytes, stream.held());
    }
    judge();
    return status;
}

void OutputQueue::written(qint64 count, qint64 held)
{
    m_written += count;
    m_sent = m_written - held;
    removeWrittenPieces(count);
    while (m_firstUnit < m_units.size() && m_units[m_firstUnit].end <= m_sent) {
        const Unit &unit = m_units[m_firstUnit++];
        m_lastEnd = unit.end;
        m_messages -= unit.kind == Kind::Message ? 1 : 0;
        m_pongs -= unit.kind == Kind::Pong ? 1 : 0;
    }
    if (isEmpty())
        releaseMemory();
    else
        forgetDone();
}

void OutputQueue::removeWrittenPieces(qint64 count)
{
    while (count > 0) {
        QByteArray &first = m_pieces[m_firstPiece];
        const qsizetype left = first.size() - m_offset;
        if (count < left) {
            m_offset += static_cast<qsizetype>(count);
            return;
        }
        count -= left;
        first = {};
        m_offset = 0;
        ++m_firstPiece;
    }
}

void OutputQueue::releaseMemory()
{
    release(m_pieces);
    release(m_units);
    m_firstPiece = 0;
    m_firstUnit = 0;
    m_offset = 0;
}

// A queue may never be empty as long as its connection lives. Half at a time, so that an entry is
// moved once on average.
void OutputQueue::forgetDone()
{
    const auto forget = [](auto &entries, qsizetype &first) {
        if (first <= entries.size() / 2)
            return;
        entries.erase(entries.begin(), entries.begin() + first);
        first = 0;
    };
    forget(m_pieces, m_firstPiece);
    forget(m_units, m_firstUnit);
}

void OutputQueue::judge()
{
    m_backlog = {m_messages, bytes()};
}

void OutputQueue::countUnits()
{
    m_messages = 0;
    m_pongs = 0;
    for (qsizetype i = m_firstUnit; i < m_units.size(); ++i) {
        m_messages += m_units[i].kind == Kind::Message ? 1 : 0;
        m_pongs += m_units[i].kind == Kind::Pong ? 1 : 0;
    }
}

void OutputQueue::dropUnbegun()
{
    qint64 end = m_lastEnd;
    qsizetype kept = m_firstUnit;
    while (kept < m_units.size() && (end < m_written || m_units[kept].kind == Kind::Other))
        end = m_units[kept++].end;
    qint64 excess = m_added - end;
    while (excess > 0) {
        QByteArray &last = m_pieces.back();
        const qsizetype held = last.size() - (m_pieces.size() - 1 == m_firstPiece ? m_offset : 0);
        if (excess < held) {
            last.chop(static_cast<qsizetype>(excess));
            break;
        }
        excess -= held;
        m_pieces.pop_back();
    }
    if (m_pieces.size() == m_firstPiece)
        m_offset = 0; // it was of a piece that is gone
    m_units.resize(kept);
    m_added = end;
    countUnits();
    if (isEmpty())
        releaseMemory();
    judge();
}

} // namespace parlour::server
