// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

/// What frames of parlour.v1 are made of.
namespace parlour::chat {

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

/// The message that another one replies to, as it is now.
struct Quote {
    QString id;
    qint64 number = 0; ///< 0: the log does not have it, and only its id is known
    Sender sender = {};
    QString text = {}; ///< its beginning; empty where the message was deleted

    friend bool operator==(const Quote &, const Quote &) = default;
};

struct Reaction {
    QString emoji;
    QList<Sender> people; ///< in the order in which they reacted

    friend bool operator==(const Reaction &, const Reaction &) = default;
};

struct ChatMessage {
    QString room;
    QString id; ///< the client's UUID
    QString epoch;
    qint64 number = 0;
    Sender sender;
    qint64 time = 0; ///< ms UTC
    QString text; ///< empty where it was deleted
    std::optional<Quote> reply = {};
    qint64 edited = 0; ///< when last, ms UTC; 0: never
    bool isDeleted = false;
    QList<Reaction> reactions = {}; ///< in the order of their first use

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

} // namespace parlour::chat

Q_DECLARE_METATYPE(parlour::chat::ChatMessage)
Q_DECLARE_METATYPE(parlour::chat::Person)
Q_DECLARE_METATYPE(parlour::chat::RoomState)
