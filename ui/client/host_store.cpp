// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_store.h"

#include "client/store_database.h"

#include <QDateTime>

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::ChatMessage;
using chat::Position;

namespace {

// A room is trimmed after so many more messages.
constexpr int TrimInterval = 250;
// What is kept while the file cannot be written; beyond it the messages are left to the host.
constexpr qsizetype MaxUnwritten = 2000;

} // namespace

HostStore::HostStore(ClientStore &store, const QString &address, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_address(address)
{
    m_writing.setSingleShot(true);
    connect(&m_writing, &QTimer::timeout, this, &HostStore::write);
    (void)run(u"INSERT OR IGNORE INTO hosts (address) VALUES (?)"_s, {address});
    const auto rows = run(u"SELECT key FROM hosts WHERE address = ?"_s, {address});
    if (rows && !rows->isEmpty())
        m_key = rows->first().first().toLongLong();
}

HostStore::~HostStore()
{
    write();
}

std::optional<QList<QVariantList>> HostStore::run(const QString &sql, const Values &values)
{
    auto rows = m_store.database().run(sql, values);
    if (!rows)
        m_store.reportProblem();
    return rows;
}

StoredHost HostStore::host()
{
    const auto rows = run(u"SELECT id, title, person, name FROM hosts WHERE key = ?"_s, {m_key});
    StoredHost stored;
    if (!rows || rows->isEmpty())
        return stored;
    const Values &row = rows->first();
    stored.host.id = row.at(0).toString();
    stored.host.title = row.at(1).toString();
    stored.self.id = row.at(2).toString();
    stored.self.name = row.at(3).toString();
    return stored;
}

QList<StoredRoom> HostStore::rooms()
{
    write();
    QList<StoredRoom> rooms;
    const auto rows = run(u"SELECT room, topic, listed, epoch, number FROM rooms WHERE host = ?"
                          " ORDER BY key"_s,
                          {m_key});
    for (const Values &row : rows.value_or(QList<Values>())) {
        StoredRoom stored;
        stored.state.room = row.at(0).toString();
        stored.state.title = stored.state.room;
        stored.state.topic = row.at(1).toString();
        stored.state.listed = row.at(2).toBool();
        if (!row.at(3).isNull()) {
            stored.position = Position{row.at(3).toString(), row.at(4).toLongLong()};
            stored.state.epoch = stored.position->epoch;
            stored.state.number = stored.position->number;
        }
        rooms.append(stored);
    }
    return rooms;
}

QList<ChatMessage> HostStore::last(const QString &room, int count)
{
    return read(room, u"1"_s, {}, count);
}

QList<ChatMessage> HostStore::before(const QString &room, const Position &position, int count)
{
    const auto key = run(u"SELECT key FROM epochs WHERE room = ? AND epoch = ?"_s,
                         {roomKey(room), position.epoch});
    if (!key || key->isEmpty())
        return {};
    return read(room, u"(m.epoch, m.number) < (?, ?)"_s, {key->first().first(), position.number},
                count);
}

QList<ChatMessage> HostStore::read(const QString &room, const QString &where, Values values,
                                   int count)
{
    write();
    values.prepend(roomKey(room));
    values.append(count);
    const auto rows =
        run(u"SELECT e.epoch, m.number, m.id, m.sender, m.name, m.time, m.text"
            " FROM messages m JOIN epochs e ON e.key = m.epoch"
            " WHERE m.room = ? AND %1 ORDER BY m.epoch DESC, m.number DESC LIMIT ?"_s.arg(where),
            values);
    QList<ChatMessage> messages;
    for (const Values &row : rows.value_or(QList<Values>()))
        messages.prepend({room,
                          row.at(2).toString(),
                          row.at(0).toString(),
                          row.at(1).toLongLong(),
                          {row.at(3).toString(), row.at(4).toString()},
                          row.at(5).toLongLong(),
                          row.at(6).toString()});
    return messages;
}

// ---- the outbox ----

QList<Outbox::Entry> HostStore::outbox(bool areFailed)
{
    write();
    QList<Outbox::Entry> entries;
    const auto rows = run(u"SELECT room, id, text, time, why FROM outbox"
                          " WHERE host = ? AND failed = ? ORDER BY place"_s,
                          {m_key, areFailed ? 1 : 0});
    for (const Values &row : rows.value_or(QList<Values>()))
        entries.append({row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
                        row.at(3).toLongLong(), row.at(4).toString()});
    return entries;
}

void HostStore::addWaiting(const Outbox::Entry &entry)
{
    add(entry, false);
}

void HostStore::addFailed(const Outbox::Entry &entry)
{
    add(entry, true);
}

/// Takes the last place, whatever place it had.
void HostStore::add(const Outbox::Entry &entry, bool isFailed)
{
    (void)run(u"INSERT OR REPLACE INTO outbox (host, room, id, text, time, failed, why)"
              " VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
              {m_key, entry.room, entry.id, entry.text, entry.time, isFailed ? 1 : 0, entry.why});
    if (isFailed)
        (void)run(u"DELETE FROM outbox WHERE host = ? AND failed = 1 AND place <= (SELECT place"
                  " FROM outbox WHERE host = ? AND failed = 1"
                  " ORDER BY place DESC LIMIT 1 OFFSET ?)"_s,
                  {m_key, m_key, Outbox::MaxFailed});
}

void HostStore::removeSent(const QString &id)
{
    m_batch.sent.append(id);
    writeSoon();
}

void HostStore::remove(const QString &id)
{
    (void)run(u"DELETE FROM outbox WHERE id = ?"_s, {id});
}

// ---- what the host said ----

void HostStore::keep(const QString &room, const QList<ChatMessage> &messages,
                     const std::optional<Position> &position)
{
    m_batch.messages[room] += messages;
    m_batch.size += messages.size();
    if (position)
        m_batch.positions.insert(room, *position);
    writeSoon();
}

void HostStore::writeSoon()
{
    if (!m_writing.isActive())
        m_writing.start(0);
}

// Nothing is lost with what was not written: it goes together with how far the room is known, so
// that the host tells it again, and with the outbox, whose ids the host knows.
void HostStore::write()
{
    m_writing.stop();
    if (m_batch.messages.isEmpty() && m_batch.sent.isEmpty())
        return;
    const bool isWritten = m_store.database().change([this] {
        for (auto it = m_batch.messages.cbegin(); it != m_batch.messages.cend(); ++it) {
            if (!writeMessages(it.key(), it.value()))
                return false;
        }
        return std::all_of(m_batch.sent.cbegin(), m_batch.sent.cend(), [this](const QString &id) {
            return run(u"DELETE FROM outbox WHERE id = ?"_s, {id}).has_value();
        });
    });
    if (isWritten) {
        m_store.reportSuccess();
        m_batch = {};
        return;
    }
    m_store.reportProblem();
    m_roomKeys.clear(); // of what was rolled back
    m_lastEpochs.clear();
    if (m_batch.size > MaxUnwritten)
        m_batch = {};
}

bool HostStore::writeMessages(const QString &room, const QList<ChatMessage> &messages)
{
    const qint64 key = roomKey(room);
    if (key == 0)
        return true; // there are too many rooms
    for (const ChatMessage &message : messages) {
        const qint64 epoch = epochKey(room, message.epoch);
        const auto text = message.text.left(m_store.limits().messageText);
        if (epoch == 0
            || !run(u"INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                    {key, epoch, message.number, message.id, message.sender.id, message.sender.name,
                     message.time, text}))
            return false;
    }
    const auto position = m_batch.positions.constFind(room);
    if (position != m_batch.positions.cend()
        && !run(u"UPDATE rooms SET epoch = ?, number = ? WHERE key = ?"_s,
                {position->epoch, position->number, key}))
        return false;
    m_untrimmed[room] += int(messages.size());
    return m_untrimmed.value(room) < TrimInterval || trim(room);
}

bool HostStore::trim(const QString &room)
{
    const qint64 key = roomKey(room);
    m_untrimmed.remove(room);
    m_lastEpochs.remove(room);
    return run(u"DELETE FROM messages WHERE room = ? AND (epoch, number) < (SELECT epoch, number"
               " FROM messages WHERE room = ? ORDER BY epoch DESC, number DESC LIMIT 1 OFFSET ?)"_s,
               {key, key, m_store.limits().messagesPerRoom - 1})
        && run(u"DELETE FROM epochs WHERE room = ? AND key NOT IN"
               " (SELECT DISTINCT epoch FROM messages WHERE room = ?)"_s,
               {key, key});
}

} // namespace parlour::client
