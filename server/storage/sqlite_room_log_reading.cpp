// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_room_log.h"
#include "storage/store.h"
#include "storage/trouble.h"

#include <limits>
#include <utility>

namespace parlour::storage {

using namespace Qt::StringLiterals;

template <typename Answer, typename Ask>
void SqliteRoomLog::ask(QObject *context, std::function<void(const Expected<Answer> &)> answered,
                        Ask ask)
{
    writeNumbered(); // which is to be read, too
    // The callback stays in this thread: what it holds may belong to it.
    const auto ticket = ++m_tickets;
    m_asked.insert(ticket,
                   [context = QPointer<QObject>(context),
                    answered = std::move(answered)](const std::any &answer) {
                       if (context)
                           answered(std::any_cast<const Expected<Answer> &>(answer));
                   });
    m_store.thread().run([this, &logs = m_store.logs(), ask = std::move(ask), ticket] {
        Expected<Answer> answer = ask(logs);
        if (!answer) {
            const QString cause = answer.error().code;
            answer = Error{u"not_read"_s, reasonFor(cause), cause};
        }
        answerLater(&m_inbox,
                    [this, ticket, answer = std::any(answer)] { m_asked.take(ticket)(answer); });
    });
}

void SqliteRoomLog::last(const QString &room, int count, QObject *context, Read read)
{
    before(room, std::numeric_limits<qint64>::max(), count, context, std::move(read));
}

void SqliteRoomLog::before(const QString &room, qint64 number, int count, QObject *context,
                           Read read)
{
    ask<Page>(context, std::move(read),
              [room, epoch = headOf(room).epoch, number, count](LogFile &logs) {
                  return logs.before(room, epoch, number, count);
              });
}

void SqliteRoomLog::since(const QString &room, const Position &position, int count,
                          QObject *context, CaughtUp caughtUp)
{
    ask<Catchup>(context, std::move(caughtUp),
                 [room, epoch = headOf(room).epoch, position, count](LogFile &logs) {
                     return logs.since(room, epoch, position, count);
                 });
}

void SqliteRoomLog::saidHere(const QString &room, const SaidHereQuery &query, QObject *context,
                             SaidHereRead read)
{
    ask<SaidHere>(context, std::move(read),
                  [room, epoch = headOf(room).epoch, query](LogFile &logs) {
                      return logs.saidHere(room, epoch, query);
                  });
}

void SqliteRoomLog::lastFrom(const QString &room, const QString &origin, QObject *context,
                             LastFound found)
{
    ask<LastEntries>(context, std::move(found),
                     [room, epoch = headOf(room).epoch, origin](LogFile &logs) {
                         return logs.lastFrom(room, epoch, origin);
                     });
}

void SqliteRoomLog::search(const Search &search, QObject *context, Searched searched)
{
    m_searches.push_back({search, context, std::move(searched)});
    searchNext();
}

// One part at a time, in turns, and behind what waits to be written: however many search, the
// others wait for one part at most.
void SqliteRoomLog::searchNext()
{
    while (!m_searches.empty() && !m_searches.front().context)
        m_searches.pop_front();
    const bool isToWrite = !m_isWriting && !m_waiting.empty();
    if (m_isSearching || m_searches.empty() || isToWrite)
        return;
    const SearchPart part = std::move(m_searches.front());
    m_searches.pop_front();
    QHash<QString, QString> epochs;
    for (const QString &room : part.search.rooms) {
        if (const auto head = m_heads.constFind(room); head != m_heads.constEnd())
            epochs.insert(room, head->epoch);
    }
    m_isSearching = true;
    const auto searched = [this, part](const Expected<Hits> &hits) {
        m_isSearching = false;
        if (part.context)
            part.searched(hits);
        searchNext();
    };
    ask<Hits>(&m_inbox, searched, [epochs, search = part.search](LogFile &logs) {
        return logs.search(epochs, search);
    });
}

} // namespace parlour::storage
