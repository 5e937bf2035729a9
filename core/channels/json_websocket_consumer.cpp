// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/json_websocket_consumer.h"

#include "channels/json_text.h"

using namespace Qt::StringLiterals;

namespace parlour::channels {

void JsonWebsocketConsumer::receiveText(const QByteArray &text)
{
    if (const auto json = decodeJson(text))
        receiveJson(*json);
    else
        receiveBadJson(json.error().message);
}

void JsonWebsocketConsumer::receiveBadJson(const QString &what)
{
    close(close_code::InvalidData, u"not JSON: "_s + what);
}

void JsonWebsocketConsumer::sendJson(const QJsonValue &json)
{
    sendText(encodeJson(json));
}

Expected<QJsonValue> JsonWebsocketConsumer::decodeJson(const QByteArray &text) const
{
    return parsedJson(text);
}

QByteArray JsonWebsocketConsumer::encodeJson(const QJsonValue &json) const
{
    return jsonText(json);
}

} // namespace parlour::channels
