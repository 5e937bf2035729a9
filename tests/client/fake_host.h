// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/host_address.h"
#include "client/host_client.h"
#include "tls/tls_identity.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QPointer>
#include <QSslServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>
#include <memory>

namespace parlour::tests {

/// A scripted host: a QWebSocketServer that keeps what clients send and answers what the test
/// told it to. Nothing of our own server or chat is in it.
class FakeHost : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<void(FakeHost &host, const QJsonObject &frame)>;

    /// `subprotocols`: what the host can choose from. It speaks TLS where `identity` has a key.
    explicit FakeHost(const QStringList &subprotocols = {QStringLiteral("parlour.v1")},
                      const server::TlsIdentity &identity = {});

    /// Listens (again) on the same port.
    void start();
    /// Nobody listens any more; open connections end without a Close frame.
    void vanish();

    /// The open connection stays, but nothing is read from it any more: no pong either.
    void freeze() { m_tcpSocket->blockSignals(true); }

    client::HostAddress address() const;
    /// What is called for each frame of a client; from the start it welcomes and lets into rooms.
    void setAnswer(const Answer &answer) { m_answer = answer; }
    /// The usual answers: welcome, joined with what was missed and members, parts and pages of
    /// history, left, and the echo of a say, an edit, a delete or a reaction.
    static void answerAsHost(FakeHost &host, const QJsonObject &frame);

    /// Puts a message into the log of a room, which numbers it; a known id is there already.
    QJsonObject keep(const QString &room, const QString &id, const QString &text);
    /// Puts a change into the log: members of a known message are set so from now on. The frame
    /// that tells it.
    QJsonObject change(const QString &room, const QString &id, const QString &of,
                       const QJsonObject &members, const QString &what = QStringLiteral("edit"));
    /// Keeps a message and sends it.
    void say(const QString &room, const QString &id, const QString &text);
    /// The next ones to come are numbered in another epoch, and those before are forgotten.
    void wipe(const QString &epoch);
    /// How many numbers there are in a part of what was missed, or messages in a page.
    int partSize = 200;
    /// A host of before changes does not say which numbers a part or page covers.
    bool saysNumbers = true;

    void send(const QJsonObject &frame);
    void sendRaw(const QString &text);
    void close(int code, const QString &reason = {});
    /// Closes, and ends the connection without waiting for an answer.
    void closeAndEnd(int code, const QByteArray &reason);

    int connections() const { return m_connections; }
    QWebSocket *socket() const { return m_socket; }
    QList<QJsonObject> received() const { return m_received; }
    QList<QJsonObject> received(const QString &type) const;
    void forgetReceived() { m_received.clear(); }

private:
    void accept();
    void answerJoin(const QJsonObject &frame);
    void answerChange(const QJsonObject &frame);
    void sendPart(const QString &room, const QJsonObject &position, const QString &number);
    void sendPage(const QString &room, qint64 before, qint64 count);
    void sendHistory(const QString &room, qint64 first, qint64 end, const QJsonObject &more);

    void take(QTcpSocket *socket);

    std::unique_ptr<QTcpServer> m_tcp;
    QWebSocketServer m_server;
    QPointer<QTcpSocket> m_tcpSocket; ///< under m_socket
    quint16 m_port = 0;
    Answer m_answer;
    QPointer<QWebSocket> m_socket; ///< of the client that came last
    QList<QJsonObject> m_received;
    QString m_epoch = QStringLiteral("e-1");
    QHash<QString, QJsonArray> m_logs; ///< by room, messages and changes; numbers begin at 1
    int m_connections = 0;
};

/// Options that do not keep a test waiting.
client::ClientOptions quickOptions(const QString &name = QStringLiteral("Ann"));

/// Of every challenge of a FakeHost.
inline const QByteArray Nonce = QByteArray(32, 'n');
QString base64Url(const QByteArray &bytes);

QJsonObject welcomeFrame(const QString &name = QStringLiteral("Ann"));
QJsonObject messageFrame(const QString &room, const QString &id, const QString &text,
                         qint64 number = 1, const QString &epoch = QStringLiteral("e-1"));

} // namespace parlour::tests
