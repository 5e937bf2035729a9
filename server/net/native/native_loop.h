// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/admission.h"
#include "net/deadlines.h"
#include "net/native/poller.h"
#include "net/native/tls_stream.h"
#include "net/session.h"

#include <array>

namespace parlour::server {

class NativeConnection;

/// What the connections of one native engine share; implemented by the engine.
class NativeLoop
{
public:
    NativeLoop(ServerContext &sharedContext, Admission &sharedAdmission)
        : context(sharedContext)
        , admission(sharedAdmission)
        , deadlines(sharedContext.clock)
    {
    }
    NativeLoop(const NativeLoop &) = delete;
    NativeLoop &operator=(const NativeLoop &) = delete;
    virtual ~NativeLoop();

    /// Calls its endTurn() at the end of this turn.
    virtual void touched(NativeConnection &connection) = 0;
    /// Destroys it after this turn.
    virtual void gone(NativeConnection &connection) = 0;
    /// Tells the conversation of that connection, if there is one, that it is crowded out.
    virtual void crowdOut(quint64 connection) = 0;

    ServerContext &context;
    Admission &admission;
    Poller poller;
    Deadlines deadlines;
    std::array<char, 65536> readBuffer{};
    TlsWorkspace tls;
};

} // namespace parlour::server
