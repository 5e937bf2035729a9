// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_identity.h"

#include "wiring/data_folder.h"
#include "wiring/own_addresses.h"

#include <QFile>
#include <QHostAddress>
#include <QSaveFile>

#include <algorithm>

namespace parlour::wiring {

using channels::Error;
using channels::Expected;
using server::TlsIdentity;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MaxFile = qint64(1024) * 1024;

Error unusable(const QString &file, const QString &words)
{
    return {u"data"_s, u"%1: %2."_s.arg(file, words)};
}

Expected<QByteArray> contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return unusable(name, u"cannot be read: "_s + file.errorString());
    if (file.size() > MaxFile)
        return unusable(name, u"is too big for a certificate or key"_s);
    return file.readAll();
}

Expected<void> write(const QString &name, const QByteArray &content)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OwnerOnly)
        || file.write(content) != content.size() || !file.commit())
        return unusable(name, u"cannot be written: "_s + file.errorString());
    return {};
}

Expected<TlsIdentity> read(const QString &certificateFile, const QString &keyFile)
{
    const auto certificate = contentOf(certificateFile);
    if (!certificate)
        return certificate.error();
    const auto key = contentOf(keyFile);
    if (!key)
        return key.error();
    TlsIdentity identity{*certificate, *key};
    if (const auto sound = server::checkTlsIdentity(identity); !sound)
        return unusable(sound.error().code == "key"_L1 ? keyFile : certificateFile,
                        sound.error().message);
    return identity;
}

Expected<TlsIdentity> make(const HostConfig &config)
{
    server::TlsSubject subject;
    if (!config.title.isEmpty())
        subject.title = config.title;
    subject.names = OwnAddresses::names() + config.allowedHosts + OwnAddresses::reachable();
    return server::makeTlsIdentity(subject);
}

/// The key is written first: a certificate whose key was lost would be of no use.
Expected<TlsIdentity> makeIn(const HostConfig &config, const QString &certificateFile,
                             const QString &keyFile)
{
    const auto made = make(config);
    if (!made)
        return unusable(certificateFile, made.error().message);
    if (const auto written = write(keyFile, made->key); !written)
        return written.error();
    if (const auto written = write(certificateFile, made->certificate); !written)
        return written.error();
    return made;
}

} // namespace

server::Transport transportAt(const HostConfig &config, const channels::Endpoint &endpoint)
{
    const bool isTls = config.encryption == Encryption::Always
        || (config.encryption == Encryption::OnNetwork
            && !QHostAddress(endpoint.address).isLoopback());
    return isTls ? server::Transport::Tls : server::Transport::Plain;
}

bool needsIdentity(const HostConfig &config)
{
    return std::any_of(config.listen.begin(), config.listen.end(), [&](const auto &endpoint) {
        return transportAt(config, endpoint) == server::Transport::Tls;
    });
}

Expected<TlsIdentity> hostIdentity(const HostConfig &config, const DataFolder *folder)
{
    if (!config.certificateFile.isEmpty())
        return read(config.certificateFile, config.keyFile);
    if (!folder)
        return make(config);
    const QString certificateFile = folder->filePath(u"tls.crt"_s);
    const QString keyFile = folder->filePath(u"tls.key"_s);
    if (!QFile::exists(certificateFile) && !QFile::exists(keyFile))
        return makeIn(config, certificateFile, keyFile);
    auto kept = read(certificateFile, keyFile);
    if (kept)
        return kept;
    return Error{u"data"_s,
                 kept.error().message
                     + u" Restore it, or delete both %1 and %2 to get new ones, which everybody "
                       u"who knows this host has to accept."_s.arg(certificateFile, keyFile)};
}

} // namespace parlour::wiring
