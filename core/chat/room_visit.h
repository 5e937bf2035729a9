// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/room.h"
#include "chat/room_log.h"

#include <QObject>
#include <QSet>

#include <optional>
#include <vector>

namespace parlour::chat {

/// One connection's time in one room, from join to leave: sends joined, then part by part, as the
/// client asks for them, what it missed (or, to a newcomer, the last messages), then members, and
/// from then on what is said; without a gap and nothing twice.
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

    /// Asks the log for the first part; the frames follow. `state` has the room's words, `position`
    /// says what the client has, `partSize` how many messages go into one frame.
    void begin(const RoomState &state, const std::optional<Position> &position, int partSize);
    /// The client asks for the next part of what it missed, or, when it has all of that, for older
    /// messages.
    void readHistory(const AskHistoryFrame &frame);
    /// Something was said in the room.
    void receive(const channels::Message &message, const ChatMessage &content);
    void say(const QString &id, const QString &text);

private:
    enum class Stage {
        Reading, ///< the log was asked for the first or next part
        Paused, ///< there is a next part, and the client has yet to ask for it
        Listing, ///< the client has all that was said; the list of members comes
        Live,
    };
    struct Said {
        channels::Message message;
        ChatMessage content;
    };

    void readPart();
    void readOlder(qint64 number, int count);
    void showLast(const Expected<RoomLog::Page> &page);
    void showPart(const Expected<RoomLog::Catchup> &missed);
    void showOlder(qint64 number, const Expected<RoomLog::Page> &page);
    void sendJoined(const Position &end);
    void sendHistory(const HistoryFrame &frame);
    void listMembers();
    void showMembers(const QByteArray &frame);
    void show(const Said &said);
    void refuse(const QString &code, const QString &message);
    bool hasShown(const ChatMessage &message) const;
    void acknowledge(const Expected<ChatMessage> &posted, const QString &id);

    Visitor &m_visitor;
    Room &m_room;
    PresentPerson &m_person;
    RoomLog &m_log;
    RoomState m_state; ///< as it was when the visit began
    int m_partSize = 1;
    Stage m_stage = Stage::Reading;
    Position m_shown; ///< the last message that the client has
    std::optional<qint64>
        m_after; ///< the number that the part being read follows; none: a newcomer
    Position m_asked; ///< where the log stood when it was asked for a part
    bool m_isJoined = false; ///< the client was told
    bool m_isPaging = false; ///< older messages are being read
    bool m_hasMissed = false; ///< more was said while a part was read than is kept here
    std::vector<Said> m_waiting; ///< said while the last part was read or members are listed
    std::vector<ChatMessage> m_kept; ///< said by the client before the visit was live
    QSet<QString> m_unacknowledged; ///< ids of what the client said
    QMetaObject::Connection m_membersComing;
};

} // namespace parlour::chat
