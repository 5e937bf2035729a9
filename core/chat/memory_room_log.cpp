// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/memory_room_log.h"

#include "chat/chat_message.h"
#include "chat/room_names.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

qint64 sizeOf(const ChatMessage &message)
{
    return message.text.size() * qint64(sizeof(QChar));
}

template <typename Answer>
void answerLater(QObject *context, Answer answer)
{
    QMetaObject::invokeMethod(context, std::move(answer), Qt::QueuedConnection);
}

} // namespace

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

void MemoryRoomLog::last(const QString &room, int count, QObject *context, Read read)
{
    const Log &log = logOf(room);
    answerLater(context, [page = pageBefore(log, log.number + 1, count), read = std::move(read)] {
        read(page);
    });
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

QList<ChatMessage> MemoryRoomLog::messagesIn(const Log &log, const LogWindow &window)
{
    const qint64 oldest = rangeOf(log).oldest;
    return QList<ChatMessage>(log.messages.begin() + (window.first - oldest),
                              log.messages.begin() + (window.end - oldest));
}

RoomLog::Page MemoryRoomLog::pageBefore(const Log &log, qint64 number, int count)
{
    const LogWindow window = windowBefore(rangeOf(log), number, count);
    return {{log.epoch, log.number}, messagesIn(log, window), window.first > rangeOf(log).oldest};
}

RoomLog::Catchup MemoryRoomLog::catchup(const Log &log, const Position &position, int count)
{
    const auto window = position.epoch == log.epoch
        ? windowBehind(rangeOf(log), position.number, count)
        : std::nullopt;
    if (!window) {
        const Page last = pageBefore(log, log.number + 1, count);
        return {last.end, last.messages, true, false};
    }
    return {{log.epoch, log.number}, messagesIn(log, *window), false, window->end <= log.number};
}

RoomLog::Position MemoryRoomLog::position(const QString &room)
{
    const Log &log = logOf(room);
    return {log.epoch, log.number};
}

bool MemoryRoomLog::hasHistory(const QString &room) const
{
    const auto log = m_logs.constFind(room);
    return log != m_logs.constEnd() && !log->messages.empty();
}

void MemoryRoomLog::forget(const QString &room)
{
    const auto log = m_logs.find(room);
    if (log == m_logs.end())
        return;
    m_bytes -= log->bytes;
    m_kept -= qint64(log->messages.size());
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
    const QString id = utterance.id.toLower(); // a UUID is the same one in capitals
    if (const auto known = log.numbers.constFind(id); known != log.numbers.constEnd()) {
        const ChatMessage &kept = log.messages.at(size_t(*known - log.messages.front().number));
        if (kept.sender.id == utterance.sender.id)
            return kept;
        return somebodyElsesId();
    }

    const qint64 time = utterance.time > 0 ? utterance.time : QDateTime::currentMSecsSinceEpoch();
    ChatMessage message{utterance.room,   utterance.id, log.epoch,     log.number + 1,
                        utterance.sender, time,         utterance.text};
    const auto sent = m_layer.groupSend(roomGroup(utterance.room),
                                        makeChatMessage(message, utterance.json, utterance.origin));
    if (!sent)
        return Error{u"not_logged"_s, sent.error().message};
    log.number = message.number;
    log.messages.push_back(message);
    ++m_kept;
    log.numbers.insert(id, message.number);
    grow(utterance.room, log, sizeOf(message));
    trim(log);
    return message;
}

void MemoryRoomLog::dropOldest(Log &log)
{
    const ChatMessage oldest = std::move(log.messages.front());
    log.messages.pop_front();
    --m_kept;
    log.numbers.remove(oldest.id.toLower());
    grow(oldest.room, log, -sizeOf(oldest));
}

void MemoryRoomLog::grow(const QString &room, Log &log, qint64 bytes)
{
    m_bySize.erase({log.bytes, room});
    log.bytes += bytes;
    m_bytes += bytes;
    m_bySize.insert({log.bytes, room});
}

void MemoryRoomLog::trim(Log &log)
{
    while (log.messages.size() > 1
           && (log.messages.size() > size_t(m_options.messagesPerRoom)
               || log.bytes > m_options.bytesPerRoom))
        dropOldest(log);
    while (m_bytes > m_options.bytesInAll) {
        Log &largest = m_logs[m_bySize.rbegin()->second];
        if (largest.messages.size() < 2)
            return;
        dropOldest(largest);
    }
}

} // namespace parlour::chat
