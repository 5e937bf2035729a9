// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_log_contract.h"
#include "storage/sqlite_room_log.h"
#include "storage/store.h"
#include "support/runner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

/// The log in a file: the contract.
class SqliteRoomLogTest : public RoomLogContract
{
    Q_OBJECT

protected:
    std::unique_ptr<RoomLog> makeLog(channels::ChannelLayer &layer, int messagesPerRoom) override
    {
        StoreOptions options;
        options.retention.messagesPerRoom = messagesPerRoom;
        auto store = Store::open(m_folder->filePath(u"parlour.db"_s), options);
        if (!store)
            return nullptr;
        m_store = std::move(*store);
        return std::make_unique<SqliteRoomLog>(*m_store, layer);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_store.reset(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

PARLOUR_TEST(SqliteRoomLogTest)
#include "tst_sqlite_room_log.moc"
