// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_refusal.h"
#include "net/http/request_head.h"

#include <QByteArray>

namespace parlour::server {

/// Reads the body behind a head, plain or chunked. Chunk extensions and trailers are read over,
/// within bounds. No socket in it.
class BodyReader
{
public:
    /// 413 where the head already announces more than `maxBytes`.
    static OrRefusal<BodyReader> forHead(const RequestHead &head, qint64 maxBytes);

    /// Appends the content in `bytes` to `content` and says how many bytes were the body's: all of
    /// them, unless the body is complete now. 400 for bad chunks, 413 for more than `maxBytes`.
    OrRefusal<qsizetype> feed(QByteArrayView bytes, QByteArray &content);

    bool isComplete() const { return m_state == State::Complete; }

private:
    enum class State { Content, SizeLine, ChunkEnd, Trailers, Complete };

    BodyReader(const RequestHead &head, qint64 maxBytes);

    OrRefusal<qsizetype> feedLine(QByteArrayView bytes);
    OrRefusal<void> endLine();
    OrRefusal<void> startChunk();

    State m_state = State::Content;
    bool m_chunked = false;
    qint64 m_room; ///< bytes of content that may still come
    qint64 m_left = 0; ///< bytes of content until the chunk or the body ends
    QByteArray m_line; ///< the unfinished size line, chunk end or trailer
    int m_extras = 0; ///< bytes of extensions and trailers so far
};

} // namespace parlour::server
