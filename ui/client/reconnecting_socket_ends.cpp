// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// Why an attempt or a connection ends, and whether the host may understand another attempt.
#include "chat/close_codes.h"
#include "client/reconnecting_socket.h"

#include <QWebSocket>

namespace parlour::client {

using chat::LinkState;

void ReconnectingSocket::missedDeadline()
{
    const QString where = m_target.address.display();
    if (m_link.state == LinkState::Online)
        end(LinkProblem::silent(where));
    else if (m_handshaken && !m_wasOnline)
        end(LinkProblem::notParlour(where));
    else if (isTlsUnanswered() && m_plan.fallBack())
        connectToHost();
    else
        end(LinkProblem::noAnswer(where));
}

void ReconnectingSocket::failed(QAbstractSocket::SocketError error)
{
    // Over TLS the end may come in one read with the Close frame, and Qt tells it as an error.
    if (error == QAbstractSocket::RemoteHostClosedError && saidGoodbye())
        return endAsClosed();
    const LinkProblem problem = problemOf(error);
    if (isMisunderstood(error) && m_plan.fallBack()) {
        if (m_plan.isTls())
            m_plainProblem = problem;
        return connectToHost();
    }
    // Where TLS was the second thing to be tried, it is the first that tells what is there.
    end(tlsProblem(error) && m_plainProblem ? *m_plainProblem : problem);
}

LinkProblem ReconnectingSocket::problemOf(QAbstractSocket::SocketError error) const
{
    const QString where = m_target.address.display();
    const QString detail = m_socket->errorString();
    if (const auto ofTls = tlsProblem(error))
        return *ofTls;
    // QWebSocket calls a refused handshake ConnectionRefusedError too.
    if (!m_handshaken && m_socket->peerPort() != 0)
        return LinkProblem::ofHandshake(LinkProblem::httpStatusIn(detail), where);
    return LinkProblem::ofSocket(error, where, detail);
}

/// Whether the host may understand the other of TLS and plain.
bool ReconnectingSocket::isMisunderstood(QAbstractSocket::SocketError error) const
{
    if (m_handshaken || m_guard.before())
        return false;
    if (m_plan.isTls())
        return tlsProblem(error).has_value();
    // A port of TLS is silent, says so, or answers what is no HTTP.
    const int status = LinkProblem::httpStatusIn(m_socket->errorString());
    const bool isReached = m_socket->peerPort() != 0;
    return error == QAbstractSocket::RemoteHostClosedError
        || (isReached && (status == 0 || status == 301 || status == 308 || status == 400));
}

/// Somebody is there, and waits for more of what it takes for a line of text.
bool ReconnectingSocket::isTlsUnanswered() const
{
    return m_plan.isTls() && m_socket->peerPort() != 0 && shownKey().isEmpty();
}

/// What went wrong before TLS was there; nothing where TLS is not to blame.
std::optional<LinkProblem> ReconnectingSocket::tlsProblem(QAbstractSocket::SocketError error) const
{
    const QString where = m_target.address.display();
    if (!m_plan.isTls() || m_handshaken)
        return std::nullopt;
    if (m_guard.before())
        return LinkProblem::changedKey(where, *m_guard.before(), m_guard.shown());
    const bool isShown = !m_guard.shown().fingerprint.isEmpty();
    if (error == QAbstractSocket::SslHandshakeFailedError)
        return m_guard.isPinned() ? LinkProblem::noTlsAnyMore(where) : LinkProblem::noTls(where);
    if (error == QAbstractSocket::RemoteHostClosedError && !isShown)
        return LinkProblem::brokenTls(where);
    return std::nullopt;
}

void ReconnectingSocket::closedByHost()
{
    // Before the handshake, and where TCP ended without a Close frame, failed() knows more.
    if (m_handshaken && m_socket->error() == QAbstractSocket::UnknownSocketError)
        endAsClosed();
}

/// Whether a Close frame came that tells more than that the connection ended.
bool ReconnectingSocket::saidGoodbye() const
{
    const int code = m_socket->closeCode();
    return m_handshaken && code != chat::close_code::Normal && code != chat::close_code::Abnormal;
}

void ReconnectingSocket::endAsClosed()
{
    const QString words = m_words.isEmpty() ? m_socket->closeReason() : m_words;
    end(LinkProblem::ofClose(m_socket->closeCode(), words, m_target.address.display()));
}

} // namespace parlour::client
