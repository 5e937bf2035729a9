// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/qt/qt_opening.h"

#include "net/http/tls_hint.h"

namespace parlour::server {

namespace {
constexpr char HandshakeRecord = 0x16; ///< the first byte of TLS (RFC 8446, 5.1)
}

QtOpening::QtOpening(BridgeSocket &socket, const ServerOptions &options)
    : m_socket(socket)
    , m_options(options)
{
}

void QtOpening::read()
{
    if (m_plain) {
        readPlain();
        return;
    }
    if (m_socket.mode() != QSslSocket::UnencryptedMode)
        return; // the handshake is under way
    const QByteArray first = m_socket.peek(1);
    if (first.isEmpty())
        return;
    if (first.front() == HandshakeRecord) {
        m_socket.startServerEncryption();
    } else {
        m_plain.emplace(HeadLimits{m_options.maxHeadBytes, m_options.maxHeadLines});
        readPlain();
    }
}

void QtOpening::readPlain()
{
    const auto taken = m_plain->feed(m_socket.readAll());
    if (taken && !m_plain->isComplete())
        return;
    const RequestHead head = taken ? m_plain->takeHead() : RequestHead{};
    m_socket.send(refusalAnswer(taken ? tlsHint(head) : tlsHint(), head.isHead()));
    m_socket.close();
}

void QtOpening::giveUp()
{
    if (!m_plain) {
        m_socket.vanish();
        return;
    }
    m_socket.send(refusalAnswer(tlsHint()));
    m_socket.close();
}

} // namespace parlour::server
