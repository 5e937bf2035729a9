// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
// What a host said, on its way into the file.
#include "chat/message_change.h"
#include "client/host_store.h"
#include "client/store_database.h"
#include "client/stored_message.h"

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::ChatMessage;
using chat::NumberRanges;
using chat::Position;

namespace {

// A room is trimmed after so many more messages.
constexpr int TrimInterval = 250;
// What is kept while the file cannot be written; beyond it the messages are left to the host.
constexpr qsizetype MaxUnwritten = 2000;

constexpr auto InsertMessage =
    "INSERT INTO messages (room, epoch, number, %1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " ?, ?, ?) ON CONFLICT DO UPDATE SET id = excluded.id, sender = excluded.sender,"
    " name = excluded.name, time = excluded.time, text = excluded.text, edited = excluded.edited,"
    " deleted = excluded.deleted, reactions = excluded.reactions, reply = excluded.reply,"
    " reply_number = excluded.reply_number, reply_sender = excluded.reply_sender,"
    " reply_name = excluded.reply_name, reply_text = excluded.reply_text"_L1;

} // namespace

void HostStore::keep(const QString &room, const QList<ChatMessage> &messages,
                     const std::optional<Position> &position)
{
    OfRoom &news = m_batch.rooms[room];
    for (const ChatMessage &message : messages) {
        news.heard.append({message, false});
        news.numbers.append({message.epoch, {message.number, message.number}});
    }
    m_batch.size += messages.size();
    if (position)
        news.position = position;
    writeSoon();
}

void HostStore::cover(const QString &room, const QString &epoch, const NumberRanges::Range &range)
{
    m_batch.rooms[room].numbers.append({epoch, range});
    ++m_batch.size;
    writeSoon();
}

void HostStore::change(const QString &room, const ChatMessage &message,
                       const std::optional<Position> &position)
{
    OfRoom &news = m_batch.rooms[room];
    news.heard.append({message, true});
    ++m_batch.size;
    if (position)
        news.position = position;
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
    if (m_batch.rooms.isEmpty() && m_batch.sent.isEmpty())
        return;
    const bool isWritten = m_store.database().change([this] {
        for (auto it = m_batch.rooms.cbegin(); it != m_batch.rooms.cend(); ++it) {
            if (!writeRoom(it.key(), it.value()))
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
    m_doubled.clear();
    if (m_batch.size > MaxUnwritten)
        m_batch = {};
}

bool HostStore::writeRoom(const QString &room, const OfRoom &news)
{
    const qint64 key = roomKey(room);
    if (key == 0)
        return true; // there are too many rooms
    const auto isHere = run(u"SELECT 1 FROM rooms WHERE key = ?"_s, {key});
    if (!isHere || isHere->isEmpty())
        return false;
    QStringList told;
    for (const Heard &heard : news.heard) {
        const qint64 epoch = epochKey(room, heard.message.epoch);
        if (epoch == 0
            || !(heard.isChange ? writeChange(key, epoch, heard.message)
                                : writeMessage(key, epoch, heard.message)))
            return false;
        if (!heard.isChange)
            told.append(heard.message.id);
    }
    if (!writeNumbers(room, news.numbers))
        return false;
    if (news.position
        && !run(u"UPDATE rooms SET epoch = ?, number = ? WHERE key = ?"_s,
                {news.position->epoch, news.position->number, key}))
        return false;
    // What the model does likewise with what it shows.
    if (!news.numbers.isEmpty() && !mendRoom(key, told))
        return false;
    m_untrimmed[room] += int(news.heard.size() + news.numbers.size());
    return m_untrimmed.value(room) < TrimInterval || trim(room);
}

bool HostStore::writeMessage(qint64 room, qint64 epoch, const ChatMessage &message)
{
    return run(QString(InsertMessage).arg(storedColumns()),
               Values{room, epoch, message.number}
                   + storedValues(message, m_store.limits().messageText))
        .has_value();
}

bool HostStore::writeChange(qint64 room, qint64 epoch, const ChatMessage &message)
{
    const auto known =
        run(u"SELECT text FROM messages WHERE room = ? AND epoch = ? AND number = ?"_s,
            {room, epoch, message.number});
    if (!known || (!known->isEmpty() && !writeMessage(room, epoch, message)))
        return false;
    if (known->isEmpty() || known->first().first().toString() != message.text)
        m_store.database().forgetReplaced(); // of a message that is not here: what quotes it
    return run(u"UPDATE messages SET reply_text = ? WHERE room = ? AND reply = ?"
               " AND reply <> ''"_s,
               {chat::quoteOf(message).text, room, message.id})
        .has_value();
}

bool HostStore::writeNumbers(const QString &room, const QList<Numbered> &numbers)
{
    QHash<QString, NumberRanges> byEpoch;
    for (const Numbered &some : numbers) {
        if (!byEpoch.contains(some.epoch))
            byEpoch.insert(some.epoch, readRanges(room, some.epoch));
        byEpoch[some.epoch].add(some.range);
    }
    const qint64 key = roomKey(room);
    for (auto it = byEpoch.cbegin(); it != byEpoch.cend(); ++it) {
        const qint64 epoch = epochKey(room, it.key());
        if (epoch == 0 || !writeRanges(key, epoch, *it))
            return false;
    }
    return true;
}

bool HostStore::writeRanges(qint64 room, qint64 epoch, const NumberRanges &known)
{
    const QList<NumberRanges::Range> &ranges = known.ranges();
    return run(u"DELETE FROM ranges WHERE room = ? AND epoch = ?"_s, {room, epoch})
        && std::all_of(ranges.begin(), ranges.end(), [&](const NumberRanges::Range &range) {
               return run(u"INSERT INTO ranges VALUES (?, ?, ?, ?)"_s,
                          {room, epoch, range.first, range.last})
                   .has_value();
           });
}

NumberRanges HostStore::ranges(const QString &room, const QString &epoch)
{
    write();
    return readRanges(room, epoch);
}

NumberRanges HostStore::readRanges(const QString &room, const QString &epoch)
{
    NumberRanges known;
    const auto rows = run(u"SELECT first, last FROM ranges WHERE room = ? AND epoch ="
                          " (SELECT key FROM epochs WHERE room = ? AND epoch = ?) ORDER BY first"_s,
                          {roomKey(room), roomKey(room), epoch});
    for (const Values &row : rows.value_or(QList<Values>()))
        known.add({row.at(0).toLongLong(), row.at(1).toLongLong()});
    return known;
}

bool HostStore::trim(const QString &room)
{
    const qint64 key = roomKey(room);
    m_untrimmed.remove(room);
    m_lastEpochs.remove(room);
    return run(u"DELETE FROM messages WHERE room = ? AND (epoch, number) < (SELECT epoch, number"
               " FROM messages WHERE room = ? ORDER BY epoch DESC, number DESC LIMIT 1 OFFSET ?)"_s,
               {key, key, m_store.limits().messagesPerRoom - 1})
        && run(u"DELETE FROM ranges WHERE room = ? AND NOT EXISTS (SELECT 1 FROM messages m"
               " WHERE m.room = ranges.room AND m.epoch = ranges.epoch"
               " AND m.number BETWEEN ranges.first AND ranges.last)"_s,
               {key})
        && run(u"UPDATE ranges SET first = (SELECT CAST(MIN(number) AS INTEGER) FROM messages m"
               " WHERE m.room = ranges.room AND m.epoch = ranges.epoch"
               " AND m.number >= ranges.first) WHERE room = ?"_s,
               {key})
        && run(u"DELETE FROM epochs WHERE room = ? AND key NOT IN"
               " (SELECT DISTINCT epoch FROM messages WHERE room = ?)"_s,
               {key, key});
}

} // namespace parlour::client
