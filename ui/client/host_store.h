// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/number_ranges.h"
#include "client/client_store.h"
#include "client/outbox.h"

#include <QHash>
#include <QPair>
#include <QSet>
#include <QTimer>
#include <QVariant>

#include <functional>
#include <optional>

namespace parlour::client {

/// A host as it was when it was last heard.
struct StoredHost {
    chat::HostInfo host; ///< without a version; an empty id: it never welcomed us
    chat::Person self; ///< id and name
};

/// A room that was joined.
struct StoredRoom {
    chat::RoomState state; ///< epoch and number: of the last message or change that is here
    std::optional<chat::Position> position; ///< none: nothing is here
    std::optional<chat::Position> read; ///< up to here the person has seen it
    QString draft; ///< what was typed and not said
};

/// One host's part of ClientStore. What is said to it (the outbox) is in the file when the call
/// returns; what the host said is there at the end of the turn, together with how far it goes.
/// Lives in the window's thread; `store` outlives it.
class HostStore : public QObject
{
    Q_OBJECT
public:
    HostStore(ClientStore &store, const QString &address, QObject *parent = nullptr);
    ~HostStore() override;

    StoredHost host();
    QList<StoredRoom> rooms();
    /// The last `count` messages of a room, oldest first.
    QList<chat::ChatMessage> last(const QString &room, int count);
    /// The `count` messages before that position, oldest first; there may be holes between them.
    /// What a host lost that numbered the others anew has the number of the one that follows it,
    /// and comes together with what it followed: then they are a few more.
    QList<chat::ChatMessage> before(const QString &room, const chat::Position &position, int count);
    /// The `count` messages behind that position, oldest first, with holes as above; where
    /// something is lost right before it, from there on.
    QList<chat::ChatMessage> behind(const QString &room, const chat::Position &position, int count);
    /// Of which numbers it is known what they were given to.
    chat::NumberRanges ranges(const QString &room, const QString &epoch);
    /// In the order in which they are to be sent, and what failed, in the order in which it did.
    QList<Outbox::Entry> waiting() { return outbox(false); }
    QList<Outbox::Entry> failed() { return outbox(true); }

    /// The host at this address has welcomed us.
    void setHost(const chat::HostInfo &host, const chat::Person &self);
    void setRoom(const chat::RoomState &room);
    /// Older or new messages, as they are now; `position`: how far the room is known now, where
    /// that changed.
    void keep(const QString &room, const QList<chat::ChatMessage> &messages,
              const std::optional<chat::Position> &position = {});
    /// What was given to these numbers was kept or changed.
    void cover(const QString &room, const QString &epoch, const chat::NumberRanges::Range &range);
    /// A message that may be here is another one now, and so are the quotes of it. What it said
    /// before is gone from the file.
    void change(const QString &room, const chat::ChatMessage &message,
                const std::optional<chat::Position> &position = {});
    void setRead(const QString &room, const chat::Position &position);
    void setDraft(const QString &room, const QString &text);
    /// The room was left: nothing of it stays.
    void forget(const QString &room);

    void addWaiting(const Outbox::Entry &entry);
    void addFailed(const Outbox::Entry &entry);
    /// It was sent, at the end of the turn.
    void removeSent(const QString &id);
    void remove(const QString &id);

private:
    struct Heard {
        chat::ChatMessage message;
        bool isChange = false; ///< only where the message is here
    };
    struct Numbered {
        QString epoch;
        chat::NumberRanges::Range range;
    };
    struct OfRoom {
        QList<Heard> heard; ///< in the order in which it was
        QList<Numbered> numbers;
        std::optional<chat::Position> position;
    };
    struct Batch {
        QHash<QString, OfRoom> rooms;
        QStringList sent;
        qsizetype size = 0;
    };
    struct EpochKey {
        QString epoch;
        qint64 key = 0;
    };
    /// A row, with the whole part of its number.
    struct Kept {
        qint64 epoch = 0;
        qint64 number = 0;
        int behind = 0; ///< which one behind the message of that number; 0: that message
        QString id;
    };
    struct Doubled {
        Kept row;
        Kept later; ///< of the same message, in a later epoch
    };
    /// Where in a later epoch something belongs.
    struct Mended {
        QList<Kept> doubled; ///< their later row stays
        QList<QPair<Kept, Kept>> lost; ///< from where to where
        QHash<QPair<qint64, qint64>, int> behind; ///< so many of them, by epoch and number
        std::optional<Kept> read; ///< up to here the person has seen it
    };

    using Values = QVariantList;
    std::optional<QList<Values>> run(const QString &sql, const Values &values = {});
    void transact(const std::function<bool()> &change);
    qint64 roomKey(const QString &room);
    qint64 epochKey(const QString &room, const QString &epoch);
    QList<chat::ChatMessage> read(const QString &room, const QString &where, Values values,
                                  int count, const QString &order = QStringLiteral("DESC"));
    std::optional<qint64> knownEpoch(const QString &room, const QString &epoch);
    QList<Outbox::Entry> outbox(bool areFailed);
    void add(const Outbox::Entry &entry, bool isFailed);
    void writeSoon();
    void write();
    bool writeRoom(const QString &room, const OfRoom &news);
    bool writeMessage(qint64 room, qint64 epoch, const chat::ChatMessage &message);
    bool writeChange(qint64 room, qint64 epoch, const chat::ChatMessage &message);
    bool writeNumbers(const QString &room, const QList<Numbered> &numbers);
    bool writeRanges(qint64 room, qint64 epoch, const chat::NumberRanges &known);
    chat::NumberRanges readRanges(const QString &room, const QString &epoch);
    bool trim(const QString &room);
    void mendRooms();
    bool mendRoom(qint64 room, const QStringList &told);
    std::optional<QList<Doubled>> doubledIn(qint64 room, const QStringList &told);
    std::optional<QList<Kept>> keptRows(const QString &where, const Values &values);
    std::optional<QList<Kept>> rowsBetween(qint64 room, const Kept &above, const Kept &below,
                                           int count);
    std::optional<Mended> mendingOf(qint64 room, const QList<Doubled> &doubled);
    bool placeBehind(qint64 room, const Kept &place, const QList<Kept> &rows, Mended &mended);
    bool writeMended(qint64 room, const Mended &mended);
    bool leaveOut(qint64 room, const Mended &mended);
    std::optional<QHash<qint64, chat::NumberRanges>> rangesOf(qint64 room);
    bool dropUnusedHosts();

    ClientStore &m_store;
    QString m_address;
    qint64 m_key = 0;
    QHash<QString, qint64> m_roomKeys;
    QHash<QString, EpochKey> m_lastEpochs; ///< by room
    QHash<QString, int> m_untrimmed; ///< messages written since the room was trimmed
    QHash<qint64, QSet<QString>> m_doubled; ///< by room: ids that may have several rows yet
    bool m_isMended = false;
    Batch m_batch;
    QTimer m_writing;
};

} // namespace parlour::client
