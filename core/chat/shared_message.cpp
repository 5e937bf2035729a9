// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/shared_message.h"

#include "chat/json_value.h"
#include "chat/json_writer.h"
#include "chat/person_names.h"
#include "chat/reactions.h"
#include "chat/text_rules.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

namespace {

/// The text of an id of persons or hosts; empty where it is none.
QString idOf(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return {};
    const QString id = value.toString();
    return isId(id) ? id : QString();
}

/// The first of the body's names that a person may have, or nothing.
QString nameIn(const QVariantMap &body, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        const QVariant value = body.value(QString(key));
        if (value.typeId() != QMetaType::QString)
            continue;
        if (const auto name = checkShownName(value.toString()))
            return *name;
    }
    return {};
}

/// Of Django, whose users have no ids here: one of the same name is the same.
Sender foreignSender(const QString &name)
{
    if (name.isEmpty())
        return {QString(ForeignOrigin), u"Django"_s};
    const QByteArray hash =
        QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).left(8);
    return {ForeignOrigin + u'-' + QString::fromLatin1(hash.toHex()), name};
}

/// The value's JSON: as its sender's host had written it, where that is sent along and says the
/// same; a layer carries values, which have no order of keys.
QByteArray jsonOf(const channels::Message &message, qint64 maxBytes)
{
    const QByteArray json = jsonOfVariant(message.value(u"message"_s));
    const QVariant text = message.value(u"text"_s);
    if (text.typeId() != QMetaType::QString)
        return json;
    const QByteArray written = text.toString().toUtf8();
    if (written.size() > maxBytes)
        return json;
    const QVariant value = variantOfJson(written);
    return value.isValid() && jsonOfVariant(value) == json ? written : json;
}

} // namespace

channels::Message makeSharedMessage(const channels::Message &said, const QString &host,
                                    const Predecessors &predecessors)
{
    QVariantMap body = said.body();
    body.remove(u"epoch"_s); // these two are of this host's log alone
    body.remove(u"number"_s);
    if (body.contains(u"reply"_s)) // what that one is now, each log says itself
        body.insert(u"reply"_s, body.value(u"reply"_s).toMap().value(u"id"_s));
    body.insert(u"host"_s, host);
    write(body, predecessors);
    body.insert(u"username"_s, body.value(u"sender"_s).toMap().value(u"name"_s));
    return channels::Message(said.type(), body);
}

void write(QVariantMap &body, const Predecessors &predecessors)
{
    if (!predecessors.ofItsKind.isEmpty())
        body.insert(u"after"_s, predecessors.ofItsKind);
    if (!predecessors.entry.isEmpty() && predecessors.entry != predecessors.ofItsKind)
        body.insert(u"behind"_s, predecessors.entry);
}

Predecessors predecessorsOf(const channels::Message &message)
{
    const QString after = message.value(u"after"_s).toString();
    const QString behind = message.value(u"behind"_s).toString();
    const QString ofItsKind = isUuid(after) ? after : QString();
    return {ofItsKind, isUuid(behind) ? behind : ofItsKind};
}

QString hostOf(const channels::Message &message)
{
    return idOf(message.value(u"host"_s));
}

Sender senderOf(const channels::Message &message, const QString &host)
{
    if (host.isEmpty())
        return foreignSender(nameIn(message.body(), {"username"_L1, "user"_L1, "sender"_L1}));
    const QVariantMap sender = message.value(u"sender"_s).toMap();
    const QString id = idOf(sender.value(u"id"_s));
    const QString name = nameIn(sender, {"name"_L1});
    return {id.isEmpty() ? u"host-"_s + host : id, name.isEmpty() ? u"Guest"_s : name};
}

namespace {

/// What was said in another program has neither; of another host, what came of it until it is told.
/// As its clock said: all hosts are to compare the same.
qint64 editedOf(const channels::Message &message)
{
    const qint64 edited = message.value(u"edited"_s).toLongLong();
    return isTooFarAhead(edited) ? 0 : std::max<qint64>(edited, 0);
}

/// Those that are as people here could have reacted.
QList<Reaction> reactionsOf(const channels::Message &message)
{
    QList<Reaction> reactions;
    const QVariantList list = message.value(u"reactions"_s).toList();
    for (const QVariant &value : list) {
        const QVariantMap told = value.toMap();
        const QString emoji = told.value(u"emoji"_s).toString();
        const QVariantList people = told.value(u"people"_s).toList();
        for (const QVariant &one : people) {
            const QVariantMap person = one.toMap();
            const Sender by{idOf(person.value(u"id"_s)), nameIn(person, {"name"_L1})};
            if (!isEmoji(emoji) || by.id.isEmpty() || by.name.isEmpty())
                continue;
            if (!react(reactions, emoji, by, true, ReactionLimits::OverHosts))
                return reactions; // more than there may be
        }
    }
    return reactions;
}

} // namespace

qint64 timeOf(const channels::Message &message, std::chrono::milliseconds maxClockSkew,
              std::chrono::milliseconds maxAge)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    bool isNumber = false;
    const qint64 time = message.value(u"time"_s).toLongLong(&isNumber);
    const bool isNear = time > now - maxAge.count() && time < now + maxClockSkew.count();
    return isNumber && isNear ? time : now;
}

bool isTooFarAhead(qint64 time)
{
    const auto limit = QDateTime::currentDateTimeUtc().addDuration(MaxChangeAhead);
    return time > limit.toMSecsSinceEpoch();
}

Expected<Utterance> utteranceOf(const channels::Message &message, const QString &room,
                                const AdoptionRules &rules)
{
    if (!message.body().contains(u"message"_s))
        return Error{u"malformed"_s, u"There is no \"message\" in it."_s};
    const QVariant said = message.value(u"message"_s);
    if (!isJson(said)) {
        return Error{u"malformed"_s,
                     u"\"message\" cannot be JSON: bytes, NaN or an infinity are in it, or it is "
                     "nested too deep."_s};
    }
    const QByteArray json = jsonOf(message, rules.maxBytes);
    if (json.size() > rules.maxBytes)
        return Error{
            u"too_big"_s,
            u"a chat.message of %1 bytes; %2 are the limit"_s.arg(json.size()).arg(rules.maxBytes)};
    const QString host = hostOf(message);
    const QString id = message.value(u"id"_s).toString();
    Utterance utterance;
    utterance.room = room;
    utterance.id = !host.isEmpty() && isUuid(id) ? id : newUuid();
    utterance.sender = senderOf(message, host);
    utterance.json = json;
    utterance.text =
        said.typeId() == QMetaType::QString ? said.toString() : QString::fromUtf8(json);
    utterance.origin = host.isEmpty() ? QString(ForeignOrigin) : host;
    utterance.time = host.isEmpty() ? 0 : timeOf(message, rules.maxClockSkew, rules.maxAge);
    const QString reply = message.value(u"reply"_s).toString();
    utterance.reply = !host.isEmpty() && isUuid(reply) ? reply : QString();
    if (!host.isEmpty()) {
        utterance.edited = editedOf(message);
        utterance.reactions = reactionsOf(message);
    }
    return utterance;
}

} // namespace parlour::chat
