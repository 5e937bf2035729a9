// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/channel_layer.h"
#include "channels/clock.h"
#include "chat/peer_log_messages.h"
#include "chat/room_log.h"
#include "chat/shared_message.h"
#include "chat/waiting_changes.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace parlour::chat {

class House;

struct PeerLogOptions {
    std::chrono::milliseconds heartbeat{5000}; ///< how often the own standing is told
    std::chrono::milliseconds answerTimeout{5000}; ///< then a host may be asked again
    /// Questions in a row, until what came is taken as it came. The rest is asked for once the host
    /// is heard again, by the next start too: PeerHoles.
    int maxUnanswered = 3;
    int messagesAtOnce = 50; ///< in one answer
    int maxHeld = 500; ///< entries of one host in one room that wait for those before them
    /// Of all of them: texts, JSON, reactions, and what each takes without any (HeldEntryBytes).
    qint64 maxHeldBytes = qint64(32) * 1024 * 1024;
    int maxPlaces = 20000; ///< rooms of hosts that are kept up with; others' are taken as they come
    /// A host that has not been asked yet tells of changes that are as much older than the oldest
    /// message here: more than clocks differ.
    std::chrono::milliseconds changesSlack = std::chrono::hours(24);
    /// ms UTC: what others said before is no business of ours; 0: before the start. A host that
    /// goes on sharing goes on with its first start, else a sudden death would cost it what it had
    /// not heard yet of a host of which it has nothing.
    qint64 since = 0;
    /// What is older is not asked for, nor taken from a host of which nothing is here: it would be
    /// let go of at once, or was.
    std::chrono::milliseconds maxAge = std::chrono::hours(24 * 90);
};

/// Keeps up with what was said and changed at the other hosts of a shared layer, which may lose
/// messages: a host that was away, or was killed, or whose inbox was full, asks the others for what
/// it missed. Every shared message and change names the entry that its host's log had before it in
/// the room, so a hole is seen by the next one, or by the standing that hosts tell every few
/// seconds. A message waits for what was before it; a change does not, and is made again where it
/// is told again. What the log here could not take is asked for again. Only between Parlour hosts:
/// Django keeps no log. Lives in the server thread; all references outlive it.
class PeerLogs final : public QObject, private channels::Channel::Receiver
{
    Q_OBJECT
public:
    /// What another host said, and the id of its entry before that in the room (empty: none, or it
    /// is not known).
    struct Heard {
        Utterance said;
        QString before;
        bool isChange = false; ///< of `said`, only the id counts: it is made already
        bool isSettled = false; ///< it is in the log
        std::optional<WaitingChanges::Cause> waits = {}; ///< a change, for its message
    };
    struct Entry {
        QString room;
        QString origin; ///< the id of the host where it was said or changed
        QString id;
    };
    static constexpr qint64 HeldEntryBytes = 512;

    PeerLogs(House &house, channels::ChannelLayer &shared, RoomLog &log, const AdoptionRules &rules,
             const PeerLogOptions &options, const channels::Clock &clock);
    ~PeerLogs() override;

    /// A message was said here. What was before it, for those who hear it.
    Predecessors said(const QString &room, const QString &id);
    /// A message was changed here, likewise.
    Predecessors changed(const QString &room, const QString &id);
    /// A message of another host came: due() tells when its turn has come.
    void take(const Heard &heard);
    /// A change of another host came, and is made.
    void takeChange(const Change &change, const Predecessors &predecessors);
    /// Somebody says that the host said or changed that: the host is asked.
    void doubt(const Entry &entry, bool isChange);
    /// What the log says of a message that was due(), or of a change: there is nothing more to be
    /// done with it. Not `isDone`: it could not be taken, and is asked for again after a while.
    void settle(const Entry &entry, bool isDone);
    /// The change waits for its message, and settle() comes once it does not any more.
    void await(const Entry &change, WaitingChanges::Cause cause);
    /// The others are within reach again.
    void comeBack();

Q_SIGNALS:
    /// In the order in which the message's host said it.
    void due(const parlour::chat::Utterance &said);
    /// Another host told it when it was asked.
    void changeTold(const parlour::chat::Change &change);

private:
    using Time = std::chrono::steady_clock::time_point;
    /// Up to where one kind of what another host has in a room is here: ids.
    struct Standing {
        QString had; ///< the last that came
        QString told; ///< as the host told it
        QString asked; ///< told when it was asked last
        QString upTo; ///< told when all that it stands for was had, or is not to be had

        bool isBehind() const { return !told.isEmpty() && told != had && told != upTo; }
    };
    /// Behind which entry something is missing.
    struct Spot {
        QString id;
        /// Of the last message up to it, ms UTC; where there is none, from when on all is wanted.
        qint64 time = 0;
    };
    /// What was passed on, and the log has not answered yet.
    struct Passed {
        QString id;
        Spot before;
        std::optional<WaitingChanges::Cause> waits = {}; ///< as Heard::waits

        /// Not what may wait for a message that is gone for long.
        bool isOwed() const { return waits != WaitingChanges::Cause::Asked; }
    };
    /// Another host in a room.
    struct Place {
        std::optional<QString> last; ///< the last entry's id, empty: none came; nothing: unread
        qint64 lastTime = 0; ///< as Spot::time
        qint64 floor = 0; ///< ms UTC: of its messages, earlier ones are not wanted
        bool isFloorNew = false; ///< it is of after the hole was seen
        Standing messages;
        Standing changes;
        std::optional<Time> asked;
        Spot askedBehind;
        /// What was not answered, or could not be taken; nothing: it is had, or asked for.
        std::optional<Spot> hole;
        std::optional<Time> restsUntil; ///< the log here could not take what came
        bool isReading = false; ///< what is here of the host
        int unanswered = 0; ///< questions in a row
        bool hasGained = false; ///< by the answers since the first question
        std::deque<Heard> held;
        QList<Passed> unsettled;

        Spot spot() const { return {*last, lastTime}; }
    };

    void receiveMessage(const channels::Message &message) override;
    void hear(const QString &host, const PeerStanding &standing);
    void hearStanding(const QString &host, const PeerStanding::Room &told, bool ofChanges);
    void hear(const QString &host, const PeerLogAsk &ask);
    void hear(const QString &host, const PeerLogPart &part);

    Place *placeOf(const QString &host, const QString &room);
    void readLast(const QString &host, const QString &room, Place &place);
    void beginPlace(const QString &host, const QString &room,
                    const channels::Expected<RoomLog::LastEntries> &last);
    void compare(const QString &host, const QString &room, Place &place);
    bool isBusy(const Place &place) const;
    qint64 wantedFrom() const;
    qint64 keptFrom() const;
    qint64 goneUntil(const RoomLog::LastEntries &last) const;
    qint64 changesFrom(const QString &room) const;
    void noteOldest(const QString &room, qint64 time);
    void ask(const QString &host, const QString &room, Place &place);
    void readFloor(const QString &host, const QString &room, Place &place);
    void setFloor(Place &place, qint64 time) const;
    bool hold(Place &place, const Heard &heard);
    void dropHeld(Place &place, const QSet<QString> &ids);
    static qint64 sizeOf(const Heard &heard);
    static bool isNext(const Place &place, const Heard &heard);
    void goOn(const QString &host, const QString &room, Place &place, bool isAllThere);
    void endAsking(const QString &host, const QString &room, Place &place, bool isAllThere);
    void pass(Place &place, const Heard &heard);
    static void advance(Place &place, const QString &id, bool isSettled);
    void goBack(const Entry &entry, Place &place, const Spot &spot);
    static Spot openFrom(const Place &place);
    std::optional<Spot> keptHole(const QString &host, const QString &room,
                                 const Place &place) const;
    void openHole(const QString &host, const QString &room, Place &place);
    void noteHole(const QString &host, const QString &room, const Place &place);
    void closeHole(const QString &host, const QString &room, const Place &place);
    Place *knownPlace(const QString &host, const QString &room);
    void takeTold(Place &place, const Entry &entry, const channels::Message &told);
    void lookAtHeld();
    void forgetRoom(const QString &room);
    void forgetIdlePlaces();
    template <typename IsIdle>
    void forgetPlaces(IsIdle isIdle);

    void watch(const QString &room);
    void tellStanding();
    void answer(const QString &host, const PeerLogAsk &ask, const RoomLog::SaidHere &part);
    channels::Expected<void> say(const PeerLogContent &content);

    House &m_house;
    channels::ChannelLayer &m_shared;
    RoomLog &m_log;
    AdoptionRules m_rules;
    PeerLogOptions m_options;
    channels::Clock m_clock;
    qint64 m_started; ///< ms UTC
    qint64 m_since; ///< PeerLogOptions::since, which others are told from; clocks are set back
    std::unique_ptr<channels::Channel> m_channel; ///< in the group of hosts
    QHash<QString, RoomLog::LastEntries> m_own; ///< by room
    QSet<QString> m_unread; ///< rooms whose own last entries could not be read
    QHash<QString, QHash<QString, Place>> m_places; ///< by host and room
    int m_placesKnown = 0;
    QHash<QString, qint64> m_oldest; ///< by room, ms UTC: no message is earlier, here or wanted
    qint64 m_heldBytes = 0;
    QSet<QString> m_answering; ///< "host room" whose answer is being read
    QTimer m_telling;
};

} // namespace parlour::chat
