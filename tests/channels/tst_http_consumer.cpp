// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/http_consumer.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/server_sent_event.h"
#include "channels/testing/http_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>
#include <QTimer>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

class Page final : public HttpConsumer
{
public:
    Page(const Scope &scope, const Send &send, ChannelLayer &layer, int *disconnects)
        : HttpConsumer(scope, send, &layer)
        , m_disconnects(disconnects)
    {
        on("news.item"_L1, &Page::newsItem);
        on("news.end"_L1, &Page::newsEnd);
        on("news.mistake"_L1, &Page::newsMistake);
    }

private:
    using HttpConsumer::handle;
    void begun() override
    {
        if (scope().path == "/early"_L1)
            sendResponse(405, {});
    }
    void handle(const QByteArray &body) override
    {
        const QString path = scope().path;
        if (path == "/throw"_L1)
            throw std::runtime_error("before the answer");
        if (path == "/parts"_L1 || path == "/half"_L1)
            sendHeaders(200, {{"content-type", "text/plain"}});
        if (path == "/half"_L1) {
            sendBody("half", true);
            throw std::runtime_error("in the answer");
        }
        if (path == "/parts"_L1) {
            sendBody("one ", true);
            QTimer::singleShot(0, channel(), [this] { sendBody("two"); });
            return;
        }
        if (path == "/wait"_L1 || path == "/news"_L1)
            (void)groupAdd(u"waiting"_s);
        if (path == "/news"_L1) {
            sendHeaders(200, {{"content-type", "text/event-stream"}});
            sendBody(serverSentEvent("ready"), true);
        }
        if (isOpen() && (path == "/wait"_L1 || path == "/news"_L1))
            return;
        sendResponse(200, scope().method + ' ' + body);
        if (path == "/after"_L1)
            throw std::runtime_error("after the answer");
    }
    void disconnected() override
    {
        ++*m_disconnects;
        QVERIFY(!isOpen());
    }
    void newsItem(const Message &message)
    {
        sendBody(serverSentEvent(message.value(u"text"_s).toString().toUtf8(), "news"), true);
    }
    void newsEnd(const Message &)
    {
        sendBody({});
        sendBody("never"); // the answer is complete
        sendHeaders(500);
    }
    void newsMistake(const Message &) { throw std::runtime_error("in a layer's handler"); }

    int *m_disconnects;
};

/// Counts what an application sends, part by part.
class Counter final : public Outlet
{
public:
    void send(const ServerEvent &event) override
    {
        heads += std::holds_alternative<HttpResponseStart>(event) ? 1 : 0;
        if (const auto *part = std::get_if<HttpResponseBody>(&event)) {
            lasts += part->more ? 0 : 1;
            body += part->body;
        }
        aborts += std::holds_alternative<HttpResponseAbort>(event) ? 1 : 0;
    }
    Backlog backlog() const override { return {untaken, 0}; }

    QByteArray body;
    int untaken = 0;

    int heads = 0;
    int lasts = 0;
    int aborts = 0;
};

} // namespace

class HttpConsumerTest : public QObject
{
    Q_OBJECT

    Application page() { return asApplication<Page>(m_layer, &m_disconnects); }
    static Message news(const QString &text)
    {
        return Message(u"news.item"_s, {{u"text"_s, text}});
    }
    static Scope scopeOf(const QString &path)
    {
        Scope scope;
        scope.type = u"http"_s;
        scope.method = "POST";
        scope.path = path;
        return scope;
    }

    InMemoryChannelLayer m_layer;
    int m_disconnects = 0;

private Q_SLOTS:
    void init() { m_disconnects = 0; }

    void answersARequest()
    {
        const auto response = HttpCommunicator(page(), "POST", u"/"_s, "body").response();
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, QByteArray("POST body"));
    }

    void getsTheWholeBodyAtOnce()
    {
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(u"/"_s), Send(counter));
        instance->receive(HttpRequest{"bo", true});
        QCOMPARE(counter->heads, 0);
        instance->receive(HttpRequest{"dy", false});
        QCOMPARE(counter->heads, 1);
        QCOMPARE(counter->lasts, 1);
    }

    void mayAnswerFromTheHeadAlone()
    {
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(u"/early"_s), Send(counter));
        instance->receive(HttpRequest{{}, true});
        QCOMPARE(counter->lasts, 1);
        instance->receive(HttpRequest{"body", false});
        QCOMPARE(counter->heads, 1);
        QCOMPARE(counter->lasts, 1);
    }

    void mayAnswerInParts()
    {
        const auto response = HttpCommunicator(page(), "GET", u"/parts"_s).response();
        QCOMPARE(response.body, QByteArray("one two"));
        QCOMPARE(headerValue(response.headers, "content-type"), QByteArray("text/plain"));
    }

    void anExceptionIsAnInternalServerError()
    {
        const auto response = HttpCommunicator(page(), "GET", u"/throw"_s).response();
        QCOMPARE(response.status, 500);
        QVERIFY2(!response.body.contains("before"), "what went wrong is for the log alone");
    }

    void anExceptionEndsTheAnswerOnce_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("lasts");
        QTest::addColumn<int>("aborts");
        QTest::newRow("before it") << u"/throw"_s << 1 << 0;
        QTest::newRow("within it") << u"/half"_s << 0 << 1;
        QTest::newRow("after it") << u"/after"_s << 1 << 0;
    }

    void anExceptionEndsTheAnswerOnce()
    {
        QFETCH(QString, path);
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(path), Send(counter));
        instance->receive(HttpRequest{});
        QCOMPARE(counter->heads, 1);
        QTEST(counter->lasts, "lasts");
        QTEST(counter->aborts, "aborts");
    }

    void anAnswerThatIsBrokenOffIsNoWholeOne()
    {
        const auto response = HttpCommunicator(page(), "GET", u"/half"_s).response();
        QCOMPARE(response.body, QByteArray("half"));
        QVERIFY(response.aborted);
        QVERIFY(!HttpCommunicator(page(), "GET", u"/parts"_s).response().aborted);
    }

    void aLayersHandlerGoesOnWithTheAnswer()
    {
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(u"/news"_s), Send(counter));
        instance->receive(HttpRequest{});
        QCOMPARE(counter->body, QByteArray("data: ready\n\n"));
        QVERIFY(m_layer.groupSend(u"waiting"_s, news(u"one"_s)));
        QVERIFY(m_layer.groupSend(u"waiting"_s, Message(u"news.end"_s)));
        QVERIFY(m_layer.groupSend(u"waiting"_s, news(u"too late"_s)));
        m_layer.deliverPending();
        QCOMPARE(counter->body, QByteArray("data: ready\n\nevent: news\ndata: one\n\n"));
        QCOMPARE(counter->heads, 1);
        QCOMPARE(counter->lasts, 1);
        QVERIFY2(m_layer.groups().isEmpty(), "a complete answer has left its groups");
        instance->receive(HttpDisconnect{});
        QCOMPARE(m_disconnects, 0);
    }

    void anExceptionInALayersHandlerEndsTheAnswer()
    {
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(u"/wait"_s), Send(counter));
        instance->receive(HttpRequest{});
        QCOMPARE(counter->heads, 0);
        QVERIFY(m_layer.groupSend(u"waiting"_s, Message(u"news.mistake"_s)));
        m_layer.deliverPending();
        QCOMPARE(counter->heads, 1);
        QCOMPARE(counter->lasts, 1);
        QVERIFY(m_layer.groups().isEmpty());
    }

    void aReaderThatTakesNothingSeesThatItMissesSomething()
    {
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(u"/news"_s), Send(counter));
        instance->receive(HttpRequest{});
        counter->untaken = 100;
        const qint64 before = m_layer.dropped().value(u"capacity"_s);
        QVERIFY(m_layer.groupSend(u"waiting"_s, news(u"lost"_s)));
        m_layer.deliverPending();
        QCOMPARE(counter->lasts, 0);
        QCOMPARE(counter->aborts, 1);
        QCOMPARE(m_layer.dropped().value(u"capacity"_s), before + 1);
        QVERIFY(m_layer.groups().isEmpty());
    }

    void aClientThatLeavesIsForgotten_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("in a long poll") << u"/wait"_s;
        QTest::newRow("in a stream of events") << u"/news"_s;
    }

    void aClientThatLeavesIsForgotten()
    {
        QFETCH(QString, path);
        auto counter = std::make_shared<Counter>();
        const auto instance = page()(scopeOf(path), Send(counter));
        instance->receive(HttpRequest{});
        QCOMPARE(m_layer.groups().size(), 1);
        instance->receive(HttpDisconnect{});
        instance->receive(HttpDisconnect{});
        QCOMPARE(m_disconnects, 1);
        QVERIFY(m_layer.groups().isEmpty());
    }
};

PARLOUR_TEST(HttpConsumerTest)
#include "tst_http_consumer.moc"
