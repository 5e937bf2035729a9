// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/storage_thread.h"
#include "wiring/room_files.h"

#include <QObject>

#include <atomic>

namespace parlour::wiring {

/// Writes a room of a data folder into a file, in a thread of its own. The file appears whole or
/// not at all. Lives in the thread that made it; deleting it cancels, and waits a moment.
class FileExport final : public QObject
{
    Q_OBJECT
public:
    FileExport(const RoomExport &wanted, const QString &file, QObject *parent = nullptr);
    ~FileExport() override;

    /// Once; finished() or failed() answers.
    void start();

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    void finished();
    /// As exportRoom().
    void failed(const parlour::channels::Error &error);

private:
    channels::Expected<void> write();

    const RoomExport m_wanted;
    const QString m_file;
    std::atomic<bool> m_isCancelled = false;
    storage::StorageThread m_thread; ///< ends first
};

} // namespace parlour::wiring
