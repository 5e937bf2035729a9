// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame_values.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace parlour::chat {

/// What is remembered of a room; where its log stands, the RoomLog knows.
struct KeptRoom {
    QString title;
    QString topic;
    QString creator; ///< the id of a person; empty: nobody in particular
    bool isListed = false;

    friend bool operator==(const KeptRoom &, const KeptRoom &) = default;
};

struct KeptToken {
    QByteArray hash;
    QString personId;

    friend bool operator==(const KeptToken &, const KeptToken &) = default;
};

/// Up to where a person has seen a room.
struct KeptRead {
    QString personId;
    QString room;
    Position position;

    friend bool operator==(const KeptRead &, const KeptRead &) = default;
};

/// Behind that entry of another host in a room, something may be missing here.
struct KeptHole {
    QString host;
    QString room;
    QString after; ///< its id; empty: nothing of that host was here
    qint64 time = 0; ///< ms UTC: of the last message up to it, or from when on all is wanted
    qint64 since = 0; ///< ms UTC: when it was seen

    friend bool operator==(const KeptHole &, const KeptHole &) = default;
};

/// What a host remembers of itself from one start to the next, beside what was said. A change is
/// kept soon, without an answer; one that cannot be kept now is tried again. Lives in the server
/// thread. Twins: EphemeralHouseStore, and SQLite behind the same interface.
class HouseStore
{
public:
    HouseStore() = default;
    HouseStore(const HouseStore &) = delete;
    HouseStore &operator=(const HouseStore &) = delete;
    virtual ~HouseStore();

    struct Memory {
        QString hostId; ///< 16 hexadecimal digits, the same at each start
        QList<KeptRoom> rooms; ///< in the order of their making
        QList<KeptToken> tokens; ///< the most recently used first
        QList<KeptRead> reads = {}; ///< the most recent last
        /// ms UTC: the first of the starts in a row that share what is said with other hosts; 0:
        /// this one does not, or remembers nothing.
        qint64 sharesSince = 0;
        QList<KeptHole> holes = {}; ///< for a host that shares what is said
    };
    /// What it knew at the start.
    virtual Memory memory() const = 0;

    /// A room is new, or another topic, creator or place in the list was given to it.
    virtual void keepRoom(const KeptRoom &room) = 0;
    virtual void forgetRoom(const QString &title) = 0;

    /// A token is new, or was used now.
    virtual void keepToken(const KeptToken &token) = 0;
    virtual void forgetToken(const QByteArray &hash) = 0;

    /// A person has seen more of a room.
    virtual void keepRead(const KeptRead &read) = 0;
    virtual void forgetRead(const QString &personId, const QString &room) = 0;

    /// What another host said cannot be had at present.
    virtual void keepHole(const KeptHole &hole) = 0;
    virtual void forgetHole(const QString &host, const QString &room) = 0;
};

QString newHostId();

/// Remembers nothing: each start is a new host's first one.
class EphemeralHouseStore final : public HouseStore
{
public:
    Memory memory() const override { return {m_hostId, {}, {}}; }
    void keepRoom(const KeptRoom &) override { }
    void forgetRoom(const QString &) override { }
    void keepToken(const KeptToken &) override { }
    void forgetToken(const QByteArray &) override { }
    void keepRead(const KeptRead &) override { }
    void forgetRead(const QString &, const QString &) override { }
    void keepHole(const KeptHole &) override { }
    void forgetHole(const QString &, const QString &) override { }

private:
    QString m_hostId = newHostId();
};

} // namespace parlour::chat
