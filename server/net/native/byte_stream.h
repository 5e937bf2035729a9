// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <span>

namespace parlour::server {

/// A connected byte stream that never blocks. Owns its descriptor. Twin to come: TLS.
class ByteStream
{
public:
    enum class Status {
        Ok, ///< `bytes` were moved, at least one
        Blocked, ///< nothing can be moved now
        Ended, ///< the peer will send no more
        Broken, ///< the connection is gone
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
    /// Says that no more will be written; reading goes on.
    virtual void endWriting() = 0;
    virtual int descriptor() const = 0;
};

} // namespace parlour::server
