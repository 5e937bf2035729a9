// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"
#include "channels/browser.h"
#include "channels/cookies.h"
#include "channels/http_consumer.h"
#include "channels/websocket_consumer.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using parlour::tests::Browser;

namespace {

/// Counts visits in the session where its path says so.
class Counter final : public HttpConsumer
{
public:
    Counter(const Scope &scope, const Send &send)
        : HttpConsumer(scope, send)
    {
    }

private:
    using HttpConsumer::handle;
    void handle(const QByteArray &) override
    {
        Session &session = *scope().session;
        const QString path = scope().path;
        if (path == "/count"_L1 || path == "/fail"_L1)
            session.set(u"visits"_s, session.value(u"visits"_s).toInt() + 1);
        if (path == "/fail"_L1)
            throw std::runtime_error("after it was counted");
        if (path == "/forget"_L1)
            session.flush();
        sendResponse(200,
                     path == "/plain"_L1 ? QByteArray("plain")
                                         : session.value(u"visits"_s).toByteArray());
    }
};

/// Counts messages in the session.
class Socket final : public WebsocketConsumer
{
public:
    Socket(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

private:
    void connected() override
    {
        if (scope().path == "/count"_L1)
            scope().session->set(u"visits"_s, 10);
        accept();
    }
    void receiveText(const QByteArray &) override
    {
        Session &session = *scope().session;
        session.set(u"visits"_s, session.value(u"visits"_s).toInt() + 1);
        sendText(session.value(u"visits"_s).toByteArray());
    }
};

} // namespace

class SessionMiddlewareTest : public QObject
{
    Q_OBJECT

    Application pages() { return stack(asApplication<Counter>()); }
    Application sockets() { return stack(asApplication<Socket>()); }
    Application stack(const Application &inner)
    {
        return cookieMiddleware(sessionMiddleware(inner, *m_store, {.lifetime = 3600s}));
    }

    std::unique_ptr<MemorySessionStore> m_store;

private Q_SLOTS:
    void init() { m_store = std::make_unique<MemorySessionStore>(); }

    void aBrowserIsKnownAgain()
    {
        Browser ann;
        Browser ben;
        QCOMPARE(ann.get(pages(), u"/count"_s).body, QByteArray("1"));
        QCOMPARE(ann.get(pages(), u"/count"_s).body, QByteArray("2"));
        QCOMPARE(ben.get(pages(), u"/count"_s).body, QByteArray("1"));
        QCOMPARE(ann.get(pages(), u"/look"_s).body, QByteArray("2"));
    }

    void theCookieComesWithWhatWasChangedAlone()
    {
        Browser browser;
        const auto cookieOf = [&](const QString &path) {
            return headerValue(browser.get(pages(), path).headers, "set-cookie");
        };
        QVERIFY2(cookieOf(u"/plain"_s).isEmpty(), "no session was used");
        QVERIFY2(cookieOf(u"/look"_s).isEmpty(), "nothing was written");
        const QByteArray cookie = cookieOf(u"/count"_s);
        QVERIFY2(cookie.startsWith("sessionid_8765="), cookie.constData());
        for (const char *attribute : {"; Path=/", "; Max-Age=3600", "; HttpOnly", "; SameSite=Lax"})
            QVERIFY2(cookie.contains(attribute), cookie.constData());
        QVERIFY2(!cookie.contains("Secure"), "it came over plain HTTP");
        QVERIFY(cookieOf(u"/look"_s).isEmpty());
    }

    void overTlsTheCookieIsSecure()
    {
        HttpCommunicator page(pages(), "GET", u"/count"_s);
        page.scope.secure = true;
        QVERIFY(headerValue(page.response().headers, "set-cookie").contains("; Secure"));
    }

    void aForgottenSessionEndsItsCookie()
    {
        Browser browser;
        browser.get(pages(), u"/count"_s);
        const auto response = browser.get(pages(), u"/forget"_s);
        QVERIFY(headerValue(response.headers, "set-cookie").contains("Max-Age=0"));
        QVERIFY(browser.cookie.isEmpty());
        QCOMPARE(m_store->size(), size_t(0));
    }

    void aMistakeSavesNothing()
    {
        Browser browser;
        const auto response = browser.get(pages(), u"/fail"_s);
        QCOMPARE(response.status, 500);
        QVERIFY(headerValue(response.headers, "set-cookie").isEmpty());
        QCOMPARE(m_store->size(), size_t(0));
    }

    void aSocketHasTheBrowsersSessionAndSavesIt()
    {
        Browser browser;
        browser.get(pages(), u"/count"_s);
        const auto socket = browser.socket(sockets());
        const auto answer = socket->connect();
        QVERIFY(answer.accepted);
        QVERIFY(headerValue(answer.headers, "set-cookie").isEmpty());
        socket->sendText("more");
        QCOMPARE(socket->receiveText(), QByteArray("2"));
        QCOMPARE(browser.get(pages(), u"/look"_s).body, QByteArray("2"));
    }

    void anAcceptedHandshakeBringsTheCookie()
    {
        Browser browser;
        const auto socket = browser.socket(sockets(), u"/count"_s);
        const auto answer = socket->connect();
        QVERIFY(answer.accepted);
        browser.keep(answer.headers);
        QVERIFY(browser.cookie.startsWith("sessionid_8765="));
        QCOMPARE(browser.get(pages(), u"/look"_s).body, QByteArray("10"));
    }

    void aForgedCookieIsNone_data()
    {
        QTest::addColumn<QByteArray>("suffix"); // of the key's signature
        QTest::addColumn<int>("cut");
        QTest::newRow("no signature") << QByteArray() << 44;
        QTest::newRow("cut") << QByteArray() << 1;
        QTest::newRow("longer") << QByteArray("x") << 0;
        QTest::newRow("another one") << QByteArray("_") << 1;
    }

    void aForgedCookieIsNone()
    {
        QFETCH(QByteArray, suffix);
        QFETCH(int, cut);
        Browser browser;
        browser.get(pages(), u"/count"_s);
        QCOMPARE(browser.get(pages(), u"/look"_s).body, QByteArray("1"));
        const QByteArray good = browser.cookie;
        // The last letter of a signature may have bits that say nothing, so another one is taken.
        const qsizetype last = browser.cookie.size() - cut - (suffix == "_" ? 1 : 0);
        browser.cookie = browser.cookie.left(last) + suffix + (suffix == "_" ? "_" : "");
        QVERIFY(browser.cookie != good);
        QCOMPARE(browser.get(pages(), u"/look"_s).body, QByteArray());
    }

    void aSignatureIsOfItsSecret()
    {
        const QByteArray value = signedSessionKey("key", "secret");
        QCOMPARE(verifiedSessionKey(value, "secret"), QByteArray("key"));
        QVERIFY(verifiedSessionKey(value, "Secret").isEmpty());
        QVERIFY(verifiedSessionKey("kez" + value.mid(3), "secret").isEmpty());
        for (const char *odd : {"", ".", "key", "key.", ".x"})
            QVERIFY(verifiedSessionKey(odd, "secret").isEmpty());
    }

    void anotherPortHasAnotherSession()
    {
        Browser browser;
        browser.get(pages(), u"/count"_s);
        HttpCommunicator page(pages(), "GET", u"/look"_s, {}, browser.headers());
        page.scope.server.port = 8766;
        QCOMPARE(page.response().body, QByteArray());
    }
};

PARLOUR_TEST(SessionMiddlewareTest)
#include "tst_session_middleware.moc"
