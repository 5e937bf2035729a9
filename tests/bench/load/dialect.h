// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace parlour::bench {

/// What the clients of one chat say and hear. A message's text is the caller's.
class Dialect
{
public:
    virtual ~Dialect();

    /// The target of the handshake for that room.
    virtual std::string path(const std::string &room) const = 0;
    virtual std::string subprotocol() const { return {}; }
    /// What a client says first; empty: nothing, and it is in the room as soon as it is connected.
    virtual std::string greeting(int client) const;
    /// Whether this frame says that the client is in its room now.
    virtual bool isWelcome(std::string_view frame) const;
    virtual std::string message(const std::string &room, std::string_view text) const = 0;
    /// Whether this frame delivers a message.
    virtual bool isDelivery(std::string_view) const { return true; }
    /// What has to be answered to this frame, or nothing.
    virtual std::string answer(std::string_view) const { return {}; }
};

/// Of that name: plain (the Django tutorial), echo, parlour (parlour.v1), socket.io. Null: unknown.
std::unique_ptr<Dialect> makeDialect(std::string_view name);

} // namespace parlour::bench
