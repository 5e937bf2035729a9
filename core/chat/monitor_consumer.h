// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "channels/websocket_consumer.h"
#include "chat/house.h"
#include "chat/monitor_frames.h"

#include <QTimer>

namespace parlour::chat {

/// The monitor feed, for the owner: snapshots while something changes, and what happens in the
/// layer while the client wants it. Has no channel of its own, so that it does not show itself.
class MonitorConsumer final : public channels::WebsocketConsumer
{
public:
    MonitorConsumer(const channels::Scope &scope, const channels::Send &send, House &house,
                    channels::Inspector &inspector);
    ~MonitorConsumer() override;

private:
    void connected() override;
    void receiveText(const QByteArray &text) override;
    void disconnected(int code) override;

    void handleFrame(const UnknownFrame &) { }
    void handleFrame(const WatchFrame &frame);
    void handleFrame(const CloseConnectionFrame &frame);
    void handleFrame(const PingConnectionFrame &frame);

    void tick();
    void sendSnapshot(bool evenIfUnchanged);
    void collect(const channels::Activity &activity);
    void sendActivity();
    void sendError(const Error &error);
    void setWatching(bool isWatching);

    House &m_house;
    channels::Inspector &m_inspector;
    QTimer m_timer; ///< also the context of what is connected
    int m_ticksSinceSnapshot = 0;
    QByteArray m_sent; ///< fingerprint of the last snapshot
    MonitorActivity m_activity;
    QMetaObject::Connection m_watching;
};

} // namespace parlour::chat
