// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_bridge.h"

#include "chat/chat_message.h"
#include "chat/foreign_sender.h"
#include "chat/house.h"
#include "chat/join_wait.h"
#include "chat/room_names.h"
#include "chat/shared_message.h"
#include "chat/shared_room.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::BridgeInfo;
using channels::Message;

RoomBridge::RoomBridge(House &house, channels::ChannelLayer &local, channels::ChannelLayer &shared,
                       RoomLog &log, const BridgeOptions &options, QObject *parent)
    : QObject(parent)
    , m_house(house)
    , m_local(local)
    , m_shared(shared)
    , m_log(log)
    , m_options(options)
    , m_channel(local.newChannel(*this))
    , m_presence(std::make_unique<HostPresence>(house, shared, options.presence, options.clock))
    , m_changes(std::make_unique<ChangeBridge>(house, shared, log, options.clock))
    , m_logs(std::make_unique<PeerLogs>(house, shared, log, adoptionRules(), options.logs,
                                        options.clock))
{
    m_channel->setConsumer(u"RoomBridge"_s);
    joinParts();
    const auto rooms = house.rooms().all();
    for (Room *room : rooms)
        addRoom(*room);
    connect(&house.rooms(), &Rooms::made, this, [this](Room *room) { addRoom(*room); });
    connect(&house.rooms(), &Rooms::ending, this, [this](Room *room) { removeRoom(*room); });
    connect(&shared, &channels::ChannelLayer::bridgeChanged, this, &RoomBridge::reachChanged);
    reachChanged();
    house.setBridge(this);
}

void RoomBridge::joinParts()
{
    connect(m_logs.get(), &PeerLogs::due, this, &RoomBridge::post);
    connect(m_logs.get(), &PeerLogs::changeTold, m_changes.get(), &ChangeBridge::adopt);
    connect(m_changes.get(), &ChangeBridge::came, m_logs.get(), &PeerLogs::takeChange);
    connect(m_changes.get(), &ChangeBridge::missed, this, &RoomBridge::keepWaiting);
    connect(m_changes.get(), &ChangeBridge::doubted, m_logs.get(), [this](const Change &change) {
        m_logs->doubt({change.room, change.origin, change.id}, true);
    });
    connect(m_changes.get(), &ChangeBridge::settled, m_logs.get(),
            [this](const Change &change, bool isDone) {
                m_logs->settle({change.room, change.origin, change.id}, isDone);
            });
}

RoomBridge::~RoomBridge()
{
    stop();
    m_house.setBridge(nullptr);
}

void RoomBridge::stop()
{
    m_presence.reset();
    m_changes.reset();
    m_logs.reset();
    m_channel.reset();
    m_rooms.clear();
    disconnect(&m_house.rooms(), nullptr, this, nullptr);
    disconnect(&m_shared, nullptr, this, nullptr);
}

void RoomBridge::addRoom(Room &room)
{
    (void)m_local.groupAdd(room.group(), *m_channel); // the names of rooms' groups are valid
    auto place = std::make_unique<SharedRoom>(m_shared, room, m_options.leaveDelay);
    connect(place.get(), &SharedRoom::heard, this,
            [this, &room](const Message &message) { adopt(room, message); });
    m_rooms.emplace(&room, std::move(place));
}

void RoomBridge::removeRoom(const Room &room)
{
    (void)m_local.groupDiscard(room.group(), *m_channel);
    m_rooms.erase(&room);
}

void RoomBridge::whenJoined(const Room &room, QObject *context, const std::function<void()> &joined)
{
    if (!m_channel || (isLongAway() && !m_shared.isReachable(room.group()))) {
        joined();
        return;
    }
    auto *wait = new JoinWait(joined, m_options.joinTimeout, context);
    m_shared.whenJoined(room.group(), wait, [wait] { wait->end(); });
}

// ---- what is said ----

void RoomBridge::receiveMessage(const Message &message)
{
    if (channels::sameHandlerName(message.type(), "chat.changed"_L1))
        shareChange(message);
    else if (!channels::sameHandlerName(message.type(), "chat.message"_L1))
        countDropped(u"unregistered"_s, message);
    else if (!chatMessageOf(message))
        countDropped(u"unnumbered"_s, message); // no log has it
    else if (hostOf(message).isEmpty()) // else it came from elsewhere, and would go round
        share(message);
}

void RoomBridge::share(const Message &said)
{
    if (plainEncoding(said).size() > m_options.maxMessageBytes) {
        ++m_notShared[u"too_big"_s];
        return;
    }
    const QString room = said.value(u"room"_s).toString();
    const Predecessors before = m_logs->said(room, said.value(u"id"_s).toString());
    const auto sent =
        m_shared.groupSend(roomGroup(room), makeSharedMessage(said, m_house.info().id, before));
    if (!sent)
        ++m_notShared[sent.error().code];
}

void RoomBridge::shareChange(const Message &changed)
{
    if (!hostOf(changed).isEmpty())
        return; // it came from elsewhere, and would go round
    const Predecessors before =
        m_logs->changed(changed.value(u"room"_s).toString(), changed.value(u"id"_s).toString());
    if (const auto sent = m_changes->share(changed, before); !sent)
        ++m_notShared[sent.error().code];
}

void RoomBridge::shareTyping(const Room &room, const QString &person, bool isTyping)
{
    if (m_changes)
        m_changes->shareTyping(room.title(), person, isTyping);
}

void RoomBridge::adopt(const Room &room, const Message &message)
{
    if (!channels::sameHandlerName(message.type(), "chat.message"_L1)) {
        countDropped(channels::isForgedType(message.type()) ? u"forged"_s : u"unregistered"_s,
                     message);
        return;
    }
    if (hostOf(message) == m_house.info().id)
        return; // the own echo
    // Nobody is in the room any more, and what nobody here hears is not logged.
    if (room.isEmpty()) {
        countDropped(u"not_joined"_s, message);
        return;
    }
    const auto said = utteranceOf(message, room.title(), adoptionRules());
    if (!said) {
        countDropped(said.error().code, message);
    } else if (isDoubtful(said->sender, m_house.people())) {
        countDropped(u"unconfirmed"_s, message);
        m_logs->doubt({said->room, said->origin, said->id}, false);
    } else if (message.value(u"id"_s).toString() == said->id) {
        m_logs->take({*said, predecessorsOf(message).entry});
    } else {
        post(*said); // Django's, or of a host that names it not
    }
}

void RoomBridge::post(const Utterance &said)
{
    Utterance utterance = said;
    utterance.sender = asForeignSender(said.sender, m_house.people());
    m_waiting.applyTo(utterance);
    if (utterance.deletion)
        countDropped(u"deleted"_s, {});
    for (Reaction &reaction : utterance.reactions) {
        for (Sender &person : reaction.people)
            person = asForeignSender(person, m_house.people());
    }
    m_log.post(utterance, this, [this, said](const Expected<ChatMessage> &posted) {
        const QString code = posted ? QString() : posted.error().code;
        if (!posted)
            countDropped(code, {});
        else if (m_changes)
            makeWaiting(said);
        if (m_logs)
            m_logs->settle({said.room, said.origin, said.id}, code != "not_logged"_L1);
    });
}

/// What changed the message before it was in the log.
void RoomBridge::makeWaiting(const Utterance &said)
{
    const auto changes = m_waiting.take(said.room, said.id);
    for (const Change &change : changes)
        m_changes->make(change, WaitingChanges::Cause::Live);
}

void RoomBridge::keepWaiting(const Change &change, WaitingChanges::Cause cause)
{
    m_logs->await({change.room, change.origin, change.id}, cause);
    const auto gone = m_waiting.add(change, cause);
    for (const Change &given : gone) {
        countDropped(u"waited_in_vain"_s, {});
        m_logs->settle({given.room, given.origin, given.id}, true);
    }
}

AdoptionRules RoomBridge::adoptionRules() const
{
    return {m_options.maxMessageBytes, m_options.maxClockSkew, m_options.maxAge};
}

void RoomBridge::countDropped(const QString &cause, const Message &message)
{
    if (m_channel)
        m_channel->countDropped(cause, message);
}

// ---- whether the others are within reach ----

bool RoomBridge::isUp() const
{
    const auto bridge = m_shared.bridge();
    return !bridge || bridge->state() == BridgeInfo::State::Up;
}

bool RoomBridge::isLongAway() const
{
    return m_awaySince && m_options.clock() - *m_awaySince >= m_options.joinTimeout;
}

void RoomBridge::reachChanged()
{
    const bool isUp = this->isUp();
    if (isUp)
        m_awaySince.reset();
    else if (!m_awaySince)
        m_awaySince = m_options.clock();
    m_presence->setUp(m_shared.isReachable(QString(PresenceGroup)));
    if (isUp)
        m_logs->comeBack();
    const auto bridge = m_shared.bridge();
    if (bridge && bridge->state() == BridgeInfo::State::Connecting && !m_isUp)
        return; // no trouble was seen yet, and none is told
    if (std::exchange(m_isUp, isUp) != isUp)
        m_house.tellEverybody(*state());
}

std::optional<SharedFrame> RoomBridge::state() const
{
    if (!m_isUp)
        return std::nullopt;
    return SharedFrame{*m_isUp};
}

std::optional<BridgeInfo> RoomBridge::info() const
{
    auto info = m_shared.bridge();
    if (!info)
        return info;
    for (auto it = m_notShared.cbegin(); it != m_notShared.cend(); ++it)
        info->notShared[it.key()] += it.value();
    info->peers = m_presence ? m_presence->hosts() : 0;
    return info;
}

} // namespace parlour::chat
