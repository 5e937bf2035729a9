// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/refusing_conversation.h"

#include "net/native/native_connection.h"

namespace parlour::server {

RefusingConversation::RefusingConversation(NativeConnection &connection, HttpRefusal refusal)
    : m_connection(connection)
    , m_refusal(std::move(refusal))
{
}

void RefusingConversation::begin()
{
    m_connection.send(OutputQueue::Kind::Other, refusalAnswer(m_refusal));
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

} // namespace parlour::server
