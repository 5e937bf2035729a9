// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/refusal.h"
#include "channels/testing/application_communicator.h"
#include "channels/testing/fake_clock.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/waiting.h"
#include "channels/testing/websocket_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;

namespace {

/// Keeps what it was told; says nothing by itself.
class Mute final : public Instance
{
public:
    Mute(const Scope &, const Send &, QList<int> *ends)
        : m_ends(ends)
    {
    }
    void receive(const ClientEvent &event) override
    {
        if (const auto *end = std::get_if<WebsocketDisconnect>(&event))
            m_ends->append(end->code);
    }

private:
    QList<int> *m_ends;
};

/// Answers everything with two messages and a close.
class Talker final : public Instance
{
public:
    Talker(const Scope &, const Send &send)
        : m_send(send)
    {
    }
    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<WebsocketConnect>(event)) {
            m_send(WebsocketAccept{});
            m_send(WebsocketSend{"one", false});
            m_send(WebsocketSend{"two", false});
            m_send(WebsocketClose{4000, u"bye"_s});
        }
    }

private:
    Send m_send;
};

/// Begins an answer and goes on when it is told; counts the clients that left before the end.
class Stream final : public Instance
{
public:
    Stream(const Scope &, const Send &send, std::function<void()> *goOn, int *left)
        : m_send(send)
        , m_left(left)
    {
        *goOn = [this] { m_send(HttpResponseBody{"two", false}); };
    }
    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<HttpRequest>(event)) {
            m_send(HttpResponseStart{200, {{"content-type", "text/event-stream"}}});
            m_send(HttpResponseBody{"one", true});
        } else if (std::holds_alternative<HttpDisconnect>(event)) {
            ++*m_left;
        }
    }

private:
    Send m_send;
    int *m_left;
};

/// Answers with a message of the other kind.
class Turner final : public Instance
{
public:
    Turner(const Scope &, const Send &send)
        : m_send(send)
    {
    }
    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<WebsocketConnect>(event))
            m_send(WebsocketAccept{});
        if (const auto *message = std::get_if<WebsocketReceive>(&event))
            m_send(WebsocketSend{message->payload, !message->binary});
    }

private:
    Send m_send;
};

} // namespace

class CommunicatorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildAScopeFromAPath()
    {
        QList<int> ends;
        const WebsocketCommunicator socket(asApplication<Mute>(&ends), u"/ws/chat/Чат/?a=b"_s,
                                           {{"host", "h"}}, {u"parlour.v1"_s});
        QCOMPARE(socket.scope.type, u"websocket"_s);
        QCOMPARE(socket.scope.path, u"/ws/chat/Чат/"_s);
        QCOMPARE(socket.scope.rawPath, QByteArray("/ws/chat/%D0%A7%D0%B0%D1%82/"));
        QCOMPARE(socket.scope.query, QByteArray("a=b"));
        QCOMPARE(socket.scope.header("host"), QByteArray("h"));
        QCOMPARE(socket.scope.subprotocols, QStringList{u"parlour.v1"_s});
        const HttpCommunicator page(asApplication<Mute>(&ends), "GET", u"/chat/"_s);
        QCOMPARE(page.scope.type, u"http"_s);
        QCOMPARE(page.scope.method, QByteArray("GET"));
        QVERIFY(page.scope.query.isEmpty());
    }

    void connectionsHaveNumbersOfTheirOwn()
    {
        QList<int> ends;
        const WebsocketCommunicator one(asApplication<Mute>(&ends), u"/"_s);
        const WebsocketCommunicator two(asApplication<Mute>(&ends), u"/"_s);
        QVERIFY(one.scope.connection != two.scope.connection);
    }

    void noAnswerInTimeIsNone()
    {
        QList<int> ends;
        WebsocketCommunicator socket(asApplication<Mute>(&ends), u"/"_s);
        const auto answer = socket.connect(1ms);
        QVERIFY(!answer.accepted);
        QCOMPARE(answer.status, 0);
        QVERIFY(!socket.receiveText(1ms));
        HttpCommunicator page(asApplication<Mute>(&ends), "GET", u"/"_s);
        QCOMPARE(page.response(1ms).status, 0);
    }

    void keepTheOrderOfWhatComes()
    {
        WebsocketCommunicator socket(asApplication<Talker>(), u"/"_s);
        QVERIFY(socket.connect().accepted);
        QVERIFY(!socket.receivesNothing());
        QCOMPARE(socket.receiveText(), QByteArray("one"));
        QCOMPARE(socket.receiveText(), QByteArray("two"));
        const auto closed = socket.receiveClose();
        QVERIFY(closed);
        QCOMPARE(closed->code, 4000);
        QVERIFY(socket.receivesNothing());
    }

    void textIsNoBinaryMessage()
    {
        WebsocketCommunicator socket(asApplication<Turner>(), u"/"_s);
        QVERIFY(socket.connect().accepted);
        socket.sendBinary("a");
        QCOMPARE(socket.receiveText(), QByteArray("a"));
        socket.sendText("b");
        QCOMPARE(socket.receiveBinary(), QByteArray("b"));
        socket.sendBinary("c");
        QVERIFY(!socket.receiveBinary());
        socket.sendText("{}");
        QVERIFY(!socket.receiveText());
        socket.sendText("{}");
        QVERIFY(!socket.receiveJson());
        QVERIFY(socket.receivesNothing());
    }

    void whoHasNotConnectedIsToldSo()
    {
        WebsocketCommunicator socket(asApplication<Turner>(), u"/"_s);
        const auto complains = [](const char *caller) {
            QTest::ignoreMessage(QtCriticalMsg,
                                 QByteArray("WebsocketCommunicator: connect() comes before ")
                                     .append(caller)
                                     .append("()")
                                     .constData());
        };
        complains("sendText");
        socket.sendText("a");
        complains("sendBinary");
        socket.sendBinary("a");
        complains("receiveText");
        QVERIFY(!socket.receiveText());
        complains("receiveClose");
        QVERIFY(!socket.receiveClose());
        complains("receivesNothing");
        QVERIFY(socket.receivesNothing());
        complains("answer");
        QVERIFY(!socket.answer().accepted);
        complains("setBacklog");
        socket.setBacklog({});
        QVERIFY(socket.connect().accepted);
        QTest::ignoreMessage(QtCriticalMsg, "HttpCommunicator: begin() comes before receivePart()");
        HttpCommunicator page(notFound(), "GET", u"/"_s);
        QVERIFY(!page.receivePart());
    }

    void anAnswerThatStaysOpenIsSeenPartByPart()
    {
        std::function<void()> goOn;
        int left = 0;
        HttpCommunicator page(asApplication<Stream>(&goOn, &left), "GET", u"/news"_s);
        const auto begun = page.begin();
        QCOMPARE(begun.status, 200);
        QCOMPARE(headerValue(begun.headers, "content-type"), QByteArray("text/event-stream"));
        QCOMPARE(page.receivePart()->body, QByteArray("one"));
        QVERIFY(!page.receivePart(1ms));
        goOn();
        const auto last = page.receivePart();
        QVERIFY(last && !last->more);
        QCOMPARE(last->body, QByteArray("two"));
        QCOMPARE(left, 0);
        QCOMPARE(page.begin().status, 200);
        QVERIFY2(left == 0, "the first answer was complete");
        page.disconnect();
        QCOMPARE(left, 1);
        {
            HttpCommunicator other(asApplication<Stream>(&goOn, &left), "GET", u"/news"_s);
            QCOMPARE(other.begin().status, 200);
        }
        QVERIFY2(left == 2, "who is destroyed leaves");
    }

    void anApplicationIsSpokenToEventByEvent()
    {
        Scope scope;
        scope.type = u"websocket"_s;
        ApplicationCommunicator conversation(asApplication<Talker>(), scope);
        QVERIFY(conversation.receivesNothing());
        QVERIFY(!conversation.wait(1ms));
        conversation.sendInput(WebsocketConnect{});
        QVERIFY(!conversation.receivesNothing());
        QVERIFY(std::holds_alternative<WebsocketAccept>(*conversation.receiveOutput()));
        QCOMPARE(std::get<WebsocketSend>(*conversation.receiveOutput()).payload, QByteArray("one"));
        QVERIFY(conversation.receiveOutput());
        QCOMPARE(std::get<WebsocketClose>(*conversation.receiveOutput()).code, 4000);
        QVERIFY(!conversation.receiveOutput(1ms));
        QVERIFY2(conversation.wait(), "it closed");
    }

    void anAnswerIsOverWithItsLastPart()
    {
        Scope scope;
        scope.type = u"http"_s;
        ApplicationCommunicator conversation(notFound(), scope);
        conversation.sendInput(HttpRequest{});
        QVERIFY(conversation.wait());
        QCOMPARE(std::get<HttpResponseStart>(*conversation.receiveOutput()).status, 404);
        WebsocketCommunicator socket(notFound(), u"/"_s);
        QCOMPARE(socket.connect().status, 404);
    }

    void whoIsStoppedHearsNothingMore()
    {
        QList<int> ends;
        ApplicationCommunicator conversation(asApplication<Mute>(&ends), Scope());
        conversation.sendInput(WebsocketConnect{});
        conversation.stop();
        conversation.sendInput(WebsocketDisconnect{});
        QVERIFY(ends.isEmpty());
    }

    void aFakeClockIsTurnedByHand()
    {
        FakeClock fake;
        const Clock clock = fake;
        const auto before = clock();
        QVERIFY(clock() == before);
        const FakeClock copy = fake;
        fake.advance(90s);
        QVERIFY(clock() - before == 90s);
        QVERIFY2(copy.clock()() == clock(), "copies show the same time");
    }

    void leaveWhenTheyAreDestroyed()
    {
        QList<int> ends;
        {
            WebsocketCommunicator socket(asApplication<Mute>(&ends), u"/"_s);
            (void)socket.connect(1ms);
        }
        QCOMPARE(ends, QList{close_code::GoingAway});
    }

    void waitForWhatComesLater()
    {
        bool done = false;
        QTimer::singleShot(5, this, [&] { done = true; });
        QVERIFY(waitFor([&] { return done; }, 20s));
        QVERIFY(!waitFor([] { return false; }, 1ms));
    }
};

PARLOUR_TEST(CommunicatorsTest)
#include "tst_communicators.moc"
