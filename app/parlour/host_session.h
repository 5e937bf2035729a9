// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "client/host_client.h"
#include "room_session.h"

#include <QHash>
#include <QObject>

namespace parlour::client {
struct StoredRoom;
}
namespace parlour::models {
class RoomTreeModel;
}
namespace parlour::wiring {
class Settings;
}

namespace parlour {

/// One host that the person is at: the client beside the models that show it. Lives in the window's
/// thread.
class HostSession final : public QObject
{
    Q_OBJECT
public:
    /// Shows itself in `tree` and remembers what it learns in `settings`; both outlive it.
    HostSession(const client::HostAddress &address, const client::ClientOptions &options,
                models::RoomTreeModel &tree, wiring::Settings &settings, QObject *parent = nullptr);

    /// Shows what was kept of the host: its rooms with what was said there and what waits to be
    /// sent. roomOpened() for each of them. Nothing where the host never welcomed us.
    void restore();
    /// Leaves the host and the tree, says nothing any more, and is deleted in a later turn.
    void end();

    /// Known by its address: "192.168.1.20:8765".
    QString id() const { return m_client.address().display(); }
    client::HostClient &client() { return m_client; }
    /// To be another client of the same person at this host.
    client::ClientOptions clientOptions() const;
    const chat::HostInfo &info() const { return m_host; }
    QString title() const;
    const chat::Person &self() const { return m_self; }
    bool isWatched() const { return m_watched; }
    /// Whether it cannot reach the others that it shares its rooms with; never while not connected.
    bool isBridgeAway() const;

    /// Null: not joined.
    RoomSession *room(const QString &name) const { return m_rooms.value(name); }
    /// The joined ones, by name.
    QStringList roomNames() const;
    /// Everybody but the person itself in the joined rooms, each once.
    QList<chat::Person> others() const;
    /// Joins and, when the host says so, opens it: roomOpened().
    void join(const QString &name);
    void leave(const QString &name);

    /// Says it in a joined room. False: too many messages wait; the text is not taken. `reply`: the
    /// id of the message that it replies to; empty: of none.
    bool say(const QString &name, const QString &text, const QString &reply = {});
    /// The person has seen a joined room up to here.
    void markSeen(const QString &name, const chat::Position &position);
    /// What was typed in a joined room and not said; keepDraft() writes it to the store.
    void setDraft(const QString &name, const QString &text);
    void keepDraft(const QString &name);
    void retry(const QString &name, const QString &id);
    void discard(const QString &name, const QString &id);

Q_SIGNALS:
    void linkChanged();
    void titleChanged();
    void selfChanged();
    void watchedChanged();
    void bridgeChanged();
    void membersChanged();
    void topicChanged(const QString &room);
    /// A room was joined for the first time in this session.
    void roomOpened(const QString &room);
    void roomClosed(const QString &room);
    /// What client().requestAround() asked for.
    void pageFound(const parlour::client::HistoryPage &page);
    /// The host did not do what was asked; a sentence for people.
    void refused(const QString &message);
    /// A message was not changed as the person wanted; a text that it should have got is kept in
    /// the RoomSession.
    void changeFailed(const QString &room, const QString &why);

private:
    void welcomed(const chat::WelcomeFrame &welcome);
    void setSelf(const chat::Person &self);
    void showRoom(const chat::RoomState &state);
    void joined(const chat::RoomState &state);
    RoomSession &addRoom(const chat::RoomState &state);
    void restoreRoom(const client::StoredRoom &stored);
    void loseLink();
    void left(const QString &name);
    void failed(const chat::ErrorFrame &error);
    void remember();
    void connectRooms();
    void connectChanges();

    const client::ClientOptions m_options;
    client::HostClient m_client;
    models::RoomTreeModel &m_tree;
    wiring::Settings &m_settings;
    chat::HostInfo m_host;
    chat::Person m_self;
    bool m_watched = false;
    bool m_bridgeAway = false;
    QHash<QString, RoomSession *> m_rooms; ///< children
    QHash<QString, chat::RoomState> m_known; ///< what the tree shows
};

} // namespace parlour
