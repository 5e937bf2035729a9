// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_log_messages.h"

#include "chat/room_names.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

using channels::Message;

struct Written {
    QLatin1StringView type;
    QVariantMap body;
};

QVariantList asList(const QList<PeerStanding::Room> &rooms)
{
    QVariantList list;
    for (const PeerStanding::Room &room : rooms)
        list.append(QVariantMap{{u"room"_s, room.room}, {u"id"_s, room.id}});
    return list;
}

Written written(const PeerStanding &standing)
{
    return {"parlour.standing"_L1,
            {{u"rooms"_s, asList(standing.rooms)}, {u"changes"_s, asList(standing.changes)}}};
}

Written written(const PeerLogAsk &ask)
{
    QVariantMap body{
        {u"of"_s, ask.of}, {u"room"_s, ask.room}, {u"after"_s, ask.after}, {u"from"_s, ask.from}};
    if (ask.changes)
        body.insert(u"changes"_s, *ask.changes);
    return {"parlour.log.ask"_L1, body};
}

QVariantList bodiesOf(const QList<Message> &messages)
{
    QVariantList bodies;
    for (const Message &message : messages)
        bodies.append(message.body());
    return bodies;
}

Written written(const PeerLogPart &part)
{
    QVariantMap body{{u"to"_s, part.to},       {u"room"_s, part.room},
                     {u"after"_s, part.after}, {u"said"_s, bodiesOf(part.said)},
                     {u"more"_s, part.more},   {u"lost"_s, part.lost}};
    if (!part.entries.isEmpty()) {
        body.insert(u"changed"_s, bodiesOf(part.changed));
        body.insert(u"entries"_s, QVariantList(part.entries.begin(), part.entries.end()));
    }
    return {"parlour.log.part"_L1, body};
}

/// Reads a body, and remembers whether anything in it was not as a host writes it.
class PeerLogReader
{
public:
    explicit PeerLogReader(const QVariantMap &body)
        : m_body(body)
    {
    }

    bool isWrong() const { return m_isWrong; }

    QString hostId(const QString &key)
    {
        const QString id = textAt(m_body, key);
        require(isId(id));
        return id;
    }
    QString room() { return roomIn(m_body); }
    QString after()
    {
        const QString id = textAt(m_body, u"after"_s);
        require(id.isEmpty() || isUuid(id));
        return id;
    }
    qint64 time(const QString &key)
    {
        bool isNumber = false;
        const qint64 time = m_body.value(key).toLongLong(&isNumber);
        require(isNumber && time >= 0);
        return time;
    }
    bool flag(const QString &key) { return m_body.value(key).toBool(); }
    /// For what hosts of an earlier version do not write.
    bool has(const QString &key) const { return m_body.contains(key); }
    QList<PeerStanding::Room> rooms(const QString &key)
    {
        QList<PeerStanding::Room> rooms;
        for (const QVariant &value : listAt(key, MaxPeerRooms)) {
            const QVariantMap room = value.toMap();
            rooms.append({roomIn(room), textAt(room, u"id"_s)});
            require(isUuid(rooms.constLast().id));
        }
        return rooms;
    }
    QList<Message> messages(const QString &key, const QString &type)
    {
        QList<Message> messages;
        for (const QVariant &value : listAt(key, MaxPeerMessages)) {
            require(value.typeId() == QMetaType::QVariantMap);
            messages.append(Message(type, value.toMap()));
        }
        return messages;
    }
    QStringList ids(const QString &key)
    {
        QStringList ids;
        for (const QVariant &value : listAt(key, MaxPeerMessages)) {
            ids.append(value.toString());
            require(value.typeId() == QMetaType::QString && isUuid(ids.constLast()));
        }
        return ids;
    }

private:
    void require(bool isRight) { m_isWrong = m_isWrong || !isRight; }

    QString textAt(const QVariantMap &body, const QString &key)
    {
        const QVariant value = body.value(key);
        require(value.typeId() == QMetaType::QString);
        return value.toString();
    }
    QString roomIn(const QVariantMap &body)
    {
        const QString room = textAt(body, u"room"_s);
        const auto title = checkRoomTitle(room);
        require(title && *title == room);
        return room;
    }
    QVariantList listAt(const QString &key, qsizetype most)
    {
        const QVariant value = m_body.value(key);
        require(value.typeId() == QMetaType::QVariantList);
        const QVariantList list = value.toList();
        require(list.size() <= most);
        return m_isWrong ? QVariantList() : list;
    }

    QVariantMap m_body;
    bool m_isWrong = false;
};

PeerStanding standingIn(PeerLogReader &reader)
{
    PeerStanding standing{reader.rooms(u"rooms"_s)};
    if (reader.has(u"changes"_s))
        standing.changes = reader.rooms(u"changes"_s);
    return standing;
}

PeerLogAsk askIn(PeerLogReader &reader)
{
    PeerLogAsk ask{reader.hostId(u"of"_s), reader.room(), reader.after(), reader.time(u"from"_s)};
    if (reader.has(u"changes"_s))
        ask.changes = reader.time(u"changes"_s);
    return ask;
}

PeerLogPart partIn(PeerLogReader &reader)
{
    PeerLogPart part{reader.hostId(u"to"_s), reader.room(),
                     reader.after(),         reader.messages(u"said"_s, u"chat.message"_s),
                     reader.flag(u"more"_s), reader.flag(u"lost"_s)};
    if (reader.has(u"entries"_s)) {
        part.entries = reader.ids(u"entries"_s);
        part.changed = reader.messages(u"changed"_s, u"parlour.changed"_s);
    }
    return part;
}

std::optional<PeerLogContent> contentOf(const QString &type, PeerLogReader &reader)
{
    if (type == "parlour.standing"_L1)
        return standingIn(reader);
    if (type == "parlour.log.ask"_L1)
        return askIn(reader);
    if (type == "parlour.log.part"_L1)
        return partIn(reader);
    return std::nullopt;
}

} // namespace

Message encodePeerLog(const PeerLogMessage &message)
{
    auto [type, body] =
        std::visit([](const auto &content) { return written(content); }, message.content);
    body.insert(u"host"_s, message.host);
    return Message(type, std::move(body));
}

Expected<PeerLogMessage> parsePeerLog(const Message &message)
{
    PeerLogReader reader(message.body());
    const QString host = reader.hostId(u"host"_s);
    const auto content = contentOf(message.type(), reader);
    if (!content)
        return Error{u"unregistered"_s, u"no message of hosts to each other"_s};
    if (reader.isWrong())
        return Error{u"malformed"_s, u"no host would write such a %1"_s.arg(message.type())};
    return PeerLogMessage{host, *content};
}

} // namespace parlour::chat
