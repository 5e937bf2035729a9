// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/log_answer.h"
#include "chat/memory_room_log.h"

#include <queue>

#include <algorithm>
#include <limits>

namespace parlour::chat {

void MemoryRoomLog::search(const Search &search, QObject *context, Searched searched)
{
    answerLater(context, [hits = find(search), searched = std::move(searched)] { searched(hits); });
}

RoomLog::Hits MemoryRoomLog::find(const Search &search)
{
    struct Reader {
        Log *log;
        size_t left; ///< entries that were not looked at

        qint64 place() const { return log->entries[left - 1].place; }
        bool operator<(const Reader &other) const { return place() < other.place(); }
    };
    const qint64 end = search.next > 0 ? search.next : std::numeric_limits<qint64>::max();
    std::priority_queue<Reader> readers; // the newest entry first
    for (const QString &room : search.rooms) {
        const auto log = m_logs.find(room);
        if (log == m_logs.end())
            continue;
        const auto from =
            std::partition_point(log->entries.begin(), log->entries.end(),
                                 [end](const Entry &entry) { return entry.place < end; });
        if (from != log->entries.begin())
            readers.push({&*log, size_t(from - log->entries.begin())});
    }
    Hits hits;
    HitsMaker maker(hits, search);
    while (!readers.empty()) {
        Reader reader = readers.top();
        readers.pop();
        const Entry &entry = reader.log->entries[--reader.left];
        const bool goesOn = entry.target > 0 ? maker.skip(entry.place)
                                             : maker.add(entry.place, entry.message.text, [&] {
                                                   return asItIsNow(*reader.log, entry);
                                               });
        if (!goesOn)
            break;
        if (reader.left > 0)
            readers.push(reader);
    }
    return hits;
}

} // namespace parlour::chat
