// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/settings.h"

#include <QFile>
#include <QSettings>

#include <algorithm>

namespace parlour::wiring {

using namespace Qt::StringLiterals;

namespace {

/// QSettings keeps the mode of a file that is there; one that it makes, others could read at first.
QString madePrivate(const QString &path)
{
    constexpr auto Own = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, Own))
        file.setPermissions(Own);
    return path;
}

} // namespace

Settings::Settings(const QString &file)
    : m_file(std::make_unique<QSettings>(madePrivate(file), QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QString Settings::name() const
{
    return m_file->value(u"name"_s).toString();
}

void Settings::setName(const QString &name)
{
    write(u"name"_s, name);
}

QList<RecentHost> Settings::recentHosts() const
{
    QList<RecentHost> hosts;
    const int count = std::min(m_file->beginReadArray(u"recent"_s), MaxRecent);
    for (int i = 0; i < count; ++i) {
        m_file->setArrayIndex(i);
        hosts.append({m_file->value(u"address"_s).toString(), m_file->value(u"title"_s).toString(),
                      m_file->value(u"lastUsed"_s).toLongLong()});
    }
    m_file->endArray();
    hosts.removeIf([](const RecentHost &host) { return host.address.isEmpty(); });
    return hosts;
}

void Settings::rememberHost(const RecentHost &host)
{
    QList<RecentHost> hosts = recentHosts();
    hosts.removeIf([&](const RecentHost &known) { return known.address == host.address; });
    hosts.prepend(host);
    writeRecent(hosts.mid(0, MaxRecent));
}

void Settings::forgetHost(const QString &address)
{
    QList<RecentHost> hosts = recentHosts();
    hosts.removeIf([&](const RecentHost &known) { return known.address == address; });
    m_file->remove(hostKey(address, {}));
    writeRecent(hosts);
}

QStringList Settings::openHosts() const
{
    return m_file->value(u"open"_s).toStringList();
}

void Settings::setOpen(const QString &address, bool isOpen)
{
    QStringList open = openHosts();
    if (open.contains(address) == isOpen)
        return;
    if (isOpen)
        open.append(address);
    else
        open.removeOne(address);
    write(u"open"_s, open.mid(0, MaxRecent));
}

QStringList Settings::joinedRooms(const QString &address) const
{
    return m_file->value(hostKey(address, u"rooms"_s)).toStringList();
}

void Settings::setJoinedRooms(const QString &address, const QStringList &rooms)
{
    write(hostKey(address, u"rooms"_s), rooms);
}

HostingChoice Settings::hosting() const
{
    HostingChoice choice;
    choice.title = m_file->value(u"hosting/title"_s).toString();
    choice.port = static_cast<quint16>(m_file->value(u"hosting/port"_s, choice.port).toUInt());
    choice.network = m_file->value(u"hosting/network"_s, choice.network).toBool();
    return choice;
}

void Settings::setHosting(const HostingChoice &choice)
{
    write(u"hosting/title"_s, choice.title);
    write(u"hosting/port"_s, choice.port);
    write(u"hosting/network"_s, choice.network);
}

SharingChoice Settings::sharing() const
{
    const SharingChoice usual;
    const auto number = [this](const QString &key, int fallback) {
        return std::max(1, m_file->value(key, fallback).toInt());
    };
    SharingChoice choice;
    choice.isOn = m_file->value(u"sharing/on"_s, usual.isOn).toBool();
    choice.addresses = m_file->value(u"sharing/redis"_s).toString();
    choice.layer = m_file->value(u"sharing/layer"_s, usual.layer).toString();
    choice.prefix = m_file->value(u"sharing/prefix"_s, usual.prefix).toString();
    choice.capacity = number(u"sharing/capacity"_s, usual.capacity);
    choice.expiry =
        std::chrono::seconds(number(u"sharing/expiry"_s, static_cast<int>(usual.expiry.count())));
    choice.key = m_file->value(u"sharing/key"_s).toString();
    return choice;
}

void Settings::setSharing(const SharingChoice &choice)
{
    write(u"sharing/on"_s, choice.isOn);
    write(u"sharing/redis"_s, choice.addresses);
    write(u"sharing/layer"_s, choice.layer);
    write(u"sharing/prefix"_s, choice.prefix);
    write(u"sharing/capacity"_s, choice.capacity);
    write(u"sharing/expiry"_s, static_cast<int>(choice.expiry.count()));
    write(u"sharing/key"_s, choice.key);
}

bool Settings::tellsTyping() const
{
    return m_file->value(u"typing/told"_s, true).toBool();
}

void Settings::setTellsTyping(bool tells)
{
    write(u"typing/told"_s, tells);
}

int Settings::themeMode() const
{
    return std::clamp(m_file->value(u"theme"_s, 0).toInt(), 0, 2);
}

void Settings::setThemeMode(int mode)
{
    write(u"theme"_s, mode);
}

QByteArray Settings::windowState(const QString &window) const
{
    return m_file->value(u"windows/"_s + window).toByteArray();
}

void Settings::setWindowState(const QString &window, const QByteArray &state)
{
    write(u"windows/"_s + window, state);
}

void Settings::writeRecent(const QList<RecentHost> &hosts)
{
    m_file->remove(u"recent"_s);
    m_file->beginWriteArray(u"recent"_s, static_cast<int>(hosts.size()));
    for (int i = 0; i < hosts.size(); ++i) {
        m_file->setArrayIndex(i);
        m_file->setValue(u"address"_s, hosts.at(i).address);
        m_file->setValue(u"title"_s, hosts.at(i).title);
        m_file->setValue(u"lastUsed"_s, hosts.at(i).lastUsed);
    }
    m_file->endArray();
    m_file->sync();
}

/// At once: the app may be killed.
void Settings::write(const QString &key, const QVariant &value)
{
    m_file->setValue(key, value);
    m_file->sync();
}

/// Addresses have characters that are group separators in an INI file.
QString Settings::hostKey(const QString &address, const QString &what)
{
    const QString host = QString::fromLatin1(address.toUtf8().toHex());
    return what.isEmpty() ? u"hosts/"_s + host : u"hosts/%1/%2"_s.arg(host, what);
}

} // namespace parlour::wiring
