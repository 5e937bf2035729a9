// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_conversation.h"
#include "net/native/native_wire.h"

namespace parlour::server {

/// HTTP over a native connection.
class NativeHttp final : public NativeWire<HttpConversation>
{
public:
    explicit NativeHttp(NativeConnection &connection);

private:
    void write(const QByteArray &bytes) override;
    void drop(bool resets) override;
    void finish(std::chrono::milliseconds patience) override { m_connection.finish(patience); }
    void setDeadline(std::chrono::milliseconds fromNow) override;
    void clearDeadline() override { m_connection.clearDeadline(); }
    void continueReading() override { m_connection.continueReading(); }
    void becomeWebsocket(const WebsocketUpgrade &upgrade, const channels::Scope &scope) override;
    void crowdOut(quint64 connection) override { m_connection.loop().crowdOut(connection); }
};

} // namespace parlour::server
