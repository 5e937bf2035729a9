// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"
#include "channels/http_consumer.h"
#include "channels/middleware.h"
#include "channels/refusal.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

// ---- two middlewares of one's own, the example in the documentation ----

/// Takes the language from the query, and has no answer where it is none.
Application languageMiddleware(Application inner)
{
    return scopeMiddleware(std::move(inner), [](Scope &scope) -> std::optional<Application> {
        if (scope.query.isEmpty())
            return refusal(400, "Bad request: which language?\n");
        scope.urlRoute.kwargs.insert(u"language"_s, QString::fromUtf8(scope.query));
        return std::nullopt;
    });
}

/// Signs every answer.
class Signer final : public OutletFilter
{
public:
    using OutletFilter::OutletFilter;

    void send(const ServerEvent &event) override
    {
        if (const auto *head = std::get_if<HttpResponseStart>(&event)) {
            Headers headers = head->headers;
            headers.append(Header{"x-served-by", "parlour"});
            OutletFilter::send(HttpResponseStart{head->status, headers});
        } else {
            OutletFilter::send(event);
        }
    }
};

Application signingMiddleware(Application inner)
{
    return [inner = std::move(inner)](const Scope &scope, const Send &send) {
        return inner(scope, Send(std::make_shared<Signer>(send)));
    };
}

class Greeter final : public HttpConsumer
{
public:
    Greeter(const Scope &scope, const Send &send)
        : HttpConsumer(scope, send)
    {
    }

private:
    using HttpConsumer::handle;
    void handle(const QByteArray &) override
    {
        const bool isRussian = scope().urlRoute.kwargs.value(u"language"_s) == u"ru"_s;
        sendResponse(200, isRussian ? "Привет" : "Hello");
    }
};

/// Says how much its client has not taken.
class Measure final : public Instance
{
public:
    Measure(const Scope &, const Send &send)
        : m_send(send)
    {
    }
    void receive(const ClientEvent &event) override
    {
        if (std::holds_alternative<WebsocketConnect>(event))
            m_send(WebsocketAccept{});
        else if (std::holds_alternative<WebsocketReceive>(event))
            m_send(WebsocketSend{QByteArray::number(m_send.backlog().messages), false});
    }

private:
    Send m_send;
};

} // namespace

class MiddlewareTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOfOnesOwnChangesTheScopeOrAnswersItself()
    {
        const Application application = languageMiddleware(asApplication<Greeter>());
        QCOMPARE(HttpCommunicator(application, "GET", u"/?ru"_s).response().body,
                 QByteArray("Привет"));
        QCOMPARE(HttpCommunicator(application, "GET", u"/?en"_s).response().body,
                 QByteArray("Hello"));
        QCOMPARE(HttpCommunicator(application, "GET", u"/"_s).response().status, 400);
    }

    void oneOfOnesOwnSeesWhatIsSent()
    {
        const auto response =
            HttpCommunicator(signingMiddleware(asApplication<Greeter>()), "GET", u"/"_s).response();
        QCOMPARE(headerValue(response.headers, "x-served-by"), QByteArray("parlour"));
        QCOMPARE(response.body, QByteArray("Hello"));
    }

    void aFilterTellsTheClientsBacklog()
    {
        WebsocketCommunicator client(signingMiddleware(asApplication<Measure>()), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.setBacklog({7, 700});
        client.sendText("how much?");
        QCOMPARE(client.receiveText(), QByteArray("7"));
    }

    void loginIsRequired_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QStringList>("roles");
        QTest::addColumn<int>("status"); // 200: let through
        const QStringList anyRole;
        const QStringList staff{u"owner"_s, u"moderator"_s};
        QTest::newRow("nobody") << QString() << QString() << anyRole << 401;
        QTest::newRow("somebody") << u"ann"_s << QString() << anyRole << 200;
        QTest::newRow("nobody, for a role") << QString() << QString() << staff << 401;
        QTest::newRow("another role") << u"ann"_s << u"member"_s << staff << 403;
        QTest::newRow("that role") << u"ann"_s << u"moderator"_s << staff << 200;
    }

    void loginIsRequired()
    {
        QFETCH(QString, id);
        QFETCH(QString, role);
        QFETCH(QStringList, roles);
        QFETCH(int, status);
        const auto known = [&](const Scope &) { return User{id, {}, role}; };
        HttpCommunicator page(
            authMiddlewareStack(loginRequired(asApplication<Greeter>(), roles), known), "GET",
            u"/"_s);
        QCOMPARE(page.response().status, status);
        WebsocketCommunicator socket(
            authMiddlewareStack(loginRequired(asApplication<Measure>(), roles), known), u"/"_s);
        const auto answer = socket.connect();
        QCOMPARE(answer.accepted ? 200 : answer.status, status);
    }
};

PARLOUR_TEST(MiddlewareTest)
#include "tst_middleware.moc"
