// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/worker_consumer.h"
#include "chat/house.h"
#include "chat/shared_message.h"

namespace parlour::chat {

/// A worker that says in a room what other processes send it:
///
///     {"type": "parlour.say", "room": …, "message": <JSON>}
///
/// with "username" (who says it), "id" (a UUID: saying it again is saying it once) and "reply" (a
/// channel that is told what became of it) where they mean something; docs/protocol.md says more.
class SayConsumer final : public channels::WorkerConsumer
{
public:
    /// `layer` brings the messages, and carries the replies.
    SayConsumer(const channels::Scope &scope, const channels::Send &send, House &house,
                RoomLog &log, channels::ChannelLayer &layer);
    ~SayConsumer() override;

    static constexpr qint64 MaxMessageBytes = qint64(1024) * 1024; ///< as JSON

private:
    void say(const channels::Message &message);
    void refuse(const channels::Message &message, const Error &error);
    void reply(const channels::Message &message, const QString &type, const QVariantMap &body);

    House &m_house;
    RoomLog &m_log;
};

} // namespace parlour::chat
