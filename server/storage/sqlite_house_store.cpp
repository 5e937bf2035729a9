// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/sqlite_house_store.h"

#include "storage/logging.h"
#include "storage/store.h"

#include <QDateTime>

#include <utility>

namespace parlour::storage {

namespace {

QSet<QString> titlesIn(const chat::HouseStore::Memory &memory)
{
    QSet<QString> titles;
    for (const chat::KeptRoom &room : memory.rooms)
        titles.insert(room.title);
    return titles;
}

QSet<QByteArray> hashesIn(const chat::HouseStore::Memory &memory)
{
    QSet<QByteArray> hashes;
    for (const chat::KeptToken &token : memory.tokens)
        hashes.insert(token.hash);
    return hashes;
}

QSet<HouseChanges::Reader> readersIn(const chat::HouseStore::Memory &memory)
{
    QSet<HouseChanges::Reader> readers;
    for (const chat::KeptRead &read : memory.reads)
        readers.insert({read.personId, read.room});
    return readers;
}

QSet<HouseChanges::PeerRoom> placesIn(const chat::HouseStore::Memory &memory)
{
    QSet<HouseChanges::PeerRoom> places;
    for (const chat::KeptHole &hole : memory.holes)
        places.insert({hole.host, hole.room});
    return places;
}

} // namespace

SqliteHouseStore::SqliteHouseStore(Store &store, std::chrono::milliseconds retryInterval)
    : m_store(store)
    , m_retryInterval(retryInterval)
    , m_rooms(titlesIn(store.memory()))
    , m_tokens(hashesIn(store.memory()))
    , m_reads(readersIn(store.memory()))
    , m_holes(placesIn(store.memory()))
{
    m_writeTimer.setSingleShot(true);
    QObject::connect(&m_writeTimer, &QTimer::timeout, &m_inbox, [this] { write(); });
}

SqliteHouseStore::~SqliteHouseStore()
{
    m_store.thread().runAndWait([] {}); // what answers to the inbox
}

chat::HouseStore::Memory SqliteHouseStore::memory() const
{
    return m_store.memory();
}

void SqliteHouseStore::keepRoom(const chat::KeptRoom &room)
{
    const auto waiting = m_rooms.waiting(room.title);
    m_rooms.set(room.title, {room, waiting ? waiting->order : ++m_roomsKept});
    writeSoon();
}

void SqliteHouseStore::forgetRoom(const QString &title)
{
    m_rooms.remove(title);
    writeSoon();
}

void SqliteHouseStore::keepToken(const chat::KeptToken &token)
{
    m_tokens.set(token.hash, {token.personId, QDateTime::currentMSecsSinceEpoch()});
    writeSoon();
}

void SqliteHouseStore::forgetToken(const QByteArray &hash)
{
    m_tokens.remove(hash);
    writeSoon();
}

void SqliteHouseStore::keepRead(const chat::KeptRead &read)
{
    m_reads.set({read.personId, read.room}, {read.position, QDateTime::currentMSecsSinceEpoch()});
    writeSoon();
}

void SqliteHouseStore::forgetRead(const QString &personId, const QString &room)
{
    m_reads.remove({personId, room});
    writeSoon();
}

void SqliteHouseStore::keepHole(const chat::KeptHole &hole)
{
    m_holes.set({hole.host, hole.room}, hole);
    writeSoon();
}

void SqliteHouseStore::forgetHole(const QString &host, const QString &room)
{
    m_holes.remove({host, room});
    writeSoon();
}

void SqliteHouseStore::writeSoon()
{
    if (!m_isWriting)
        m_writeTimer.start(0);
}

void SqliteHouseStore::write()
{
    if (m_isWriting || !isWaiting())
        return;
    m_isWriting = true;
    m_store.thread().run([this, &house = m_store.house(), changes = takeUnwritten()] {
        answerLater(&m_inbox, [this, done = house.write(changes)] { written(done); });
    });
}

void SqliteHouseStore::written(const Expected<void> &done)
{
    m_isWriting = false;
    if (done) {
        m_isInTrouble = false;
        m_rooms.written();
        m_tokens.written();
        m_reads.written();
        m_holes.written();
        write();
    } else {
        if (!std::exchange(m_isInTrouble, true)) {
            qCWarning(lcStorage).noquote()
                << "rooms, tokens, what was read and what others owe are kept later:"
                << done.error().message;
        }
        m_rooms.failed();
        m_tokens.failed();
        m_reads.failed();
        m_holes.failed();
        m_writeTimer.start(m_retryInterval);
    }
    endIfIdle();
}

void SqliteHouseStore::close(QObject *context, std::function<void()> closed)
{
    m_closing = context;
    m_closed = std::move(closed);
    write();
    endIfIdle();
}

HouseChanges SqliteHouseStore::takeUnwritten()
{
    return {m_rooms.take(), m_tokens.take(), m_reads.take(), m_holes.take()};
}

void SqliteHouseStore::endIfIdle()
{
    if (m_isWriting || !m_closing)
        return;
    answerLater(m_closing.data(), std::exchange(m_closed, {}));
    m_closing.clear();
}

} // namespace parlour::storage
