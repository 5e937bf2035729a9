// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/known_hosts.h"

#include "chat/key_proof.h"
#include "client/logging.h"
#include "client/owner_only.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using channels::Error;
using channels::Expected;

namespace {

constexpr qint64 MaxHostsFileBytes = qint64(16) * 1024 * 1024;
constexpr QLatin1StringView Self("self");
constexpr QLatin1StringView Vouched("vouched");

/// "address sha256-in-hex ms-since-1970 self|vouched"
std::optional<std::pair<QString, KnownKey>> parseLine(const QString &line)
{
    const QStringList parts = line.split(u' ');
    if (parts.size() != 4 || (parts.at(3) != Self && parts.at(3) != Vouched))
        return std::nullopt;
    KnownKey key;
    bool isNumber = false;
    key.fingerprint = QByteArray::fromHex(parts.at(1).toLatin1());
    key.since = parts.at(2).toLongLong(&isNumber);
    key.isVouched = parts.at(3) == Vouched;
    const bool isKey = key.fingerprint.size() == chat::KeySizes::Fingerprint
        && parts.at(1).size() == 2 * chat::KeySizes::Fingerprint;
    if (!isNumber || !isKey || parts.at(0).isEmpty())
        return std::nullopt;
    return std::pair(parts.at(0), key);
}

QByteArray lineOf(const QString &address, const KnownKey &key)
{
    return u"%1 %2 %3 %4\n"_s
        .arg(address, QString::fromLatin1(key.fingerprint.toHex()), QString::number(key.since),
             key.isVouched ? Vouched : Self)
        .toUtf8();
}

} // namespace

Expected<std::shared_ptr<KnownHosts>> KnownHosts::open(const QString &file)
{
    auto hosts = std::make_shared<KnownHosts>();
    hosts->m_file = file;
    if (auto done = hosts->read(); !done)
        return done.error();
    return hosts;
}

Expected<void> KnownHosts::read()
{
    QFile file(m_file);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return Error{u"data"_s, u"%1: cannot be read: %2."_s.arg(m_file, file.errorString())};
    const auto lines = QString::fromUtf8(file.read(MaxHostsFileBytes)).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).isEmpty())
            continue;
        const auto known = parseLine(lines.at(i));
        if (!known || m_keys.size() >= MaxHosts)
            return Error{u"data"_s,
                         u"%1: line %2 names no host with its key. Delete the line: the host is "
                         u"taken for a new one then."_s.arg(m_file)
                             .arg(i + 1)};
        m_keys.insert(known->first, known->second);
    }
    return {};
}

std::optional<KnownKey> KnownHosts::find(const QString &address) const
{
    const auto found = m_keys.constFind(address);
    return found == m_keys.constEnd() ? std::nullopt : std::optional(*found);
}

void KnownHosts::remember(const QString &address, const KnownKey &key)
{
    if (!m_keys.contains(address) && m_keys.size() >= MaxHosts) {
        const auto oldest = std::min_element(
            m_keys.constBegin(), m_keys.constEnd(),
            [](const KnownKey &a, const KnownKey &b) { return a.since < b.since; });
        m_keys.erase(oldest);
    }
    m_keys.insert(address, key);
    write();
}

// At once: the app may be killed. Where it fails the key holds until the app ends.
void KnownHosts::write() const
{
    if (m_file.isEmpty())
        return;
    QStringList addresses = m_keys.keys();
    addresses.sort();
    QSaveFile file(m_file);
    bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(OwnerOnly);
    for (const QString &address : std::as_const(addresses))
        isWritten = isWritten && file.write(lineOf(address, m_keys.value(address))) > 0;
    if (!isWritten || !file.commit())
        qCWarning(log).noquote() << m_file << "cannot be written:" << file.errorString();
}

} // namespace parlour::client
