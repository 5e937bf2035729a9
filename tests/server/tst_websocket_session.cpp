// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/websocket_session.h"
#include "support/runner.h"

#include <QTest>

#include <memory>

using namespace parlour::server;
using namespace parlour::channels;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Writes down what is asked of it.
class RecordingWire final : public WebsocketWire
{
public:
    Expected<void> accept(const WebsocketAccept &answer) override
    {
        if (answer.subprotocol == u"unoffered"_s)
            return Error{u"bad_subprotocol"_s, u"it was not offered"_s};
        calls += u"accept"_s;
        return {};
    }
    void refuse(const WebsocketRefuse &answer) override
    {
        calls += u"refuse %1"_s.arg(answer.status);
    }
    void sendMessage(const QByteArray &payload, bool) override
    {
        calls += u"send "_s + QString::fromUtf8(payload);
    }
    void startClose(int code, const QByteArray &reason) override
    {
        calls += u"close %1 %2"_s.arg(code).arg(QString::fromUtf8(reason));
    }
    void cut(int code, const QByteArray &reason) override
    {
        calls += u"cut %1"_s.arg(code);
        cutReason = reason;
    }
    Backlog backlog() const override { return unread; }
    qint64 pendingBytes() const override { return unread.bytes; }

    QStringList calls;
    QByteArray cutReason;
    Backlog unread;
};

// Writes down what it is given; says what the test tells it to.
struct Puppet {
    QStringList events;
    QList<std::chrono::milliseconds> retries;
    Send send;
    bool isAlive = false;
    std::function<void(const ClientEvent &)> onEvent;
};

class PuppetInstance final : public Instance
{
public:
    explicit PuppetInstance(Puppet &puppet)
        : m_puppet(puppet)
    {
        m_puppet.isAlive = true;
    }
    ~PuppetInstance() override { m_puppet.isAlive = false; }

    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<WebsocketConnect>(event)) {
            m_puppet.events += u"connect"_s;
        } else if (const auto *message = std::get_if<WebsocketReceive>(&event)) {
            m_puppet.events += u"receive "_s + QString::fromUtf8(message->payload);
            m_puppet.retries += message->retryAfter;
        } else if (const auto *end = std::get_if<WebsocketDisconnect>(&event)) {
            m_puppet.events += u"disconnect %1"_s.arg(end->code);
        }
        if (m_puppet.onEvent)
            m_puppet.onEvent(event);
    }

private:
    Puppet &m_puppet;
};

struct Stage {
    Stage()
    {
        context.clock = [this] { return now; };
        context.application = [this](const Scope &, const Send &send) {
            puppet.send = send;
            return std::make_unique<PuppetInstance>(puppet);
        };
        session = std::make_unique<WebsocketSession>(context, wire, info);
    }

    std::chrono::steady_clock::time_point now{1h};
    ServerContext context;
    RecordingWire wire;
    ConnectionInfo info;
    Puppet puppet;
    std::unique_ptr<WebsocketSession> session;
};

} // namespace

class WebsocketSessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesEventsInOrderAndCounts()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.session->receiveMessage("one", false);
        stage.puppet.send(WebsocketSend{"two!"});
        stage.session->end(4001);
        QCOMPARE(stage.puppet.events,
                 QStringList({u"connect"_s, u"receive one"_s, u"disconnect 4001"_s}));
        QCOMPARE(stage.wire.calls, QStringList({u"accept"_s, u"send two!"_s}));
        QCOMPARE(stage.info.bytesIn, 3);
        QCOMPARE(stage.context.totals.bytesOut, 4);
        QCOMPARE(stage.context.totals.messagesOut, 1);
        QVERIFY(stage.session->isOver());
        QVERIFY(!stage.puppet.isAlive);
    }

    void ignoresWhatComesInTheWrongState()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketSend{"too early"});
        QTest::ignoreMessage(QtWarningMsg,
                             "an application answered a WebSocket with an HTTP event; ignored");
        stage.puppet.send(HttpResponseBody{"not here"});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.send(WebsocketRefuse{});
        stage.puppet.send(WebsocketClose{4000, u"bye"_s});
        stage.puppet.send(WebsocketClose{4001, u"again"_s});
        stage.puppet.send(WebsocketSend{"too late"});
        stage.session->receiveMessage("unheard", false);
        QCOMPARE(stage.wire.calls, QStringList({u"accept"_s, u"close 4000 bye"_s}));
        QCOMPARE(stage.puppet.events, QStringList{u"connect"_s});
    }

    void theApplicationsOwnCloseEndsItOnceTheTurnIsOver()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.send(WebsocketClose{4000, {}});
        QVERIFY(stage.puppet.isAlive); // it may be in the middle of a handler
        stage.session->settle();
        stage.session->end(1006);
        stage.session->settle();
        QCOMPARE(stage.puppet.events, QStringList({u"connect"_s, u"disconnect 4000"_s}));
        QVERIFY(!stage.puppet.isAlive);
    }

    void aRefusalEndsIt()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketRefuse{404, {}, {}});
        stage.session->settle();
        QCOMPARE(stage.wire.calls, QStringList{u"refuse 404"_s});
        QCOMPARE(stage.puppet.events, QStringList({u"connect"_s, u"disconnect 1006"_s}));
        QCOMPARE(stage.context.totals.handshakesRefused, 1);
    }

    void aCloseBeforeTheAnswerIsARefusal()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketClose{4000, {}});
        QCOMPARE(stage.wire.calls, QStringList{u"refuse 403"_s});
    }

    void anAnswerThatMayNotBeSentIs500()
    {
        Stage stage;
        QTest::ignoreMessage(QtWarningMsg, "a handshake could not be answered: it was not offered");
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{u"unoffered"_s, {}});
        QCOMPARE(stage.wire.calls, QStringList{u"refuse 500"_s});
    }

    void anApplicationThatIsSilentIs503()
    {
        Stage stage;
        stage.session->start({});
        stage.session->giveUpHandshake();
        stage.session->settle();
        stage.puppet.send(WebsocketAccept{});
        QCOMPARE(stage.wire.calls, QStringList{u"refuse 503"_s});
    }

    void anOperatorsCloseReachesBothSides()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.session->close(1001, u"the host stops"_s);
        stage.session->settle();
        QCOMPARE(stage.wire.calls.last(), u"close 1001 the host stops"_s);
        QCOMPARE(stage.puppet.events.last(), u"disconnect 1001"_s);
    }

    void sayingSomethingAfterTheEndDoesNothing()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.onEvent = [&](const ClientEvent &) {
            stage.puppet.send(WebsocketSend{"last"});
            stage.puppet.send(WebsocketClose{});
        };
        stage.session->end(1000);
        stage.session.reset();
        stage.puppet.send(WebsocketSend{"from the grave"});
        QCOMPARE(stage.puppet.send.backlog().messages, 0);
        QCOMPARE(stage.wire.calls, QStringList{u"accept"_s});
    }

    void tellsTheApplicationWhoIsTooFast()
    {
        Stage stage;
        stage.context.options.messagesPerSecond = 10;
        stage.context.options.messageBurst = 2;
        stage.session = std::make_unique<WebsocketSession>(stage.context, stage.wire, stage.info);
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        for (int i = 0; i < 3; ++i)
            stage.session->receiveMessage("x", false);
        stage.now += 100ms;
        stage.session->receiveMessage("x", false);
        QCOMPARE(stage.puppet.retries, QList<std::chrono::milliseconds>({0ms, 0ms, 100ms, 0ms}));
    }

    void cutsWhoLeavesTooMuchUnread()
    {
        Stage stage;
        stage.context.options.maxUnreadOutput = 100;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.send(WebsocketSend{QByteArray(1000, 'x')}); // an empty queue takes any one
        stage.wire.unread = {1, 60};
        stage.puppet.send(WebsocketSend{QByteArray(40, 'x')});
        QVERIFY(!stage.wire.calls.contains(u"cut 1008"_s));
        stage.puppet.send(WebsocketSend{QByteArray(41, 'x')});
        QCOMPARE(stage.wire.calls.last(), u"cut 1008"_s);
        QCOMPARE(stage.wire.cutReason, "too slow: messages could not be delivered");
        QCOMPARE(stage.context.totals.dropped.value(u"unread_output"_s), 1);
        stage.session->settle();
        QCOMPARE(stage.puppet.events.last(), u"disconnect 1008"_s);
    }

    void cutsAsTheApplicationSaid()
    {
        Stage stage;
        stage.context.options.maxUnreadOutput = 100;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{{}, {}, {4008, u"come back"_s, true}});
        stage.wire.unread = {1, 60};
        stage.puppet.send(WebsocketSend{QByteArray(41, 'x')});
        QCOMPARE(stage.wire.calls.last(), u"cut 4008"_s);
        QCOMPARE(stage.wire.cutReason, "come back");
    }

    void anOvertakingCloseCutsToo()
    {
        Stage stage;
        stage.session->start({});
        stage.puppet.send(WebsocketAccept{});
        stage.puppet.send(WebsocketClose{4008, u"come back"_s, true});
        QCOMPARE(stage.wire.calls.last(), u"cut 4008"_s);
    }
};

PARLOUR_TEST(WebsocketSessionTest)

#include "tst_websocket_session.moc"
