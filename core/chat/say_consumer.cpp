// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/say_consumer.h"

#include "channels/logging.h"
#include "chat/foreign_sender.h"
#include "chat/room_names.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

namespace {

Expected<QString> roomIn(const Message &message)
{
    const QVariant room = message.value(u"room"_s);
    if (room.typeId() != QMetaType::QString)
        return Error{u"bad_room"_s, u"\"room\" must be a text: the title of a room."_s};
    return checkRoomTitle(room.toString());
}

/// What is to be said; it counts as said on this host, by whomever the sender names.
Expected<Utterance> utteranceIn(const Message &message, const People &people)
{
    const auto room = roomIn(message);
    if (!room)
        return room.error();
    QVariantMap body = message.body();
    body.remove(u"host"_s);
    auto utterance = utteranceOf(Message(message.type(), body), *room,
                                 {SayConsumer::MaxMessageBytes, std::chrono::milliseconds(0)});
    if (!utterance)
        return utterance;
    utterance->sender = asForeignSender(utterance->sender, people);
    utterance->origin.clear();
    const QVariant id = message.value(u"id"_s);
    if (!id.isValid() || id.isNull())
        return utterance;
    if (id.typeId() != QMetaType::QString || !isUuid(id.toString()))
        return Error{u"bad_id"_s, u"\"id\" must be a UUID, or be left out."_s};
    utterance->id = id.toString();
    return utterance;
}

} // namespace

SayConsumer::SayConsumer(const channels::Scope &scope, const channels::Send &send, House &house,
                         RoomLog &log, channels::ChannelLayer &layer)
    : WorkerConsumer(scope, send, &layer)
    , m_house(house)
    , m_log(log)
{
    channel()->setConsumer(u"SayConsumer"_s);
    on("parlour.say"_L1, &SayConsumer::say);
}

SayConsumer::~SayConsumer() = default;

void SayConsumer::say(const Message &message)
{
    const auto utterance = utteranceIn(message, m_house.people());
    if (!utterance) {
        refuse(message, utterance.error());
        return;
    }
    // The room lives on as one that somebody visited: as long as something is in its log.
    if (const auto room = m_house.rooms().open(utterance->room); !room) {
        refuse(message, room.error());
        return;
    }
    m_log.post(*utterance, channel(), [this, message](const Expected<ChatMessage> &posted) {
        if (!posted) {
            refuse(message, posted.error());
            return;
        }
        reply(message, u"parlour.said"_s,
              {{u"room"_s, posted->room}, {u"id"_s, posted->id}, {u"number"_s, posted->number}});
    });
}

void SayConsumer::refuse(const Message &message, const Error &error)
{
    qCWarning(channels::lcConsumer).noquote()
        << "a message to the worker" << scope().channel << "was not said:" << error.message;
    channel()->countDropped(error.code, message);
    QVariantMap body{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (const QString id = message.value(u"id"_s).toString(); isUuid(id))
        body.insert(u"id"_s, id);
    reply(message, u"parlour.refused"_s, body);
}

void SayConsumer::reply(const Message &message, const QString &type, const QVariantMap &body)
{
    const QVariant channel = message.value(u"reply"_s);
    if (!channel.isValid() || channel.isNull())
        return;
    const auto sent = layer()->send(channel.toString(), Message(type, body));
    if (!sent) {
        qCWarning(channels::lcConsumer).noquote() << "a reply of the worker" << scope().channel
                                                  << "went nowhere:" << sent.error().message;
    }
}

} // namespace parlour::chat
