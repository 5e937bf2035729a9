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

Written written(const PeerStanding &standing)
{
    QVariantList rooms;
    for (const PeerStanding::Room &room : standing.rooms)
        rooms.append(QVariantMap{{u"room"_s, room.room}, {u"id"_s, room.id}});
    return {"parlour.standing"_L1, {{u"rooms"_s, rooms}}};
}

Written written(const PeerLogAsk &ask)
{
    return {
        "parlour.log.ask"_L1,
        {{u"of"_s, ask.of}, {u"room"_s, ask.room}, {u"after"_s, ask.after}, {u"from"_s, ask.from}}};
}

Written written(const PeerLogPart &part)
{
    QVariantList said;
    for (const Message &message : part.said)
        said.append(message.body());
    return {"parlour.log.part"_L1,
            {{u"to"_s, part.to},
             {u"room"_s, part.room},
             {u"after"_s, part.after},
             {u"said"_s, said},
             {u"more"_s, part.more},
             {u"lost"_s, part.lost}}};
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
    qint64 from()
    {
        bool isNumber = false;
        const qint64 from = m_body.value(u"from"_s).toLongLong(&isNumber);
        require(isNumber && from >= 0);
        return from;
    }
    bool flag(const QString &key) { return m_body.value(key).toBool(); }
    QList<PeerStanding::Room> rooms()
    {
        QList<PeerStanding::Room> rooms;
        for (const QVariant &value : listAt(u"rooms"_s, MaxPeerRooms)) {
            const QVariantMap room = value.toMap();
            rooms.append({roomIn(room), textAt(room, u"id"_s)});
            require(isUuid(rooms.constLast().id));
        }
        return rooms;
    }
    QList<Message> said()
    {
        QList<Message> said;
        for (const QVariant &value : listAt(u"said"_s, MaxPeerMessages)) {
            require(value.typeId() == QMetaType::QVariantMap);
            said.append(Message(u"chat.message"_s, value.toMap()));
        }
        return said;
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

std::optional<PeerLogContent> contentOf(const QString &type, PeerLogReader &reader)
{
    if (type == "parlour.standing"_L1)
        return PeerStanding{reader.rooms()};
    if (type == "parlour.log.ask"_L1)
        return PeerLogAsk{reader.hostId(u"of"_s), reader.room(), reader.after(), reader.from()};
    if (type == "parlour.log.part"_L1)
        return PeerLogPart{reader.hostId(u"to"_s), reader.room(),          reader.after(),
                           reader.said(),          reader.flag(u"more"_s), reader.flag(u"lost"_s)};
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
