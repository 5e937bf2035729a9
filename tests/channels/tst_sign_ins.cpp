// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/auth_middleware.h"
#include "channels/browser.h"
#include "channels/http_consumer.h"
#include "channels/in_memory_channel_layer.h"
#include "channels/websocket_consumer.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using parlour::tests::Browser;

namespace {

User userCalled(const QString &id)
{
    return {id, id.toUpper(), u"member"_s};
}

/// Signs in whom the query names, signs out, and says who is there.
class Page final : public HttpConsumer
{
public:
    Page(const Scope &scope, const Send &send, const SignIns &signIns)
        : HttpConsumer(scope, send)
        , m_signIns(signIns)
    {
    }

private:
    using HttpConsumer::handle;
    void handle(const QByteArray &) override
    {
        QByteArray said;
        if (scope().path == "/login"_L1) {
            const auto done =
                m_signIns.login(scope(), userCalled(QString::fromUtf8(scope().query)));
            said = done ? QByteArray() : done.error().code.toUtf8() + ' ';
        } else if (scope().path == "/logout"_L1) {
            said = QByteArray::number(m_signIns.logout(scope())) + " closed ";
        } else if (scope().path == "/cart"_L1) {
            scope().session->set(u"cart"_s, u"full"_s);
        } else if (scope().path == "/news"_L1 || scope().path == "/late-news"_L1) {
            if (scope().path == "/late-news"_L1)
                m_signIns.ban(scope().user.id);
            sendHeaders(200);
            sendBody("begun", true);
            return;
        }
        const User &user = scope().user;
        sendResponse(200,
                     said + (user.id + u'/' + user.name + u'/' + user.role).toUtf8() + ' '
                         + scope().session->value(u"cart"_s).toByteArray());
    }

    SignIns m_signIns;
};

/// Is in a group, and waits with its answer, or forgets its scope, where its path says so.
class Socket final : public WebsocketConsumer
{
public:
    Socket(const Scope &scope, const Send &send, ChannelLayer &layer, const SignIns &signIns,
           QList<int> *ends)
        : WebsocketConsumer(scope, send, &layer)
        , m_signIns(signIns)
        , m_ends(ends)
    {
    }

private:
    QStringList groups() const override { return {u"room"_s}; }
    void connected() override
    {
        if (scope().path != "/wait"_L1)
            accept();
        if (scope().path == "/forget"_L1)
            forgetScope();
    }
    void receiveText(const QByteArray &) override { m_signIns.logout(scope()); }
    void disconnected(int code) override { m_ends->append(code); }

    SignIns m_signIns;
    QList<int> *m_ends;
};

} // namespace

class SignInsTest : public QObject
{
    Q_OBJECT

    Application pages() { return stack(asApplication<Page>(*m_signIns)); }
    Application sockets() { return stack(asApplication<Socket>(m_layer, *m_signIns, &m_ends)); }
    Application stack(const Application &inner)
    {
        return authMiddlewareStack(inner, *m_signIns, *m_store);
    }

    InMemoryChannelLayer m_layer;
    std::unique_ptr<MemorySessionStore> m_store;
    std::unique_ptr<SignIns> m_signIns;
    QList<int> m_ends;

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<MemorySessionStore>();
        m_signIns = std::make_unique<SignIns>();
        m_ends.clear();
    }

    void whoSignsInIsKnownUntilTheySignOut()
    {
        Browser browser;
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("// "));
        QCOMPARE(browser.get(pages(), u"/login?ann"_s).body, QByteArray("ann/ANN/member "));
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("ann/ANN/member "));
        QCOMPARE(browser.get(pages(), u"/logout"_s).body, QByteArray("0 closed // "));
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("// "));
        QCOMPARE(m_store->size(), size_t(0));
    }

    void signingInChangesTheKeyAndKeepsTheRest()
    {
        Browser browser;
        browser.get(pages(), u"/cart"_s);
        const QByteArray before = browser.cookie;
        QCOMPARE(browser.get(pages(), u"/login?ann"_s).body, QByteArray("ann/ANN/member full"));
        QVERIFY(browser.cookie != before);
        Browser thief;
        thief.cookie = before;
        QCOMPARE(thief.get(pages(), u"/"_s).body, QByteArray("// "));
    }

    void anotherPersonFindsNothingOfTheFirst()
    {
        Browser browser;
        browser.get(pages(), u"/login?ann"_s);
        browser.get(pages(), u"/cart"_s);
        QCOMPARE(browser.get(pages(), u"/login?ben"_s).body, QByteArray("ben/BEN/member "));
        QCOMPARE(m_store->size(), size_t(1));
    }

    void aLogoutClosesThatPersonsSockets()
    {
        Browser ann;
        Browser ben;
        ann.get(pages(), u"/login?ann"_s);
        ben.get(pages(), u"/login?ben"_s);
        const auto first = ann.socket(sockets());
        const auto second = ann.socket(sockets());
        const auto other = ben.socket(sockets());
        for (const auto *socket : {&first, &second, &other})
            QVERIFY((*socket)->connect().accepted);
        QCOMPARE(m_signIns->connections(u"ann"_s), 2);
        QCOMPARE(ann.get(pages(), u"/logout"_s).body, QByteArray("2 closed // "));
        for (const auto *socket : {&first, &second}) {
            const auto closed = (*socket)->receiveClose();
            QVERIFY(closed);
            QCOMPARE(closed->code, close_code::Normal);
            QCOMPARE(closed->reason, u"signed out"_s);
            (*socket)->disconnect(closed->code);
        }
        QVERIFY(other->receivesNothing());
        QCOMPARE(m_ends, (QList{1000, 1000}));
        QCOMPARE(m_layer.groups().value(0).members, 1);
        QCOMPARE(m_signIns->connections(u"ann"_s), 0);
        QCOMPARE(m_signIns->connections(u"ben"_s), 1);
    }

    void aSocketThatSignsOutClosesItselfToo()
    {
        Browser browser;
        browser.get(pages(), u"/login?ann"_s);
        const auto socket = browser.socket(sockets());
        QVERIFY(socket->connect().accepted);
        socket->sendText("bye");
        QVERIFY(socket->receiveClose());
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("// "));
    }

    void aBanClosesAndKeepsOut()
    {
        Browser browser;
        browser.get(pages(), u"/login?eve"_s);
        const auto open = browser.socket(sockets());
        const auto waiting = browser.socket(sockets(), u"/wait"_s);
        const auto forgetful = browser.socket(sockets(), u"/forget"_s);
        QVERIFY(open->connect().accepted);
        QVERIFY(forgetful->connect().accepted);
        QCOMPARE(waiting->connect(1ms).status, 0);
        QCOMPARE(m_signIns->ban(u"eve"_s, 4003, u"be off"_s), 3);
        QVERIFY(forgetful->receiveClose());
        const auto closed = open->receiveClose();
        QVERIFY(closed);
        QCOMPARE(closed->code, 4003);
        QCOMPARE(closed->reason, u"be off"_s);
        const auto refused = waiting->answer();
        QCOMPARE(refused.status, 401);

        QCOMPARE(browser.get(pages(), u"/"_s).status, 403);
        QCOMPARE(browser.socket(sockets())->connect().status, 403);
        QCOMPARE(Browser().get(pages(), u"/login?eve"_s).body, QByteArray("banned // "));
        m_signIns->unban(u"eve"_s);
        QVERIFY(browser.socket(sockets())->connect().accepted);
        QCOMPARE(m_signIns->ban(QString()), 0);
        QCOMPARE(Browser().get(pages(), u"/"_s).status, 200);
    }

    void anAnswerInPartsEndsToo()
    {
        Browser browser;
        browser.get(pages(), u"/login?eve"_s);
        HttpCommunicator page(pages(), "GET", u"/news"_s, {}, browser.headers());
        QTimer::singleShot(0, this, [&] { QCOMPARE(m_signIns->ban(u"eve"_s), 1); });
        const auto response = page.response();
        QCOMPARE(response.body, QByteArray("begun"));
        QVERIFY(response.aborted);
    }

    void anAnswerInPartsThatBeginsAfterABanEndsWithItsFirst()
    {
        Browser browser;
        browser.get(pages(), u"/login?eve"_s);
        HttpCommunicator page(pages(), "GET", u"/late-news"_s, {}, browser.headers());
        const auto response = page.response();
        QCOMPARE(response.body, QByteArray("begun"));
        QVERIFY(response.aborted);
    }

    void whoIsGoneIsNotCounted()
    {
        Browser browser;
        browser.get(pages(), u"/login?ann"_s);
        {
            const auto socket = browser.socket(sockets());
            QVERIFY(socket->connect().accepted);
            QCOMPARE(m_signIns->connections(u"ann"_s), 1);
        }
        QCOMPARE(m_signIns->connections(u"ann"_s), 0);
        QCOMPARE(m_signIns->ban(u"ann"_s), 0);
    }

    void peopleMayBeFoundAgainByTheirId()
    {
        QString known = u"ann"_s;
        m_signIns = std::make_unique<SignIns>([&](const QString &id) -> std::optional<User> {
            if (id != known)
                return std::nullopt;
            return User{id, u"Ann, now owner"_s, u"owner"_s};
        });
        Browser browser;
        browser.get(pages(), u"/login?ann"_s);
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("ann/Ann, now owner/owner "));
        known = u"nobody"_s;
        QCOMPARE(browser.get(pages(), u"/"_s).body, QByteArray("// "));
    }

    void withoutASessionNobodySignsIn()
    {
        Scope scope;
        const auto done = m_signIns->login(scope, userCalled(u"ann"_s));
        QVERIFY(!done);
        QCOMPARE(done.error().code, u"no_session"_s);
        QCOMPARE(m_signIns->logout(scope), 0);
        QCOMPARE(Browser().get(pages(), u"/login"_s).body, QByteArray("no_user // "));
    }
};

PARLOUR_TEST(SignInsTest)
#include "tst_sign_ins.moc"
