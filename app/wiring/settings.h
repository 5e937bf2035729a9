// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "wiring/sharing_choice.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

class QSettings;

namespace parlour::wiring {

/// A host that was joined before.
struct RecentHost {
    QString address; ///< as it is shown and typed: "192.168.1.20:8765"
    QString title;
    qint64 lastUsed = 0; ///< ms UTC

    friend bool operator==(const RecentHost &, const RecentHost &) = default;
};

/// How the person hosted the last time.
struct HostingChoice {
    QString title;
    quint16 port = 8765;
    bool network = true; ///< false: this machine only
};

/// What the desktop app remembers, in one INI file (mode 0600, since it holds passwords). The only
/// file that includes QSettings. What cannot be read counts as not set. Lives in the window's
/// thread.
class Settings
{
public:
    explicit Settings(const QString &file);
    ~Settings();

    QString name() const;
    void setName(const QString &name);

    /// The latest first; at most MaxRecent.
    QList<RecentHost> recentHosts() const;
    /// Puts the host in front.
    void rememberHost(const RecentHost &host);
    void forgetHost(const QString &address);

    /// The addresses of the hosts that the person was at, in the order of their coming.
    QStringList openHosts() const;
    void setOpen(const QString &address, bool isOpen);

    QStringList joinedRooms(const QString &address) const;
    void setJoinedRooms(const QString &address, const QStringList &rooms);

    HostingChoice hosting() const;
    void setHosting(const HostingChoice &choice);

    SharingChoice sharing() const;
    void setSharing(const SharingChoice &choice);

    /// What the person chose of Theme::Mode; 0: as the system.
    int themeMode() const;
    void setThemeMode(int mode);

    /// Whether others hear that the person is typing; they do unless it was said otherwise.
    bool tellsTyping() const;
    void setTellsTyping(bool tells);

    QByteArray windowState(const QString &window) const;
    void setWindowState(const QString &window, const QByteArray &state);

    static constexpr int MaxRecent = 12;

private:
    void writeRecent(const QList<RecentHost> &hosts);
    void write(const QString &key, const QVariant &value);
    static QString hostKey(const QString &address, const QString &what);

    std::unique_ptr<QSettings> m_file;
};

} // namespace parlour::wiring
