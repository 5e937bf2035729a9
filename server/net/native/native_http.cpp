// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/native_http.h"

#include "net/native/websocket_conversation.h"

namespace parlour::server {

NativeHttp::NativeHttp(NativeConnection &connection)
    : NativeWire(connection, connection.loop().context, connection.loop().admission,
                 connection.info(), connection.ends())
{
}

void NativeHttp::write(const QByteArray &bytes)
{
    m_connection.send(OutputQueue::Kind::Other, {}, bytes);
}

void NativeHttp::drop(bool resets)
{
    m_connection.flushEarly();
    m_connection.abort(resets);
}

void NativeHttp::setDeadline(std::chrono::milliseconds fromNow)
{
    m_connection.setDeadline(fromNow);
}

void NativeHttp::becomeWebsocket(const WebsocketUpgrade &upgrade, const channels::Scope &scope)
{
    m_connection.become(std::make_unique<WebsocketConversation>(m_connection, upgrade, scope));
}

} // namespace parlour::server
