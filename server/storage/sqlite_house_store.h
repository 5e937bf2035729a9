// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/house_file.h"
#include "storage/pending_changes.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

namespace parlour::storage {

class Store;

/// What a host remembers of itself, in its file. What changes in one turn is one transaction. Lives
/// in the server thread and never waits for the disk. `store` outlives it.
class SqliteHouseStore final : public chat::HouseStore
{
public:
    /// `retryInterval`: after a write that failed.
    explicit SqliteHouseStore(Store &store,
                              std::chrono::milliseconds retryInterval = std::chrono::seconds(5));
    ~SqliteHouseStore() override;

    Memory memory() const override;
    void keepRoom(const chat::KeptRoom &room) override;
    void forgetRoom(const QString &title) override;
    void keepToken(const chat::KeptToken &token) override;
    void forgetToken(const QByteArray &hash) override;
    void keepRead(const chat::KeptRead &read) override;
    void forgetRead(const QString &personId, const QString &room) override;
    void keepHole(const chat::KeptHole &hole) override;
    void forgetHole(const QString &host, const QString &room) override;

    /// `closed` comes once what changed before is written, or could not be.
    void close(QObject *context, std::function<void()> closed);
    /// What could not be written, once it is closed: for the store that comes after.
    HouseChanges takeUnwritten();

private:
    void writeSoon();
    void write();
    void written(const Expected<void> &done);
    bool isWaiting() const
    {
        return !m_rooms.isEmpty() || !m_tokens.isEmpty() || !m_reads.isEmpty()
            || !m_holes.isEmpty();
    }
    void endIfIdle();

    Store &m_store;
    std::chrono::milliseconds m_retryInterval;
    PendingChanges<QString, HouseChanges::Room> m_rooms; ///< by title
    PendingChanges<QByteArray, HouseChanges::Token> m_tokens; ///< by hash
    PendingChanges<HouseChanges::Reader, HouseChanges::Read> m_reads;
    PendingChanges<HouseChanges::PeerRoom, chat::KeptHole> m_holes;
    qint64 m_roomsKept = 0;
    bool m_isWriting = false;
    bool m_isInTrouble = false; ///< the last write failed
    std::function<void()> m_closed;
    QPointer<QObject> m_closing;
    QTimer m_writeTimer;
    QObject m_inbox; ///< where the storage thread's answers arrive
};

} // namespace parlour::storage
