// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/native/native_connection.h"

namespace parlour::server {

/// What is the same for every wire (HttpWire, WebsocketWire) over a native connection.
template <typename WireBase>
class NativeWire : public WireBase
{
public:
    explicit NativeWire(NativeConnection &connection)
        : m_connection(connection)
    {
    }

    channels::Backlog backlog() const final { return m_connection.output().backlog(); }
    qint64 pendingBytes() const final { return m_connection.output().bytes(); }

protected:
    NativeConnection &m_connection; ///< outlives its conversations
};

} // namespace parlour::server
