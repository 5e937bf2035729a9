// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/http/http_refusal.h"
#include "net/http/response_writer.h"
#include "support/runner.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace parlour::server;
using parlour::channels::Headers;
using parlour::channels::HttpResponseBody;
using parlour::channels::HttpResponseStart;
using namespace Qt::StringLiterals;

namespace {

RequestHead request(const QByteArray &method = "GET", const QByteArray &version = "1.1",
                    bool keepAlive = true)
{
    RequestHead head;
    head.method = method;
    head.httpVersion = version;
    head.keepAlive = keepAlive;
    return head;
}

// The answer without its Date, which differs from run to run.
QByteArray answer(ResponseWriter &writer, const HttpResponseStart &start,
                  const QList<HttpResponseBody> &parts)
{
    QByteArray bytes;
    if (!writer.start(start))
        return "refused";
    for (const HttpResponseBody &part : parts)
        bytes += writer.body(part);
    const auto date = bytes.indexOf("date: ");
    return date < 0 ? bytes : bytes.remove(date, bytes.indexOf("\r\n", date) + 2 - date);
}

} // namespace

class ResponseWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesAnswers_data();
    void framesAnswers();
    void letsNoLineEndThrough_data();
    void letsNoLineEndThrough();
    void startsOnce();
    void endsTheConnectionWhereAsked();
    void datesAnswers();
    void refusesInPlainText();
};

void ResponseWriterTest::framesAnswers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArrayList>("parts");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<bool>("keepsAlive");
    const auto row = [](const char *name, const QByteArray &method, const QByteArray &version,
                        int status, const QByteArrayList &parts, const QByteArray &expected,
                        bool keepsAlive = true) {
        QTest::newRow(name) << method << version << status << parts << expected << keepsAlive;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\nx-a: b\r\n";

    row("at once", "GET", "1.1", 200, {"hello"}, ok + "content-length: 5\r\n\r\nhello");
    row("empty", "GET", "1.1", 200, {""}, ok + "content-length: 0\r\n\r\n");
    row("in parts", "GET", "1.1", 200, {"hello", "", ", everyone"},
        ok + "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\na\r\n, everyone\r\n0\r\n\r\n");
    row("HEAD", "HEAD", "1.1", 200, {"hello"}, ok + "content-length: 5\r\n\r\n");
    row("HEAD in parts", "HEAD", "1.1", 200, {"hello", "x"},
        ok + "transfer-encoding: chunked\r\n\r\n");
    row("204", "GET", "1.1", 204, {""}, "HTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n");
    row("204 with a body", "GET", "1.1", 204, {"hello", "x"},
        "HTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n");
    row("304", "GET", "1.1", 304, {""}, "HTTP/1.1 304 Not Modified\r\nx-a: b\r\n\r\n");
    row("1.0", "GET", "1.0", 200, {"hello"},
        ok + "content-length: 5\r\nconnection: keep-alive\r\n\r\nhello");
    row("1.0 in parts", "GET", "1.0", 200, {"hello", "x"}, ok + "connection: close\r\n\r\nhellox",
        false);
}

void ResponseWriterTest::framesAnswers()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, version);
    QFETCH(const int, status);
    QFETCH(const QByteArrayList, parts);
    QList<HttpResponseBody> bodies;
    for (qsizetype i = 0; i < parts.size(); ++i)
        bodies.append({parts[i], i + 1 < parts.size()});
    ResponseWriter writer(request(method, version));
    const Headers headers{{"x-a", "b"}, {"Content-Length", "9"}, {"Connection", "upgrade"}};
    QTEST(answer(writer, {status, headers}, bodies), "expected");
    QVERIFY(writer.isComplete());
    QTEST(writer.keepsAlive(), "keepsAlive");
    QCOMPARE(writer.body({"more", false}), "");
}

void ResponseWriterTest::letsNoLineEndThrough_data()
{
    QTest::addColumn<Headers>("headers");
    const auto row = [](const char *name, const QByteArray &header, const QByteArray &value) {
        QTest::newRow(name) << Headers{{"x-good", "fine"}, {header, value}};
    };
    row("CR LF in a value", "location", "/a\r\nSet-Cookie: b");
    row("LF in a value", "location", "/a\nb");
    row("CR in a value", "location", "/a\rb");
    row("NUL in a value", "location", QByteArray("/a\0b", 4));
    row("CR LF in a name", "x\r\ny", "a");
    row("colon in a name", "x:y", "a");
    row("no name", "", "a");
}

void ResponseWriterTest::letsNoLineEndThrough()
{
    QFETCH(const Headers, headers);
    ResponseWriter writer(request());
    const auto started = writer.start({200, headers});
    QVERIFY(!started);
    QCOMPARE(started.error().code, u"bad_header"_s);
    QVERIFY(!writer.isStarted());
    QVERIFY(writer.start({500, {}}));
}

void ResponseWriterTest::startsOnce()
{
    ResponseWriter writer(request());
    QCOMPARE(writer.body({"too early", false}), "");
    QVERIFY(!writer.start({99, {}}));
    QVERIFY(writer.start({200, {}}));
    QCOMPARE(writer.start({404, {}}).error().code, u"already_started"_s);
    QVERIFY(writer.body({"x", false}).startsWith("HTTP/1.1 200 OK\r\n"));
}

void ResponseWriterTest::endsTheConnectionWhereAsked()
{
    ResponseWriter byServer(request());
    byServer.endConnection();
    QCOMPARE(answer(byServer, {200, {}}, {{"x", false}}),
             "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx");
    ResponseWriter byApplication(request());
    QCOMPARE(answer(byApplication, {200, {{"Connection", "Close"}}}, {{"x", false}}),
             "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx");
    QVERIFY(!byApplication.keepsAlive());
    ResponseWriter byClient(request("GET", "1.1", false));
    QVERIFY(answer(byClient, {200, {}}, {{"x", false}}).contains("connection: close\r\n"));
    QVERIFY(!byClient.keepsAlive());
}

void ResponseWriterTest::datesAnswers()
{
    const QByteArray date = httpDate();
    const auto parsed =
        QLocale::c().toDateTime(QString::fromLatin1(date), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    QVERIFY2(parsed.isValid(), date.constData());
    ResponseWriter writer(request());
    QVERIFY(writer.start({200, {}}));
    QVERIFY(writer.body({"x", false}).contains("\r\ndate: "));
}

void ResponseWriterTest::refusesInPlainText()
{
    const HttpRefusal refusal{405, "Not so.", {{"allow", "GET"}}};
    QByteArray bytes = refusalAnswer(refusal);
    QVERIFY(bytes.startsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
    QVERIFY(bytes.endsWith(
        "\r\ncontent-length: 8\r\nallow: GET\r\nconnection: close\r\n\r\nNot so.\n"));
    QVERIFY(refusalAnswer(refusal, true).endsWith("connection: close\r\n\r\n"));
    QVERIFY(refusalAnswer({503, {}, {}}).endsWith("\r\n\r\nService Unavailable\n"));
}

PARLOUR_TEST(ResponseWriterTest)
#include "tst_response_writer.moc"
