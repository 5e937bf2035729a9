// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "client/client_store.h"
#include "client/outbox.h"

#include <QHash>
#include <QTimer>

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
    chat::RoomState state; ///< epoch and number: of the last message that is here
    std::optional<chat::Position> position; ///< none: nothing is here
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
    QList<chat::ChatMessage> before(const QString &room, const chat::Position &position, int count);
    /// In the order in which they are to be sent, and what failed, in the order in which it did.
    QList<Outbox::Entry> waiting() { return outbox(false); }
    QList<Outbox::Entry> failed() { return outbox(true); }

    /// The host at this address has welcomed us.
    void setHost(const chat::HostInfo &host, const chat::Person &self);
    void setRoom(const chat::RoomState &room);
    /// Older or new messages; `position`: how far the room is known now, where that changed.
    void keep(const QString &room, const QList<chat::ChatMessage> &messages,
              const std::optional<chat::Position> &position = {});
    /// The room was left: nothing of it stays.
    void forget(const QString &room);

    void addWaiting(const Outbox::Entry &entry);
    void addFailed(const Outbox::Entry &entry);
    /// It was sent, at the end of the turn.
    void removeSent(const QString &id);
    void remove(const QString &id);

private:
    struct Batch {
        QHash<QString, QList<chat::ChatMessage>> messages; ///< by room
        QHash<QString, chat::Position> positions;
        QStringList sent;
        qsizetype size = 0;
    };
    struct EpochKey {
        QString epoch;
        qint64 key = 0;
    };

    using Values = QVariantList;
    std::optional<QList<Values>> run(const QString &sql, const Values &values = {});
    void change(const std::function<bool()> &change);
    qint64 roomKey(const QString &room);
    qint64 epochKey(const QString &room, const QString &epoch);
    QList<chat::ChatMessage> read(const QString &room, const QString &where, Values values,
                                  int count);
    QList<Outbox::Entry> outbox(bool areFailed);
    void add(const Outbox::Entry &entry, bool isFailed);
    void writeSoon();
    void write();
    bool writeMessages(const QString &room, const QList<chat::ChatMessage> &messages);
    bool trim(const QString &room);
    bool dropUnusedHosts();

    ClientStore &m_store;
    QString m_address;
    qint64 m_key = 0;
    QHash<QString, qint64> m_roomKeys;
    QHash<QString, EpochKey> m_lastEpochs; ///< by room
    QHash<QString, int> m_untrimmed; ///< messages written since the room was trimmed
    Batch m_batch;
    QTimer m_writing;
};

} // namespace parlour::client
