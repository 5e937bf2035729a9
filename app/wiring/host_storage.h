// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house_store.h"
#include "chat/room_log.h"
#include "storage/damage.h"
#include "storage/unwritten.h"
#include "wiring/host_config.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace parlour::storage {
class RoomImporter;
class SqliteHouseStore;
class SqliteRoomLog;
class Store;
} // namespace parlour::storage

namespace parlour::server {
class Server;
}

namespace parlour::wiring {

/// Where a host keeps what was said and what it is: in a file of its data folder, in memory, or (no
/// history) some here and some there. Lives in the server thread.
class HostStorage final
{
public:
    /// Waits for the disk. `layer` outlives it. `unwritten`: of the one before. `stop`: as
    /// storage::StoreOptions::stop. Fails as storage::Store::open().
    static channels::Expected<std::unique_ptr<HostStorage>>
    open(const HostConfig &config, channels::ChannelLayer &layer,
         const storage::Unwritten &unwritten = {}, const std::stop_token &stop = {});
    ~HostStorage();

    chat::RoomLog &log() { return *m_log; }
    chat::HouseStore &house() { return *m_house; }

    /// What is said leaves as the server's turns end, or in the turn in which it was written. Call
    /// it once, for a server that ends before this.
    void follow(server::Server &server);

    /// As SqliteRoomLog::whenTroubled(); never, where what is said is not on disk.
    void whenTroubled(std::function<void(const QString &cause)> troubled);

    /// As storage::Store::whenDamaged(); never, where what is said is not on disk: it would be gone
    /// with this.
    void whenDamaged(std::function<void()> damaged);
    /// As SqliteRoomLog::noteRestart().
    void noteRestart();
    /// What could not be written, once it is closed: for the one after.
    storage::Unwritten takeUnwritten();

    /// As storage::Store::damage().
    std::optional<storage::Damage> damage() const;

    /// Null: what is said is not on disk.
    storage::RoomImporter *importer() const { return m_importer.get(); }

    /// Takes no more; `closed` comes when what it was given before is kept.
    void close(QObject *context, std::function<void()> closed);

private:
    HostStorage();

    std::unique_ptr<storage::Store> m_store; ///< null: nothing is on disk
    std::unique_ptr<chat::RoomLog> m_log;
    std::unique_ptr<chat::HouseStore> m_house;
    std::unique_ptr<storage::RoomImporter> m_importer;
    storage::SqliteRoomLog *m_logInFile = nullptr; ///< where m_log is one
    storage::SqliteHouseStore *m_houseInFile = nullptr;
};

} // namespace parlour::wiring
