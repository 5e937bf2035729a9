// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "client/host_address.h"
#include "client/key_guard.h"
#include "client/link_problem.h"
#include "client/socket_options.h"
#include "client/transport_plan.h"

#include <QAbstractSocket>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QSslError;
class QWebSocket;

namespace parlour::client {

/// What a ReconnectingSocket calls.
struct SocketTarget {
    HostAddress address;
    QString path; ///< without a leading slash: "ws/parlour/"
    QString subprotocol; ///< that the host has to choose; empty: none is offered
    QByteArray bearer; ///< sent as "Authorization: Bearer …"; empty: no such header
    KeyTrust trust; ///< which keys of the host will do
};

/// One WebSocket that comes back by itself: it says how the link stands, and carries text frames
/// while it is open. It uses TLS (1.2 or later) where the host speaks it, and says nothing to a
/// host whose key is not the one that is known. What the frames mean is its owner's affair: the
/// owner calls confirm() when the first good one came, and the link is Online only then. Every
/// signal may be answered with any call of this class, but not with its deletion (use
/// deleteLater()).
class ReconnectingSocket : public QObject
{
    Q_OBJECT
public:
    ReconnectingSocket(SocketTarget target, const SocketOptions &options,
                       QObject *parent = nullptr);
    ~ReconnectingSocket() override;

    const chat::Link &link() const { return m_link; }
    /// Waiting: until the next try, from now on; else 0.
    std::chrono::milliseconds retryIn() const;
    const HostAddress &address() const { return m_target.address; }

    /// Starts to connect; does nothing while that goes on or has succeeded.
    void open();
    /// Ends the connection and does not come back until open().
    void close();
    /// Does not wait for the next try: a person asked, or the network came back.
    void retryNow();

    /// The other side is what it should be: Online.
    void confirm();
    /// The other side is a WebSocket, but not what it should be: Refused.
    void refuseAsNoParlour();
    /// Ends the connection, or the attempt, for this reason.
    void refuse(const LinkProblem &problem);
    /// Of the key that the other side has shown in this connection: 32 bytes; empty over plain.
    const QByteArray &shownKey() const { return m_guard.shown().fingerprint; }
    /// What the host said of an end that it announces; the sentence of the link quotes it.
    void quote(const QString &words) { m_words = words; }

    /// False where the socket is not open: nothing was sent.
    bool send(const QByteArray &utf8);
    /// Whether the other side is still there: alive(), or else the link is lost.
    void probe();

Q_SIGNALS:
    /// The handshake is done: speak first, if the protocol says so.
    void opened();
    void received(const QByteArray &utf8);
    /// What probe() asked; what came before it was received() by then.
    void alive();
    void linkChanged(const parlour::chat::Link &link);

private:
    void attempt();
    void connectToHost();
    void connectSignals();
    void checkKey(const QList<QSslError> &errors);
    void handshaken();
    void failed(QAbstractSocket::SocketError error);
    LinkProblem problemOf(QAbstractSocket::SocketError error) const;
    bool isMisunderstood(QAbstractSocket::SocketError error) const;
    bool isTlsUnanswered() const;
    std::optional<LinkProblem> tlsProblem(QAbstractSocket::SocketError error) const;
    void closedByHost();
    bool saidGoodbye() const;
    void endAsClosed();
    void missedDeadline();
    void ping();
    void heard();
    void answerProbe();
    void end(const LinkProblem &problem);
    std::chrono::milliseconds delayAfter(const LinkProblem &problem);
    void dropSocket();
    void changeLink(chat::Link link);

    SocketTarget m_target;
    SocketOptions m_options;
    Backoff m_backoff;
    KeyGuard m_guard;
    TransportPlan m_plan;
    std::optional<LinkProblem> m_plainProblem; ///< for which TLS is tried now
    chat::Link m_link;
    QString m_words;
    QWebSocket *m_socket = nullptr; ///< a child; of the current attempt or connection
    bool m_handshaken = false;
    bool m_wasOnline = false; ///< ever: a host that was one is not called a stranger
    bool m_isProbing = false;
    QElapsedTimer m_onlineSince;
    QTimer m_retry;
    QTimer m_deadline; ///< for the handshake, then for confirm(), then for a pong
    QTimer m_pinging;
};

} // namespace parlour::client
