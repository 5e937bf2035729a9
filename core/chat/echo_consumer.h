// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/websocket_consumer.h"

namespace parlour::chat {

/// Returns each message as it came.
class EchoConsumer final : public channels::WebsocketConsumer
{
public:
    EchoConsumer(const channels::Scope &scope, const channels::Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

private:
    void connected() override
    {
        forgetScope();
        accept();
    }
    void receiveText(const QByteArray &text) override { sendText(text); }
    void receiveBinary(const QByteArray &bytes) override { sendBinary(bytes); }
};

} // namespace parlour::chat
