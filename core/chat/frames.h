// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "chat/frame_values.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

/// The frames of parlour.v1 as values; docs/protocol.md says what each means. Both sides use them:
/// the host's consumers and the client library.
namespace parlour::chat {

using channels::Error;
using channels::Expected;

/// A frame of a type that we do not know: ignored.
struct UnknownFrame {
    QString type;
};

/// Both ways: up to here the person has seen what was said in the room.
struct ReadFrame {
    QString room;
    Position position;
};

// ---- from the client ----

struct HelloFrame {
    QString name;
    QString token;
    QString client;
    QByteArray key; ///< 32 bytes; empty: known by token
    std::optional<Position> position = {}; ///< on ws/chat/<room>/: that of the join it implies
    QString link = {}; ///< LinkedFrame::code, to be that person instead of who has the token
};
/// The answer to a challenge.
struct ProofFrame {
    QByteArray signature; ///< 64 bytes
};
struct JoinFrame {
    QString room;
    std::optional<Position> position = {}; ///< none: the client has nothing of the room
};
/// Asks for what was said behind a position, or before a number.
struct AskHistoryFrame {
    static constexpr int MaxCount = 200;

    QString room;
    std::optional<Position> after = {};
    std::optional<qint64> before = {}; ///< set where `after` is not
    int count = MaxCount; ///< with `before`: 1 to MaxCount
};
struct LeaveFrame {
    QString room;
};
struct CreateFrame {
    QString room;
    QString topic;
};
struct SayFrame {
    QString room;
    QString id;
    QString text;
    QString reply = {}; ///< the id of the message that it replies to; empty: of none
};
/// The sender's own message gets another text.
struct EditFrame {
    QString room;
    QString id; ///< a UUID of the change, by which it is answered
    QString of; ///< the message's id
    QString text;
};
struct DeleteFrame {
    QString room;
    QString id; ///< as EditFrame::id, like the next
    QString of;
};
struct ReactFrame {
    QString room;
    QString id;
    QString of;
    QString emoji;
    bool on = false; ///< else the reaction is taken back
};
/// The person writes, or does not any more.
struct TypingFrame {
    QString room;
    bool typing = false;
};
struct SetTopicFrame {
    QString room;
    QString topic;
};
struct RenameFrame {
    QString name;
};
/// Nobody sits before this client, or somebody does again.
struct AwayFrame {
    bool away = false;
};
/// Asks for messages that have all words of a text.
struct SearchFrame {
    static constexpr int MaxCount = 100;

    QString id; ///< a UUID of the search, by which it is answered
    QString text;
    QString room = {}; ///< empty: all rooms that the client is in
    QString next = {}; ///< FoundFrame::next of the page before; empty: from the newest message on
    int count = 50; ///< 1 to MaxCount
};
/// Asks for a way in for another device of the same person.
struct LinkFrame {
};

using ClientFrame =
    std::variant<UnknownFrame, HelloFrame, ProofFrame, JoinFrame, AskHistoryFrame, LeaveFrame,
                 CreateFrame, SayFrame, EditFrame, DeleteFrame, ReactFrame, TypingFrame, ReadFrame,
                 SetTopicFrame, RenameFrame, AwayFrame, SearchFrame, LinkFrame>;

// ---- from the host ----

/// To a hello with a key; core/chat/key_proof.h says what is to be signed.
struct ChallengeFrame {
    QByteArray nonce; ///< 32 bytes
    QByteArray
        fingerprint; ///< 32 bytes: of the host's key, as the client must have seen it; or none
};
struct WelcomeFrame {
    HostInfo host;
    Person person;
    QString token; ///< empty: known by key
    QList<RoomState> rooms;
    QString room; ///< on ws/chat/<room>/ only
    bool watched = false;
    QList<ReadFrame> read = {}; ///< of the rooms where the person has been lately
};
struct RoomFrame {
    RoomState room;
};
struct ClosedFrame {
    QString room;
};
struct JoinedFrame {
    RoomState room;
    std::optional<Position> read = {}; ///< none: the person has read nothing of it
};
struct LeftFrame {
    QString room;
};
struct HistoryFrame {
    QString room;
    QString epoch;
    QList<ChatMessage> messages; ///< oldest first, as they are now
    std::optional<qint64> after = {}; ///< the number they follow: a part of what was missed
    std::optional<qint64> before = {}; ///< the number they precede: an older page
    /// With `after`: there is a further part; else: there are older ones.
    bool more = false;
    bool lost = false; ///< with `after`: what lay between it and `first` is gone
    /// The numbers that this covers, of messages and of changes; both 0: none.
    qint64 first = 0;
    qint64 number = 0; ///< where the client stands now; with `before`: one before that
    /// With `after`: older messages that were changed by what this covers, as they are now.
    QList<ChatMessage> changed = {};
};
struct MembersFrame {
    QString room;
    std::optional<QList<Person>> people; ///< all of them; else the differences follow
    QList<Person> joined;
    QList<Person> left;
    QList<Person> changed;
};
struct MessageFrame {
    ChatMessage message;
};
/// A message is another one now. To who asked for it, the answer.
struct ChangedFrame {
    QString room;
    QString epoch;
    qint64 number = 0; ///< of the change
    QString id; ///< the client's UUID of the change
    QString what; ///< edit, delete, react
    Sender by;
    ChatMessage message; ///< as it is now, with its own number
};
struct PersonTypingFrame {
    QString room;
    Sender person;
    bool typing = false;
};
struct TopicFrame {
    QString room;
    QString topic;
    QString by;
};
struct RenamedFrame {
    Person person;
};
struct WatchedFrame {
    bool watched = false;
};
/// From a host that shares its rooms with other processes.
struct SharedFrame {
    bool up = false; ///< else: the way to the others is lost; what is said here goes on here
};
/// The answer to a search.
struct FoundFrame {
    QString id; ///< of the search
    QList<ChatMessage> messages; ///< newest first, as they are now
    QString next = {}; ///< for the page behind these; empty: there is none
};
/// The answer to a link.
struct LinkedFrame {
    QString code; ///< for one hello of the other device
    std::chrono::seconds lifetime{0}; ///< from now on
};
struct ErrorFrame {
    QString code;
    QString message;
    QString room;
    QString id;
    qint64 retryMs = 0;
    QString cause = {}; ///< of `not_logged` and `not_read`: docs/protocol.md; empty: not known
};

using ServerFrame =
    std::variant<UnknownFrame, ChallengeFrame, WelcomeFrame, RoomFrame, ClosedFrame, JoinedFrame,
                 LeftFrame, HistoryFrame, MembersFrame, MessageFrame, ChangedFrame,
                 PersonTypingFrame, ReadFrame, TopicFrame, RenamedFrame, WatchedFrame, SharedFrame,
                 FoundFrame, LinkedFrame, ErrorFrame>;

/// Fails (bad_frame) for what is no JSON object, has no type, or lacks a field that its type needs;
/// the error names the field.
Expected<ClientFrame> parseClientFrame(QByteArrayView utf8);
Expected<ServerFrame> parseServerFrame(QByteArrayView utf8);

/// UTF-8 JSON, "type" first.
QByteArray encode(const ClientFrame &frame);
QByteArray encode(const ServerFrame &frame);

} // namespace parlour::chat
