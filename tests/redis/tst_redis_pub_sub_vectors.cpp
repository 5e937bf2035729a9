// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What channels_redis.pubsub said to Redis, and Redis to it, step by step: our layer says the same
// bytes. Each connection begins with our PING beside them.
#include "channels/channel_layer_contract.h"
#include "channels/testing/waiting.h"
#include "channels/vectors.h"
#include "redis/fake_redis.h"
#include "redis/pub_sub_sources.h"
#include "redis/redis_pub_sub_channel_layer.h"
#include "redis/vector_values.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

/// By scenario and number of the step.
const Differences Deliberate = {
    {u"basic 10"_s, "a bad name is refused, and named"},
    {u"basic 11"_s, "a group's name is letters of ASCII, for all layers alike"},
    {u"basic 12"_s, "as the step before"},
    {u"basic 13"_s, "as the step before"},
    {u"basic 14"_s, "a channel is an object here, so a foreign one cannot join"},
    {u"basic 19"_s, "a flush ends memberships, not connections"},
    {u"json_format 0"_s, "bodies are msgpack alone"},
    {u"prefix 1"_s, "a prefix of a channel ends with a dot"},
};

QByteArray bytesOf(const QJsonValue &block)
{
    return QByteArray::fromHex(block["resp_hex"_L1].toString().toLatin1());
}

// In which order several channels are subscribed at once does not matter.
QByteArrayList sorted(const QByteArray &commands)
{
    QByteArrayList lines = commands.split('\n');
    if (lines.value(2).trimmed() == "SUBSCRIBE")
        std::sort(lines.begin(), lines.end());
    return lines;
}

Message sent(const QJsonValue &noted)
{
    QVariantMap body = mapOf(pairsOf(noted.toObject()));
    const QString type = body.take(u"type"_s).toString();
    return Message(type, body);
}

/// The layers of a scenario, one for each process, and the Redis that they speak to.
class Replay
{
public:
    explicit Replay(const QJsonObject &scenario)
        : m_redis([this](const FakeRedis::Heard &heard) { return answerTo(heard); })
    {
        const auto config = scenario["config"_L1].toObject();
        m_options.hosts = {m_redis.address()};
        m_options.prefix = config["prefix"_L1].toString(u"asgi"_s);
        for (const auto &key : config["symmetric_encryption_keys"_L1].toArray())
            m_options.encryptionKeys.append(key.toString());
        m_sources.uuid = [this] {
            return u"a0000000000040008000%1"_s.arg(++m_uuids, 12, 16, QChar(u'0'));
        };
        m_sources.encryption = {[] { return qint64(1700000000); },
                                [] {
                                    QByteArray iv(16, 0);
                                    std::iota(iv.begin(), iv.end(), char(0));
                                    return iv;
                                }};
        if (scenario["name"_L1] == "reconnect"_L1)
            begin();
    }

    /// What is wrong with our own; empty: nothing.
    QString take(const QJsonObject &step)
    {
        m_blocks = step["wire"_L1].toArray();
        m_expected.clear();
        for (const auto &block : std::as_const(m_blocks)) {
            if (block["dir"_L1] == "c2s"_L1)
                m_expected += bytesOf(block);
        }
        m_redis.heard.clear();
        const QString wrong = act(step);
        const bool saidAll = waitFor([&] { return said().size() >= m_expected.size(); }, 20s);
        settle();
        if (!saidAll || sorted(said()) != sorted(m_expected))
            return u"said %1 instead of %2"_s.arg(QString::fromUtf8(said()),
                                                  QString::fromUtf8(m_expected));
        return wrong;
    }

private:
    QByteArray said() const
    {
        QByteArray bytes;
        for (const auto &heard : m_redis.heard)
            bytes += heard.bytes;
        return bytes;
    }

    // Redis' own words of the step: an answer to the command, and copies to those who listen.
    QByteArray answerTo(const FakeRedis::Heard &heard)
    {
        QByteArray answer;
        for (const auto &block : std::as_const(m_blocks)) {
            if (block["dir"_L1] == "c2s"_L1) {
                m_connections[block["conn"_L1].toInt()] = heard.connection;
                continue;
            }
            const int connection = m_connections.at(block["conn"_L1].toInt());
            if (connection == heard.connection)
                answer += bytesOf(block);
            else
                m_redis.say(connection, bytesOf(block));
        }
        return answer;
    }

    RedisPubSubChannelLayer &layerOf(const QString &process)
    {
        auto &layer = m_layers[process];
        if (!layer) {
            layer = std::make_unique<RedisPubSubChannelLayer>(ChannelLayerOptions{}, m_options,
                                                              m_sources);
            waitFor([&] { return layer->bridge()->state() == BridgeInfo::State::Up; }, 20s);
        }
        return *layer;
    }

    Ear &earOf(const QString &channel, const QString &process)
    {
        auto &ear = m_ears[channel];
        if (!ear) {
            ear = std::make_unique<Ear>(layerOf(process));
            settle();
            m_redis.heard.clear();
        }
        return *ear;
    }

    // What the scenario had done before its first step.
    void begin()
    {
        Ear &ear = earOf(u"asgispecific.a0000000000040008000000000000001"_s, u"A"_s);
        (void)layerOf(u"A"_s).groupAdd(u"g"_s, *ear.channel);
        waitFor([&] { return !m_redis.heard.isEmpty(); }, 20s);
        m_connections[9] = m_redis.heard.constFirst().connection;
        m_redis.heard.clear();
    }

    QString act(const QJsonObject &step)
    {
        const QString call = step["call"_L1].toString();
        const auto args = step["args"_L1].toArray();
        const QString first = args.at(0).toString();
        const QString note = step["note"_L1].toString();
        const QString process = note == u"B"_s ? note : u"A"_s;
        if (call == "new_channel"_L1) {
            auto ear = std::make_unique<Ear>(layerOf(process));
            const QString name = ear->channel->name();
            m_ears[name] = std::move(ear);
            return name == step["result"_L1].toString() ? QString() : u"made "_s + name;
        }
        if (call == "group_add"_L1)
            (void)layerOf(process).groupAdd(first, *earOf(args[1].toString(), process).channel);
        else if (call == "group_discard"_L1)
            (void)layerOf(process).groupDiscard(first, *earOf(args[1].toString(), process).channel);
        else if (call == "group_send"_L1)
            (void)layerOf(process).groupSend(first, sent(args[1]));
        else if (call == "send"_L1)
            (void)layerOf(process).send(first, sent(args[1]));
        else if (call == "receive"_L1)
            return received(first.isEmpty() ? *m_ears.begin()->second : *m_ears[first],
                            sent(step["result"_L1]));
        else if (call == "receive (cancelled)"_L1)
            m_ears.erase(first);
        else if (call.startsWith("(connection killed"_L1))
            m_redis.hangUp(m_connections.at(9));
        else if (call.startsWith("(PUBLISH"_L1))
            m_redis.say(m_connections.at(9), bytesOf(m_blocks[0]));
        return {};
    }

    static QString received(const Ear &ear, const Message &message)
    {
        const bool isSame = waitFor(
            [&] { return ear.last.type() == message.type() && ear.last.body() == message.body(); },
            20s);
        return isSame ? QString() : u"did not receive "_s + message.type();
    }

    RedisLayerOptions m_options;
    PubSubSources m_sources;
    FakeRedis m_redis;
    std::map<QString, std::unique_ptr<RedisPubSubChannelLayer>> m_layers;
    std::map<QString, std::unique_ptr<Ear>> m_ears;
    std::map<int, int> m_connections; ///< the vector's number and ours
    QJsonArray m_blocks; ///< of the step
    QByteArray m_expected;
    int m_uuids = 0;
};

} // namespace

class RedisPubSubVectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatChannelsRedisSays_data()
    {
        QTest::addColumn<QJsonObject>("scenario");
        for (const auto &value : vectors(u"pubsub_layer"_s)["scenarios"_L1].toArray())
            QTest::newRow(qPrintable(value["name"_L1].toString())) << value.toObject();
    }

    void saysWhatChannelsRedisSays()
    {
        QFETCH(QJsonObject, scenario);
        Replay replay(scenario);
        int number = 0;
        for (const auto &step : scenario["steps"_L1].toArray()) {
            const QString name = u"%1 %2"_s.arg(scenario["name"_L1].toString()).arg(number++);
            if (Deliberate.contains(name)) {
                ++m_different;
                continue;
            }
            const QString wrong = replay.take(step.toObject());
            QVERIFY2(wrong.isEmpty(), qPrintable(name + u": "_s + wrong));
        }
    }

    void cleanupTestCase() { QCOMPARE(m_different, Deliberate.size()); }

private:
    qsizetype m_different = 0;
};

PARLOUR_TEST(RedisPubSubVectorsTest)
#include "tst_redis_pub_sub_vectors.moc"
