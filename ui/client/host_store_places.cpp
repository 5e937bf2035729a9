// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// The hosts, rooms and epochs that a HostStore's messages belong to.
#include "client/host_store.h"
#include "client/store_database.h"

#include <QDateTime>

namespace parlour::client {

using namespace Qt::StringLiterals;

namespace {

const QStringList forgetRoom = {
    u"DELETE FROM messages WHERE room = ?"_s,
    u"DELETE FROM ranges WHERE room = ?"_s,
    u"DELETE FROM epochs WHERE room = ?"_s,
    u"DELETE FROM rooms WHERE key = ?"_s,
};

} // namespace

// Under an address that is known the host is the one that was there before, though its id may be
// another one: a host that keeps nothing on its disk makes a new id at each start. (That it is no
// stranger is for the host's key to say, before anything gets here.) A known host at an address
// that is new brings along what is known of it.
void HostStore::setHost(const chat::HostInfo &host, const chat::Person &self)
{
    write();
    transact([&] {
        const auto elsewhere = run(u"SELECT key FROM hosts WHERE id = ? AND key <> ?"
                                   " AND (SELECT id FROM hosts WHERE key = ?) = ''"_s,
                                   {host.id, m_key, m_key});
        if (!elsewhere)
            return false;
        if (!elsewhere->isEmpty()) {
            const qint64 known = elsewhere->first().first().toLongLong();
            if (!run(u"UPDATE outbox SET host = ? WHERE host = ?"_s, {known, m_key})
                || !run(u"DELETE FROM hosts WHERE key = ?"_s, {m_key})
                || !run(u"UPDATE hosts SET address = ? WHERE key = ?"_s, {m_address, known}))
                return false;
            m_key = known;
            m_roomKeys.clear();
            m_lastEpochs.clear();
        }
        return run(u"UPDATE hosts SET id = ?, title = ?, person = ?, name = ?, used = ?"
                   " WHERE key = ?"_s,
                   {host.id, host.title, self.id, self.name, QDateTime::currentMSecsSinceEpoch(),
                    m_key})
                   .has_value()
            && dropUnusedHosts();
    });
}

bool HostStore::dropUnusedHosts()
{
    const auto unused = run(u"SELECT key FROM hosts WHERE key <> ?"
                            " AND key NOT IN (SELECT host FROM outbox)"
                            " ORDER BY used DESC LIMIT -1 OFFSET ?"_s,
                            {m_key, m_store.limits().hosts - 1});
    if (!unused)
        return false;
    for (const Values &host : *unused) {
        const auto rooms = run(u"SELECT key FROM rooms WHERE host = ?"_s, {host.first()});
        for (const Values &room : rooms.value_or(QList<Values>())) {
            for (const QString &statement : forgetRoom) {
                if (!run(statement, {room.first()}))
                    return false;
            }
        }
        if (!run(u"DELETE FROM hosts WHERE key = ?"_s, {host.first()}))
            return false;
    }
    return true;
}

void HostStore::setRoom(const chat::RoomState &room)
{
    transact([&] {
        return run(u"UPDATE rooms SET topic = ?, listed = ? WHERE key = ?"_s,
                   {room.topic, room.listed ? 1 : 0, roomKey(room.room)})
            .has_value();
    });
}

void HostStore::setRead(const QString &room, const chat::Position &position)
{
    (void)run(u"UPDATE rooms SET read_epoch = ?, read_number = ? WHERE key = ?"_s,
              {position.epoch, position.number, roomKey(room)});
}

void HostStore::setDraft(const QString &room, const QString &text)
{
    (void)run(u"UPDATE rooms SET draft = ? WHERE key = ?"_s,
              {text.left(m_store.limits().messageText), roomKey(room)});
}

void HostStore::forget(const QString &room)
{
    m_batch.rooms.remove(room);
    write();
    transact([&] {
        const qint64 key = roomKey(room);
        for (const QString &statement : forgetRoom) {
            if (!run(statement, {key}))
                return false;
        }
        return run(u"DELETE FROM outbox WHERE host = ? AND room = ?"_s, {m_key, room}).has_value();
    });
    m_roomKeys.remove(room);
    m_lastEpochs.remove(room);
    m_untrimmed.remove(room);
}

void HostStore::transact(const std::function<bool()> &change)
{
    if (m_store.database().change(change))
        return;
    m_store.reportProblem();
    m_doubled.clear();
}

/// 0: there is none, and none could be made.
qint64 HostStore::roomKey(const QString &room)
{
    if (const auto known = m_roomKeys.constFind(room); known != m_roomKeys.cend())
        return *known;
    auto rows = run(u"SELECT key FROM rooms WHERE host = ? AND room = ?"_s, {m_key, room});
    if (rows && rows->isEmpty()) {
        const auto count = run(u"SELECT COUNT(*) FROM rooms WHERE host = ?"_s, {m_key});
        if (!count || count->first().first().toInt() >= m_store.limits().roomsPerHost
            || !run(u"INSERT INTO rooms (host, room) VALUES (?, ?)"_s, {m_key, room}))
            return 0;
        rows = run(u"SELECT last_insert_rowid()"_s);
    }
    if (!rows)
        return 0;
    return *m_roomKeys.insert(room, rows->first().first().toLongLong());
}

qint64 HostStore::epochKey(const QString &room, const QString &epoch)
{
    const auto last = m_lastEpochs.constFind(room);
    if (last != m_lastEpochs.cend() && last->epoch == epoch)
        return last->key;
    const Values of = {roomKey(room), epoch};
    if (!run(u"INSERT OR IGNORE INTO epochs (room, epoch) VALUES (?, ?)"_s, of))
        return 0;
    const auto rows = run(u"SELECT key FROM epochs WHERE room = ? AND epoch = ?"_s, of);
    if (!rows || rows->isEmpty())
        return 0;
    const qint64 key = rows->first().first().toLongLong();
    m_lastEpochs.insert(room, {epoch, key});
    return key;
}

} // namespace parlour::client
