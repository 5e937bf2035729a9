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

    /// Any JSON value.
    virtual void receiveJson(const QJsonValue &json) = 0;
    /// By default the connection is closed with 1007. (Channels raises, which closes with 1011.)
    virtual void receiveBadJson(const QString &what);

    void sendJson(const QJsonValue &json);
    void sendJson(const QJsonObject &json) { sendJson(QJsonValue(json)); }

    /// The text of a message to and from JSON; another notation overrides both. Empty text is no
    /// JSON. Fails (bad_json).
    virtual Expected<QJsonValue> decodeJson(const QByteArray &text) const;
    /// By default compact.
    virtual QByteArray encodeJson(const QJsonValue &json) const;

    void receiveText(const QByteArray &text) override;
};

} // namespace parlour::channels
