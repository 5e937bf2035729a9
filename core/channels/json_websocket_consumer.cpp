// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/json_websocket_consumer.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parlour::channels {

void JsonWebsocketConsumer::receiveText(const QByteArray &text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        receiveBadJson(error.errorString());
    else if (document.isObject())
        receiveJson(document.object());
    else
        receiveJson(document.array());
}

void JsonWebsocketConsumer::receiveBadJson(const QString &what)
{
    close(close_code::InvalidData, u"not JSON: "_s + what);
}

void JsonWebsocketConsumer::sendJson(const QJsonObject &json)
{
    sendText(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace parlour::channels
