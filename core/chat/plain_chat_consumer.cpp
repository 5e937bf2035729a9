// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/plain_chat_consumer.h"

#include "chat/chat_message.h"
#include "chat/plain_message.h"
#include "chat/room_names.h"
#include "chat/room_route.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

PlainChatConsumer::PlainChatConsumer(const channels::Scope &scope, const channels::Send &send,
                                     House &house, channels::ChannelLayer &layer, RoomLog &log)
    : WebsocketConsumer(scope, send, &layer)
    , m_house(house)
    , m_log(log)
{
    channel()->setConsumer(u"PlainChatConsumer"_s);
    on("chat.message"_L1, &PlainChatConsumer::chatMessage);
    on("chat.changed"_L1, &PlainChatConsumer::chatChanged);
}

PlainChatConsumer::~PlainChatConsumer()
{
    disconnected(0);
}

void PlainChatConsumer::connected()
{
    const auto title = routedRoomTitle(scope());
    if (!title) {
        refuse(404, title.error().message.toUtf8());
        return;
    }
    auto stay = m_house.people().arriveGuest();
    const auto room = m_house.rooms().open(*title);
    if (!stay || !room) {
        refuse(503, (stay ? room.error() : stay.error()).message.toUtf8());
        return;
    }
    forgetScope();
    m_stay = std::move(*stay);
    m_room = *room;
    m_room->enter(m_stay->presence());
    channel()->setPerson(m_stay->person().id, m_stay->person().name);
    if (groupAdd(m_room->group()))
        m_house.whenJoined(*m_room, channel(), [this] { accept(); });
    else
        refuse(500);
}

void PlainChatConsumer::receiveText(const QByteArray &text)
{
    const auto message = parsePlainMessage(text);
    if (!message) {
        close(channels::close_code::InvalidData, message.error().message);
        return;
    }
    const Person &person = m_stay->person();
    m_log.post({m_room->title(), newUuid(), {person.id, person.name}, message->text, message->json},
               channel(), [this](const Expected<ChatMessage> &posted) {
                   if (!posted)
                       close(channels::close_code::InternalError, posted.error().message);
               });
}

void PlainChatConsumer::disconnected(int)
{
    if (m_room)
        std::exchange(m_room, nullptr)->leave(m_stay->presence());
    m_stay.reset();
}

void PlainChatConsumer::chatMessage(const channels::Message &message)
{
    sendText(plainEncoding(message));
}

} // namespace parlour::chat
