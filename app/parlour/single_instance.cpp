// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "single_instance.h"

#include <QCryptographicHash>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QFileInfo>

namespace parlour {

using namespace Qt::StringLiterals;

namespace {

constexpr int AnswerTimeout = 3000; ///< ms; a second start waits no longer

QString service()
{
    return u"io.github.parlour.Parlour"_s;
}
QString object()
{
    return u"/io/github/parlour/Parlour"_s;
}

QString serviceOf(const QString &dataFolder)
{
    const QByteArray hash =
        QCryptographicHash::hash(dataFolder.toUtf8(), QCryptographicHash::Sha256);
    return service() + u".d"_s + QString::fromLatin1(hash.toHex().left(16));
}

} // namespace

SingleInstance::SingleInstance(const QString &dataFolder, QObject *parent)
    : QObject(parent)
    , m_service(serviceOf(QFileInfo(dataFolder).canonicalFilePath()))
{
}

bool SingleInstance::activateOther(const QString &join) const
{
    auto call =
        QDBusMessage::createMethodCall(m_service, object(), u"org.freedesktop.Application"_s,
                                       join.isEmpty() ? u"Activate"_s : u"Open"_s);
    if (!join.isEmpty())
        call << QStringList{join};
    call << QVariantMap();
    const auto reply = QDBusConnection::sessionBus().call(call, QDBus::Block, AnswerTimeout);
    return reply.type() == QDBusMessage::ReplyMessage;
}

void SingleInstance::publish()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.registerObject(object(), this, QDBusConnection::ExportAllSlots);
    bus.registerService(m_service);
    bus.registerService(service()); // the first instance of all is the one that the desktop finds
}

void SingleInstance::Activate(const QVariantMap &platformData)
{
    Q_UNUSED(platformData)
    Q_EMIT activated();
}

void SingleInstance::Open(const QStringList &uris, const QVariantMap &platformData)
{
    Activate(platformData);
    if (!uris.isEmpty())
        Q_EMIT joinRequested(uris.constFirst());
}

} // namespace parlour
