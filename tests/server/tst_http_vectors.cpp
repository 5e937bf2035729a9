// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/http_consumer.h"
#include "channels/origin_validator.h"
#include "channels/protocol_type_router.h"
#include "channels/url_router.h"
#include "channels/websocket_consumer.h"
#include "net/server.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;

namespace {

/// Where this server deliberately does not do what Daphne 4.2.2 did, and why.
struct Difference {
    const char *name;
    int status; ///< of ours
    const char *heard; ///< frames of ours; null: as Daphne's
    const char *reason;
};

constexpr std::array differences{
    Difference{"no_origin", 101, nullptr, "native clients send neither Origin nor Cookie"},
    Difference{"origin_other_port", 403, nullptr, "the Origin must be the Host, port included"},
    Difference{"unknown_path", 404, nullptr, "no route is no error of the server"},
    Difference{"prefix_before_path", 404, nullptr, "no route is no error of the server"},
    Difference{"no_trailing_slash", 404, nullptr, "no route is no error of the server"},
    Difference{"room_hyphen", 101, nullptr, "any title is a room"},
    Difference{"room_cyrillic", 101, nullptr, "any title is a room"},
    Difference{"room_95_chars", 101, nullptr, "any title is a room"},
    Difference{"version_12", 426, nullptr, "RFC 6455 section 4.4 has a status for it"},
    Difference{"version_8", 426, nullptr, "a draft that nobody speaks any more"},
    Difference{"no_version", 426, nullptr, "RFC 6455 section 4.4 has a status for it"},
    Difference{"http10", 400, nullptr, "RFC 6455 asks for HTTP/1.1"},
    Difference{"http_no_host_11", 400, nullptr, "RFC 9112 asks for a Host"},
    Difference{"http_post_csrf", 405, nullptr,
               "pages are read, not posted to; there is no CSRF token"},
    Difference{"http_long_uri", 404, nullptr, "20 kB fit into a head; Daphne just closes"},
    Difference{"f_empty_text", 101, "close 1007", "the consumer says what was wrong"},
    Difference{"f_missing_key", 101, "close 1007", "the consumer says what was wrong"},
    Difference{"f_binary", 101, "close 1003", "the consumer says what was wrong"},
    Difference{"f_unmasked", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_ping_126", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_bad_utf8", 101, "close 1007", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_rsv1", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_opcode3", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_cont_first", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_close_4001", 101, "close 4001", "the client's own code is returned"},
    Difference{"f_close_1005", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_close_1byte", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_close_999", 101, "close 1002", "a Close frame says why; Daphne resets TCP"},
    Difference{"f_1MiB_plus_1", 101, "close 1009", "a Close frame says why; Daphne resets TCP"},
};

/// Where all answers differ: a header that is not ours to send, or that only ours have.
struct HeaderDifference {
    const char *name;
    const char *reason;
};

constexpr std::array headerDifferences{
    HeaderDifference{"server", "what program answers is nobody's business"},
    HeaderDifference{"date", "RFC 9110 section 6.6.1 asks for it, and the file leaves it out"},
};

// Refusals have all of their head and body to themselves: Daphne and Django send a page of HTML in
// chunks, or a bare status line with the reason in it; here it is a line of plain text that says
// what was wrong, with its length, and the connection ends (isWellRefused()).

const Difference *differenceOf(const QString &name)
{
    const auto found =
        std::find_if(differences.begin(), differences.end(),
                     [&](const Difference &known) { return name == QLatin1String(known.name); });
    return found == differences.end() ? nullptr : &*found;
}

QJsonArray vectors()
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/vectors/http_ws_vectors.json"));
    return file.open(QIODevice::ReadOnly)
        ? QJsonDocument::fromJson(file.readAll()).object()["cases"_L1].toArray()
        : QJsonArray();
}

channels::Headers headersOf(const QJsonObject &vector)
{
    channels::Headers headers;
    for (const auto &value : vector["headers"_L1].toArray())
        headers.append({value[0].toString().toLower().toLatin1(), value[1].toString().toUtf8()});
    return headers;
}

/// What Django answered to a GET of this path: of the tutorial's views it is only known so.
QJsonObject djangosPage(const QByteArray &rawPath)
{
    const QString start = u"GET %1 HTTP/1.1\r\n"_s.arg(QString::fromUtf8(rawPath));
    for (const auto &value : vectors()) {
        const QJsonObject vector = value.toObject();
        if (vector["request"_L1].toString().startsWith(start)
            && vector["name"_L1].toString().startsWith("http_"_L1))
            return vector;
    }
    return {{u"status"_s, u"HTTP/1.1 404"_s}};
}

/// The tutorial's consumer for one client alone: what it says comes back.
class TutorialConsumer final : public channels::WebsocketConsumer
{
public:
    TutorialConsumer(const channels::Scope &scope, const channels::Send &send)
        : WebsocketConsumer(scope, send)
    {
    }

protected:
    void receiveText(const QByteArray &text) override
    {
        const QJsonObject object = QJsonDocument::fromJson(text).object();
        if (object.contains("message"_L1))
            sendText(QJsonDocument(QJsonObject{{u"message"_s, object["message"_L1]}})
                         .toJson(QJsonDocument::Compact));
        else
            close(1007, u"no message"_s);
    }
};

class TutorialPage final : public channels::HttpConsumer
{
public:
    TutorialPage(const channels::Scope &scope, const channels::Send &send)
        : HttpConsumer(scope, send)
    {
    }

protected:
    using HttpConsumer::handle;
    void handle(const QByteArray &) override
    {
        if (scope().method == "POST") {
            sendResponse(405, "Pages are read, not posted to.\n",
                         {{"allow", "GET, HEAD"},
                          {"connection", "close"},
                          {"content-type", "text/plain; charset=utf-8"}});
            return;
        }
        const QJsonObject page = djangosPage(scope().rawPath);
        const int status = QStringView(page["status"_L1].toString()).mid(9, 3).toInt();
        QByteArray body = page["body"_L1].toString().toUtf8();
        channels::Headers headers;
        for (const auto &header : headersOf(page)) {
            if (header.name == "content-length")
                body = body.leftJustified(header.value.toInt()); // the file has its beginning
            else if (header.name != "server" && header.name != "connection")
                headers.append(header);
        }
        sendResponse(status, body, headers);
    }
};

channels::Application tutorialApplication()
{
    using namespace channels;
    const Application sockets =
        UrlRouter({path("ws/chat/<str:room_name>/", asApplication<TutorialConsumer>())});
    return hostValidator(
        ProtocolTypeRouter({
            {"http", UrlRouter({rePath("^chat/([^/]+/?)?$", asApplication<TutorialPage>())})},
            {"websocket", allowedHostsOriginValidator(sockets, {})},
        }),
        {});
}

/// Long inputs are only hinted at in the file.
QByteArray requestOf(const QJsonObject &vector)
{
    if (vector["name"_L1] == "http_long_uri"_L1)
        return "GET /" + QByteArray(20000, 'a')
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    return vector["request"_L1].toString().toUtf8();
}

QByteArray framesOf(const QJsonObject &vector)
{
    const auto longMessage = [](int bytes) {
        return clientFrame(1, "{\"message\":\"" + QByteArray(bytes - 14, 'x') + "\"}");
    };
    if (vector["name"_L1] == "f_200k_message"_L1)
        return longMessage(200014);
    if (vector["name"_L1] == "f_1MiB_plus_1"_L1)
        return longMessage(1048577);
    QByteArray frames;
    for (const auto &hex : vector["frames_sent_hex"_L1].toArray())
        frames += QByteArray::fromHex(hex.toString().toLatin1());
    return frames;
}

QString inWords(int opcode, const QByteArray &payload, int closeCode)
{
    if (opcode == 8) // one without a code says the same as 1000
        return u"close %1"_s.arg(closeCode == 0 ? 1000 : closeCode);
    if (opcode == 10)
        return u"pong "_s + QString::fromUtf8(payload);
    if (payload.size() > 1000) // the file tells the size alone, and Python writes a space more
        return u"a long message"_s;
    return u"message "_s
        + QString::fromUtf8(QJsonDocument::fromJson(payload).toJson(QJsonDocument::Compact));
}

QStringList heardByDaphnesClient(const QJsonObject &vector)
{
    QStringList words;
    for (const auto &value : vector["after_frames"_L1].toArray()) {
        const QJsonObject frame = value.toObject();
        const bool isText = frame["opcode"_L1].toInt() == 1;
        QByteArray payload = isText
            ? frame["text"_L1].toString().toUtf8()
            : QByteArray::fromHex(frame["payload_hex"_L1].toString().toLatin1());
        if (frame["len"_L1].toInt() > 1000)
            payload = QByteArray(1001, 'x');
        words.append(inWords(frame["opcode"_L1].toInt(), payload, frame["close_code"_L1].toInt()));
    }
    return words;
}

/// Sorted lines "name: value" without those of headerDifferences.
QStringList comparedHeaders(const channels::Headers &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers) {
        const bool differs = std::any_of(
            headerDifferences.begin(), headerDifferences.end(),
            [&name = name](const HeaderDifference &known) { return name == known.name; });
        if (!differs) // of Upgrade, case means nothing
            lines.append(
                QString::fromUtf8(name + ": " + (name == "upgrade" ? value.toLower() : value)));
    }
    lines.sort();
    return lines;
}

channels::Headers headersIn(const QByteArray &head)
{
    channels::Headers headers;
    const auto lines = head.trimmed().split('\n').mid(1);
    for (const QByteArray &line : lines) {
        const auto colon = line.indexOf(':');
        headers.append({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    }
    return headers;
}

/// A line of text that says what was wrong, and nothing else.
bool isWellRefused(const RawClient::Answer &answer)
{
    const auto headers = headersIn(answer.head);
    return answer.body.size() > 1 && answer.body.count('\n') == 1 && answer.body.endsWith('\n')
        && channels::headerValue(headers, "content-type") == "text/plain; charset=utf-8"
        && channels::headerValue(headers, "content-length").toInt() == answer.body.size()
        && channels::headerValue(headers, "connection") == "close";
}

/// What the head of our answer should say: that of Daphne's, or of its answer to a sound handshake
/// where only we take this one.
QStringList expectedHeaders(const QJsonObject &vector, int status)
{
    const auto all = vectors();
    const bool isOurs = status == 101 && headersOf(vector).size() != 4;
    auto headers = headersOf(isOurs ? all[0].toObject() : vector);
    if (vector["name"_L1] == "http_10"_L1) // Daphne ends it without a word
        headers.append(channels::Header{"connection", "close"});
    return comparedHeaders(headers);
}

} // namespace

class HttpVectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsDaphneDoes_data();
    void answersAsDaphneDoes();
    void everyDifferenceIsMet();
};

void HttpVectorsTest::answersAsDaphneDoes_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &value : vectors()) {
        const QJsonObject vector = value.toObject();
        const QByteArray name = vector["name"_L1].toString().toUtf8();
        for (const auto &[over, stack] : stacks())
            QTest::addRow("%s: %s", over.constData(), name.constData()) << stack << vector;
    }
}

void HttpVectorsTest::answersAsDaphneDoes()
{
    QFETCH(const Stack, stack);
    QFETCH(const QJsonObject, vector);
    const Difference *difference = differenceOf(vector["name"_L1].toString());
    StackOptions options = optionsOf(stack);
    options.maxMessageBytes = 1024 * 1024;
    const server::LiveServer live(tutorialApplication(), liveOptions(options));
    QVERIFY2(live.error().isEmpty(), qPrintable(live.error()));
    RawClient client(portOf(live));
    client.send(requestOf(vector));
    const auto answer = client.waitForAnswer();
    const int daphnes = QStringView(vector["status"_L1].toString()).mid(9, 3).toInt();
    const int status = difference ? difference->status : daphnes;
    QCOMPARE(answer.status, status);
    if (status >= 400) {
        QVERIFY2(isWellRefused(answer), (answer.head + answer.body).constData());
        if (status == 426) // Daphne speaks 8 as well, and tells only who asked for neither
            QCOMPARE(channels::headerValue(headersIn(answer.head), "sec-websocket-version"), "13");
    } else {
        QCOMPARE(comparedHeaders(headersIn(answer.head)), expectedHeaders(vector, status));
        QVERIFY(answer.body.startsWith(vector["body"_L1].toString().toUtf8()));
    }
    QStringList expected = heardByDaphnesClient(vector);
    if (difference) {
        const QStringList heard{QString::fromLatin1(difference->heard)};
        QVERIFY2(status != daphnes || (difference->heard && heard != expected),
                 "no difference any more");
        expected = difference->heard ? heard : expected;
    }
    client.send(framesOf(vector));
    QStringList heard;
    while (heard.size() < expected.size()) {
        const auto frame = client.waitForFrame();
        if (!frame)
            break;
        heard.append(inWords(frame->opcode, frame->payload, frame->closeCode()));
    }
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QCOMPARE(heard, expected);
    const bool isClosed = !expected.isEmpty() && expected.last().startsWith("close"_L1);
    const bool isRefused = status != 101 && vector["closed"_L1].toBool();
    if (isClosed || isRefused) {
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
    } else {
        QVERIFY(!client.hasEnded());
    }
}

void HttpVectorsTest::everyDifferenceIsMet()
{
    QStringList names;
    for (const auto &value : vectors())
        names.append(value.toObject()["name"_L1].toString());
    QCOMPARE(names.size(), 61);
    for (const Difference &difference : differences)
        QVERIFY2(names.contains(QLatin1String(difference.name)), difference.reason);
}

PARLOUR_TEST(HttpVectorsTest)
#include "tst_http_vectors.moc"
