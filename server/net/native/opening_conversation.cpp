// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/opening_conversation.h"

#include "net/native/native_connection.h"
#include "net/native/plain_request_conversation.h"

#include <algorithm>

namespace parlour::server {

namespace {
constexpr auto SlowAfter = 1s; ///< a handshake unfinished for so long counts as an unfinished head
}

OpeningConversation::OpeningConversation(NativeConnection &connection,
                                         std::unique_ptr<Conversation> next)
    : m_connection(connection)
    , m_next(std::move(next))
{
}

OpeningConversation::~OpeningConversation() = default;

void OpeningConversation::begin()
{
    const auto whole = m_connection.loop().context.options.tlsHandshakeTimeout;
    m_isSlow = whole <= SlowAfter;
    m_connection.setDeadline(std::min<std::chrono::milliseconds>(SlowAfter, whole));
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
    m_connection.loop().admission.headIsDone(m_connection.ends().client.address,
                                             m_connection.ends().connection);
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
    if (m_isSlow) {
        m_connection.abort();
        return;
    }
    m_isSlow = true;
    NativeLoop &loop = m_connection.loop();
    m_connection.setDeadline(loop.context.options.tlsHandshakeTimeout - SlowAfter);
    const auto excess = loop.admission.headIsSlow(m_connection.ends().client.address,
                                                  m_connection.ends().connection);
    if (excess)
        loop.cut(*excess);
}

void OpeningConversation::stop(int, const QString &)
{
    m_connection.abort();
}

} // namespace parlour::server
