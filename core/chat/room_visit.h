// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/room.h"
#include "chat/room_log.h"

#include <QObject>
#include <QSet>

#include <vector>

namespace parlour::chat {

/// One connection's time in one room, from join to leave: sends joined, history and members in this
/// order, then what is said, without a gap and nothing twice.
class RoomVisit final : public QObject
{
    Q_OBJECT
public:
    /// The connection that visits; outlives the visit.
    class Visitor
    {
    public:
        Visitor() = default;
        Visitor(const Visitor &) = delete;
        Visitor &operator=(const Visitor &) = delete;
        virtual ~Visitor();

        virtual void sendFrame(const QByteArray &frame) = 0;
        virtual void sendError(const ErrorFrame &error) = 0;
        /// More was said than is kept while the visit begins.
        virtual void fellBehind() = 0;
    };

    /// The person is in the room from now on. All references outlive the visit.
    RoomVisit(Visitor &visitor, Room &room, PresentPerson &person, RoomLog &log);
    ~RoomVisit() override;

    Room &room() const { return m_room; }

    /// Asks for the history; the frames follow. `state` has the room's words.
    void begin(const RoomState &state, int historyCount);
    /// Something was said in the room.
    void receive(const channels::Message &message, const ChatMessage &content);
    void say(const QString &id, const QString &text);

private:
    struct Said {
        channels::Message message;
        ChatMessage content;
    };

    void showHistory(const RoomState &state, const Expected<RoomLog::Page> &page);
    void showMembers(const QByteArray &frame);
    void show(const Said &said);
    void acknowledge(const Expected<ChatMessage> &posted, const QString &id);

    Visitor &m_visitor;
    Room &m_room;
    PresentPerson &m_person;
    RoomLog &m_log;
    RoomLog::Position m_shown; ///< the last message that the client has
    bool m_isLive = false;
    std::vector<Said> m_waiting; ///< said before the visit was live
    QSet<QString> m_unacknowledged; ///< ids of what the client said
    QMetaObject::Connection m_membersComing;
};

} // namespace parlour::chat
