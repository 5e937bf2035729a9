// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "app_options.h"
#include "client/host_address.h"
#include "client/key_guard.h"
#include "wiring/data_folder.h"
#include "wiring/host_thread.h"
#include "wiring/settings.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace parlour {

/// The host inside the app: started and stopped by the person, reached like any other host. Lives
/// in the window's thread.
class Hosting final : public QObject
{
    Q_OBJECT
public:
    /// `options`: what the command line said, which rules over a choice. `data`: where the host's
    /// certificate is kept.
    Hosting(const AppOptions &options, std::shared_ptr<wiring::DataFolder> data,
            QObject *parent = nullptr);

    /// Answered by started() or failed().
    void start(const wiring::HostingChoice &choice, const wiring::SharingChoice &sharing);
    /// Tells everybody that the host stops, then stopped().
    void stop();

    /// Makes a room of an export; imported() or importFailed() answers, importing() tells how far
    /// it is.
    void importRoom(const wiring::RoomImport &wanted) { m_thread.importRoom(wanted); }
    void cancelImport() { m_thread.cancelImport(); }

    bool isActive() const { return m_thread.isRunning(); }
    /// Whether what is said in its rooms is in dataFolder().
    bool keepsRooms() const { return isActive() && !m_config.ephemeral && m_config.hasHistory; }
    QString dataFolder() const { return m_config.dataFolder; }
    QString title() const { return m_config.title; }
    /// Why nothing can be said now, as HostService::keepingFailed(); empty: it can.
    const QString &trouble() const { return m_trouble; }
    /// What of its memory was lost at this start; nothing: nothing.
    const std::optional<storage::Damage> &damage() const { return m_damage; }
    QByteArray ownerToken() const { return m_config.ownerToken; }
    /// Whether others on the network can reach it.
    bool isOnNetwork() const;
    /// Whether TLS is spoken at each address that others can reach.
    bool isEncrypted() const;
    /// SHA-256 of the key that this host proves itself with: 32 bytes; empty without TLS.
    const QByteArray &fingerprint() const { return m_fingerprint; }
    /// What to tell others, the likeliest first: "192.168.1.20:8765", "https://192.168.1.20:8765/".
    QStringList addresses() const;
    /// How this app reaches it.
    client::HostAddress ownAddress() const;
    /// The key that this app accepts of it there.
    client::KeyTrust ownTrust() const;

Q_SIGNALS:
    void started();
    /// A sentence that says what happened and what to do.
    void failed(const QString &message);
    void stopped();
    /// trouble() or damage().
    void troubleChanged();
    void importing(qint64 done, qint64 total);
    void imported(const parlour::wiring::ImportedRoom &room);
    void importFailed(const parlour::channels::Error &error);

private:
    QString sentence(const channels::Error &error) const;
    QString shown(const QString &address, const channels::Endpoint &bound) const;
    channels::Expected<void> prepare(const wiring::HostingChoice &choice,
                                     const wiring::SharingChoice &sharing);
    channels::Expected<void> takeIdentity();

    const wiring::HostConfig m_given; ///< by the command line
    const bool m_hasListen;
    const wiring::SharingGiven m_sharingGiven;
    wiring::HostConfig m_config; ///< of the host that runs, or ran last
    std::shared_ptr<wiring::DataFolder> m_data;
    QByteArray m_fingerprint;
    QString m_trouble;
    std::optional<storage::Damage> m_damage;
    QList<channels::Endpoint> m_bound;
    wiring::HostThread m_thread;
};

} // namespace parlour
