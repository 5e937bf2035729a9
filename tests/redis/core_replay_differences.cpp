// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// The part of CoreReplay that knows where our commands differ from channels_redis' on purpose.
#include "redis/core_replay.h"
#include "redis/server_clock.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::tests {

namespace {

/// Of a group and a channel.
bool isMember(const redis::RedisChannelLayer &layer, const QJsonValue &arguments)
{
    const auto channels = layer.channels();
    return std::any_of(channels.begin(), channels.end(), [&](const auto &channel) {
        return channel.name == arguments[1].toString()
            && channel.groups.contains(arguments[0].toString());
    });
}

} // namespace

/// In one tick, the next microsecond: what was first stays first.
QByteArray CoreReplay::score(const QByteArray &pythons)
{
    double &last = m_processes.at(m_lastPrefix).lastScore;
    last = std::max(pythons.toDouble(), last + 1e-6);
    return redis::pythonFloat(last);
}

/// The script is our own, which tells what was full. Our own inbox is never full for us: we read it
/// as fast as we write.
QByteArrayList CoreReplay::expectedStore(QByteArrayList words, const Process &process)
{
    words[1].clear();
    const int keys = words.at(2).toInt();
    const QByteArray own = process.layer->bridge()->ownChannel.toUtf8();
    for (int key = 0; key < keys; ++key) {
        if (words.at(3 + key).endsWith(own))
            words[3 + 2 * keys + key] = "1000000";
    }
    words[words.size() - 2] = score(words.at(words.size() - 2));
    return words;
}

/// Who is still here is still a member: where Redis has forgotten one, all of them are told again
/// and get the message. channels_redis drops whoever joined longer ago than group_expiry.
QByteArrayList CoreReplay::withForgotten(QByteArrayList words, const QJsonObject &step,
                                         QList<QByteArrayList> &commands)
{
    const auto decoded = redis::MessageCodec().decode(QByteArrayView(words.at(4)).sliced(12));
    if (!decoded || words.at(2) != "1")
        return words;
    const QByteArray key = commands.constLast().at(1);
    QStringList channels = decoded->channels;
    QStringList members;
    for (const auto &channel : m_processes.at(m_lastPrefix).layer->channels()) {
        if (channel.groups.contains(step["args"_L1][0].toString()))
            members.append(channel.name);
    }
    members.sort();
    const auto known = channels;
    for (const QString &member : std::as_const(members)) {
        if (!known.contains(member))
            channels.append(member);
    }
    if (channels != known) {
        QByteArrayList told{"ZADD", key};
        for (const QString &member : std::as_const(members))
            told << score(step["now"_L1].toString().toLatin1()) << member.toUtf8();
        commands.append(told);
        commands.append({"EXPIRE", key, QByteArray::number(m_config["group_expiry"_L1].toInt())});
    }
    words[4] = words.at(4).first(12) + *redis::MessageCodec().encode(decoded->message, channels);
    return words;
}

/// The script of group_send(), where channels_redis takes steps in which others can come between.
/// Shared channels alone are trimmed. Of a message that channels_redis did not store the body is
/// our own.
QList<QByteArrayList> CoreReplay::expectedSend(const QJsonObject &step, const Process &process)
{
    const QString channel = step["args"_L1][0].toString();
    const bool isShared = !channel.contains(u'!');
    const QString inbox = redis::inboxOf(channel);
    QByteArray member = QByteArray(12, '?')
        + (isShared ? redis::MessageCodec().encode(messageIn(step["args"_L1][1]))
                    : redis::MessageCodec().encode(messageIn(step["args"_L1][1]), channel))
              .valueOr({});
    QList<QByteArrayList> commands;
    for (const auto &block : step["wire"_L1].toArray()) {
        const QByteArrayList words = wordsOf(block["commands"_L1][0].toArray());
        if (words.value(0) == "ZADD")
            member = words.at(3);
        if (words.value(0) == "ZREMRANGEBYSCORE" && isShared)
            commands.append(words);
    }
    const int capacity = isShared ? process.layer->options().capacityOf(channel) : 1'000'000;
    commands.append({"EVAL",
                     {},
                     "1",
                     (m_config["prefix"_L1].toString(u"asgi"_s) + inbox).toUtf8(),
                     member,
                     QByteArray::number(capacity),
                     score(step["now"_L1].toString().toLatin1()),
                     "60"});
    return commands;
}

/// Who is in a group here leaves it; the rest of flush() is no writing.
QList<QByteArrayList> CoreReplay::expectedFlush(const Process &process)
{
    QList<QByteArrayList> commands;
    for (const auto &channel : process.layer->channels()) {
        for (const QString &group : channel.groups)
            commands.append({"ZREM", (u"asgi:group:"_s + group).toUtf8(), channel.name.toUtf8()});
    }
    return commands;
}

QList<QByteArrayList> CoreReplay::expected(const QJsonObject &step)
{
    Process &process = processOf(step);
    const QString call = step["call"_L1].toString();
    if (call == "send"_L1)
        return expectedSend(step, process);
    if (call == "flush"_L1)
        return expectedFlush(process);
    if (call == "group_discard"_L1 && !isMember(*process.layer, step["args"_L1]))
        return {}; // who is no member here has left Redis' group already
    QList<QByteArrayList> commands;
    bool isTrimming = false; // of inboxes: nobody's message is taken out because of its score
    for (const auto &block : step["wire"_L1].toArray()) {
        for (const auto &command : block["commands"_L1].toArray()) {
            QByteArrayList words = wordsOf(command.toArray());
            const QByteArray name = words.constFirst();
            isTrimming |= name == "MULTI";
            const bool isOurs = !isTrimming && !words.value(1).endsWith("$inflight");
            isTrimming &= name != "EXEC";
            if (name == "EVAL")
                words = expectedStore(withForgotten(words, step, commands), process);
            else if (name == "ZADD")
                words[2] = score(words.at(2));
            else if (name == "ZRANGE")
                words[3] = "50000"; // one more than a group may have: its key is not trusted
            if (isOurs)
                commands.append(words);
        }
    }
    return commands;
}

} // namespace parlour::tests
