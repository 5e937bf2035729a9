// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/in_memory_channel_layer.h"
#include "channels/worker.h"
#include "chat/house.h"
#include "chat/room_bridge.h"
#include "net/server.h"
#include "storage/damage.h"
#include "wiring/host_config.h"
#include "wiring/host_inspector.h"
#include "wiring/host_storage.h"
#include "wiring/room_files.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace parlour::wiring {

/// One running host: layer, storage, chat and server, put together. Where its file is found damaged
/// it begins anew in place, at the same ports, with all that can be read: its people are closed
/// with 4012 and come back by themselves. Lives in the server thread, with everything it owns.
class HostService final : public QObject
{
    Q_OBJECT
public:
    explicit HostService(const HostConfig &config, QObject *parent = nullptr);
    ~HostService() override;

    /// Opens what it remembers and listens on every address of the configuration; the answer is
    /// what was bound, in that order. To be called once, before all else. Fails as
    /// storage::Store::open() (data), Server::listen() and Server::setTlsIdentity(), and listens
    /// nowhere then.
    channels::Expected<QList<channels::Endpoint>> start();

    /// Called before and after it opens its file, which saves what can be read of a damaged one:
    /// meanwhile it hears nothing, not even stop(), however long that takes; but setStop(). Nothing
    /// is lost where its process ends then.
    void whenOpening(std::function<void(bool isOpening)> opening)
    {
        m_opening = std::move(opening);
    }

    /// Once this wants it, which may be said in any thread, it opens its file no more: that ends
    /// soon, and the next start does it; but where a repair has something to write that could not
    /// be written before. To be called before start(); stop() is to follow.
    void setStop(const std::stop_token &stop) { m_stop = stop; }

    /// Closes every socket with this code, sees that what was said is kept, and takes leave of
    /// those that it shares rooms with; stopped() follows within ServerOptions::closeTimeout, what
    /// the disk needs, and a second.
    void stop(int code, const QString &reason);

    /// Limits may change while the host runs; the engine may not.
    void setLimits(const server::ServerOptions &options);
    /// As Server::setTlsIdentity().
    channels::Expected<void> setIdentity(const server::TlsIdentity &identity);

    /// Makes a room of an export, while people talk in others: imported() or importFailed()
    /// answers, importing() tells how far it is.
    void importRoom(const RoomImport &wanted);
    /// importFailed() says so (cancelled), unless it is there already.
    void cancelImport();

Q_SIGNALS:
    void stopped();
    /// Nothing can be said, for the disk does not take it: disk_full, locked, read_only, corrupt,
    /// unreadable; empty: it does again.
    void keepingFailed(const QString &cause);
    /// What it remembers was damaged, and something of it is gone. At the start, or where it began
    /// anew.
    void damaged(const parlour::storage::Damage &damage);
    /// It could not begin anew, as start(), however often it tried, and is no more.
    void restartFailed(const parlour::channels::Error &error);
    void importing(qint64 done, qint64 total);
    void imported(const parlour::wiring::ImportedRoom &room);
    /// room_exists, too_many_rooms, bad_room, bad_export, no_file, busy, not_kept, closed, …
    void importFailed(const parlour::channels::Error &error);

private:
    channels::Expected<QList<channels::Endpoint>> begin(const storage::Unwritten &unwritten);
    channels::Expected<void> build(const storage::Unwritten &unwritten);
    channels::Expected<QList<channels::Endpoint>> listen();
    void share(const Sharing &sharing);
    void keepWhatWasSaid();
    void stopServing(int code, const QString &reason);
    void takeLeave();
    void endLeave();
    void end();
    void repair();
    void beginAnew();
    void tryToBegin();
    void takeDown();

    HostConfig m_config;
    channels::InMemoryChannelLayer m_layer;
    HostInspector m_inspector;
    std::unique_ptr<HostStorage> m_storage; ///< null, like the next and the server: it does not run
    std::unique_ptr<chat::House> m_house;
    std::unique_ptr<channels::ChannelLayer> m_shared; ///< null: its rooms are its own
    std::unique_ptr<chat::RoomBridge> m_bridge; ///< between the two layers
    std::unique_ptr<channels::Worker> m_worker; ///< says what others send to Sharing::workers
    std::unique_ptr<server::Server> m_server;
    std::function<void(bool isOpening)> m_opening = [](bool) {};
    std::stop_token m_stop;
    QTimer m_leaving; ///< looks whether the others have got everything
    QDeadlineTimer m_leaveBy;
    bool m_isRepairing = false; ///< it stops to begin anew
    QTimer m_repairing; ///< when it may, where it has only just done so
    QDeadlineTimer m_nextRepair;
    QTimer m_beginning; ///< when it tries again to begin anew; there is no server meanwhile
    int m_attempts = 0;
    storage::Unwritten m_unwritten; ///< of the storage before, while it begins anew
};

} // namespace parlour::wiring
