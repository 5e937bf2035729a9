// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/admission.h"
#include "net/deadlines.h"
#include "net/session.h"

#include <QWebSocketServer>

namespace parlour::server {

class QtConnection;

/// What the connections of one Qt engine share; implemented by the engine.
class QtLoop
{
public:
    QtLoop(ServerContext &sharedContext, Admission &sharedAdmission);
    QtLoop(const QtLoop &) = delete;
    QtLoop &operator=(const QtLoop &) = delete;
    virtual ~QtLoop();

    /// Calls its endTurn() at the end of this turn.
    virtual void touched(QtConnection &connection) = 0;
    /// Tells the conversation of that connection, if there is one, that it is crowded out.
    virtual void crowdOut(quint64 connection) = 0;

    ServerContext &context;
    Admission &admission;
    Deadlines deadlines;
    QWebSocketServer webSockets; ///< never listens: it is handed sockets
};

} // namespace parlour::server
