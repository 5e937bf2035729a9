// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/session_store.h"

#include <QMap>
#include <QString>
#include <QVariantMap>

#include <optional>

namespace parlour::channels {

/// What a host remembers of a browser between its requests: values by name, kept in a SessionStore
/// under a key that the browser holds in a cookie. Read from the store at its first use. Made by
/// sessionMiddleware(), found in scope.session; the store outlives it.
/// Counterpart: scope["session"].
class Session
{
public:
    /// `key` is empty for a new one; else one whose signature was good.
    Session(SessionStore &store, QByteArray key, std::chrono::seconds lifetime);

    bool contains(const QString &name) const;
    QVariant value(const QString &name, const QVariant &otherwise = {}) const;
    /// Until the answer (the accepted handshake) is sent, changes wait for it; later ones, those of
    /// an open WebSocket, are saved at once.
    void set(const QString &name, const QVariant &value);
    void remove(const QString &name);

    /// Empty as long as nothing has been saved.
    const QByteArray &key() const;
    /// A new key for the same values: what a former holder of the key knows is worth nothing.
    void cycleKey();
    /// Forgets all, in the store too, now.
    void flush();

    /// What became of the browser's cookie with what was changed.
    enum class Saved { Unchanged, Kept, Ended };
    /// Saves changes and nothing else: what others changed meanwhile stays, and a session that
    /// somebody ended meanwhile stays ended, unless it has a new key since.
    Saved save();
    /// From now on changes are saved at once.
    void saveAtOnce() { m_savesAtOnce = true; }

private:
    void load() const;
    void forget();
    void changed();

    SessionStore &m_store;
    std::chrono::seconds m_lifetime;
    mutable QByteArray m_key;
    mutable QByteArray m_storedKey; ///< of the store's copy; empty: there is none
    mutable bool m_isLoaded = false;
    mutable QVariantMap m_data;
    QMap<QString, std::optional<QVariant>> m_changes; ///< nothing: removed
    bool m_cameWithCookie;
    bool m_isModified = false;
    bool m_isRenewed = false; ///< has a key of its own that was not saved yet
    bool m_savesAtOnce = false;
};

} // namespace parlour::channels
