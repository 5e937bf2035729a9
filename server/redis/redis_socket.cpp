// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_socket.h"

#include <QFile>
#include <QLocalSocket>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace parlour::redis {

namespace {

/// What one read may bring, and what waits in memory; the rest waits at Redis.
constexpr qint64 ReadBufferSize = qint64(1024) * 1024;

QSslKey keyIn(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray pem = file.readAll();
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}

/// What is wrong with the files; empty: nothing.
QString configure(QSslSocket &socket, const RedisAddress &address)
{
    auto configuration = socket.sslConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!address.caFile.isEmpty()) {
        const auto trusted = QSslCertificate::fromPath(address.caFile);
        if (trusted.isEmpty())
            return u"no certificate can be read from %1 (ssl_ca_certs)"_s.arg(address.caFile);
        configuration.setCaCertificates(trusted);
    }
    if (!address.certificateFile.isEmpty()) {
        const auto own = QSslCertificate::fromPath(address.certificateFile);
        const auto key = keyIn(address.keyFile);
        if (own.isEmpty() || key.isNull())
            return u"no certificate and key can be read from %1 and %2 (ssl_certfile, ssl_keyfile)"_s
                .arg(address.certificateFile, address.keyFile);
        configuration.setLocalCertificateChain(own);
        configuration.setPrivateKey(key);
    }
    socket.setSslConfiguration(configuration);
    return {};
}

} // namespace

RedisSocket::RedisSocket(const RedisAddress &address)
    : m_address(address)
{
}

void RedisSocket::open()
{
    switch (m_address.transport) {
    case RedisAddress::Transport::Tcp:
        return openTcp();
    case RedisAddress::Transport::Tls:
        return openTls();
    case RedisAddress::Transport::Unix:
        return openUnix();
    }
}

void RedisSocket::openTcp()
{
    auto *socket = new QTcpSocket(this);
    watch(*socket);
    connect(socket, &QTcpSocket::connected, this, &RedisSocket::opened);
    socket->connectToHost(m_address.host, m_address.port);
}

void RedisSocket::openTls()
{
    auto *socket = new QSslSocket(this);
    watch(*socket);
    connect(socket, &QSslSocket::encrypted, this, &RedisSocket::opened);
    connect(socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        end(u"the certificate of Redis is not to be trusted: %1 (ssl_ca_certs names a file with "
            "who has signed it)"_s.arg(errors.value(0).errorString()));
    });
    if (const QString problem = configure(*socket, m_address); !problem.isEmpty())
        return end(problem);
    socket->connectToHostEncrypted(m_address.host, m_address.port);
}

void RedisSocket::openUnix()
{
    auto *socket = new QLocalSocket(this);
    m_device = socket;
    socket->setReadBufferSize(ReadBufferSize);
    connect(socket, &QLocalSocket::readyRead, this, &RedisSocket::readable);
    connect(socket, &QLocalSocket::errorOccurred, this,
            [this, socket](QLocalSocket::LocalSocketError error) {
                // Qt's own words repeat the name of a function of ours.
                end(error == QLocalSocket::PeerClosedError ? u"Redis ended the connection"_s
                        : error == QLocalSocket::ServerNotFoundError ? u"there is no such socket"_s
                        : error == QLocalSocket::ConnectionRefusedError
                        ? u"nobody listens at this socket"_s
                        : error == QLocalSocket::SocketAccessError
                        ? u"this program may not open this socket"_s
                        : socket->errorString());
            });
    connect(socket, &QLocalSocket::disconnected, this,
            [this] { end(u"Redis ended the connection"_s); });
    connect(socket, &QLocalSocket::connected, this, &RedisSocket::opened);
    socket->connectToServer(m_address.path);
}

void RedisSocket::watch(QAbstractSocket &socket)
{
    m_device = &socket;
    socket.setReadBufferSize(ReadBufferSize);
    connect(&socket, &QAbstractSocket::readyRead, this, &RedisSocket::readable);
    connect(&socket, &QAbstractSocket::connected, this,
            [&socket] { socket.setSocketOption(QAbstractSocket::LowDelayOption, 1); });
    connect(&socket, &QAbstractSocket::errorOccurred, this,
            [this, &socket](QAbstractSocket::SocketError error) {
                end(error == QAbstractSocket::RemoteHostClosedError
                        ? u"Redis ended the connection"_s
                        : socket.errorString());
            });
    connect(&socket, &QAbstractSocket::disconnected, this,
            [this] { end(u"Redis ended the connection"_s); });
}

void RedisSocket::write(const QByteArray &bytes)
{
    m_device->write(bytes);
}

void RedisSocket::sendNow()
{
    if (auto *socket = qobject_cast<QAbstractSocket *>(m_device))
        socket->flush();
    else if (auto *local = qobject_cast<QLocalSocket *>(m_device))
        local->flush();
    m_device->readAll();
}

QByteArray RedisSocket::read()
{
    return m_device->readAll();
}

void RedisSocket::end(const QString &problem)
{
    if (std::exchange(m_hasEnded, true))
        return;
    Q_EMIT ended(problem);
}

} // namespace parlour::redis
