// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "chat/json_reader.h"
#include "chat/json_writer.h"

/// The parts that several frames have in common. Private to the sources of this folder.
namespace parlour::chat {

Person readPerson(const JsonReader &json);
RoomState readRoom(const JsonReader &json);
ChatMessage readMessage(const JsonReader &json);
ErrorFrame readError(const JsonReader &json);
Sender readSender(const JsonReader &json);
Reaction readReaction(const JsonReader &json);
ReadFrame readRead(const JsonReader &json);
SearchFrame readSearch(const JsonReader &json);
FoundFrame readFound(const JsonReader &json);
LinkedFrame readLinked(const JsonReader &json);
/// Of the members "epoch" and `number`; none where there is neither.
std::optional<Position> readPosition(const JsonReader &json, const char *number);

/// As objects.
void write(JsonWriter &json, const Person &person);
void write(JsonWriter &json, const ChatMessage &message);
void write(JsonWriter &json, const Sender &sender);
void write(JsonWriter &json, const Reaction &reaction);
void write(JsonWriter &json, const ReadFrame &read);
/// The members alone, into the object that is open.
void writeFields(JsonWriter &json, const RoomState &room);
void writeFields(JsonWriter &json, const ChatMessage &message);
/// Counterpart of readPosition(): nothing where there is none.
void writeFields(JsonWriter &json, const std::optional<Position> &position,
                 QLatin1StringView number);

/// Whole frames.
QByteArray written(const UnknownFrame &frame);
QByteArray written(const ReadFrame &frame);
QByteArray written(const SearchFrame &frame);
QByteArray written(const FoundFrame &frame);
QByteArray written(const LinkFrame &frame);
QByteArray written(const LinkedFrame &frame);
QByteArray written(const ErrorFrame &frame);

/// An open object that begins with its type.
JsonWriter beginFrame(QLatin1StringView type);

template <typename T>
void writeList(JsonWriter &json, QLatin1StringView name, const QList<T> &values)
{
    json.key(name).beginArray();
    for (const T &value : values)
        write(json, value);
    json.endArray();
}

} // namespace parlour::chat
