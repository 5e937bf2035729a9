// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/core_replay.h"

#include "channels/testing/waiting.h"
#include "redis/vector_values.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parlour::tests {

using namespace channels;
using redis::RedisChannelLayer;

/// A channel and what it heard.
class CoreReplay::Listener final : public Channel::Receiver
{
public:
    void receiveMessage(const Message &message) override { heard.append(message); }

    std::unique_ptr<Channel> channel;
    QList<Message> heard;
};

namespace {

QByteArray wordOf(const QJsonValue &noted)
{
    if (noted.isObject())
        return QByteArray::fromHex(noted["$bytes"_L1].toString().toLatin1());
    return noted.toVariant().toByteArray();
}

QByteArray bulk(const QByteArray &bytes)
{
    return '$' + QByteArray::number(bytes.size()) + "\r\n" + bytes + "\r\n";
}

QByteArray replyOf(const QJsonValue &noted)
{
    if (noted.isArray()) {
        QByteArray all = '*' + QByteArray::number(noted.toArray().size()) + "\r\n";
        for (const auto &item : noted.toArray())
            all += replyOf(item);
        return all;
    }
    if (noted.isNull())
        return "$-1\r\n";
    if (noted.isDouble())
        return ':' + QByteArray::number(noted.toInteger()) + "\r\n";
    const QByteArray word = wordOf(noted);
    return word.startsWith('+') || word.startsWith('-') ? word + "\r\n" : bulk(word);
}

/// Commands and replies of a step, paired.
QList<std::pair<QByteArrayList, QJsonValue>> exchangesOf(const QJsonObject &step)
{
    QList<std::pair<QByteArrayList, QJsonValue>> exchanges;
    qsizetype answered = 0;
    for (const auto &block : step["wire"_L1].toArray()) {
        for (const auto &command : block["commands"_L1].toArray())
            exchanges.append({wordsOf(command.toArray()), {}});
        for (const auto &reply : block["replies"_L1].toArray())
            exchanges[answered++].second = reply;
    }
    return exchanges;
}

bool isOfReading(const QByteArrayList &words)
{
    static const QByteArrayList names{"TIME", "CLIENT", "BZPOPMIN", "DEL", "SCAN"};
    const bool isOfInbox = words.value(1).endsWith('!');
    return names.contains(words.constFirst()) || (isOfInbox && words.constFirst() == "ZRANGE");
}

} // namespace

QByteArrayList wordsOf(const QJsonArray &command)
{
    QByteArrayList words;
    for (const auto &word : command)
        words.append(wordOf(word));
    return words;
}

Message messageIn(const QJsonValue &noted)
{
    QVariantMap body = mapOf(pairsOf(noted.toObject()));
    const QString type = body.take(u"type"_s).toString();
    return Message(type, body);
}

CoreReplay::CoreReplay(const QJsonObject &scenario)
    : m_config(scenario["config"_L1].toObject())
    , m_redis([this](const FakeRedis::Heard &heard) { return answer(heard); })
{
}

CoreReplay::~CoreReplay() = default;

// A blocking command is answered when the scenario has a message, or by CLIENT UNBLOCK.
QByteArray CoreReplay::answer(const FakeRedis::Heard &heard)
{
    const QByteArray &name = heard.words.constFirst();
    if (name == "TIME")
        return "-ERR unknown command\r\n"; // the layer's own clock is the vectors'
    if (name == "CLIENT" && heard.words.at(1) == "ID")
        return ':' + QByteArray::number(heard.connection) + "\r\n";
    if (name == "CLIENT") {
        const int connection = heard.words.at(2).toInt();
        const bool isBlocked = m_blocked.erase(connection) > 0;
        if (isBlocked)
            m_redis.say(connection, "*-1\r\n");
        return isBlocked ? ":1\r\n" : ":0\r\n";
    }
    if (name == "BZPOPMIN") {
        m_blocked[heard.connection] = heard.words.mid(1, heard.words.size() - 2);
        return {};
    }
    if (name == "ZRANGE" && isOfReading(heard.words))
        return "*0\r\n"; // of an inbox that was emptied just now
    if (name == "SCAN")
        return "*2\r\n$1\r\n0\r\n*0\r\n";
    if (name == "EVAL")
        return storedAnswer(heard.words.at(2).toInt());
    for (const auto &[words, reply] : exchangesOf(m_step)) {
        const bool isOtherwiseThere = name == "ZRANGE" && words.mid(0, 2) == heard.words.mid(0, 2);
        if (words == heard.words || isOtherwiseThere)
            return replyOf(reply);
    }
    return ":0\r\n";
}

/// Of our script, where channels_redis' one says how many were full, and send() raises.
QByteArray CoreReplay::storedAnswer(int keys) const
{
    int full = m_step.contains("raises"_L1) ? 1 : 0;
    for (const auto &[words, reply] : exchangesOf(m_step))
        full = words.constFirst() == "EVAL" ? reply.toInt() : full;
    QByteArray answer = '*' + QByteArray::number(keys) + "\r\n";
    for (int key = 0; key < keys; ++key)
        answer += key < full ? ":1\r\n" : ":0\r\n";
    return answer;
}

CoreReplay::Process &CoreReplay::processNamed(const QString &prefix)
{
    Process &process = m_processes[prefix];
    if (process.layer)
        return process;
    ChannelLayerOptions options;
    options.capacity = m_config["capacity"_L1].toInt(options.capacity);
    options.groupExpiry = std::chrono::seconds(m_config["group_expiry"_L1].toInt(86400));
    const auto capacities = m_config["channel_capacity"_L1].toObject();
    for (auto it = capacities.begin(); it != capacities.end(); ++it)
        options.channelCapacity.append({it.key(), it->toInt()});
    redis::RedisLayerOptions redis{.hosts = {m_redis.address()}, .capacityPatience = 0s};
    redis.prefix = m_config["prefix"_L1].toString(redis.prefix);
    redis.encryptionKeys = m_config["symmetric_encryption_keys"_L1].toVariant().toStringList();
    *m_uuids = {prefix};
    process.layer = std::make_unique<RedisChannelLayer>(
        options, redis,
        redis::CoreSources{
            .time = [now = m_now] { return *now; },
            .uuid = [uuids = m_uuids] { return uuids->takeFirst(); },
            .stamp =
                [stamps = m_stamps] {
                    return stamps->isEmpty() ? QByteArray(12, '?') : stamps->takeFirst();
                },
            .initialisationVector =
                [] { return QByteArray::fromHex("000102030405060708090a0b0c0d0e0f"); }});
    waitFor([&] { return process.layer->bridge()->state() == BridgeInfo::State::Up; }, 20s);
    return process;
}

// By the channels in its arguments; else by the connection of the vectors.
CoreReplay::Process &CoreReplay::processOf(const QJsonObject &step)
{
    const int connection = step["wire"_L1][0]["conn"_L1].toInt(-1);
    QString prefix = m_lastPrefix;
    for (const auto &[known, itsConnection] : m_connections) {
        if (itsConnection == connection)
            prefix = known;
    }
    for (const auto &argument : step["args"_L1].toArray()) {
        if (argument.toString().contains(u'!'))
            prefix = redis::processOf(argument.toString());
    }
    if (step["call"_L1] == "new_channel"_L1)
        prefix = redis::processOf(step["result"_L1].toString());
    if (prefix.isEmpty())
        prefix = u"a0000000000040008000000000000001"_s;
    if (connection >= 0)
        m_connections[prefix] = connection;
    m_lastPrefix = prefix;
    return processNamed(prefix);
}

CoreReplay::Listener &CoreReplay::listener(Process &process, const QString &channel)
{
    auto &listener = process.listeners[channel];
    if (listener)
        return *listener;
    listener = std::make_unique<Listener>();
    *m_uuids = {channel.section(u'!', 1)};
    if (channel.contains(u'!'))
        listener->channel = process.layer->newChannel(*listener);
    else if (auto opened = process.layer->openChannel(channel, *listener))
        listener->channel = std::move(opened).value();
    return *listener;
}

void CoreReplay::call(const QJsonObject &step, Process &process)
{
    const QString name = step["call"_L1].toString();
    const QString first = step["args"_L1][0].toString();
    RedisChannelLayer &layer = *process.layer;
    if (name == "group_add"_L1)
        (void)layer.groupAdd(first, *listener(process, step["args"_L1][1].toString()).channel);
    else if (name == "group_discard"_L1)
        (void)layer.groupDiscard(first, *listener(process, step["args"_L1][1].toString()).channel);
    else if (name == "group_send"_L1)
        (void)layer.groupSend(first, messageIn(step["args"_L1][1]));
    else if (name == "send"_L1)
        (void)layer.send(first, messageIn(step["args"_L1][1]));
    else if (name == "new_channel"_L1)
        listener(process, step["result"_L1].toString());
    else if (name == "flush"_L1)
        layer.flush();
}

QString CoreReplay::play(const QJsonObject &step)
{
    *m_now = step["now"_L1].toString().toDouble();
    Process &process = processOf(step);
    if (step["call"_L1] == "receive"_L1)
        return receive(step, process);
    if (step["call"_L1] == "send"_L1 && step["args"_L1][0].toString().contains(u'!'))
        listener(process, step["args"_L1][0].toString());
    m_step = step;
    m_stamps->clear();
    const auto exchanges = exchangesOf(step);
    for (const auto &[words, reply] : exchanges) {
        std::copy_if(words.begin(), words.end(), std::back_inserter(*m_stamps),
                     [](const QByteArray &word) { return word.startsWith("\xd0\0"_ba); });
    }
    for (QByteArray &stamp : *m_stamps)
        stamp.truncate(12);
    m_heardBefore = m_redis.heard.size();
    const auto wanted = expected(step);
    call(step, process);
    const bool isSaid = waitFor([&] { return written().size() >= wanted.size(); }, 20s);
    settle();
    if (isSaid && written() == wanted) {
        for (const QByteArrayList &command : wanted)
            giveBack(command);
        return {};
    }
    QStringList words;
    for (const auto &all : {wanted, written()}) {
        for (const QByteArrayList &command : all)
            words.append(QString::fromLatin1(command.join(' ').toPercentEncoding(" :!")));
        words.append(u"<- wanted, heard ->"_s);
    }
    return words.join(u'\n');
}

// A message is read once, and given to all channels that it is for; the vectors' next receive()
// finds it in a buffer.
QString CoreReplay::receive(const QJsonObject &step, Process &process)
{
    Listener &reader = listener(process, step["args"_L1][0].toString());
    QList<QJsonValue> replies;
    for (const auto &[words, reply] : exchangesOf(step)) {
        if (words.constFirst() == "BZPOPMIN" && !reply.isNull() && !reply.isUndefined())
            replies.append(reply);
    }
    for (const QJsonValue &reply : std::as_const(replies)) {
        const QByteArray key = wordOf(reply[0]);
        const auto isWaiting = [&](const auto &blocked) { return blocked.second.contains(key); };
        const auto find = [&] {
            return std::find_if(m_blocked.begin(), m_blocked.end(), isWaiting);
        };
        if (!waitFor([&] { return find() != m_blocked.end(); }, 20s))
            return u"nobody reads "_s + QString::fromUtf8(key);
        const int connection = find()->first;
        m_blocked.erase(connection);
        m_redis.say(connection, replyOf(reply));
    }
    if (step.contains("raises"_L1))
        return {};
    if (!waitFor([&] { return !reader.heard.isEmpty(); }, 20s))
        return u"nothing was heard"_s;
    const Message message = reader.heard.takeFirst();
    const Message wanted = messageIn(step["result"_L1]);
    return message.type() == wanted.type() && isSameValue(message.body(), wanted.body())
        ? QString()
        : u"another message was heard"_s;
}

QList<QByteArrayList> CoreReplay::written() const
{
    QList<QByteArrayList> commands;
    for (const auto &heard : m_redis.heard.sliced(m_heardBefore)) {
        QByteArrayList words = heard.words;
        if (words.constFirst() == "EVAL")
            words[1].clear(); // it is our own
        if (!isOfReading(words))
            commands.append(words);
    }
    return commands;
}

// The scenario of the capacity reads nothing; our next message waits for the one before it.
void CoreReplay::giveBack(const QByteArrayList &command)
{
    if (m_config["capacity"_L1].toInt() != 2 || command.constFirst() != "EVAL")
        return;
    for (const auto &[connection, keys] : m_blocked) {
        if (!keys.contains(command.at(3)))
            continue;
        m_redis.say(connection, "*3\r\n" + bulk(command.at(3)) + bulk(command.at(4)) + bulk("1"));
        m_blocked.erase(connection);
        return;
    }
}

qint64 CoreReplay::notShared(const QString &cause) const
{
    qint64 count = 0;
    for (const auto &[prefix, process] : m_processes)
        count += process.layer->bridge()->notShared.value(cause);
    return count;
}

} // namespace parlour::tests
