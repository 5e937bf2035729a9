// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/stored_message.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace parlour::client {

using namespace Qt::StringLiterals;
using chat::ChatMessage;
using chat::Reaction;

namespace {

QString jsonOf(const QList<Reaction> &reactions)
{
    if (reactions.isEmpty())
        return {};
    QJsonArray all;
    for (const Reaction &reaction : reactions) {
        QJsonArray one{reaction.emoji};
        for (const chat::Sender &person : reaction.people) {
            one.append(person.id);
            one.append(person.name);
        }
        all.append(one);
    }
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

QList<Reaction> reactionsOf(const QString &json)
{
    QList<Reaction> reactions;
    const QJsonArray all = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const auto value : all) {
        const QJsonArray one = value.toArray();
        Reaction reaction{one.at(0).toString(), {}};
        for (qsizetype at = 1; at + 1 < one.size(); at += 2)
            reaction.people.append({one.at(at).toString(), one.at(at + 1).toString()});
        reactions.append(reaction);
    }
    return reactions;
}

} // namespace

QString storedColumns()
{
    return u"id, sender, name, time, text, edited, deleted, reactions,"
           " reply, reply_number, reply_sender, reply_name, reply_text"_s;
}

QVariantList storedValues(const ChatMessage &message, qsizetype longest)
{
    const chat::Quote reply = message.reply.value_or(chat::Quote());
    return {message.id,
            message.sender.id,
            message.sender.name,
            message.time,
            message.text.left(longest),
            message.edited,
            message.isDeleted ? 1 : 0,
            jsonOf(message.reactions),
            reply.id,
            reply.number,
            reply.sender.id,
            reply.sender.name,
            reply.text};
}

ChatMessage messageOf(const QString &room, const QVariantList &row)
{
    ChatMessage message;
    message.room = room;
    message.epoch = row.at(0).toString();
    message.number = row.at(1).toLongLong();
    message.id = row.at(2).toString();
    message.sender = {row.at(3).toString(), row.at(4).toString()};
    message.time = row.at(5).toLongLong();
    message.text = row.at(6).toString();
    message.edited = row.at(7).toLongLong();
    message.isDeleted = row.at(8).toBool();
    message.reactions = reactionsOf(row.at(9).toString());
    if (const QString reply = row.at(10).toString(); !reply.isEmpty())
        message.reply = chat::Quote{reply,
                                    row.at(11).toLongLong(),
                                    {row.at(12).toString(), row.at(13).toString()},
                                    row.at(14).toString()};
    return message;
}

} // namespace parlour::client
