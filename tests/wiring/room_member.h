// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace parlour::tests {

/// Somebody in a room, who keeps what was heard.
class RoomMember
{
public:
    RoomMember(quint16 port, const QString &name, const QString &token = {},
               const QString &room = QStringLiteral("general"))
    {
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket,
                         [this](const QString &text) {
                             m_heard.append(QJsonDocument::fromJson(text.toUtf8()).object());
                         });
        QObject::connect(&m_socket, &QWebSocket::connected, &m_socket, [this, name, token] {
            send({{QStringLiteral("type"), QStringLiteral("hello")},
                  {QStringLiteral("name"), name},
                  {QStringLiteral("token"), token}});
        });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("parlour.v1")});
        m_socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/chat/%2/").arg(port).arg(room)),
                      options);
    }

    void say(const QString &id, const QString &text)
    {
        send({{QStringLiteral("type"), QStringLiteral("say")},
              {QStringLiteral("room"), QStringLiteral("general")},
              {QStringLiteral("id"), id},
              {QStringLiteral("text"), text}});
    }
    /// The last frame of this type; empty: there was none.
    QJsonObject last(const QString &type) const
    {
        for (auto frame = m_heard.crbegin(); frame != m_heard.crend(); ++frame)
            if (frame->value(QLatin1String("type")).toString() == type)
                return *frame;
        return {};
    }
    bool has(const QString &type) const { return !last(type).isEmpty(); }
    QString token() const
    {
        return last(QStringLiteral("welcome")).value(QLatin1String("token")).toString();
    }
    QString id() const
    {
        return last(QStringLiteral("welcome"))[QLatin1String("person")][QLatin1String("id")]
            .toString();
    }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    int closeCode() const { return isOpen() ? 0 : int(m_socket.closeCode()); }

private:
    void send(const QJsonObject &frame)
    {
        m_socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }

    QWebSocket m_socket;
    QList<QJsonObject> m_heard;
};

} // namespace parlour::tests
