// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <optional>

namespace parlour::client {

/// The key that a host showed when it was first met, and has to show from then on.
struct KnownKey {
    QByteArray fingerprint; ///< 32 bytes: SHA-256 of its SubjectPublicKeyInfo
    qint64 since = 0; ///< ms UTC
    bool isVouched = false; ///< an authority of the system stood for it then

    friend bool operator==(const KnownKey &, const KnownKey &) = default;
};

/// The keys of the hosts that were met, by address ("studio.local:8765"), in a file of the data
/// folder, as ssh keeps its known_hosts. Lives in the window's thread.
class KnownHosts
{
public:
    /// Remembers as long as it lives, and no longer.
    KnownHosts() = default;

    /// The file (mode 0600) is made with the first host. Fails (data) with words that name the file
    /// and the line: a host that was forgotten in silence could be replaced in silence.
    static channels::Expected<std::shared_ptr<KnownHosts>> open(const QString &file);

    std::optional<KnownKey> find(const QString &address) const;
    /// From now on this key and no other. Beyond MaxHosts the one that is known longest makes way.
    void remember(const QString &address, const KnownKey &key);

    static constexpr qsizetype MaxHosts = 10000;

private:
    channels::Expected<void> read();
    void write() const;

    QString m_file; ///< empty: none
    QHash<QString, KnownKey> m_keys;
};

} // namespace parlour::client
