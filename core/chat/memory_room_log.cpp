// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/memory_room_log.h"

#include "chat/chat_message.h"
#include "chat/log_answer.h"
#include "chat/room_names.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parlour::chat {

MemoryRoomLog::MemoryRoomLog(channels::ChannelLayer &layer, const MemoryRoomLogOptions &options)
    : m_layer(layer)
    , m_options(options)
{
}

MemoryRoomLog::~MemoryRoomLog() = default;

void MemoryRoomLog::post(const Utterance &utterance, QObject *context, Posted posted)
{
    answerLater(context, [kept = append(utterance), posted = std::move(posted)] { posted(kept); });
}

void MemoryRoomLog::change(const Change &change, QObject *context, Changed changed)
{
    answerLater(context, [done = append(change), changed = std::move(changed)] { changed(done); });
}

void MemoryRoomLog::last(const QString &room, int count, QObject *context, Read read)
{
    before(room, std::numeric_limits<qint64>::max(), count, context, std::move(read));
}

void MemoryRoomLog::before(const QString &room, qint64 number, int count, QObject *context,
                           Read read)
{
    answerLater(context, [page = pageBefore(logOf(room), number, count), read = std::move(read)] {
        read(page);
    });
}

void MemoryRoomLog::since(const QString &room, const Position &position, int count,
                          QObject *context, CaughtUp caughtUp)
{
    answerLater(context,
                [missed = catchup(logOf(room), position, count), caughtUp = std::move(caughtUp)] {
                    caughtUp(missed);
                });
}

MemoryRoomLog::Entry *MemoryRoomLog::Log::find(qint64 wanted)
{
    const LogRange range = rangeOf(*this);
    const bool isThere = wanted >= range.oldest && wanted <= range.newest;
    return isThere ? &entries[size_t(wanted - range.oldest)] : nullptr;
}

ChatMessage MemoryRoomLog::asItIsNow(Log &log, const Entry &entry)
{
    ChatMessage message = entry.message;
    if (message.reply) {
        const Entry *replied = log.find(message.reply->id);
        if (replied && replied->target == 0)
            message.reply = quoteOf(replied->message);
    }
    return message;
}

RoomLog::Page MemoryRoomLog::pageBefore(Log &log, qint64 number, int count)
{
    const LogWindow window = windowBefore(rangeOf(log), number);
    Page page{{log.epoch, log.number}};
    AnswerSpace space;
    for (qint64 at = window.end - 1; at >= window.first && !page.hasOlder; --at) {
        const Entry &entry = *log.find(at);
        if (entry.target > 0)
            continue;
        const ChatMessage message = asItIsNow(log, entry);
        page.hasOlder = page.messages.size() >= count || !space.takes(message);
        if (!page.hasOlder)
            page.messages.prepend(message);
    }
    setBounds(page, window);
    return page;
}

RoomLog::Catchup MemoryRoomLog::catchup(Log &log, const Position &position, int count)
{
    const auto window = position.epoch == log.epoch
        ? windowBehind(rangeOf(log), position.number, count)
        : std::nullopt;
    if (!window)
        return lostBefore(pageBefore(log, log.number + 1, count));
    Catchup part{{log.epoch, log.number}};
    PartMaker maker(part, *window);
    for (qint64 at = window->first; at < window->end; ++at) {
        const Entry *entry = log.find(at);
        const Entry *changed = entry->target > 0 ? log.find(entry->target) : entry;
        if (!maker.add(at, entry->target, [&]() -> std::optional<ChatMessage> {
                return changed ? std::optional(asItIsNow(log, *changed)) : std::nullopt;
            }))
            break;
    }
    return part;
}

RoomLog::Position MemoryRoomLog::position(const QString &room)
{
    const Log &log = logOf(room);
    return {log.epoch, log.number};
}

bool MemoryRoomLog::hasHistory(const QString &room) const
{
    const auto log = m_logs.constFind(room);
    return log != m_logs.constEnd() && !log->entries.empty();
}

void MemoryRoomLog::forget(const QString &room)
{
    const auto log = m_logs.find(room);
    if (log == m_logs.end())
        return;
    m_bytes -= log->bytes;
    m_kept -= qint64(log->entries.size());
    m_bySize.erase({log->bytes, room});
    m_logs.erase(log);
}

RoomLog::Stats MemoryRoomLog::stats() const
{
    Stats stats;
    stats.kept = m_kept;
    return stats;
}

MemoryRoomLog::Log &MemoryRoomLog::logOf(const QString &room)
{
    Log &log = m_logs[room];
    if (log.epoch.isEmpty())
        log.epoch = newEpoch();
    return log;
}

Expected<ChatMessage> MemoryRoomLog::append(const Utterance &utterance)
{
    Log &log = logOf(utterance.room);
    if (const Entry *known = log.find(utterance.id)) {
        if (known->target == 0 && known->message.sender.id == utterance.sender.id)
            return asItIsNow(log, *known);
        return somebodyElsesId();
    }
    Entry entry{messageOf(utterance, log.epoch, log.number + 1)};
    if (utterance.time <= 0)
        entry.message.time = QDateTime::currentMSecsSinceEpoch();
    entry.origin = utterance.origin;
    if (!utterance.deletion && !utterance.json.startsWith('"'))
        entry.json = utterance.json;
    ChatMessage said = asItIsNow(log, entry);
    const auto sent = m_layer.groupSend(roomGroup(utterance.room), eventOf(utterance, said));
    if (!sent)
        return Error{u"not_logged"_s, sent.error().message};
    keep(log, entry);
    return said;
}

/// Of what people wrote; of a change, which has no text, its id and who did it.
qint64 MemoryRoomLog::bytesOf(const ChatMessage &message, bool isChange)
{
    const qsizetype size = isChange
        ? message.id.size() + message.sender.id.size() + message.sender.name.size()
        : textSize(message);
    return size * qint64(sizeof(QChar));
}

void MemoryRoomLog::keep(Log &log, const Entry &entry)
{
    log.number = entry.message.number;
    log.entries.push_back(entry);
    log.entries.back().place = ++m_places;
    log.messages += entry.target == 0 ? 1 : 0;
    ++m_kept;
    log.numbers.insert(entry.message.id.toLower(), entry.message.number); // the same in capitals
    grow(entry.message.room, log, bytesOf(entry.message, entry.target > 0) + entry.json.size());
    trim(log);
}

void MemoryRoomLog::dropOldest(Log &log)
{
    const Entry oldest = std::move(log.entries.front());
    log.entries.pop_front();
    log.messages -= oldest.target == 0 ? 1 : 0;
    --m_kept;
    log.numbers.remove(oldest.message.id.toLower());
    if (oldest.target > 0 && oldest.kind == Change::Kind::Delete && oldest.origin.isEmpty()) {
        log.deletions.push_back(oldest); // with its bytes
        if (qint64(log.deletions.size()) > mostDeletions(m_options.messagesPerRoom))
            dropOldestDeletion(log);
        return;
    }
    grow(oldest.message.room, log,
         -bytesOf(oldest.message, oldest.target > 0) - oldest.json.size());
}

void MemoryRoomLog::dropOldestDeletion(Log &log)
{
    const Entry oldest = std::move(log.deletions.front());
    log.deletions.pop_front();
    grow(oldest.message.room, log, -bytesOf(oldest.message, true));
}

void MemoryRoomLog::grow(const QString &room, Log &log, qint64 bytes)
{
    m_bySize.erase({log.bytes, room});
    log.bytes += bytes;
    m_bytes += bytes;
    m_bySize.insert({log.bytes, room});
}

bool MemoryRoomLog::isOverfull(const Log &log) const
{
    return log.messages > m_options.messagesPerRoom
        || qint64(log.entries.size()) > MaxEntriesPerMessage * m_options.messagesPerRoom
        || log.bytes > m_options.bytesPerRoom;
}

void MemoryRoomLog::trim(Log &log)
{
    while (log.entries.size() > 1 && isOverfull(log))
        dropOldest(log);
    while (m_bytes > m_options.bytesInAll) {
        Log &largest = m_logs[m_bySize.rbegin()->second];
        if (largest.entries.size() > 1)
            dropOldest(largest);
        else if (!largest.deletions.empty())
            dropOldestDeletion(largest);
        else
            return;
    }
}

} // namespace parlour::chat
