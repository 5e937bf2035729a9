// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/native/byte_stream.h"

namespace parlour::server {

/// A TCP socket.
class PlainStream final : public ByteStream
{
public:
    /// Takes a connected, non-blocking descriptor and owns it.
    explicit PlainStream(int descriptor);
    ~PlainStream() override;

    Result read(char *buffer, qsizetype size) override;
    Result write(std::span<const QByteArrayView> pieces) override;
    Status endWriting() override;
    int descriptor() const override { return m_descriptor; }

private:
    int m_descriptor;
};

} // namespace parlour::server
