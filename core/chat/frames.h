// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>

/// The frames of parlour.v1 as values; docs/protocol.md says what each means. Both sides use them:
/// the host's consumers and the client library.
namespace parlour::chat {

using channels::Error;
using channels::Expected;

struct Person {
    QString id;
    QString name;
    QString role; ///< owner, moderator, member, guest, read-only
    QString via; ///< app, browser, plain, or what the client calls itself
    QString host = {}; ///< the title of the host whose guest it is; empty: of this one
    bool away = false; ///< all its clients say so

    friend bool operator==(const Person &, const Person &) = default;
};

struct RoomState {
    QString room; ///< what frames carry
    QString title; ///< what people see
    QString topic;
    QString epoch;
    qint64 number = 0; ///< of the last message; 0: none
    int people = 0;
    bool listed = true;

    friend bool operator==(const RoomState &, const RoomState &) = default;
};

struct Sender {
    QString id;
    QString name;

    friend bool operator==(const Sender &, const Sender &) = default;
};

struct ChatMessage {
    QString room;
    QString id; ///< the client's UUID
    QString epoch;
    qint64 number = 0;
    Sender sender;
    qint64 time = 0; ///< ms UTC
    QString text;

    friend bool operator==(const ChatMessage &, const ChatMessage &) = default;
};

/// Up to where somebody has what was said in a room.
struct Position {
    QString epoch;
    qint64 number = 0;

    friend bool operator==(const Position &, const Position &) = default;
};

struct HostInfo {
    QString id;
    QString title;
    QString version;

    friend bool operator==(const HostInfo &, const HostInfo &) = default;
};

/// A frame of a type that we do not know: ignored.
struct UnknownFrame {
    QString type;
};

// ---- from the client ----

struct HelloFrame {
    QString name;
    QString token;
    QString client;
    QByteArray key; ///< 32 bytes; empty: known by token
    std::optional<Position> position = {}; ///< on ws/chat/<room>/: that of the join it implies
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

using ClientFrame =
    std::variant<UnknownFrame, HelloFrame, ProofFrame, JoinFrame, AskHistoryFrame, LeaveFrame,
                 CreateFrame, SayFrame, SetTopicFrame, RenameFrame, AwayFrame>;

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
};
struct RoomFrame {
    RoomState room;
};
struct ClosedFrame {
    QString room;
};
struct JoinedFrame {
    RoomState room;
};
struct LeftFrame {
    QString room;
};
struct HistoryFrame {
    QString room;
    QString epoch;
    QList<ChatMessage> messages; ///< oldest first, without a hole between them
    std::optional<qint64> after = {}; ///< the number they follow: a part of what was missed
    std::optional<qint64> before = {}; ///< the number they precede: an older page
    /// With `after`: there is a further part; else: there are older ones.
    bool more = false;
    bool lost = false; ///< with `after`: what lay between it and the first of them is gone
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
struct ErrorFrame {
    QString code;
    QString message;
    QString room;
    QString id;
    qint64 retryMs = 0;
};

using ServerFrame = std::variant<UnknownFrame, ChallengeFrame, WelcomeFrame, RoomFrame, ClosedFrame,
                                 JoinedFrame, LeftFrame, HistoryFrame, MembersFrame, MessageFrame,
                                 TopicFrame, RenamedFrame, WatchedFrame, SharedFrame, ErrorFrame>;

/// Fails (bad_frame) for what is no JSON object, has no type, or lacks a field that its type needs;
/// the error names the field.
Expected<ClientFrame> parseClientFrame(QByteArrayView utf8);
Expected<ServerFrame> parseServerFrame(QByteArrayView utf8);

/// UTF-8 JSON, "type" first.
QByteArray encode(const ClientFrame &frame);
QByteArray encode(const ServerFrame &frame);

} // namespace parlour::chat

Q_DECLARE_METATYPE(parlour::chat::ChatMessage)
Q_DECLARE_METATYPE(parlour::chat::Person)
Q_DECLARE_METATYPE(parlour::chat::RoomState)
