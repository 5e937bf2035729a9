// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/shared_room.h"

#include "chat/presence_messages.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

SharedRoom::SharedRoom(channels::ChannelLayer &layer, const Room &room,
                       std::chrono::milliseconds leaveDelay)
    : m_layer(layer)
    , m_room(room)
{
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(leaveDelay);
    connect(&m_leaving, &QTimer::timeout, this, [this] { m_channel.reset(); });
    connect(&room, &Room::occupied, this, &SharedRoom::occupied);
    if (!room.isEmpty())
        join();
}

SharedRoom::~SharedRoom() = default;

void SharedRoom::receiveMessage(const channels::Message &message)
{
    Q_EMIT heard(message);
}

void SharedRoom::occupied(bool isOccupied)
{
    if (isOccupied)
        join();
    else
        m_leaving.start();
}

void SharedRoom::join()
{
    m_leaving.stop();
    if (m_channel)
        return;
    m_channel = m_layer.newChannel(*this, QString(SharedPrefix)).value();
    m_channel->setConsumer(u"SharedRoom"_s);
    (void)m_layer.groupAdd(m_room.group(), *m_channel); // the names of rooms' groups are valid
}

} // namespace parlour::chat
