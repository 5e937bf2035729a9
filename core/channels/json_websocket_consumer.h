// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/websocket_consumer.h"

#include <QJsonObject>
#include <QJsonValue>

namespace parlour::channels {

/// A WebsocketConsumer whose messages are JSON. Counterpart: AsyncJsonWebsocketConsumer.
class JsonWebsocketConsumer : public WebsocketConsumer
{
protected:
    using WebsocketConsumer::WebsocketConsumer;

    /// An object or an array.
    virtual void receiveJson(const QJsonValue &json) = 0;
    /// By default the connection is closed with 1007.
    virtual void receiveBadJson(const QString &what);

    void sendJson(const QJsonObject &json);
    void receiveText(const QByteArray &text) override;
};

} // namespace parlour::channels
