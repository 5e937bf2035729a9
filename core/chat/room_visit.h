// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

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

    /// Asks the log for the first part; the frames follow. `joined` has the room's words,
    /// `position` says what the client has, `partSize` how many messages go into one frame.
    void begin(const JoinedFrame &joined, const std::optional<Position> &position, int partSize);
    /// The client asks for the next part of what it missed, or, when it has all of that, for older
    /// messages.
    void readHistory(const AskHistoryFrame &frame);
    /// An entry of the room's log, as its members get it.
    struct News {
        QString id; ///< of what was said, or of the change
        Position position;
        QByteArray frame;
    };
    /// Something was said in the room, or changed.
    void receive(const News &news);
    void say(const SayFrame &frame);
    /// `change` has neither room nor person yet.
    void change(Change change);

private:
    enum class Stage {
        Reading, ///< the log was asked for the first or next part
        Paused, ///< there is a next part, and the client has yet to ask for it
        Listing, ///< the client has all that was said; the list of members comes
        Live,
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
    void show(const News &news);
    void refuse(const Error &error, const QString &id = {});
    bool hasShown(const Position &position) const;
    Sender sender() const;
    template <typename Frame>
    void answer(const QString &id, const Expected<Frame> &kept);
    void acknowledge(const News &kept);

    Visitor &m_visitor;
    Room &m_room;
    PresentPerson &m_person;
    RoomLog &m_log;
    JoinedFrame m_joined; ///< as it was when the visit began
    int m_partSize = 1;
    Stage m_stage = Stage::Reading;
    Position m_shown; ///< up to where the client has all
    std::optional<qint64>
        m_after; ///< the number that the part being read follows; none: a newcomer
    Position m_asked; ///< where the log stood when it was asked for a part
    bool m_isJoined = false; ///< the client was told
    bool m_isPaging = false; ///< older messages are being read
    bool m_hasMissed = false; ///< more was said while a part was read than is kept here
    std::vector<News> m_waiting; ///< from while the last part was read or members are listed
    std::vector<News> m_kept; ///< the client's own, from before the visit was live
    QSet<QString> m_unacknowledged; ///< ids of what the client said and changed
    QMetaObject::Connection m_membersComing;
};

} // namespace parlour::chat
