// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/server_sent_event.h"

#include <QList>

namespace parlour::channels {

namespace {

QByteArray field(const char *name, QByteArray value)
{
    value.replace('\r', QByteArray()).replace('\n', QByteArray()).replace('\0', QByteArray());
    return value.isEmpty() ? value : QByteArray(name) + ": " + value + '\n';
}

} // namespace

QByteArray serverSentEvent(const QByteArray &data, const QByteArray &event, const QByteArray &id)
{
    QByteArray text = data;
    text.replace("\r\n", "\n").replace('\r', '\n');
    QByteArray result = field("event", event) + field("id", id);
    const auto lines = text.split('\n');
    for (const QByteArray &line : lines)
        result += "data: " + line + '\n';
    return result + '\n';
}

} // namespace parlour::channels
