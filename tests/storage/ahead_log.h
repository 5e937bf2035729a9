// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "host_file.h"

#include <QSemaphore>
#include <QTest>

#include <algorithm>

namespace parlour::tests {

/// A log that tells ahead what is said in "general" and "attic"; null where it does not come to
/// that.
inline std::unique_ptr<storage::SqliteRoomLog>
logAhead(storage::Store &store, channels::ChannelLayer &layer,
         const storage::SqliteRoomLogOptions &options = {})
{
    constexpr int Patience = 60000; // ms; machines are shared
    const QStringList rooms{QStringLiteral("general"), QStringLiteral("attic")};
    auto log = std::make_unique<storage::SqliteRoomLog>(store, layer, options);
    for (const QString &room : rooms)
        (void)log->position(room); // which begins it
    const auto isReady = [&] {
        return std::all_of(rooms.begin(), rooms.end(),
                           [&](const QString &room) { return log->isAhead(room); });
    };
    return QTest::qWaitFor(isReady, Patience) ? std::move(log) : nullptr;
}

/// As logAhead(), for the contracts: of a file of its own, which is made anew each time.
class AheadMaker
{
public:
    std::unique_ptr<chat::RoomLog> make(channels::ChannelLayer &layer, int messagesPerRoom)
    {
        end();
        m_file = std::make_unique<HostFile>();
        m_file->tellsAhead = true;
        m_store = m_file->open({{.messagesPerRoom = messagesPerRoom}});
        auto log = m_store ? logAhead(*m_store, layer) : nullptr;
        if (!log)
            qFatal("no log that tells ahead: %s", qPrintable(m_file->error.message));
        return log;
    }
    void end() { m_store.reset(); }

private:
    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<storage::Store> m_store;
};

/// What a host has of its file, over some lives; a log that tells ahead.
class AheadHost
{
public:
    AheadHost() { file.tellsAhead = true; }
    ~AheadHost()
    {
        startDisk();
        log.reset();
    }
    AheadHost(const AheadHost &) = delete;
    AheadHost &operator=(const AheadHost &) = delete;

    /// Another life.
    void begin(const storage::SqliteRoomLogOptions &options = {},
               const storage::StoreOptions &storeOptions = {})
    {
        end();
        store = file.open(storeOptions);
        QVERIFY2(store, qPrintable(file.error.message));
        log = logAhead(*store, layer, options);
        QVERIFY(log);
    }
    void end()
    {
        log.reset();
        store.reset();
    }
    /// From now on the disk takes nothing.
    void stopDisk()
    {
        store->thread().run([this] { m_disk.acquire(); });
    }
    void startDisk() { m_disk.release(); }

    static QString journalOf(const HostFile &file) { return file.path() + QStringLiteral("-told"); }
    QString journal() const { return journalOf(file); }

    HostFile file;
    channels::InMemoryChannelLayer layer;
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<storage::SqliteRoomLog> log;

private:
    QSemaphore m_disk;
};

inline QStringList textsOf(const QList<chat::ChatMessage> &messages)
{
    QStringList texts;
    for (const chat::ChatMessage &message : messages)
        texts.append(message.text);
    return texts;
}

inline QList<qint64> numbersOf(const QList<chat::ChatMessage> &messages)
{
    QList<qint64> numbers;
    for (const chat::ChatMessage &message : messages)
        numbers.append(message.number);
    return numbers;
}

} // namespace parlour::tests
