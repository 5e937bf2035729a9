// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/origin_validator.h"
#include "channels/refusal.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"
#include "channels/vectors.h"
#include "channels/websocket_consumer.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

class Open final : public WebsocketConsumer
{
public:
    Open(const Scope &scope, const Send &send)
        : WebsocketConsumer(scope, send)
    {
    }
};

const parlour::tests::Differences &differences()
{
    static const parlour::tests::Differences all{
        {u"//example.com"_s, "an origin has a scheme (RFC 6454); no browser sends this"},
        {u"http://example.com:99999"_s, "no port: denied, where Channels allows or answers 500"},
        {u"http://example.com:abc"_s, "no port: denied, where Channels allows"},
        {u"http://[bad"_s, "no exception: denied, or allowed where everything is"},
        {u"http://evil.com http://example.com"_s,
         "two headers are a bad request: which one counts?"},
        {u"http://example.com http://evil.com"_s,
         "two headers are a bad request: which one counts?"},
    };
    return all;
}

} // namespace

class OriginValidatorTest : public QObject
{
    Q_OBJECT

    static int answer(const AllowedHosts &allowed, const Headers &headers)
    {
        WebsocketCommunicator client(allowedHostsOriginValidator(asApplication<Open>(), allowed),
                                     u"/ws/"_s, headers);
        const auto answered = client.connect();
        return answered.accepted ? 101 : answered.status;
    }

private Q_SLOTS:
    void judgesOriginsAsChannelsDoes_data()
    {
        QTest::addColumn<QByteArrayList>("origins"); // one for each header
        QTest::addColumn<QStringList>("allowed");
        QTest::addColumn<QString>("result");
        int row = 0;
        for (const auto &value : parlour::tests::vectors(u"origin"_s)["cases"_L1].toArray()) {
            const auto object = value.toObject();
            const QStringList allowed = object["allowed"_L1].toVariant().toStringList();
            const auto origin = object["origin"_L1];
            QByteArrayList origins;
            for (const auto &one : origin.isArray() ? origin.toArray() : QJsonArray{origin}) {
                if (one.isString())
                    origins.append(one.toString().toUtf8());
            }
            QTest::addRow("%d %s for %s", row++, origins.join(' ').constData(),
                          qPrintable(allowed.join(u' ')))
                << origins << allowed << object["result"_L1].toString();
        }
        QCOMPARE(row, 55);
    }

    void judgesOriginsAsChannelsDoes()
    {
        QFETCH(QByteArrayList, origins);
        QFETCH(QStringList, allowed);
        QFETCH(QString, result);
        const bool isAllowed = isOriginAllowed(origins.value(0), allowed);
        const char *why = differences().value(QString::fromUtf8(origins.join(' ')));
        if (origins.size() > 1) { // the list alone does not judge these: the whole validator does
            Headers headers{{"host", "example.com"}};
            for (const QByteArray &origin : origins)
                headers.append({"origin", origin});
            QVERIFY2(why && answer({allowed, {u"example.com"_s}, {}}, headers) == 400, why);
        } else if (why) {
            QVERIFY2(isAllowed == allowed.contains(u"*"_s), why);
        } else {
            QCOMPARE(isAllowed, result == "allow"_L1);
        }
    }

    void everyDifferenceIsMet()
    {
        int met = 0;
        for (const auto &value : parlour::tests::vectors(u"origin"_s)["cases"_L1].toArray()) {
            const auto origin = value["origin"_L1];
            met += differences().contains(origin.toVariant().toStringList().join(u' '));
        }
        QCOMPARE(met, 8); // an origin may be judged for several lists
    }

    void theOriginHasToBeTheHost_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *name, const char *origin, const char *host, bool secure,
                            bool same) {
            QTest::newRow(name) << QByteArray(origin) << QByteArray(host) << secure << same;
        };
        row("the page itself", "http://host:8765", "host:8765", false, true);
        row("capitals", "http://HOST:8765", "Host:8765", false, true);
        row("default port left out", "http://host", "host:80", false, true);
        row("default port left out there", "https://host:443", "host", true, true);
        row("a proxy ended TLS", "https://host:8765", "host:8765", false, true);
        row("IPv6", "http://[::1]:8765", "[::1]:8765", false, true);
        row("another port", "http://host:8766", "host:8765", false, false);
        row("another host", "http://evil:8765", "host:8765", false, false);
        row("a host that begins alike", "http://host.evil:8765", "host:8765", false, false);
        row("user part", "http://host:8765@evil", "host:8765", false, false);
        row("null", "null", "host:8765", false, false);
        row("no host", "http://", "", false, false);
        row("empty", "", "host:8765", false, false);
        row("port of letters", "http://host:x", "host:x", false, false);
    }

    void theOriginHasToBeTheHost()
    {
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, host);
        QFETCH(bool, secure);
        QTEST(isSameHost(origin, host, secure), "same");
    }

    void theHostHasToBeOurs_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("ours");
        QTest::newRow("localhost") << QByteArray("localhost:8765") << true;
        QTest::newRow("loopback address") << QByteArray("127.0.0.1:8765") << true;
        QTest::newRow("other loopback address") << QByteArray("127.8.9.1") << true;
        QTest::newRow("IPv6 loopback") << QByteArray("[::1]:8765") << true;
        QTest::newRow("own address") << QByteArray("192.168.1.20:8765") << true;
        QTest::newRow("allowed name") << QByteArray("studio.example:8765") << true;
        QTest::newRow("below an allowed name") << QByteArray("a.party.example") << true;
        QTest::newRow("rebound name") << QByteArray("evil.example:8765") << false;
        QTest::newRow("looks like loopback") << QByteArray("127.0.0.1.evil.example") << false;
        QTest::newRow("ends like localhost") << QByteArray("evillocalhost") << false;
        QTest::newRow("ends like an allowed name") << QByteArray("badparty.example") << false;
        QTest::newRow("no port") << QByteArray("localhost:x") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }

    void theHostHasToBeOurs()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, ours);
        AllowedHosts allowed;
        allowed.hosts = {u"studio.example"_s, u".party.example"_s};
        allowed.isOwn = [](const QString &name) { return name == "192.168.1.20"_L1; };
        QCOMPARE(isHostAllowed(host, allowed), ours);
        HttpCommunicator client(hostValidator(refusal(204), allowed), "GET", u"/"_s, {},
                                {{"host", host}});
        QCOMPARE(client.response().status, ours ? 204 : 400);
    }

    void pagesOfOthersAreForbidden()
    {
        const Header host{"host", "localhost:8765"};
        QCOMPARE(answer({}, {host, {"origin", "http://localhost:8765"}}), 101);
        QCOMPARE(answer({}, {host, {"origin", "http://evil"}}), 403);
        QCOMPARE(answer({{u"evil"_s}, {}, {}}, {host, {"origin", "http://evil"}}), 101);
        const Headers rebound{{"host", "evil:8765"}, {"origin", "http://evil:8765"}};
        QCOMPARE(answer({}, rebound), 403);
        QCOMPARE(answer({{}, {u"evil"_s}, {}}, rebound), 101);
    }

    void nativeClientsNeedNoOriginUnlessTheyBringCookies()
    {
        const Header host{"host", "host:8765"};
        QCOMPARE(answer({}, {host}), 101);
        QCOMPARE(answer({}, {host, {"cookie", "a=b"}}), 403);
        QCOMPARE(answer({{u"*"_s}, {}, {}}, {host, {"cookie", "a=b"}}), 101);
        QCOMPARE(answer({}, {host, {"origin", ""}}), 403);
    }

    // Channels lets the last of two headers count; whoever sends two has something to hide.
    void twoOriginsAreABadRequest()
    {
        QCOMPARE(answer({{u"*"_s}, {}, {}},
                        {{"host", "h"}, {"origin", "http://h"}, {"origin", "http://h"}}),
                 400);
    }
};

PARLOUR_TEST(OriginValidatorTest)
#include "tst_origin_validator.moc"
