// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/log_answer.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>
#include <limits>

namespace parlour::storage {

using chat::RoomLog;
using namespace Qt::StringLiterals;

namespace {
// A millisecond or two, which is how long others wait.
constexpr int IndexedAtOnce = 100;
constexpr qsizetype TextIndexedAtOnce = qsizetype(32) * 1024;

/// As a JSON list.
QString keysOf(const QHash<qint64, QString> &rooms)
{
    QStringList keys;
    for (auto it = rooms.keyBegin(); it != rooms.keyEnd(); ++it)
        keys.append(QString::number(*it));
    return u'[' + keys.join(u',') + u']';
}

} // namespace

Expected<RoomLog::Hits> LogFile::search(const QHash<QString, QString> &epochs,
                                        const RoomLog::Search &search)
{
    Rooms rooms;
    for (auto it = epochs.cbegin(); it != epochs.cend(); ++it) {
        if (const Log *log = find(it.key(), it.value()))
            rooms.insert(log->key, it.key());
    }
    RoomLog::Hits hits;
    if (rooms.isEmpty())
        return hits;
    chat::HitsMaker maker(hits, search);
    const qint64 end = search.next > 0 ? search.next : std::numeric_limits<qint64>::max();
    Expected<bool> goesOn = look(m_index.newest(), end, rooms, maker);
    if (goesOn && *goesOn) {
        const qint64 reached = m_index.walk(end, search.words, [&](qint64 key, qint64 log) {
            if (rooms.contains(log))
                goesOn = look(key - 1, key + 1, rooms, maker);
            return goesOn && *goesOn;
        });
        if (goesOn && *goesOn && reached > m_index.oldest())
            goesOn = maker.endAt(reached);
    }
    if (goesOn && *goesOn)
        goesOn = look(0, std::min(end, m_index.oldest()), rooms, maker);
    if (!goesOn)
        return goesOn.error();
    for (ChatMessage &message : hits.messages) {
        if (const auto quoted = quote(*find(message.room), message); !quoted)
            return quoted.error();
    }
    return hits;
}

// What is skipped may be long: it is not read.
Expected<bool> LogFile::look(qint64 after, qint64 before, const Rooms &rooms, chat::HitsMaker &hits)
{
    bool goesOn = true;
    const auto read = m_database.select(
        u"SELECT number, id, sender, name, time, CASE WHEN wanted THEN text END, reply, edited,"
        " deleted, CASE WHEN wanted THEN reactions END, target, origin, kind, key, log,"
        " wanted FROM (SELECT *, kind = 0 AND log IN (SELECT value FROM json_each(?)) AS wanted"
        " FROM entries) WHERE key > ? AND key < ? ORDER BY key DESC"_s,
        {keysOf(rooms), after, before}, [&](const sqlite::Statement &query) {
            const qint64 key = query.value(13).toLongLong();
            if (!query.value(15).toBool())
                return goesOn = hits.skip(key);
            const QString room = rooms.value(query.value(14).toLongLong());
            goesOn = hits.add(key, query.value(5).toString(),
                              [&] { return rowIn(query, room, *find(room)).message; });
            return goesOn;
        });
    if (!read)
        return read.error();
    return goesOn;
}

Expected<bool> LogFile::index()
{
    if (!m_index.isBegun()) {
        const auto newest = m_database.value(u"SELECT max(key) FROM entries"_s);
        if (!newest)
            return newest.error();
        m_index.begin(newest->toLongLong());
    }
    int rows = 0;
    qsizetype text = 0;
    const auto add = [&](const sqlite::Statement &query, auto addMessage, auto reach) {
        const QString said = query.value(3).toString();
        const qint64 key = query.value(0).toLongLong();
        if (query.value(2).toInt() == 0)
            (m_index.*addMessage)(key, query.value(1).toLongLong(), said);
        (m_index.*reach)(key);
        text += said.size();
        return ++rows < IndexedAtOnce && text < TextIndexedAtOnce;
    };
    const QString columns = u"SELECT key, log, kind, text FROM entries WHERE "_s;
    auto read =
        m_database.select(columns + u"key > ? ORDER BY key"_s, {m_index.newest()},
                          [&](const sqlite::Statement &query) {
                              return add(query, &SearchIndex::addNewer, &SearchIndex::reachNewer);
                          });
    if (read && rows == 0 && !m_index.isFull()) {
        read = m_database.select(columns + u"key < ? ORDER BY key DESC"_s, {m_index.oldest()},
                                 [&](const sqlite::Statement &query) {
                                     return add(query, &SearchIndex::addOlder,
                                                &SearchIndex::reachOlder);
                                 });
    }
    if (!read)
        return read.error();
    return rows > 0;
}

// What the transaction may yet undo: the index may name a message that has not the word.
Expected<void> LogFile::indexAgain(const Log &log, const ChatMessage &message)
{
    const auto key = m_database.value(u"SELECT key FROM entries WHERE log = ? AND number = ?"_s,
                                      {log.key, message.number});
    if (!key)
        return key.error();
    m_index.widen(key->toLongLong(), message.text);
    return {};
}

Expected<void> LogFile::unindex(qint64 count)
{
    const auto newest = m_database.value(u"SELECT max(key) FROM entries"_s);
    if (!newest)
        return newest.error();
    m_index.drop(count, newest->toLongLong());
    return {};
}

} // namespace parlour::storage
