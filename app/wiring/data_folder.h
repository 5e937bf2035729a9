// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QFileDevice>
#include <QLockFile>
#include <QString>

#include <memory>

namespace parlour::wiring {

/// Of files that nobody but their owner may read: mode 0600.
inline constexpr QFileDevice::Permissions OwnerOnly =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// A folder that one process at a time uses: mode 0700, locked as long as this object lives.
class DataFolder
{
public:
    /// Makes the folder where it is missing. Fails (data) with words that name it: not writable, no
    /// folder, or in use by another process.
    static channels::Expected<std::shared_ptr<DataFolder>> open(const QString &path);

    const QString &path() const { return m_path; }
    QString filePath(const QString &name) const { return m_path + u'/' + name; }

    /// The owner's token, 64 hexadecimal digits: read from owner.token (mode 0600), made at first
    /// use. Fails (data) for a file that is no such token or cannot be read or written.
    channels::Expected<QByteArray> ownerToken() const;

private:
    DataFolder(const QString &path, std::unique_ptr<QLockFile> lock);

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace parlour::wiring
