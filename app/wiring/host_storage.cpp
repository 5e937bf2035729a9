// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/host_storage.h"

#include "chat/memory_room_log.h"
#include "net/server.h"
#include "storage/room_importer.h"
#include "storage/sqlite_house_store.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"

namespace parlour::wiring {

using namespace Qt::StringLiterals;

HostStorage::HostStorage() = default;
HostStorage::~HostStorage() = default;

channels::Expected<std::unique_ptr<HostStorage>>
HostStorage::open(const HostConfig &config, channels::ChannelLayer &layer,
                  const storage::Unwritten &unwritten, const std::stop_token &stop)
{
    auto made = std::unique_ptr<HostStorage>(new HostStorage);
    if (config.ephemeral) {
        made->m_house = std::make_unique<chat::EphemeralHouseStore>();
        made->m_log = std::make_unique<chat::MemoryRoomLog>(layer);
        return made;
    }
    storage::StoreOptions options;
    options.retention = config.retention;
    options.unwritten = unwritten;
    options.isShared = config.shared && config.hasHistory; // else a start knows nothing of before
    options.stop = stop;
    auto store = storage::Store::open(config.dataFolder + u"/parlour.db"_s, options);
    if (!store)
        return store.error();
    made->m_store = std::move(*store);
    auto house = std::make_unique<storage::SqliteHouseStore>(*made->m_store);
    made->m_houseInFile = house.get();
    made->m_house = std::move(house);
    if (!config.hasHistory) {
        made->m_log = std::make_unique<chat::MemoryRoomLog>(layer);
        return made;
    }
    auto log = std::make_unique<storage::SqliteRoomLog>(*made->m_store, layer);
    made->m_logInFile = log.get();
    made->m_importer = std::make_unique<storage::RoomImporter>(*made->m_store, *log);
    made->m_log = std::move(log);
    return made;
}

void HostStorage::follow(server::Server &server)
{
    if (!m_logInFile)
        return;
    QObject::connect(&server, &server::Server::turnEnding, &server,
                     [log = m_logInFile] { log->endTurn(); });
    m_logInFile->tellIn([&server](const std::function<void()> &tell) { server.turn(tell); });
}

void HostStorage::whenTroubled(std::function<void(const QString &cause)> troubled)
{
    if (m_logInFile)
        m_logInFile->whenTroubled(std::move(troubled));
}

void HostStorage::whenDamaged(std::function<void()> damaged)
{
    if (m_logInFile)
        m_store->whenDamaged(std::move(damaged));
}

void HostStorage::noteRestart()
{
    if (m_logInFile)
        m_logInFile->noteRestart();
}

storage::Unwritten HostStorage::takeUnwritten()
{
    storage::Unwritten unwritten;
    if (m_houseInFile)
        unwritten.house = m_houseInFile->takeUnwritten();
    if (m_logInFile)
        unwritten.endedLogs = m_logInFile->takeUnwritten();
    return unwritten;
}

std::optional<storage::Damage> HostStorage::damage() const
{
    return m_store ? m_store->damage() : std::nullopt;
}

void HostStorage::close(QObject *context, std::function<void()> closed)
{
    auto closeHouse = [this, context, closed = std::move(closed)] {
        if (m_houseInFile)
            m_houseInFile->close(context, closed);
        else
            QMetaObject::invokeMethod(context, closed, Qt::QueuedConnection);
    };
    if (m_logInFile)
        m_logInFile->close(context, std::move(closeHouse));
    else
        closeHouse();
}

} // namespace parlour::wiring
