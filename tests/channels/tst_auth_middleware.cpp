// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"
#include "channels/cookies.h"
#include "channels/http_consumer.h"
#include "channels/testing/http_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

/// Answers with what the middlewares found out.
class WhoAmI final : public HttpConsumer
{
public:
    WhoAmI(const Scope &scope, const Send &send)
        : HttpConsumer(scope, send)
    {
    }

private:
    using HttpConsumer::handle;
    void handle(const QByteArray &) override
    {
        sendResponse(200, scope().user.id.toUtf8() + '/' + scope().cookies.value("session"));
    }
};

} // namespace

class AuthMiddlewareTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePersonIsFoundOutAfterTheCookies()
    {
        const auto bySession = [](const Scope &scope) {
            return User{QString::fromUtf8(scope.cookies.value("session")), {}, {}};
        };
        HttpCommunicator client(authMiddlewareStack(asApplication<WhoAmI>(), bySession), "GET",
                                u"/"_s, {}, {{"cookie", "theme=dark; session=ann"}});
        QCOMPARE(client.response().body, QByteArray("ann/ann"));
        QVERIFY2(client.scope.user.id.isEmpty(), "a middleware changes a copy");
    }

    void whoIsUnknownIsNobodyInParticular()
    {
        HttpCommunicator client(
            authMiddlewareStack(asApplication<WhoAmI>(), [](const Scope &) { return User{}; }),
            "GET", u"/"_s);
        QCOMPARE(client.response().body, QByteArray("/"));
        QVERIFY(!User{}.isAuthenticated());
        QVERIFY((User{{}, {}, u"owner"_s}.isAuthenticated()));
    }

    void readsCookies_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("one") << QByteArray("a=b") << QByteArray("b");
        QTest::newRow("several") << QByteArray("x=y; a=b;z=1") << QByteArray("b");
        QTest::newRow("first of equal names") << QByteArray("a=b; a=c") << QByteArray("b");
        QTest::newRow("equals sign in the value") << QByteArray("a=b=c") << QByteArray("b=c");
        QTest::newRow("quoted") << QByteArray("a=\"b c\"") << QByteArray("b c");
        QTest::newRow("blanks") << QByteArray("  a = b ; ") << QByteArray("b");
        QTest::newRow("empty value") << QByteArray("a=") << QByteArray("");
        QTest::newRow("no value") << QByteArray("a; b=c") << QByteArray();
        QTest::newRow("lone quote") << QByteArray("a=\"") << QByteArray("\"");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("separators alone") << QByteArray(";;=;=x;") << QByteArray();
    }

    void readsCookies()
    {
        QFETCH(QByteArray, header);
        QTEST(parseCookies(header).value("a"), "value");
        QVERIFY(!parseCookies(header).contains(QByteArray()));
    }

    void readsTheBearerToken_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("usual") << QByteArray("Bearer 00ff") << QByteArray("00ff");
        QTest::newRow("lower case") << QByteArray("bearer 00ff") << QByteArray("00ff");
        QTest::newRow("blanks") << QByteArray("  BEARER   00ff ") << QByteArray("00ff");
        QTest::newRow("another scheme") << QByteArray("Basic 00ff") << QByteArray();
        QTest::newRow("no token") << QByteArray("Bearer ") << QByteArray();
        QTest::newRow("no blank") << QByteArray("Bearer00ff") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void readsTheBearerToken()
    {
        QFETCH(QByteArray, header);
        Scope scope;
        scope.headers = {{"authorization", header}};
        QTEST(bearerToken(scope), "token");
    }
};

PARLOUR_TEST(AuthMiddlewareTest)
#include "tst_auth_middleware.moc"
