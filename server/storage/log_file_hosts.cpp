// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/json_writer.h"
#include "chat/log_answer.h"
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

namespace parlour::storage {

using chat::RoomLog;
using namespace Qt::StringLiterals;

Expected<RoomLog::SaidHere> LogFile::saidHere(const QString &room, const QString &epoch,
                                              const RoomLog::SaidHereQuery &query)
{
    RoomLog::SaidHere part;
    const Log *found = find(room, epoch);
    if (!found)
        return part;
    const Log log = *found;
    const auto after = query.after.isEmpty() ? Found(std::nullopt) : row(room, log, query.after);
    if (!after)
        return after.error();
    part.isLost = !query.after.isEmpty() && !*after;
    const bool isKnown = bool(*after);
    const QString where =
        u"%1 >= ? AND origin = '' AND kind = 0 AND deleted = 0 ORDER BY number"_s.arg(
            isKnown ? u"number"_s : u"time"_s);
    const qint64 from = isKnown ? (*after)->message.number + 1 : query.from;
    chat::AnswerSpace space;
    const auto read =
        m_database.select(entriesWhere(where), {log.key, from}, [&](const QSqlQuery &line) {
            const ChatMessage message = rowIn(line, room, log).message;
            part.hasMore = part.said.size() >= query.count || !space.takes(message);
            if (part.hasMore)
                return false;
            const QByteArray json = line.value(u"json"_s).toByteArray();
            part.said.append({message, json.isEmpty() ? chat::jsonString(message.text) : json});
            return true;
        });
    if (!read)
        return read.error();
    return part;
}

Expected<QString> LogFile::lastFrom(const QString &room, const QString &epoch,
                                    const QString &origin)
{
    QString id;
    const Log *log = find(room, epoch);
    if (!log)
        return id;
    // The words of the index that has other hosts' messages alone.
    const QString others = origin.isEmpty() ? QString() : u" AND origin <> ''"_s;
    const auto read =
        m_database.select(u"SELECT id FROM entries WHERE log = ? AND origin = ? AND kind = 0%1"
                          " ORDER BY number DESC LIMIT 1"_s.arg(others),
                          {log->key, origin}, [&](const QSqlQuery &line) {
                              id = line.value(0).toString();
                              return false;
                          });
    if (!read)
        return read.error();
    return id;
}

} // namespace parlour::storage
