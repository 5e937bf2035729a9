// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/monitor_frames.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

class Watcher
{
public:
    explicit Watcher(ChatHost &host, const channels::Headers &headers = ownerHeaders())
        : socket(host.application, u"/ws/monitor/"_s, headers)
        , answer(socket.connect())
    {
    }

    void send(const MonitorCommand &command) { socket.sendText(encode(command)); }

    /// The next frame of this type; others before it are thrown away.
    template <typename Frame>
    Frame next()
    {
        while (const auto text = socket.receiveText(std::chrono::seconds(20))) {
            const auto frame = parseMonitorFeed(*text);
            if (frame && std::holds_alternative<Frame>(*frame))
                return std::get<Frame>(*frame);
        }
        return {};
    }

    channels::WebsocketCommunicator socket;
    channels::WebsocketCommunicator::Answer answer;
};

} // namespace

/// What the owner sees of the host.
class MonitorFeedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void strangersAreSentAway();
    void theFirstSnapshotComesAtOnce();
    void snapshotsComeWhileNothingChangesToo();
    void aSlowWatcherGetsNoMoreToRead();
    void longListsAreCutAndCounted();
    void nothingIsConnectedWhileNobodyWatches();
    void whatIsSaidIsShown();
    void activityIsBoundedAndCounted();
    void commandsReachTheServer();
};

void MonitorFeedTest::strangersAreSentAway()
{
    ChatHost host;
    for (const auto &headers :
         {localHeaders(), localHeaders({{"authorization", "Bearer " + QByteArray(64, 'b')}}),
          localHeaders({{"authorization", "Bearer "}}),
          localHeaders({{"authorization", OwnerToken}})}) {
        Watcher stranger(host, headers);
        QVERIFY(stranger.answer.accepted);
        QCOMPARE(stranger.next<ErrorFrame>().code, u"not_allowed"_s);
        QCOMPARE(stranger.socket.receiveClose().value_or(channels::WebsocketClose{0, {}}).code,
                 4003);
    }
    QCOMPARE(host.inspector.asked, 0);
    ChatHost nobodys;
    ChatOptions options = nobodys.options;
    options.ownerToken.clear();
    nobodys.application =
        makeApplication(nobodys.house, nobodys.layer, nobodys.log, nobodys.inspector, options);
    Watcher watcher(nobodys, localHeaders({{"authorization", "Bearer "}}));
    QCOMPARE(watcher.next<ErrorFrame>().code, u"not_allowed"_s);
}

void MonitorFeedTest::theFirstSnapshotComesAtOnce()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    Watcher watcher(host);
    const auto snapshot = watcher.next<MonitorSnapshot>();
    QCOMPARE(snapshot.title, u"Studio North"_s);
    QCOMPARE(snapshot.people, 1);
    QCOMPARE(snapshot.rooms, 1);
    QCOMPARE(snapshot.snapshot.channels.size(), 1); // the monitor shows the chat, not itself
    const auto channel = snapshot.snapshot.channels.first();
    QCOMPARE(channel.consumer, u"ParlourConsumer"_s);
    QCOMPARE(channel.person, u"Ann"_s);
    QCOMPARE(channel.groups, QStringList{u"chat_general"_s});
    QCOMPARE(channel.connection, ann.socket.scope.connection);
    QCOMPARE(snapshot.snapshot.groups.size(), 1);
    QCOMPARE(snapshot.snapshot.groups.first().members, 1);
}

void MonitorFeedTest::snapshotsComeWhileNothingChangesToo()
{
    ChatHost host;
    Watcher watcher(host);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(watcher.next<MonitorSnapshot>().title, u"Studio North"_s);
    // Asked four times a second, sent once: a clock of its own would only repeat the timer.
    QVERIFY2(host.inspector.asked > 6, qPrintable(QString::number(host.inspector.asked)));
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    QCOMPARE(watcher.next<MonitorSnapshot>().people, 1);
}

void MonitorFeedTest::aSlowWatcherGetsNoMoreToRead()
{
    ChatHost host;
    Watcher watcher(host);
    watcher.next<MonitorSnapshot>();
    const int asked = host.inspector.asked;
    watcher.socket.setBacklog({1, 100});
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    QVERIFY(!watcher.socket.receiveText(std::chrono::milliseconds(1500)));
    QCOMPARE(host.inspector.asked, asked);
    watcher.socket.setBacklog({});
    QCOMPARE(watcher.next<MonitorSnapshot>().people, 1);
}

void MonitorFeedTest::longListsAreCutAndCounted()
{
    ChatHost host;
    for (quint64 id = 1; id <= 1005; ++id) {
        channels::ConnectionInfo info;
        info.id = id;
        host.inspector.pretended.connections.append(info);
    }
    Watcher watcher(host);
    const auto snapshot = watcher.next<MonitorSnapshot>();
    QCOMPARE(snapshot.snapshot.connections.size(), 1000);
    QCOMPARE(snapshot.leftOut, 5);
}

void MonitorFeedTest::nothingIsConnectedWhileNobodyWatches()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    {
        Watcher watcher(host);
        QVERIFY(!host.inspector.isListening());
        watcher.send(WatchFrame{true});
        watcher.send(WatchFrame{true});
        QVERIFY(host.inspector.isListening());
        QVERIFY(ann.next<WatchedFrame>().watched);
        watcher.send(WatchFrame{false});
        QVERIFY(!host.inspector.isListening());
        QVERIFY(!ann.next<WatchedFrame>().watched);
        watcher.send(WatchFrame{true});
        QVERIFY(ann.next<WatchedFrame>().watched);
    }
    QVERIFY(!host.inspector.isListening());
    QVERIFY(!ann.next<WatchedFrame>().watched);
}

void MonitorFeedTest::whatIsSaidIsShown()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    Watcher watcher(host);
    watcher.send(WatchFrame{true});
    ann.say(QString(u"\U0001F44B"_s).repeated(200));
    const auto activity = watcher.next<MonitorActivity>();
    QCOMPARE(activity.events.size(), 2);
    QCOMPARE(activity.events.first().kind, u"sent"_s);
    const MonitorEvent delivered = activity.events.last();
    QCOMPARE(delivered.kind, u"delivered"_s);
    QCOMPARE(delivered.group, u"chat_general"_s);
    QCOMPARE(delivered.message, u"chat.message"_s);
    QCOMPARE(delivered.from, u"Ann"_s);
    QCOMPARE(delivered.size, 800);
    QCOMPARE(delivered.receivers, 1);
    QCOMPARE(delivered.preview, QString(u"\U0001F44B"_s).repeated(120));
}

void MonitorFeedTest::activityIsBoundedAndCounted()
{
    ChatHost host;
    Watcher watcher(host);
    watcher.send(WatchFrame{true});
    for (int i = 0; i < 500; ++i)
        QVERIFY(host.layer.groupSend(u"chat_general"_s, channels::Message(u"chat.message"_s)));
    const auto activity = watcher.next<MonitorActivity>();
    QCOMPARE(activity.events.size(), 200);
    QCOMPARE(activity.skipped, 300);
}

void MonitorFeedTest::commandsReachTheServer()
{
    ChatHost host;
    Watcher watcher(host);
    watcher.send(PingConnectionFrame{4});
    watcher.send(CloseConnectionFrame{5});
    QCOMPARE(host.inspector.commands, (QStringList{u"ping 4"_s, u"close 5 with 1008"_s}));
    watcher.send(PingConnectionFrame{404});
    QCOMPARE(watcher.next<ErrorFrame>().code, u"unknown_connection"_s);
    watcher.socket.sendText("{}");
    QCOMPARE(watcher.next<ErrorFrame>().code, u"bad_frame"_s);
    watcher.socket.sendText(R"({"type":"close","connection":-1})");
    QCOMPARE(watcher.next<ErrorFrame>().code, u"bad_frame"_s);
    watcher.socket.sendText(R"({"type":"later"})");
    QVERIFY(!watcher.next<MonitorSnapshot>().title.isEmpty());
}

PARLOUR_TEST(MonitorFeedTest)
#include "tst_monitor_feed.moc"
