// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/log_file.h"
#include "storage/sqlite_database.h"

#include <algorithm>

namespace parlour::storage {

using chat::LogWindow;
using chat::RoomLog;
using namespace Qt::StringLiterals;

namespace {

qint64 textBytes(const ChatMessage &message)
{
    return message.text.size() * qint64(sizeof(QChar));
}

} // namespace

Expected<RoomLog::Page> LogFile::before(const QString &room, const QString &epoch, qint64 number,
                                        int count)
{
    const Log *log = find(room, epoch);
    if (!log)
        return RoomLog::Page{{epoch, 0}, {}, false};
    const LogWindow window = chat::windowBefore(log->range, number, count);
    const auto messages = read(room, window, true);
    if (!messages)
        return messages.error();
    const qint64 first = window.end - messages->size();
    return RoomLog::Page{{epoch, log->range.newest}, *messages, first > log->range.oldest};
}

Expected<RoomLog::Catchup> LogFile::since(const QString &room, const QString &epoch,
                                          const RoomLog::Position &position, int count)
{
    const Log *log = find(room, epoch);
    const LogRange range = log ? log->range : LogRange{};
    const auto window =
        position.epoch == epoch ? chat::windowBehind(range, position.number, count) : std::nullopt;
    if (!window) {
        const auto last = before(room, epoch, range.newest + 1, count);
        if (!last)
            return last.error();
        return RoomLog::Catchup{last->end, last->messages, true, false};
    }
    const auto messages = log ? read(room, *window, false) : QList<ChatMessage>();
    if (!messages)
        return messages.error();
    const qint64 end = window->first + messages->size();
    return RoomLog::Catchup{{epoch, range.newest}, *messages, false, end <= range.newest};
}

Expected<QList<ChatMessage>> LogFile::read(const QString &room, const LogWindow &window,
                                           bool isFromTheEnd)
{
    const Log log = *find(room);
    const QString sql = u"SELECT number, id, sender, name, time, text FROM entries"
                        " WHERE log = ? AND number >= ? AND number < ? ORDER BY number"_s;
    QList<ChatMessage> messages;
    qint64 bytes = 0;
    const auto visit = [&](const QSqlQuery &row) {
        const ChatMessage message{room,
                                  row.value(1).toString(),
                                  log.epoch,
                                  row.value(0).toLongLong(),
                                  {row.value(2).toString(), row.value(3).toString()},
                                  row.value(4).toLongLong(),
                                  row.value(5).toString()};
        bytes += textBytes(message);
        if (bytes > PageBytes && !messages.isEmpty())
            return false;
        messages.append(message);
        return true;
    };
    const auto selected = m_database.select(isFromTheEnd ? sql + u" DESC"_s : sql,
                                            {log.key, window.first, window.end}, visit);
    if (!selected)
        return selected.error();
    if (isFromTheEnd)
        std::reverse(messages.begin(), messages.end());
    return messages;
}

} // namespace parlour::storage
