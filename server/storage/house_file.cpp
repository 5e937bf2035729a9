// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/house_file.h"

#include "storage/sqlite_database.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace parlour::storage {

using chat::KeptHole;
using chat::KeptRead;
using chat::KeptRoom;
using chat::KeptToken;
using namespace Qt::StringLiterals;

namespace {

Expected<void> withoutCount(const Expected<int> &changed)
{
    if (!changed)
        return changed.error();
    return {};
}

} // namespace

Expected<chat::HouseStore::Memory> HouseFile::load(std::optional<bool> isShared)
{
    const auto id = hostId();
    if (!id)
        return id.error();
    const auto since = sharesSince(isShared);
    if (!since)
        return since.error();
    const auto known = rooms();
    if (!known)
        return known.error();
    const auto issued = tokens();
    if (!issued)
        return issued.error();
    const auto seen = reads();
    if (!seen)
        return seen.error();
    const auto missing = holes();
    if (!missing)
        return missing.error();
    return chat::HouseStore::Memory{*id, *known, *issued, *seen, *since, *missing};
}

Expected<QString> HouseFile::hostId()
{
    const auto kept = m_database.value(u"SELECT value FROM host WHERE name = 'id'"_s);
    if (!kept)
        return kept.error();
    if (!kept->isNull())
        return kept->toString();
    const QString made = chat::newHostId();
    const auto written =
        m_database.change(u"INSERT INTO host (name, value) VALUES ('id', ?)"_s, {made});
    if (!written)
        return written.error();
    return made;
}

Expected<qint64> HouseFile::sharesSince(std::optional<bool> isShared)
{
    const auto kept = m_database.value(u"SELECT value FROM host WHERE name = 'shares_since'"_s);
    if (!kept)
        return kept.error();
    if (!isShared || (*isShared && !kept->isNull()))
        return kept->toLongLong();
    const qint64 now = *isShared ? QDateTime::currentMSecsSinceEpoch() : 0;
    const auto noted = m_database.transaction([&]() -> Expected<void> {
        const auto changed = *isShared
            ? m_database.change(u"INSERT INTO host (name, value) VALUES ('shares_since', ?)"_s,
                                {QString::number(now)})
            : m_database.change(u"DELETE FROM host WHERE name = 'shares_since'"_s);
        if (!changed)
            return changed.error();
        return withoutCount(m_database.change(u"DELETE FROM holes"_s)); // of what was shared before
    });
    if (!noted)
        return noted.error();
    return now;
}

Expected<QList<KeptRoom>> HouseFile::rooms()
{
    QList<KeptRoom> rooms;
    const auto read =
        m_database.select(u"SELECT title, topic, creator, listed FROM rooms ORDER BY key"_s, {},
                          [&](const sqlite::Statement &row) {
                              rooms.append({row.value(0).toString(), row.value(1).toString(),
                                            row.value(2).toString(), row.value(3).toBool()});
                              return true;
                          });
    if (!read)
        return read.error();
    const auto others =
        m_database.select(u"SELECT room FROM logs"
                          " WHERE EXISTS (SELECT 1 FROM entries WHERE log = logs.key)"
                          " AND room NOT IN (SELECT title FROM rooms)"_s,
                          {}, [&](const sqlite::Statement &row) {
                              rooms.append({row.value(0).toString(), {}, {}, false});
                              return true;
                          });
    if (!others)
        return others.error();
    return rooms;
}

Expected<QList<KeptToken>> HouseFile::tokens()
{
    QList<KeptToken> tokens;
    const auto read =
        m_database.select(u"SELECT hash, person FROM tokens ORDER BY used DESC"_s, {},
                          [&](const sqlite::Statement &row) {
                              tokens.append({row.value(0).toByteArray(), row.value(1).toString()});
                              return true;
                          });
    if (!read)
        return read.error();
    return tokens;
}

Expected<QList<KeptRead>> HouseFile::reads()
{
    QList<KeptRead> reads;
    const auto read =
        m_database.select(u"SELECT person, room, epoch, number FROM reads ORDER BY used"_s, {},
                          [&](const sqlite::Statement &row) {
                              reads.append({row.value(0).toString(),
                                            row.value(1).toString(),
                                            {row.value(2).toString(), row.value(3).toLongLong()}});
                              return true;
                          });
    if (!read)
        return read.error();
    return reads;
}

Expected<QList<KeptHole>> HouseFile::holes()
{
    QList<KeptHole> holes;
    const auto read = m_database.select(
        u"SELECT host, room, after, time, since FROM holes"_s, {},
        [&](const sqlite::Statement &row) {
            holes.append({row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                          row.value(3).toLongLong(), row.value(4).toLongLong()});
            return true;
        });
    if (!read)
        return read.error();
    return holes;
}

Expected<void> HouseFile::write(const HouseChanges &changes)
{
    return m_database.transaction([&]() -> Expected<void> {
        if (const auto written = writeRooms(changes); !written)
            return written;
        if (const auto written = writeEach(changes.tokens); !written)
            return written;
        if (const auto written = writeEach(changes.reads); !written)
            return written;
        return writeEach(changes.holes);
    });
}

template <typename Changes>
Expected<void> HouseFile::writeEach(const Changes &changes)
{
    for (auto it = changes.cbegin(); it != changes.cend(); ++it) {
        if (const auto written = write(it.key(), it.value()); !written)
            return written;
    }
    return {};
}

Expected<void> HouseFile::writeRooms(const HouseChanges &changes)
{
    QList<HouseChanges::Room> kept;
    for (auto it = changes.rooms.cbegin(); it != changes.rooms.cend(); ++it) {
        if (*it) {
            kept.append(**it);
            continue;
        }
        const auto removed = m_database.change(u"DELETE FROM rooms WHERE title = ?"_s, {it.key()});
        if (!removed)
            return removed.error();
    }
    std::sort(kept.begin(), kept.end(),
              [](const auto &one, const auto &other) { return one.order < other.order; });
    for (const HouseChanges::Room &room : std::as_const(kept)) {
        if (const auto written = write(room.room); !written)
            return written;
    }
    return {};
}

Expected<void> HouseFile::write(const KeptRoom &room)
{
    return withoutCount(m_database.change(
        u"INSERT INTO rooms (title, topic, creator, listed) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (title) DO UPDATE SET topic = excluded.topic, creator = excluded.creator,"
        " listed = excluded.listed"_s,
        {room.title, room.topic, room.creator, room.isListed}));
}

Expected<void> HouseFile::write(const QByteArray &hash,
                                const std::optional<HouseChanges::Token> &token)
{
    if (!token)
        return withoutCount(m_database.change(u"DELETE FROM tokens WHERE hash = ?"_s, {hash}));
    return withoutCount(m_database.change(
        u"INSERT INTO tokens (hash, person, used) VALUES (?, ?, ?)"
        " ON CONFLICT (hash) DO UPDATE SET person = excluded.person, used = excluded.used"_s,
        {hash, token->personId, token->used}));
}

Expected<void> HouseFile::write(const HouseChanges::Reader &reader,
                                const std::optional<HouseChanges::Read> &read)
{
    const auto &[person, room] = reader;
    if (!read)
        return withoutCount(m_database.change(u"DELETE FROM reads WHERE person = ? AND room = ?"_s,
                                              {person, room}));
    return withoutCount(m_database.change(
        u"INSERT INTO reads (person, room, epoch, number, used) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person, room) DO UPDATE SET epoch = excluded.epoch,"
        " number = excluded.number, used = excluded.used"_s,
        {person, room, read->position.epoch, read->position.number, read->used}));
}

Expected<void> HouseFile::write(const HouseChanges::PeerRoom &place,
                                const std::optional<KeptHole> &hole)
{
    const auto &[host, room] = place;
    if (!hole)
        return withoutCount(
            m_database.change(u"DELETE FROM holes WHERE host = ? AND room = ?"_s, {host, room}));
    return withoutCount(m_database.change(
        u"INSERT OR REPLACE INTO holes (host, room, after, time, since) VALUES (?, ?, ?, ?, ?)"_s,
        {host, room, hole->after, hole->time, hole->since}));
}

} // namespace parlour::storage
