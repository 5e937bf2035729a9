// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/head_parser.h"
#include "net/qt/bridge_socket.h"
#include "net/server_options.h"

#include <optional>

namespace parlour::server {

/// The beginning of a connection on a TLS port: the client's first byte tells whether it speaks
/// TLS, which then begins, or plain text, which is answered with a hint.
class QtOpening
{
public:
    /// Both outlive it.
    QtOpening(BridgeSocket &socket, const ServerOptions &options);

    /// To be called when there is something to read, until it is done.
    void read();
    /// TLS is spoken; what there is to read is the client's words.
    bool isDone() const { return m_socket.isEncrypted(); }
    /// Answers a client that has not said enough in time.
    void giveUp();

private:
    void readPlain();

    BridgeSocket &m_socket;
    const ServerOptions &m_options;
    std::optional<HeadParser> m_plain; ///< of a client that does not speak TLS
};

} // namespace parlour::server
