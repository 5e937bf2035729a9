// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What rooms heard before it was written: it is in the PostJournal, has its number, and is owed to
// the file.
#include "chat/log_answer.h"
#include "storage/log_file.h"
#include "storage/logging.h"
#include "storage/sqlite_database.h"

#include <utility>

namespace parlour::storage {

using chat::Utterance;
using namespace Qt::StringLiterals;

namespace {
const QString anyEpoch = u"*"_s; ///< of logs whose rows are lost nobody knows theirs
} // namespace

/// Not where its log ended meanwhile, or where it is written.
Expected<void> LogFile::appendOwed(const LogBatch::Entry &entry)
{
    const auto &said = std::get<Utterance>(entry.content);
    const Log *log = find(said.room, entry.epoch);
    if (!log || entry.number <= log->range.newest || m_stuck.contains(said.room))
        return {};
    const auto answer = append(said, entry.epoch);
    if (!answer)
        return answer.error();
    if (answer->isNew)
        return {};
    // Should it come to that, what follows keeps the number that it was told with.
    qCWarning(lcStorage) << "an id was told that the file has already:" << said.id;
    return appendUnknown(said.room, *find(said.room, entry.epoch));
}

/// Looks for the rooms that cannot be written, each by itself.
void LogFile::findStuck()
{
    QSet<QString> rooms;
    for (const LogBatch::Entry &entry : std::as_const(m_owed))
        rooms.insert(roomOf(entry));
    for (const QString &room : std::as_const(rooms)) {
        const auto written = commit(
            [&]() -> Expected<void> {
                for (const LogBatch::Entry &entry : std::as_const(m_owed)) {
                    const auto kept = roomOf(entry) == room ? appendOwed(entry) : Expected<void>();
                    if (!kept)
                        return kept;
                }
                return {};
            },
            Durability::Power);
        if (!written)
            m_stuck.insert(room);
    }
}

// All of it on the disk, since the journal goes then.
Expected<QHash<QString, LogHead>> LogFile::takeTold(const QList<LogBatch::Entry> &entries,
                                                    bool isMended, bool isGap)
{
    const auto note = m_database.value(u"SELECT value FROM host WHERE name = 'mended'"_s);
    if (!note)
        return note.error();
    QStringList mended = note->toString().split(u' ', Qt::SkipEmptyParts);
    if (isMended)
        mended.append(anyEpoch);
    const QList<ToTake> wanted = toTake(entries, mended, isGap);
    if (wanted.isEmpty() && note->isNull() && !isGap)
        return QHash<QString, LogHead>();
    auto heads = commit(
        [&]() -> Expected<void> {
            if (isGap) {
                if (const auto renewed = renewEpochs(); !renewed)
                    return renewed.error();
            }
            for (const ToTake &one : wanted) {
                if (const auto taken = take(one); !taken)
                    return taken;
            }
            const auto gone = m_database.change(u"DELETE FROM host WHERE name = 'mended'"_s);
            return gone ? Expected<void>() : Expected<void>(gone.error());
        },
        Durability::Power);
    if (!heads || !isGap)
        return heads;
    qCWarning(lcStorage).noquote()
        << m_database.path() << "is older than the last moments of what was said, which are kept"
        << "beside it: so rooms have new epochs, and people are told";
    for (auto log = m_logs.cbegin(); log != m_logs.cend(); ++log)
        heads->insert(log.key(), {log->epoch, log->range});
    return heads;
}

/// Those of logs that go on, and that these do not have; `isGap`, where they lack others. Of a log
/// that began anew numbers say nothing, and what it has is known by its id.
QList<LogFile::ToTake> LogFile::toTake(const QList<LogBatch::Entry> &entries,
                                       const QStringList &mended, bool &isGap)
{
    QList<ToTake> wanted;
    QHash<QString, qint64> newest; // by room
    for (const LogBatch::Entry &entry : entries) {
        const QString room = roomOf(entry);
        const Log *log = find(room, entry.epoch);
        if (!log && (mended.contains(entry.epoch) || mended.contains(anyEpoch)))
            wanted.append({entry, false});
        if (!log || entry.number <= log->range.newest)
            continue; // it ended, or has it
        isGap |= entry.number != newest.value(room, log->range.newest) + 1;
        newest.insert(room, entry.number);
        wanted.append({entry, true});
    }
    return wanted;
}

Expected<void> LogFile::take(const ToTake &wanted)
{
    const auto &said = std::get<Utterance>(wanted.entry.content);
    if (!find(said.room)) { // its row is lost
        if (const auto begun = setEpoch(said.room, chat::newEpoch()); !begun)
            return begun;
    }
    const QString epoch = find(said.room)->epoch;
    const auto answer = append(said, epoch);
    if (!answer)
        return answer.error();
    if (answer->isNew || !wanted.isByNumber)
        return {};
    return appendUnknown(said.room, *find(said.room));
}

Expected<void> LogFile::noteMended(SqliteDatabase &database, const QString &epoch)
{
    const auto noted = database.change(
        u"INSERT INTO host (name, value) VALUES ('mended', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = value || ' ' || excluded.value"_s,
        {epoch.isEmpty() ? anyEpoch : epoch});
    return noted ? Expected<void>() : Expected<void>(noted.error());
}

QList<LogFile::Row> LogFile::owedTo(const QString &room, const QString &epoch) const
{
    QList<Row> rows;
    const Log *log = m_owed.isEmpty() ? nullptr : find(room, epoch);
    if (!log)
        return rows;
    for (const LogBatch::Entry &entry : m_owed) {
        const auto &said = std::get<Utterance>(entry.content);
        if (said.room == room && entry.epoch == epoch && entry.number > log->range.newest)
            rows.append({chat::messageOf(said, epoch, entry.number), 0, said.origin});
    }
    return rows;
}

} // namespace parlour::storage
