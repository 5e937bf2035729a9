// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/waiting.h"
#include "channels/testing/websocket_communicator.h"
#include "channels/websocket_consumer.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>
#include <QTimer>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;

namespace {

/// What a test sees of a consumer after it is gone.
struct Diary {
    QList<int> ends;
    QStringList groupsAtEnd;
    int destroyed = 0;
};

/// Does what its client's words or its path say.
class Actor final : public WebsocketConsumer
{
public:
    Actor(const Scope &scope, const Send &send, ChannelLayer &layer, Diary *diary)
        : WebsocketConsumer(scope, send, &layer)
        , m_diary(diary)
    {
        on("actor.throw"_L1, &Actor::throwUp);
        on("actor.say"_L1, &Actor::say);
    }
    ~Actor() override { ++m_diary->destroyed; }

private:
    QStringList groups() const override
    {
        if (scope().path == "/badgroup"_L1)
            return {u"good"_s, u"bad group"_s};
        return {u"stage"_s};
    }

    void connected() override
    {
        const QString path = scope().path;
        if (path == "/refuse"_L1)
            refuse(401, "who are you?\n", {{"www-authenticate", "Bearer"}});
        else if (path == "/close"_L1)
            close();
        else if (path == "/throw"_L1)
            throw std::runtime_error("in connected");
        else if (path == "/later"_L1)
            QTimer::singleShot(0, channel(), [this] { accept(); });
        else if (path == "/twice"_L1)
            acceptTwice();
        else
            accept(u"actor.v1"_s, {{"x-stage", "left"}});
    }
    void acceptTwice()
    {
        accept();
        accept();
        refuse(403);
    }
    void receiveText(const QByteArray &text) override
    {
        if (text == "throw")
            throw std::runtime_error("in receive");
        if (text == "throw odd")
            throw 42; // NOLINT(hicpp-exception-baseclass)
        if (text == "close")
            close(4000, u"done"_s);
        if (text == "forget")
            forgetRequest();
        if (text == "forget all")
            forgetScope();
        if (text == "scope") {
            sendText(scope().path.toUtf8() + ' ' + scope().header("x-long") + ' ' + scope().query);
            return;
        }
        sendText("echo " + text);
        if (text == "close twice") {
            close(4000);
            close(4001);
        }
    }
    void disconnected(int code) override
    {
        m_diary->ends.append(code);
        m_diary->groupsAtEnd = channel()->groups();
        if (scope().query == "throw")
            throw std::runtime_error("in disconnected");
    }
    void throwUp(const Message &) { throw std::runtime_error("in a handler"); }
    void say(const Message &) { sendText("said"); }

    Diary *m_diary;
};

/// All defaults.
class Plain final : public WebsocketConsumer
{
public:
    Plain(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }
};

} // namespace

class WebsocketConsumerTest : public QObject
{
    Q_OBJECT

    Application actor() { return asApplication<Actor>(m_layer, &m_diary); }
    int members() const { return m_layer.groups().value(0).members; }

    InMemoryChannelLayer m_layer;
    Diary m_diary;

private Q_SLOTS:
    void init() { m_diary = {}; }
    void cleanup()
    {
        settle();
        QVERIFY2(m_layer.groups().isEmpty(), "every test leaves no member behind");
        QVERIFY2(m_layer.channels().isEmpty(), "every test leaves no channel behind");
    }

    void acceptsWithSubprotocolAndHeaders()
    {
        WebsocketCommunicator client(actor(), u"/"_s);
        const auto answer = client.connect();
        QVERIFY(answer.accepted);
        QCOMPARE(answer.subprotocol, u"actor.v1"_s);
        QCOMPARE(headerValue(answer.headers, "x-stage"), QByteArray("left"));
        client.sendText("hi");
        QCOMPARE(client.receiveText(), QByteArray("echo hi"));
    }

    void forgetsTheRequestWhenItIsTold()
    {
        WebsocketCommunicator client(actor(), u"/stage/?a=b"_s, {{"x-long", "kept"}});
        QVERIFY(client.connect().accepted);
        client.sendText("scope");
        QCOMPARE(client.receiveText(), QByteArray("/stage/ kept a=b"));
        client.sendText("forget");
        QCOMPARE(client.receiveText(), QByteArray("echo forget"));
        client.sendText("scope");
        QCOMPARE(client.receiveText(), QByteArray("/stage/  "));
        client.sendText("forget all");
        QCOMPARE(client.receiveText(), QByteArray("echo forget all"));
        client.sendText("scope");
        QCOMPARE(client.receiveText(), QByteArray("  "));
    }

    void refusesBeforeTheHandshake_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("on purpose") << u"/refuse"_s << 401;
        QTest::newRow("close before accept") << u"/close"_s << 403;
        QTest::newRow("exception") << u"/throw"_s << 500;
        QTest::newRow("bad group name") << u"/badgroup"_s << 500;
    }

    void refusesBeforeTheHandshake()
    {
        QFETCH(QString, path);
        WebsocketCommunicator client(actor(), path);
        const auto answer = client.connect();
        QVERIFY(!answer.accepted);
        QTEST(answer.status, "status");
        QVERIFY2(m_layer.groups().isEmpty(), "who is refused is in no group");
        QVERIFY(client.receivesNothing());
    }

    void mayAcceptLater()
    {
        WebsocketCommunicator client(actor(), u"/later"_s);
        QVERIFY(client.connect().accepted);
    }

    void answersTheHandshakeOnce()
    {
        WebsocketCommunicator client(actor(), u"/twice"_s);
        QVERIFY(client.connect().accepted);
        QVERIFY(client.receivesNothing());
    }

    void theEndRunsOnceHoweverItComes_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<int>("closes"); // what the client gets; 0: nothing
        QTest::newRow("the client leaves") << QByteArray() << 0;
        QTest::newRow("the consumer closes") << QByteArray("close") << 4000;
        QTest::newRow("it closes twice") << QByteArray("close twice") << 4000;
        QTest::newRow("a handler throws") << QByteArray("throw") << 1011;
        QTest::newRow("a handler throws anything") << QByteArray("throw odd") << 1011;
    }

    void theEndRunsOnceHoweverItComes()
    {
        QFETCH(QByteArray, said);
        QFETCH(int, closes);
        {
            WebsocketCommunicator client(actor(), u"/"_s);
            QVERIFY(client.connect().accepted);
            QCOMPARE(members(), 1);
            if (closes) {
                client.sendText(said);
                if (said == "close twice")
                    QVERIFY(client.receiveText());
                const auto closed = client.receiveClose();
                QVERIFY(closed);
                QCOMPARE(closed->code, closes);
                QVERIFY2(m_layer.groups().isEmpty(), "it left its groups with the close");
                client.sendText("hi");
                QVERIFY2(client.receivesNothing(), "a closed consumer neither hears nor says");
                QVERIFY(m_diary.ends.isEmpty());
            }
            client.disconnect(1000);
            client.disconnect(1000);
        }
        QCOMPARE(m_diary.ends, QList{1000});
        QVERIFY(m_diary.groupsAtEnd.isEmpty());
        QCOMPARE(m_diary.destroyed, 1);
    }

    void anExceptionAtTheEndHarmsNobody()
    {
        WebsocketCommunicator client(actor(), u"/?throw"_s);
        QVERIFY(client.connect().accepted);
        client.disconnect(1001);
        QCOMPARE(m_diary.ends, QList{1001});
    }

    void anExceptionClosesThatConnectionAlone()
    {
        WebsocketCommunicator bad(actor(), u"/"_s);
        WebsocketCommunicator good(actor(), u"/"_s);
        QVERIFY(bad.connect().accepted);
        QVERIFY(good.connect().accepted);
        bad.sendText("throw");
        QCOMPARE(bad.receiveClose()->code, close_code::InternalError);
        QVERIFY(m_layer.groupSend(u"stage"_s, Message(u"actor.say"_s)));
        QCOMPARE(good.receiveText(), QByteArray("said"));
        QVERIFY(bad.receivesNothing());
    }

    void anExceptionInALayerHandlerClosesItToo()
    {
        WebsocketCommunicator client(actor(), u"/"_s);
        QVERIFY(client.connect().accepted);
        QVERIFY(m_layer.groupSend(u"stage"_s, Message(u"actor.throw"_s)));
        QVERIFY(m_layer.groupSend(u"stage"_s, Message(u"actor.say"_s)));
        QCOMPARE(client.receiveClose()->code, close_code::InternalError);
        QVERIFY(client.receivesNothing());
    }

    void afterAnExceptionNoHandlerIsCalled()
    {
        WebsocketCommunicator client(actor(), u"/"_s);
        QVERIFY(client.connect().accepted);
        const QString channel = m_layer.channels().value(0).name;
        const qint64 before = m_layer.dropped().value(u"closed"_s);
        client.sendText("throw");
        QVERIFY(m_layer.send(channel, Message(u"actor.say"_s)));
        QCOMPARE(client.receiveClose()->code, close_code::InternalError);
        QVERIFY(client.receivesNothing());
        QCOMPARE(m_layer.dropped().value(u"closed"_s), before + 1);
    }

    void whoIsKilledLeavesItsGroups()
    {
        Scope scope;
        auto instance = actor()(scope, Send());
        instance->receive(WebsocketConnect{});
        QCOMPARE(members(), 1);
        instance.reset(); // no last event: the server was destroyed
        QVERIFY(m_layer.groups().isEmpty());
        QCOMPARE(m_diary.destroyed, 1);
    }

    void whoCannotEvenStartIsAnInternalServerError()
    {
        const Application broken = [](const Scope &, const Send &) -> std::unique_ptr<Instance> {
            throw std::runtime_error("in a middleware");
        };
        QCOMPARE(WebsocketCommunicator(broken, u"/"_s).connect().status, 500);
        const Application odd = [](const Scope &, const Send &) -> std::unique_ptr<Instance> {
            throw 42; // NOLINT(hicpp-exception-baseclass)
        };
        QCOMPARE(WebsocketCommunicator(odd, u"/"_s).connect().status, 500);
    }

    void defaultsAcceptAndSpeakTextAlone()
    {
        WebsocketCommunicator client(asApplication<Plain>(), u"/"_s);
        const auto answer = client.connect();
        QVERIFY(answer.accepted);
        QCOMPARE(answer.subprotocol, QString());
        client.sendText("ignored");
        QVERIFY(client.receivesNothing());
        client.sendBinary("bytes");
        QCOMPARE(client.receiveClose()->code, close_code::Unsupported);
    }

    void aFloodIsClosedByDefault()
    {
        WebsocketCommunicator client(asApplication<Plain>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.sendOverRate("hi", 2s);
        QCOMPARE(client.receiveClose()->code, close_code::PolicyViolation);
    }

    void aClientThatLeavesBeforeTheAnswerIsForgotten()
    {
        auto instance = actor()(
            [] {
                Scope scope;
                scope.path = u"/later"_s;
                return scope;
            }(),
            Send());
        instance->receive(WebsocketConnect{});
        instance->receive(WebsocketDisconnect{close_code::Abnormal, {}});
        instance->receive(WebsocketDisconnect{close_code::Abnormal, {}});
        QCOMPARE(m_diary.ends, QList{close_code::Abnormal});
        instance.reset();
        settle();
    }
};

PARLOUR_TEST(WebsocketConsumerTest)
#include "tst_websocket_consumer.moc"
