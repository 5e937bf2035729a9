// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/raw_client.h"
#include "support/runner.h"
#include "wiring/host_service.h"

#include <QTest>
#include <QUuid>

using namespace parlour;
using namespace parlour::tests;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int TextOpcode = 1;
constexpr int MostSaid = 3000; ///< of 16 KB: more than the system's buffers ever take

HostConfig patientConfig(server::Engine engine)
{
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.ephemeral = true;
    config.server.engine = engine;
    config.server.messagesPerSecond = 0;
    config.server.closeTimeout = 60s; // it begins to read in its own time
    return config;
}

QByteArray say(const QByteArray &text)
{
    return clientFrame(TextOpcode,
                       R"({"type":"say","room":"general","id":")"
                           + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + R"(","text":")"
                           + text + R"("})");
}

bool enters(RawClient &client, const QByteArray &name)
{
    if (client.open("/ws/chat/general/", "Sec-WebSocket-Protocol: parlour.v1\r\n").status != 101)
        return false;
    client.send(clientFrame(TextOpcode, R"({"type":"hello","name":")" + name + R"("})"));
    auto frame = client.waitForFrame();
    while (frame && !frame->payload.startsWith(R"({"type":"history")"))
        frame = client.waitForFrame();
    return frame.has_value();
}

} // namespace

/// A client of parlour.v1 that takes too little hears that it is to come back and catch up,
/// whichever bound it hits.
class SlowReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldToComeBackAndCatchUp_data();
    void isToldToComeBackAndCatchUp();
};

Q_DECLARE_METATYPE(parlour::server::Engine)

void SlowReaderTest::isToldToComeBackAndCatchUp_data()
{
    QTest::addColumn<server::Engine>("engine");
    QTest::addColumn<qint64>("maxUnread"); // bytes
    QTest::addColumn<int>("capacity"); // messages
    for (const auto &[name, engine] :
         {std::pair{"native", server::Engine::Native}, {"qt", server::Engine::Qt}}) {
        QTest::addRow("%s: too many bytes", name) << engine << qint64(200'000) << 10'000;
        QTest::addRow("%s: too many messages", name) << engine << qint64(100'000'000) << 10;
    }
}

void SlowReaderTest::isToldToComeBackAndCatchUp()
{
    QFETCH(const server::Engine, engine);
    HostConfig tight = patientConfig(engine);
    QFETCH(const qint64, maxUnread);
    tight.server.maxUnreadOutput = maxUnread;
    QFETCH(const int, capacity);
    tight.layer.capacity = capacity;
    HostService host(tight);
    const auto bound = host.start();
    QVERIFY(bound);
    RawClient ann(bound->constFirst().port);
    RawClient slow(bound->constFirst().port);
    QVERIFY(enters(ann, "Ann"));
    QVERIFY(enters(slow, "Slow"));
    slow.readNoMoreThan(1000);
    const QByteArray text = QByteArray("\xf0\x9f\x99\x82").repeated(4000);
    bool isGone = false;
    for (int said = 0; said < MostSaid && !isGone; ++said) {
        ann.send(say(text));
        for (bool isSaid = false; !isSaid;) {
            const auto frame = ann.waitForFrame();
            QVERIFY(frame);
            isSaid = frame->payload.startsWith(R"({"type":"message")");
            isGone = isGone || frame->payload.contains(R"("left":[{)");
        }
    }
    QVERIFY(isGone);
    slow.readNoMoreThan(0);
    auto frame = slow.waitForFrame();
    while (frame && frame->opcode == TextOpcode)
        frame = slow.waitForFrame();
    QVERIFY(frame);
    QCOMPARE(frame->closeCode(), 4008);
    QCOMPARE(frame->closeReason(), "too slow: come back and catch up");
}

PARLOUR_TEST(SlowReaderTest)
#include "tst_slow_reader.moc"
