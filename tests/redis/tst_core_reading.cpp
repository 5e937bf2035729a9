// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// How the core layer reads its inbox where the line is cut.
#include "redis/core_room.h"
#include "redis/fake_redis.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

QByteArray bulkOf(const QByteArray &bytes)
{
    return '$' + QByteArray::number(bytes.size()) + "\r\n" + bytes + "\r\n";
}

} // namespace

class CoreReadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasReadWhenTheLineIsCutIsHeardOnce()
    {
        QByteArray inbox;
        QByteArrayList lying; ///< in the inbox
        int reading = -1;
        int removals = 0;
        FakeRedis redis([&](const FakeRedis::Heard &heard) -> QByteArray {
            const QByteArray &name = heard.words.constFirst();
            if (name == "BZPOPMIN") {
                inbox = heard.words.at(1);
                reading = heard.connection;
                return {};
            }
            if (name == "ZRANGE") {
                QByteArray all = '*' + QByteArray::number(lying.size()) + "\r\n";
                for (const QByteArray &member : std::as_const(lying))
                    all += bulkOf(member);
                return all;
            }
            if (name == "ZREM" && heard.words.at(1) == inbox) {
                if (++removals == 1)
                    return {}; // it is cut before it comes so far
                lying.removeIf([&](const auto &member) { return heard.words.contains(member); });
            }
            return name == "TIME" ? "-ERR unknown command\r\n"_ba : ":0\r\n"_ba;
        });
        CoreProcess process(RedisLayerOptions{.hosts = {redis.address()}});
        Ear ann(process.layer);
        QVERIFY(waitFor([&] { return process.isUp() && reading >= 0; }, 20s));
        const auto member = [&](int n) {
            return QByteArray(12, char('a' + n))
                + *MessageCodec().encode(numbered(n), ann.channel->name());
        };
        lying = {member(1), member(2)};
        redis.say(reading, "*3\r\n" + bulkOf(inbox) + bulkOf(member(0)) + bulkOf("1.5"));
        QVERIFY(hears(ann, upTo(3)));
        QVERIFY(waitFor([&] { return removals == 1; }, 20s));
        redis.hangUp(reading);
        QVERIFY(waitFor([&] { return removals == 2 && lying.isEmpty(); }, 20s));
        QCOMPARE(ann.heard, upTo(3));
        QVERIFY(waitFor([&] { return process.bridge().hosts.constFirst().reconnects == 1; }, 20s));
        QCOMPARE(process.bridge().notShared, (QMap<QString, qint64>{{u"possibly_lost"_s, 1}}));
    }
};

PARLOUR_TEST(CoreReadingTest)
#include "tst_core_reading.moc"
