// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/shared_change.h"

#include "chat/chat_message.h"
#include "chat/reactions.h"
#include "chat/room_names.h"
#include "chat/text_rules.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace parlour::chat {

using channels::Message;

namespace {

/// The text under this key; empty where there is none.
QString textAt(const Message &message, const QString &key)
{
    const QVariant value = message.value(key);
    return value.typeId() == QMetaType::QString ? value.toString() : QString();
}

std::optional<bool> flagAt(const Message &message, const QString &key)
{
    const QVariant value = message.value(key);
    return value.typeId() == QMetaType::Bool ? std::optional(value.toBool()) : std::nullopt;
}

/// Now where there is none.
qint64 changeTimeOf(const Message &message)
{
    bool isNumber = false;
    const qint64 time = message.value(u"time"_s).toLongLong(&isNumber);
    return isNumber && time > 0 ? time : QDateTime::currentMSecsSinceEpoch();
}

bool isRoomTitle(const QString &text)
{
    const auto title = checkRoomTitle(text);
    return title && *title == text;
}

/// Reads what this kind of change needs; false where it is not there.
bool readContent(const Message &message, const QString &what, Change &change)
{
    if (what == "edit"_L1) {
        change.text = textAt(message, u"text"_s);
        return change.text.isValidUtf16() && !whatIsWrongWithText(change.text);
    }
    if (what == "delete"_L1) {
        change.kind = Change::Kind::Delete;
        change.isModerator = flagAt(message, u"moderator"_s).value_or(false);
        return true;
    }
    change.kind = Change::Kind::React;
    change.emoji = textAt(message, u"emoji"_s);
    const auto on = flagAt(message, u"on"_s);
    change.on = on.value_or(true);
    return what == "react"_L1 && on && isEmoji(change.emoji);
}

} // namespace

Message makeSharedChange(const Message &changed, const QString &host,
                         const Predecessors &predecessors)
{
    QVariantMap body = changed.body();
    body.remove(u"epoch"_s); // these two are of this host's log alone
    body.remove(u"number"_s);
    body.insert(u"host"_s, host);
    body.insert(u"after"_s, QString()); // it is there even where it names none
    write(body, predecessors);
    return Message(u"parlour.changed"_s, body);
}

Message makeSharedChange(const Change &change, const QString &host)
{
    QVariantMap body = changeBody(change);
    body.insert(u"host"_s, host);
    return Message(u"parlour.changed"_s, body);
}

std::optional<Predecessors> predecessorsOfChange(const Message &message)
{
    if (!message.body().contains(u"after"_s))
        return std::nullopt;
    return predecessorsOf(message);
}

Expected<Change> sharedChangeOf(const Message &message)
{
    Change change;
    change.origin = hostOf(message);
    change.room = textAt(message, u"room"_s);
    change.id = textAt(message, u"id"_s);
    change.of = textAt(message, u"of"_s);
    change.by = senderOf(message, change.origin);
    change.time = changeTimeOf(message);
    const bool isRight = readContent(message, textAt(message, u"what"_s), change);
    if (!isRight || change.time > MaxChangeTime || change.origin.isEmpty()
        || !isRoomTitle(change.room) || !isUuid(change.id) || !isUuid(change.of))
        return Error{u"malformed"_s, u"no host would write such a change"_s};
    return change;
}

Message makeSharedTyping(const TypingElsewhere &typing)
{
    return Message(u"parlour.typing"_s,
                   {{u"host"_s, typing.host},
                    {u"room"_s, typing.room},
                    {u"person"_s, typing.person},
                    {u"typing"_s, typing.isTyping}});
}

Expected<TypingElsewhere> sharedTypingOf(const Message &message)
{
    const auto isTyping = flagAt(message, u"typing"_s);
    const TypingElsewhere typing{hostOf(message), textAt(message, u"room"_s),
                                 textAt(message, u"person"_s), isTyping.value_or(false)};
    if (!isTyping || typing.host.isEmpty() || !isRoomTitle(typing.room) || !isId(typing.person))
        return Error{u"malformed"_s, u"no host would write such a parlour.typing"_s};
    return typing;
}

} // namespace parlour::chat
