// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_store.h"

#include "client/store_database.h"
#include "client/stored_message.h"

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::ChatMessage;
using chat::Position;

namespace {

/// What was lost stands between two numbers (host_store_mending.cpp): the latter is shown, or the
/// former where it is the last one.
constexpr auto ShownNumber =
    "CASE WHEN m.number = CAST(m.number AS INTEGER) THEN m.number"
    " WHEN EXISTS (SELECT 1 FROM messages n WHERE n.room = m.room AND n.epoch = m.epoch"
    " AND n.number >= CAST(m.number AS INTEGER) + 1) THEN CAST(m.number AS INTEGER) + 1"
    " ELSE CAST(m.number AS INTEGER) END"_L1;

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
    mendRooms();
    QList<StoredRoom> rooms;
    const auto rows = run(u"SELECT room, topic, listed, epoch, number, read_epoch, read_number,"
                          " draft FROM rooms WHERE host = ? ORDER BY key"_s,
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
        if (const QString epoch = row.at(5).toString(); !epoch.isEmpty())
            stored.read = Position{epoch, row.at(6).toLongLong()};
        stored.draft = row.at(7).toString();
        rooms.append(stored);
    }
    return rooms;
}

QList<ChatMessage> HostStore::last(const QString &room, int count)
{
    return read(room, u"1"_s, {}, count);
}

/// Nothing is here of others.
std::optional<qint64> HostStore::knownEpoch(const QString &room, const QString &epoch)
{
    const auto key =
        run(u"SELECT key FROM epochs WHERE room = ? AND epoch = ?"_s, {roomKey(room), epoch});
    if (!key || key->isEmpty())
        return std::nullopt;
    return key->first().first().toLongLong();
}

QList<ChatMessage> HostStore::before(const QString &room, const Position &position, int count)
{
    write();
    const auto epoch = knownEpoch(room, position.epoch);
    if (!epoch)
        return {};
    return read(room, u"(m.epoch, m.number) < (?, ?)"_s, {*epoch, position.number}, count);
}

QList<ChatMessage> HostStore::behind(const QString &room, const Position &position, int count)
{
    write();
    const auto epoch = knownEpoch(room, position.epoch);
    if (!epoch)
        return {};
    const auto lost = run(u"SELECT COUNT(*) FROM messages WHERE room = ? AND epoch = ?"
                          " AND number > ? AND number < ?"_s,
                          {roomKey(room), *epoch, position.number - 1, position.number});
    const int again = lost ? lost->first().first().toInt() : 0; // these and the one behind them
    auto messages = read(room, u"(m.epoch, m.number) > (?, ?)"_s,
                         {*epoch, position.number - std::min(again, 1)},
                         count + again + std::min(again, 1), u"ASC"_s);
    std::reverse(messages.begin(), messages.end());
    return messages;
}

QList<ChatMessage> HostStore::read(const QString &room, const QString &where, Values values,
                                   int count, const QString &order)
{
    write();
    values.prepend(roomKey(room));
    const auto rows = run(u"SELECT e.epoch, %4, %1, m.number > CAST(m.number AS INTEGER)"
                          " FROM messages m JOIN epochs e ON e.key = m.epoch"
                          " WHERE m.room = ? AND %2 ORDER BY m.epoch %3, m.number %3 LIMIT ?"_s.arg(
                              storedColumns(), where, order, ShownNumber),
                          values + Values{count});
    if (rows && rows->size() == count && rows->last().last().toBool()) {
        values.removeFirst();
        return read(room, where, values, 2 * count, order);
    }
    QList<ChatMessage> messages;
    for (const Values &row : rows.value_or(QList<Values>()))
        messages.prepend(messageOf(room, row));
    return messages;
}

// ---- the outbox ----

QList<Outbox::Entry> HostStore::outbox(bool areFailed)
{
    write();
    QList<Outbox::Entry> entries;
    const auto rows = run(u"SELECT room, id, text, time, why, what, target, emoji, is_on"
                          " FROM outbox WHERE host = ? AND failed = ? ORDER BY place"_s,
                          {m_key, areFailed ? 1 : 0});
    for (const Values &row : rows.value_or(QList<Values>()))
        entries.append({row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
                        row.at(3).toLongLong(), row.at(4).toString(),
                        Outbox::What(row.at(5).toInt()), row.at(6).toString(), row.at(7).toString(),
                        row.at(8).toBool()});
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
    (void)run(u"INSERT OR REPLACE INTO outbox (host, room, id, text, time, failed, why, what,"
              " target, emoji, is_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
              {m_key, entry.room, entry.id, entry.text, entry.time, isFailed ? 1 : 0, entry.why,
               int(entry.what), entry.of, entry.emoji, entry.isOn ? 1 : 0});
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

} // namespace parlour::client
