// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/native/native_connection.h"

#include <utility>

namespace parlour::server {

/// What is the same for every wire over a native connection. Base: an HttpWire or WebsocketWire,
/// constructed from the further arguments.
template <typename WireBase>
class NativeWire : public WireBase
{
public:
    template <typename... Args>
    explicit NativeWire(NativeConnection &connection, Args &&...args)
        : WireBase(std::forward<Args>(args)...)
        , m_connection(connection)
    {
    }

    channels::Backlog backlog() const final { return m_connection.output().backlog(); }
    qint64 pendingBytes() const final { return m_connection.output().bytes(); }

protected:
    NativeConnection &m_connection; ///< outlives its conversations
};

} // namespace parlour::server
