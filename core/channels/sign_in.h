// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/middleware.h"

#include <functional>

namespace parlour::channels {

/// One conversation as SignIns sees it: knows how far it is, so that it can be closed from outside.
/// Private to SignIns.
class SignIn final : public OutletFilter
{
public:
    using Ended = std::function<void(const SignIn &)>;

    SignIn(const Send &outer, bool isWebsocket, Ended ended);
    SignIn(const SignIn &) = delete;
    SignIn &operator=(const SignIn &) = delete;
    ~SignIn() override;

    void send(const ServerEvent &event) override;
    /// Whether there was something to close: an open WebSocket, a handshake or an answer in parts.
    bool close(int code, const QString &reason);

    QString userId; ///< empty: nobody is signed in

private:
    enum class State { Waiting, OpenSocket, OpenAnswer, Over };

    State m_state = State::Waiting;
    bool m_isWebsocket;
    bool m_isEnding = false; ///< an answer in parts may not begin any more
    Ended m_ended;
};

} // namespace parlour::channels
