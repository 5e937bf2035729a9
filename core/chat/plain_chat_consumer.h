// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/websocket_consumer.h"
#include "chat/house.h"

namespace parlour::chat {

/// The Django Channels tutorial's chat: {"message": …} in, {"message": …} out, nothing else. The
/// room's name comes from the route; the client is a fresh guest.
class PlainChatConsumer final : public channels::WebsocketConsumer
{
public:
    PlainChatConsumer(const channels::Scope &scope, const channels::Send &send, House &house,
                      channels::ChannelLayer &layer, RoomLog &log);
    ~PlainChatConsumer() override;

private:
    void connected() override;
    void receiveText(const QByteArray &text) override;
    void disconnected(int code) override;
    void chatMessage(const channels::Message &message);
    void chatChanged(const channels::Message &) { } ///< no news for plain clients

    House &m_house;
    RoomLog &m_log;
    std::unique_ptr<Stay> m_stay;
    Room *m_room = nullptr; ///< lives while we are in it
};

} // namespace parlour::chat
