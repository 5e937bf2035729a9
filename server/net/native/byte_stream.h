// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <span>

namespace parlour::server {

/// A connected byte stream that never blocks. Owns its descriptor. Twins: PlainStream, TlsStream.
class ByteStream
{
public:
    enum class Status {
        Ok, ///< `bytes` were moved, at least one
        Blocked, ///< nothing can be moved now
        Ended, ///< the peer will send no more
        Broken, ///< the connection is gone
    };
    enum class Opening {
        Open,
        Pending, ///< the handshake is under way; nothing may be written yet
        NotTls, ///< open, but the client does not speak what is spoken here
    };
    struct Result {
        Status status;
        qsizetype bytes = 0;
    };

    ByteStream() = default;
    ByteStream(const ByteStream &) = delete;
    ByteStream &operator=(const ByteStream &) = delete;
    virtual ~ByteStream();

    virtual Result read(char *buffer, qsizetype size) = 0;
    /// Writes the pieces in order, in one call to the system where it can; may take a part.
    virtual Result write(std::span<const QByteArrayView> pieces) = 0;
    /// Says that no more will be written; reading goes on. Blocked: ask again when the descriptor
    /// can be written.
    virtual Status endWriting() = 0;
    virtual int descriptor() const = 0;

    virtual Opening opening() const { return Opening::Open; }
    /// read() has something to say without the descriptor.
    virtual bool hasMore() const { return false; }
    /// Bytes that write() took and the system has not; they can be dropped no more.
    virtual qint64 held() const { return 0; }
    /// A write(), be it of nothing, is due when the descriptor can be written.
    virtual bool hasUnsent() const { return false; }
};

} // namespace parlour::server
