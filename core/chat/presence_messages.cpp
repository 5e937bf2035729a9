// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/presence_messages.h"

#include "channels/names.h"
#include "chat/person_names.h"
#include "chat/room_names.h"
#include "chat/text_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

/// A layer's prefix may be any text, and stands before its channels' names.
constexpr qsizetype MaxChannelUnits = 200 + channels::MaxNameLength;
constexpr qsizetype MaxWordLength = 40; // of a role, or what a client calls itself
constexpr qsizetype MaxTitleUnits = qsizetype(2) * MaxTitleLength; // all may be surrogate pairs

QVariantMap bodyOf(const Person &person)
{
    QVariantMap body{{u"id"_s, person.id},
                     {u"name"_s, person.name},
                     {u"role"_s, person.role},
                     {u"via"_s, person.via}};
    if (person.away)
        body.insert(u"away"_s, true);
    return body;
}

QVariantList bodyOf(const QList<RoomPresence> &rooms)
{
    QVariantList list;
    for (const RoomPresence &room : rooms) {
        QVariantList here;
        for (const Person &person : room.here)
            here.append(bodyOf(person));
        QVariantMap body{{u"room"_s, room.room}, {u"here"_s, here}};
        if (!room.gone.isEmpty())
            body.insert(u"gone"_s, QVariant(room.gone).toList());
        list.append(body);
    }
    return list;
}

struct Encoded {
    QLatin1StringView type;
    QVariantMap body;
};

Encoded encoded(const PresenceAlive &alive)
{
    return {"parlour.alive"_L1,
            {{u"title"_s, alive.title},
             {u"channel"_s, alive.channel},
             {u"sequence"_s, alive.sequence}}};
}

Encoded encoded(const PresenceChanges &changes)
{
    return {"parlour.people"_L1,
            {{u"sequence"_s, changes.sequence}, {u"rooms"_s, bodyOf(changes.rooms)}}};
}

Encoded encoded(const PresenceState &state)
{
    return {"parlour.state"_L1,
            {{u"sequence"_s, state.sequence},
             {u"part"_s, state.part},
             {u"parts"_s, state.parts},
             {u"rooms"_s, bodyOf(state.rooms)}}};
}

Encoded encoded(const PresenceAsk &ask)
{
    return {"parlour.ask"_L1, {{u"of"_s, ask.of}}};
}

Encoded encoded(const PresenceGoodbye &)
{
    return {"parlour.goodbye"_L1, {}};
}

/// Reads a body, and remembers whether anything in it was not as a host writes it.
class PresenceReader
{
public:
    bool isWrong() const { return m_isWrong; }

    QString text(const QVariantMap &body, const QString &key)
    {
        const QVariant value = body.value(key);
        require(value.typeId() == QMetaType::QString);
        return value.toString();
    }
    qint64 number(const QVariantMap &body, const QString &key, qint64 most)
    {
        bool isNumber = false;
        const QVariant value = body.value(key);
        const qint64 number = value.toLongLong(&isNumber);
        require(isNumber && value.typeId() != QMetaType::QString && number >= 0 && number <= most);
        return number;
    }
    QString id(const QVariant &value)
    {
        const QString id = value.toString();
        require(value.typeId() == QMetaType::QString && isId(id));
        return id;
    }
    QString word(const QVariantMap &body, const QString &key)
    {
        const QString word = text(body, key);
        require(word.size() <= 2 * MaxWordLength && !hasForbiddenCharacters(word));
        return word;
    }
    QString hostTitle(const QVariantMap &body)
    {
        const QString title = text(body, u"title"_s).left(MaxTitleUnits);
        const bool isShowable = !isBlank(title) && !hasForbiddenCharacters(title);
        return isShowable ? firstCodePoints(title, MaxTitleLength) : u"Another host"_s;
    }
    QString channel(const QVariantMap &body)
    {
        const QString channel = text(body, u"channel"_s);
        require(!isBlank(channel) && channel.size() <= MaxChannelUnits
                && !hasForbiddenCharacters(channel));
        return channel;
    }
    QList<RoomPresence> rooms(const QVariantMap &body)
    {
        QList<RoomPresence> rooms;
        const QVariantList list = body.value(u"rooms"_s).toList();
        require(list.size() <= MaxPresencePeople);
        for (const QVariant &value : list) {
            if (m_isWrong)
                break;
            rooms.append(room(value.toMap()));
        }
        return rooms;
    }
    /// Nobody has gone from a state, so each room counts by its people.
    QList<RoomPresence> roomsOfState(const QVariantMap &body)
    {
        const QList<RoomPresence> rooms = this->rooms(body);
        require(std::none_of(rooms.begin(), rooms.end(),
                             [](const RoomPresence &room) { return !room.gone.isEmpty(); }));
        return rooms;
    }

private:
    void require(bool isRight) { m_isWrong = m_isWrong || !isRight; }

    RoomPresence room(const QVariantMap &body)
    {
        RoomPresence room;
        room.room = text(body, u"room"_s);
        const auto title = checkRoomTitle(room.room);
        require(title && *title == room.room);
        const QVariantList here = body.value(u"here"_s).toList();
        const QVariantList gone = body.value(u"gone"_s).toList();
        m_people += here.size() + gone.size();
        require(m_people <= MaxPresencePeople && !(here.isEmpty() && gone.isEmpty()));
        if (m_isWrong)
            return room;
        for (const QVariant &value : here)
            room.here.append(person(value.toMap()));
        for (const QVariant &value : gone)
            room.gone.append(id(value));
        return room;
    }

    Person person(const QVariantMap &body)
    {
        Person person;
        person.id = id(body.value(u"id"_s));
        const auto name = checkShownName(text(body, u"name"_s));
        require(bool(name));
        person.name = name.valueOr({});
        person.role = word(body, u"role"_s);
        person.via = word(body, u"via"_s);
        person.away = body.value(u"away"_s).toBool();
        return person;
    }

    bool m_isWrong = false;
    qsizetype m_people = 0;
};

constexpr qint64 MaxSequence = std::numeric_limits<qint64>::max() - 1;
constexpr qint64 MaxParts = 10000;

std::optional<PresenceContent> contentOf(const QString &type, const QVariantMap &body,
                                         PresenceReader &reader)
{
    if (type == "parlour.alive"_L1)
        return PresenceAlive{reader.hostTitle(body), reader.channel(body),
                             reader.number(body, u"sequence"_s, MaxSequence)};
    if (type == "parlour.people"_L1)
        return PresenceChanges{reader.number(body, u"sequence"_s, MaxSequence), reader.rooms(body)};
    if (type == "parlour.state"_L1) {
        return PresenceState{reader.number(body, u"sequence"_s, MaxSequence),
                             int(reader.number(body, u"part"_s, MaxParts)),
                             int(reader.number(body, u"parts"_s, MaxParts)),
                             reader.roomsOfState(body)};
    }
    if (type == "parlour.ask"_L1)
        return PresenceAsk{reader.word(body, u"of"_s)};
    if (type == "parlour.goodbye"_L1)
        return PresenceGoodbye{};
    return std::nullopt;
}

} // namespace

QList<QList<RoomPresence>> presencePieces(const QList<RoomPresence> &rooms)
{
    QList<QList<RoomPresence>> pieces{{}};
    qsizetype places = MaxPresencePeople; // rooms without people count too
    const auto placeFor = [&](const QString &room) -> RoomPresence & {
        if (places-- == 0) {
            pieces.append(QList<RoomPresence>());
            places = MaxPresencePeople - 1;
        }
        QList<RoomPresence> &piece = pieces.last();
        if (piece.isEmpty() || piece.last().room != room)
            piece.append({room, {}, {}});
        return piece.last();
    };
    for (const RoomPresence &room : rooms) {
        for (const Person &person : room.here)
            placeFor(room.room).here.append(person);
        for (const QString &id : room.gone)
            placeFor(room.room).gone.append(id);
    }
    return pieces;
}

channels::Message encodePresence(const PresenceMessage &message)
{
    auto [type, body] =
        std::visit([](const auto &content) { return encoded(content); }, message.content);
    body.insert(u"host"_s, message.host);
    return channels::Message(type, std::move(body));
}

Expected<PresenceMessage> parsePresence(const channels::Message &message)
{
    PresenceReader reader;
    const QString host = reader.id(message.value(u"host"_s));
    const auto content = contentOf(message.type(), message.body(), reader);
    if (!content)
        return Error{u"unregistered"_s, u"no message of hosts to each other"_s};
    if (reader.isWrong())
        return Error{u"malformed"_s, u"no host would write such a %1"_s.arg(message.type())};
    return PresenceMessage{host, *content};
}

} // namespace parlour::chat
