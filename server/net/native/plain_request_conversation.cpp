// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/native/plain_request_conversation.h"

#include "net/http/tls_hint.h"
#include "net/native/native_connection.h"

namespace parlour::server {

PlainRequestConversation::PlainRequestConversation(NativeConnection &connection)
    : m_connection(connection)
    , m_parser({connection.loop().context.options.maxHeadBytes,
                connection.loop().context.options.maxHeadLines})
{
}

void PlainRequestConversation::begin()
{
    m_connection.setDeadline(m_connection.loop().context.options.headTimeout);
}

qsizetype PlainRequestConversation::receive(QByteArrayView bytes)
{
    const auto taken = m_parser.feed(bytes);
    if (!taken) {
        answer(tlsHint());
    } else if (m_parser.isComplete()) {
        const RequestHead head = m_parser.takeHead();
        m_connection.loop().context.totals.handshakesRefused += head.isUpgrade ? 1 : 0;
        answer(tlsHint(head), head.isHead());
    }
    return bytes.size();
}

void PlainRequestConversation::answer(const HttpRefusal &hint, bool toHead)
{
    m_connection.send(OutputQueue::Kind::Other, refusalAnswer(hint, toHead));
    m_connection.finish(m_connection.loop().context.options.closeTimeout);
}

void PlainRequestConversation::inputEnded()
{
    m_connection.abort();
}

void PlainRequestConversation::deadlinePassed()
{
    answer(tlsHint());
}

void PlainRequestConversation::stop(int, const QString &)
{
    answer(tlsHint());
}

} // namespace parlour::server
