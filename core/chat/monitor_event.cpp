// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/monitor_event.h"

#include "chat/json_value.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

constexpr qsizetype PreviewLength = 120;

QString kindName(channels::Activity::Kind kind)
{
    using Kind = channels::Activity::Kind;
    switch (kind) {
    case Kind::ChannelOpened:
        return u"opened"_s;
    case Kind::ChannelClosed:
        return u"closed"_s;
    case Kind::GroupJoined:
        return u"joined"_s;
    case Kind::GroupLeft:
        return u"left"_s;
    case Kind::Sent:
        return u"sent"_s;
    case Kind::Delivered:
        return u"delivered"_s;
    case Kind::Dropped:
        return u"dropped"_s;
    }
    return {};
}

QString textOf(const channels::Message &message)
{
    if (const QVariant text = message.value(u"text"_s); text.isValid())
        return text.toString();
    const QVariant value = message.value(u"message"_s);
    if (!value.isValid() || value.typeId() == QMetaType::QString)
        return value.toString();
    return QString::fromUtf8(jsonOfVariant(value));
}

} // namespace

MonitorEvent monitorEventOf(const channels::Activity &activity)
{
    const QString text = textOf(activity.message);
    MonitorEvent event;
    event.time = activity.time;
    event.kind = kindName(activity.kind);
    event.channel = activity.channel;
    event.group = activity.group;
    event.message = activity.message.type();
    event.from = activity.message.value(u"sender"_s).toMap().value(u"name"_s).toString();
    event.size = text.toUtf8().size();
    event.receivers = activity.receivers;
    event.preview = firstCodePoints(text, PreviewLength);
    event.cause = activity.cause;
    return event;
}

} // namespace parlour::chat
