// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/opening_conversation.h"

#include "net/native/native_connection.h"
#include "net/native/plain_request_conversation.h"

namespace parlour::server {

OpeningConversation::OpeningConversation(NativeConnection &connection,
                                         std::unique_ptr<Conversation> next)
    : m_connection(connection)
    , m_next(std::move(next))
{
}

OpeningConversation::~OpeningConversation() = default;

// It is no unfinished head: where many come back at once, they wait for us.
void OpeningConversation::begin()
{
    m_connection.setDeadline(m_connection.loop().context.options.tlsHandshakeTimeout);
}

qsizetype OpeningConversation::receive(QByteArrayView)
{
    proceed();
    return 0;
}

void OpeningConversation::settle()
{
    if (m_next && m_connection.opening() != ByteStream::Opening::Pending) {
        proceed();
        m_connection.continueReading();
    }
}

void OpeningConversation::proceed()
{
    if (!m_next)
        return;
    m_connection.clearDeadline();
    if (m_connection.opening() == ByteStream::Opening::NotTls)
        m_next = std::make_unique<PlainRequestConversation>(m_connection);
    m_connection.become(std::move(m_next));
}

void OpeningConversation::inputEnded()
{
    m_connection.abort();
}

void OpeningConversation::deadlinePassed()
{
    m_connection.abort();
}

void OpeningConversation::stop(int, const QString &)
{
    m_connection.abort();
}

} // namespace parlour::server
