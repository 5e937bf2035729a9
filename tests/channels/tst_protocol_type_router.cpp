// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/protocol_type_router.h"
#include "channels/refusal.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

class ProtocolTypeRouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesByTheScopesType()
    {
        const ProtocolTypeRouter router(
            {{"http", refusal(200, "page")}, {"websocket", refusal(418, "socket")}});
        QCOMPARE(HttpCommunicator(router, "GET", u"/"_s).response().body, QByteArray("page"));
        WebsocketCommunicator socket(router, u"/"_s);
        QCOMPARE(socket.connect().status, 418);
    }

    void whatItDoesNotKnowIsNotFound()
    {
        const ProtocolTypeRouter router({{"http", refusal(200, "page")}});
        WebsocketCommunicator socket(router, u"/"_s);
        QCOMPARE(socket.connect().status, 404);
        HttpCommunicator odd(router, "GET", u"/"_s);
        odd.scope.type = u"gopher"_s;
        QCOMPARE(odd.response().status, 404);
    }

    void aRefusalAnswersARequestOnceWithItsHeaders()
    {
        HttpCommunicator client(refusal(405, "no\n", {{"allow", "GET"}}), "POST", u"/"_s, "body");
        const auto response = client.response();
        QCOMPARE(response.status, 405);
        QCOMPARE(response.body, QByteArray("no\n"));
        QCOMPARE(headerValue(response.headers, "allow"), QByteArray("GET"));
        QVERIFY(headerValue(response.headers, "content-type").startsWith("text/plain"));
    }

    void aRefusalKeepsAContentTypeOfItsOwn()
    {
        HttpCommunicator client(refusal(403, " <p>", {{"Content-Type", "text/html"}}), "GET",
                                u"/"_s);
        const auto response = client.response();
        QCOMPARE(response.body, QByteArray(" <p>"));
        QCOMPARE(response.headers,
                 (Headers{{"Content-Type", "text/html"}, {"connection", "close"}}));
    }
};

PARLOUR_TEST(ProtocolTypeRouterTest)
#include "tst_protocol_type_router.moc"
