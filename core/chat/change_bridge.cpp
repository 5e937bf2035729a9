// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/change_bridge.h"

#include "chat/foreign_sender.h"
#include "chat/house.h"
#include "chat/presence_messages.h"
#include "chat/room_log.h"
#include "chat/shared_message.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

ChangeBridge::ChangeBridge(House &house, channels::ChannelLayer &shared, RoomLog &log,
                           const channels::Clock &clock)
    : m_house(house)
    , m_shared(shared)
    , m_log(log)
    , m_clock(clock)
    , m_channel(shared.newChannel(*this, QString(SharedPrefix)).value())
{
    m_channel->setConsumer(u"ChangeBridge"_s);
    (void)shared.groupAdd(QString(RoomsGroup), *m_channel); // the name is valid
}

ChangeBridge::~ChangeBridge() = default;

channels::Expected<void> ChangeBridge::share(const Message &changed,
                                             const Predecessors &predecessors)
{
    return m_shared.groupSend(QString(RoomsGroup),
                              makeSharedChange(changed, m_house.info().id, predecessors));
}

void ChangeBridge::shareTyping(const QString &room, const QString &person, bool isTyping)
{
    if (m_shared.isReachable(QString(RoomsGroup))) {
        (void)m_shared.groupSend(QString(RoomsGroup),
                                 makeSharedTyping({m_house.info().id, room, person, isTyping}));
    }
}

void ChangeBridge::receiveMessage(const Message &message)
{
    if (hostOf(message) == m_house.info().id)
        return; // the own echo
    if (channels::sameHandlerName(message.type(), "parlour.changed"_L1))
        adoptChange(message);
    else if (channels::sameHandlerName(message.type(), "parlour.typing"_L1))
        adoptTyping(message);
    else
        countDropped(channels::isForgedType(message.type()) ? u"forged"_s : u"unregistered"_s,
                     message);
}

void ChangeBridge::adoptChange(const Message &message)
{
    const auto change = sharedChangeOf(message);
    if (!change) {
        countDropped(change.error().code, message);
        return;
    }
    if (!m_house.rooms().find(change->room)) { // asking its log would begin one
        countDropped(u"no_such_room"_s, message);
        return;
    }
    if (isDoubtful(change->by, m_house.people())) {
        countDropped(u"unconfirmed"_s, message);
        Q_EMIT doubted(*change);
        return;
    }
    take(*change, WaitingChanges::Cause::Live);
    if (const auto predecessors = predecessorsOfChange(message))
        Q_EMIT came(*change, *predecessors);
}

void ChangeBridge::adopt(const Change &change)
{
    take(change, WaitingChanges::Cause::Asked);
}

// A deletion stays whenever it was, so its time is no matter.
void ChangeBridge::take(const Change &change, WaitingChanges::Cause cause)
{
    if (change.kind != Change::Kind::Delete && isTooFarAhead(change.time)) {
        countDropped(u"ahead"_s);
        QMetaObject::invokeMethod(
            this, [this, change] { Q_EMIT settled(change, true); }, Qt::QueuedConnection);
        return;
    }
    Change made = change;
    made.by = asForeignSender(change.by, m_house.people());
    make(made, cause);
}

void ChangeBridge::make(const Change &change, WaitingChanges::Cause cause)
{
    m_log.change(change, this, [this, change, cause](const Expected<ChangedFrame> &changed) {
        const QString code = changed ? QString() : changed.error().code;
        if (!changed)
            countDropped(code);
        if (code == "no_such_message"_L1)
            Q_EMIT missed(change, cause);
        else
            Q_EMIT settled(change, code != "not_logged"_L1);
    });
}

void ChangeBridge::adoptTyping(const Message &message)
{
    const auto typing = sharedTypingOf(message);
    if (!typing) {
        countDropped(typing.error().code, message);
        return;
    }
    Room *room = m_house.rooms().find(typing->room);
    if (!room || !room->isElsewhere(typing->host, typing->person))
        countDropped(u"not_joined"_s, message);
    else
        (void)room->setTyping(typing->person, typing->isTyping, m_clock());
}

void ChangeBridge::countDropped(const QString &cause, const Message &message)
{
    m_channel->countDropped(cause, message);
}

} // namespace parlour::chat
