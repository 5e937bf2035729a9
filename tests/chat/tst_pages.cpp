// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

QByteArray header(const channels::HttpCommunicator::Response &response, const char *name)
{
    return channels::headerValue(response.headers, name);
}

/// What stands in the page's <script id="room-name">.
QByteArray roomNameJson(const QByteArray &page)
{
    const QByteArray begin = "type=\"application/json\">";
    const auto start = page.indexOf(begin) + begin.size();
    return page.mid(start, page.indexOf("</script>", start) - start);
}

} // namespace

/// What a browser, a scraper and a stranger get by HTTP.
class PagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWaysIn_data();
    void theWaysIn();
    void everyPageHasItsHeaders_data();
    void everyPageHasItsHeaders();
    void aKnownPageIsNotSentAgain();
    void otherMethodsAreNotAllowed_data();
    void otherMethodsAreNotAllowed();
    void whatIsRefusedNeedsNoBody_data();
    void whatIsRefusedNeedsNoBody();
    void theRoomPageKnowsItsRoom_data();
    void theRoomPageKnowsItsRoom();
    void theLobbyListsTheRooms();
    void readinessEndsWithTheHost();
    void readinessTellsOfRedis();
    void metricsTellOfRedis();
    void metricsAreForThisMachineAndTheOwner();
    void metricsAreWhatPrometheusReads();
    void strangeHostsAreRefused_data();
    void strangeHostsAreRefused();
    void strangeOriginsAreRefused_data();
    void strangeOriginsAreRefused();
    void echoIsThereOnlyWhereAsked();
};

void PagesTest::theWaysIn_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("root") << u"/"_s << 302 << QByteArray("/chat/");
    QTest::newRow("lobby") << u"/chat/"_s << 200 << QByteArray();
    QTest::newRow("room") << u"/chat/general/"_s << 200 << QByteArray();
    QTest::newRow("room in Russian") << u"/chat/кухня/"_s << 200 << QByteArray();
    QTest::newRow("no final slash") << u"/chat/general"_s << 301 << QByteArray("/chat/general/");
    QTest::newRow("no final slash, a space") << u"/chat/a b"_s << 301 << QByteArray("/chat/a%20b/");
    QTest::newRow("no other host")
        << u"/chat/..evil.com"_s << 301 << QByteArray("/chat/..evil.com/");
    QTest::newRow("bad room") << u"/chat/../"_s << 404 << QByteArray();
    QTest::newRow("bad room without slash") << u"/chat/ a"_s << 404 << QByteArray();
    QTest::newRow("script") << u"/static/page.js"_s << 200 << QByteArray();
    QTest::newRow("no such file") << u"/static/none.js"_s << 404 << QByteArray();
    QTest::newRow("no page as file") << u"/static/lobby.html"_s << 404 << QByteArray();
    QTest::newRow("no way up") << u"/static/../lobby.html"_s << 404 << QByteArray();
    QTest::newRow("no folder") << u"/static/"_s << 404 << QByteArray();
    QTest::newRow("alive") << u"/healthz"_s << 200 << QByteArray();
    QTest::newRow("ready") << u"/readyz"_s << 200 << QByteArray();
    QTest::newRow("metrics") << u"/metrics"_s << 200 << QByteArray();
    QTest::newRow("elsewhere") << u"/admin"_s << 404 << QByteArray();
    QTest::newRow("a later issue's invitations") << u"/i/general"_s << 404 << QByteArray();
}

void PagesTest::theWaysIn()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    ChatHost host;
    const auto response = get(host, path);
    QCOMPARE(response.status, status);
    QCOMPARE(header(response, "location"), location);
}

void PagesTest::everyPageHasItsHeaders_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("lobby") << u"/chat/"_s << QByteArray("text/html; charset=utf-8");
    QTest::newRow("room") << u"/chat/general/"_s << QByteArray("text/html; charset=utf-8");
    QTest::newRow("script") << u"/static/page.js"_s << QByteArray("text/javascript; charset=utf-8");
    QTest::newRow("style") << u"/static/page.css"_s << QByteArray("text/css; charset=utf-8");
    QTest::newRow("rooms") << u"/chat/rooms.json"_s << QByteArray("application/json");
    QTest::newRow("missing file") << u"/static/x"_s << QByteArray("text/plain; charset=utf-8");
}

void PagesTest::everyPageHasItsHeaders()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, type);
    ChatHost host;
    const auto response = get(host, path);
    QCOMPARE(header(response, "content-type"), type);
    QCOMPARE(header(response, "content-security-policy"),
             QByteArray("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                        "data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action "
                        "'self'; frame-ancestors 'none'"));
    QCOMPARE(header(response, "x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(header(response, "referrer-policy"), QByteArray("no-referrer"));
    QCOMPARE(header(response, "cache-control"), QByteArray("no-cache"));
}

void PagesTest::aKnownPageIsNotSentAgain()
{
    ChatHost host;
    const auto first = get(host, u"/static/page.js"_s);
    const QByteArray etag = header(first, "etag");
    QVERIFY(etag.size() > 10);
    const auto again = get(host, u"/static/page.js"_s, {{"if-none-match", "\"x\", W/" + etag}});
    QCOMPARE(again.status, 304);
    QVERIFY(again.body.isEmpty());
    QCOMPARE(get(host, u"/static/page.js"_s, {{"if-none-match", "\"x\""}}).status, 200);
    QVERIFY(header(get(host, u"/chat/a/"_s), "etag") != header(get(host, u"/chat/b/"_s), "etag"));
}

void PagesTest::otherMethodsAreNotAllowed_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"})
        QTest::newRow(method) << QByteArray(method);
}

void PagesTest::otherMethodsAreNotAllowed()
{
    QFETCH(QByteArray, method);
    ChatHost host;
    for (const QString &path : {u"/chat/"_s, u"/chat/general/"_s, u"/static/page.js"_s}) {
        const auto response = get(host, path, {}, method);
        QCOMPARE(response.status, 405);
        QCOMPARE(header(response, "allow"), QByteArray("GET, HEAD"));
    }
    QCOMPARE(get(host, u"/chat/"_s, {}, "HEAD").status, 200);
}

void PagesTest::whatIsRefusedNeedsNoBody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &method, const QString &path, int status,
                        const QByteArray &host = "localhost") {
        QTest::newRow(name) << method << path << host << status;
    };
    row("another method", "POST", u"/chat/"_s, 405);
    row("another method for a file", "DELETE", u"/static/page.js"_s, 405);
    row("a later issue's invitations", "GET", u"/i/x"_s, 404);
    row("no such file", "GET", u"/static/none.js"_s, 404);
    row("a WebSocket's path", "GET", u"/ws/chat/x/"_s, 404);
    row("another host", "GET", u"/chat/"_s, 400, "evil.example");
}

void PagesTest::whatIsRefusedNeedsNoBody()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, host);
    ChatHost chat;
    channels::HttpCommunicator request(chat.application, method, path, "hello", {{"host", host}});
    const auto response = request.responseToHead(std::chrono::milliseconds(0));
    QTEST(response.status, "status");
    QCOMPARE(header(response, "connection"), QByteArray("close"));
}

void PagesTest::theRoomPageKnowsItsRoom_data()
{
    QTest::addColumn<QString>("title");
    QTest::newRow("plain") << u"general"_s;
    QTest::newRow("Russian") << u"кухня"_s;
    QTest::newRow("quotes") << u"\"a\" 'b'"_s;
    QTest::newRow("the placeholder itself") << u"__ROOM_NAME_JSON__"_s;
    QTest::newRow("entities") << u"&lt;b&gt;"_s;
    QTest::newRow("a comment") << u"<!--<script>"_s;
}

void PagesTest::theRoomPageKnowsItsRoom()
{
    QFETCH(QString, title);
    ChatHost host;
    const auto response = get(host, u"/chat/"_s + title + u'/');
    QCOMPARE(response.status, 200);
    const QByteArray json = roomNameJson(response.body);
    QVERIFY(!json.contains('<') && !json.contains('>') && !json.contains('&'));
    QCOMPARE(QJsonDocument::fromJson('[' + json + ']')[0].toString(), title);
    QCOMPARE(host.house.rooms().count(), 1); // looking is not opening
}

void PagesTest::theLobbyListsTheRooms()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.send(CreateFrame{u"design"_s, u"Covers"_s});
    ann.next<MembersFrame>();
    ann.join(u"secret"_s);
    const auto json = QJsonDocument::fromJson(get(host, u"/chat/rooms.json"_s).body);
    QCOMPARE(json["host"_L1]["title"_L1].toString(), u"Studio North"_s);
    const auto rooms = json["rooms"_L1].toArray();
    QCOMPARE(rooms.size(), 2);
    QCOMPARE(rooms[0]["room"_L1].toString(), u"general"_s);
    QCOMPARE(rooms[1].toObject(),
             (QJsonObject{{"room"_L1, "design"_L1},
                          {"title"_L1, "design"_L1},
                          {"topic"_L1, "Covers"_L1},
                          {"people"_L1, 1}}));
}

void PagesTest::readinessEndsWithTheHost()
{
    ChatHost host;
    host.house.setReady(false);
    QCOMPARE(get(host, u"/readyz"_s).status, 503);
    QCOMPARE(get(host, u"/healthz"_s).body, QByteArray("ok\n"));
}

void PagesTest::readinessTellsOfRedis()
{
    ChatHost host;
    QCOMPARE(get(host, u"/readyz"_s).body, QByteArray("ready\n"));
    channels::BridgeInfo &bridge = host.inspector.pretended.bridge.emplace();
    bridge.hosts.resize(2);
    bridge.hosts[0].state = channels::BridgeInfo::State::Up;
    QCOMPARE(get(host, u"/readyz"_s).body, QByteArray("ready\nredis: down\n"));
    QCOMPARE(get(host, u"/readyz"_s).status, 200);
    bridge.hosts[1].state = channels::BridgeInfo::State::Up;
    QCOMPARE(get(host, u"/readyz"_s).body, QByteArray("ready\nredis: up\n"));
    QCOMPARE(host.inspector.asked, 0); // whoever may ask, as often as they like
}

void PagesTest::metricsTellOfRedis()
{
    ChatHost host;
    QVERIFY(!get(host, u"/metrics"_s).body.contains("parlour_redis_up"));
    channels::BridgeInfo &bridge = host.inspector.pretended.bridge.emplace();
    bridge.hosts.append({{}, channels::BridgeInfo::State::Up, {}, 0, 0, 250, 2});
    bridge.waiting = 7;
    bridge.undecodable = 1;
    bridge.notShared.insert(u"expired"_s, 3);
    bridge.peers = 1;
    const auto lines = get(host, u"/metrics"_s).body.split('\n');
    QVERIFY(lines.contains("parlour_redis_up 1"));
    QVERIFY(lines.contains("parlour_redis_waiting 7"));
    QVERIFY(lines.contains("parlour_redis_round_trip_seconds 0.00025"));
    QVERIFY(lines.contains("parlour_redis_reconnects_total 2"));
    QVERIFY(lines.contains("parlour_redis_undecodable_total 1"));
    QVERIFY(lines.contains("parlour_not_shared_total{cause=\"expired\"} 3"));
    QVERIFY(lines.contains("parlour_hosts 2"));
}

void PagesTest::metricsAreForThisMachineAndTheOwner()
{
    ChatHost host;
    const auto from = [&](const char *address, const channels::Headers &headers) {
        channels::HttpCommunicator request(host.application, "GET", u"/metrics"_s, {}, headers);
        request.scope.client.address = QString::fromLatin1(address);
        return request.response().status;
    };
    QCOMPARE(from("127.0.0.1", localHeaders()), 200);
    QCOMPARE(from("::1", localHeaders()), 200);
    QCOMPARE(from("192.168.1.20", localHeaders()), 403);
    QCOMPARE(from("192.168.1.20", ownerHeaders()), 200);
    QCOMPARE(from("192.168.1.20", localHeaders({{"authorization", "Bearer x"}})), 403);
}

void PagesTest::metricsAreWhatPrometheusReads()
{
    ChatHost host;
    host.inspector.pretended.totals.messagesIn = 3;
    host.inspector.pretended.started = 1795340000000;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    QVERIFY(host.layer.groupSend(u"chat_general"_s, channels::Message(u"odd"_s)));
    ann.drain();
    const auto response = get(host, u"/metrics"_s);
    QCOMPARE(header(response, "content-type"),
             QByteArray("text/plain; version=0.0.4; charset=utf-8"));
    const auto lines = response.body.split('\n');
    QVERIFY(lines.contains("parlour_people 1"));
    QVERIFY(lines.contains("parlour_history_rows 0"));
    QVERIFY(lines.contains("parlour_rooms 1"));
    QVERIFY(lines.contains("parlour_channels 1"));
    QVERIFY(lines.contains("parlour_groups 1"));
    QVERIFY(lines.contains("parlour_messages_total{direction=\"in\"} 3"));
    QVERIFY(lines.contains("parlour_dropped_total{cause=\"unregistered\"} 1"));
    QVERIFY(lines.contains("process_start_time_seconds 1795340000"));
    static const QRegularExpression known(
        uR"(^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+|)$)"_s);
    for (const QByteArray &line : lines)
        QVERIFY2(known.match(QString::fromUtf8(line)).hasMatch(), line.constData());
}

void PagesTest::strangeHostsAreRefused_data()
{
    QTest::addColumn<channels::Headers>("headers");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const channels::Headers &headers, int status) {
        QTest::newRow(name) << headers << status;
    };
    row("loopback", {{"host", "localhost:1"}}, 200);
    row("allowed", {{"host", "chat.example"}}, 200);
    row("own", {{"host", "studio.local:8765"}}, 200);
    row("rebound", {{"host", "evil.example"}}, 400);
    row("none", {}, 400);
    row("two", {{"host", "localhost"}, {"host", "localhost"}}, 400);
}

namespace {
ChatOptions allowing()
{
    ChatOptions options;
    options.allowed.hosts = QStringList{u"chat.example"_s};
    options.allowed.origins = QStringList{u"https://page.example"_s};
    options.allowed.isOwn = [](const QString &name) { return name == u"studio.local"_s; };
    return options;
}
} // namespace

void PagesTest::strangeHostsAreRefused()
{
    QFETCH(channels::Headers, headers);
    QFETCH(int, status);
    ChatHost host(allowing());
    channels::HttpCommunicator page(host.application, "GET", u"/chat/"_s, {}, headers);
    QCOMPARE(page.response().status, status);
    channels::WebsocketCommunicator socket(host.application, u"/ws/chat/a/"_s, headers);
    const auto answer = socket.connect();
    QCOMPARE(answer.accepted ? 200 : answer.status, status);
}

void PagesTest::strangeOriginsAreRefused_data()
{
    QTest::addColumn<channels::Headers>("headers");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const channels::Headers &headers, int status) {
        QTest::newRow(name) << headers << status;
    };
    row("none", {}, 0);
    row("none, with a cookie", {{"cookie", "a=b"}}, 403);
    row("the host's own page", {{"origin", "http://127.0.0.1:8765"}}, 0);
    row("another port", {{"origin", "http://127.0.0.1:1"}}, 403);
    row("another host", {{"origin", "http://evil.example"}}, 403);
    row("allowed", {{"origin", "https://page.example"}}, 0);
    row("a sandbox", {{"origin", "null"}}, 403);
    row("two", {{"origin", "http://127.0.0.1:8765"}, {"origin", "http://127.0.0.1:8765"}}, 400);
}

void PagesTest::strangeOriginsAreRefused()
{
    QFETCH(channels::Headers, headers);
    QFETCH(int, status);
    ChatHost host(allowing());
    for (const QString &path : {u"/ws/chat/a/"_s, u"/ws/monitor/"_s}) {
        channels::WebsocketCommunicator socket(host.application, path, localHeaders(headers));
        const auto answer = socket.connect();
        QCOMPARE(answer.accepted, status == 0);
        QCOMPARE(answer.status, status);
    }
}

void PagesTest::echoIsThereOnlyWhereAsked()
{
    ChatHost without;
    channels::WebsocketCommunicator none(without.application, u"/ws/echo/"_s, localHeaders());
    QCOMPARE(none.connect().status, 404);
    ChatOptions options;
    options.echo = true;
    ChatHost host(options);
    channels::WebsocketCommunicator socket(host.application, u"/ws/echo/"_s, localHeaders());
    QVERIFY(socket.connect().accepted);
    socket.sendText("text");
    QCOMPARE(socket.receiveText().value_or("nothing"), QByteArray("text"));
    socket.sendBinary(QByteArray("\0\xff", 2));
    QCOMPARE(socket.receiveBinary().value_or("nothing"), QByteArray("\0\xff", 2));
}

PARLOUR_TEST(PagesTest)
#include "tst_pages.moc"
