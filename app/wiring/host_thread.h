// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/damage.h"
#include "wiring/host_config.h"
#include "wiring/room_files.h"

#include <QObject>
#include <QThread>

#include <stop_token>

namespace parlour::wiring {

class HostService;

/// Runs one HostService in a thread of its own. Only values cross. Lives in the thread that made
/// it (the window's); the only file that names QThread.
class HostThread final : public QObject
{
    Q_OBJECT
public:
    explicit HostThread(QObject *parent = nullptr);
    /// Waits until the host has stopped; for no file that it opens, or saves what it can of.
    ~HostThread() override;

    /// Answered by started() or failed(). Does nothing while a host runs.
    void start(const HostConfig &config);
    /// Closes every socket with this code and reason, then stopped(), also where it has not begun
    /// yet. Does nothing without a host.
    void stop(int code, const QString &reason);
    /// As HostService::importRoom(). Does nothing without a host.
    void importRoom(const RoomImport &wanted);
    /// importFailed() says so, unless it is there already. Does nothing without an import.
    void cancelImport();
    bool isRunning() const { return m_service != nullptr; }

Q_SIGNALS:
    void started(const QList<parlour::channels::Endpoint> &bound);
    /// It could not begin; or, after stopped(), not begin anew.
    void failed(const parlour::channels::Error &error);
    void stopped();
    /// As HostService::keepingFailed().
    void keepingFailed(const QString &cause);
    /// As HostService::damaged().
    void damaged(const parlour::storage::Damage &damage);
    void importing(qint64 done, qint64 total);
    void imported(const parlour::wiring::ImportedRoom &room);
    void importFailed(const parlour::channels::Error &error);

private:
    /// Lets a service go that has ended. False: it is the current one no more.
    bool release(HostService *service);

    QThread m_thread;
    QObject m_worker; ///< where functions run in the server thread
    std::stop_source m_stop; ///< of the service's
    HostService *m_service = nullptr; ///< lives, and is deleted, in the server thread
};

} // namespace parlour::wiring
