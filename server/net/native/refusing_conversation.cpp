// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/refusing_conversation.h"

#include "net/native/native_connection.h"

namespace parlour::server {

RefusingConversation::RefusingConversation(NativeConnection &connection, int status)
    : m_connection(connection)
    , m_status(status)
{
}

void RefusingConversation::begin()
{
    const QByteArray words = m_status == 429 ? "Too many connections from this address"
                                             : "The host is full; try again later";
    m_connection.send(OutputQueue::Kind::Other,
                      refusalAnswer({m_status, words, {{"retry-after", "5"}}}));
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

} // namespace parlour::server
