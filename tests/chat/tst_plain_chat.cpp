// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat_host.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::WebsocketCommunicator;

namespace {

/// A browser with the tutorial's page.
class PlainClient
{
public:
    explicit PlainClient(ChatHost &host, const QString &path = u"/ws/chat/lobby/"_s,
                         const QStringList &subprotocols = {})
        : socket(host.application, path, localHeaders(), subprotocols)
        , answer(socket.connect())
    {
    }

    WebsocketCommunicator socket;
    WebsocketCommunicator::Answer answer;
};

QJsonArray stepsOf(const char *recording)
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/tutorial_frames.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll())[QLatin1StringView(recording)].toArray();
}

} // namespace

/// The contract of the Django Channels tutorial.
class PlainChatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theTutorialsRecordingHolds();
    void theMessageIsUnchanged_data();
    void theMessageIsUnchanged();
    void whatIsNoMessageCloses_data();
    void whatIsNoMessageCloses();
    void binaryCloses();
    void overTheRateCloses();
    void takingTooLittleCloses();
    void unknownSubprotocolsArePlain();
    void aNewcomerGetsNoHistory();
    void aPlainClientIsAGuestOfItsOwnForOthers();
    void badRoomNamesAre404_data();
    void badRoomNamesAre404();
    void aFullHostRefuses();
    void foreignEventsOfALayerAreShown();
    void nobodyIsLeftBehind();
};

// Three browsers, two rooms, as they were recorded with Django; frames are compared as JSON.
void PlainChatTest::theTutorialsRecordingHolds()
{
    ChatHost host;
    std::map<QString, std::unique_ptr<PlainClient>> browsers;
    const auto steps = stepsOf("steps");
    QVERIFY(steps.size() >= 8);
    for (const auto &step : steps) {
        const QString browser = step["browser"_L1].toString();
        if (const auto path = step["opens"_L1].toString(); !path.isEmpty()) {
            browsers[browser] = std::make_unique<PlainClient>(host, path);
            QVERIFY(browsers[browser]->answer.accepted);
        } else if (step["closes"_L1].toBool()) {
            browsers.erase(browser);
        } else {
            browsers[browser]->socket.sendText(step["sends"_L1].toString().toUtf8());
        }
        for (const auto &[name, client] : browsers) {
            const auto expected = step["received"_L1][name].toArray();
            for (const auto &frame : expected) {
                const auto text = client->socket.receiveText();
                QVERIFY(text);
                QCOMPARE(QJsonDocument::fromJson(*text),
                         QJsonDocument::fromJson(frame.toString().toUtf8()));
            }
            QVERIFY(client->socket.receivesNothing());
        }
    }
}

void PlainChatTest::theMessageIsUnchanged_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("received");
    const auto row = [](const char *name, const QByteArray &json) {
        QTest::newRow(name) << "{\"message\":" + json + "}"
                            << "{\"message\": " + json + "}";
    };
    row("text", "\"hello\"");
    row("empty text", "\"\"");
    row("Russian", "\"Привет 👋\"");
    row("escapes as they were written", R"("\u041f\/\"\\ \n")");
    row("braces in a text", R"("}]{[\"}")");
    row("null", "null");
    row("a number's digits", "1.50e+2");
    row("64 bits", "18446744073709551615");
    row("order and spaces", R"({ "b" : [1, 2.5, null, true] , "a": {} })");
    row("nested", R"([[{"x":"]"}]])");
    QTest::newRow("other fields go")
        << QByteArray(R"( {"x": {"message": 1}, "message" : [1 ,2] , "y":"z"} )")
        << QByteArray(R"({"message": [1 ,2]})");
    QTest::newRow("the last of two counts")
        << QByteArray(R"({"message":1,"message":2})") << QByteArray(R"({"message": 2})");
    QTest::newRow("an escaped name")
        << QByteArray(R"({"\u006dessage":7})") << QByteArray(R"({"message": 7})");
}

void PlainChatTest::theMessageIsUnchanged()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, received);
    ChatHost host;
    PlainClient a(host);
    PlainClient b(host);
    a.socket.sendText(sent);
    QCOMPARE(a.socket.receiveText().value_or("nothing"), received);
    QCOMPARE(b.socket.receiveText().value_or("nothing"), received);
}

void PlainChatTest::whatIsNoMessageCloses_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("no JSON") << QByteArray("not json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray(R"({"message":"hel)");
    QTest::newRow("a list") << QByteArray(R"(["message"])");
    QTest::newRow("a text") << QByteArray(R"("message")");
    QTest::newRow("no message") << QByteArray(R"({"massage":"x"})");
    QTest::newRow("a lone surrogate") << QByteArray(R"({"message":"\ud83d"})");
    QTest::newRow("a number beyond 64 bits") << QByteArray(R"({"message":18446744073709551616})");
    QTest::newRow("a raw line feed") << QByteArray("{\"message\":\"a\nb\"}");
    QTest::newRow("a thousand levels")
        << QByteArray("{\"message\":") + QByteArray(1000, '[') + QByteArray(1000, ']') + '}';
}

void PlainChatTest::whatIsNoMessageCloses()
{
    QFETCH(QByteArray, sent);
    ChatHost host;
    PlainClient a(host);
    PlainClient b(host);
    a.socket.sendText(sent);
    const auto close = a.socket.receiveClose();
    QVERIFY(close);
    QCOMPARE(close->code, 1007);
    QVERIFY(b.socket.receivesNothing());
}

void PlainChatTest::binaryCloses()
{
    ChatHost host;
    PlainClient a(host);
    a.socket.sendBinary(R"({"message":"x"})");
    QCOMPARE(a.socket.receiveClose().value_or(channels::WebsocketClose{0, {}}).code, 1003);
}

void PlainChatTest::overTheRateCloses()
{
    ChatHost host;
    PlainClient a(host);
    PlainClient b(host);
    a.socket.sendOverRate(R"({"message":"x"})", std::chrono::seconds(2));
    QCOMPARE(a.socket.receiveClose().value_or(channels::WebsocketClose{0, {}}).code, 1008);
    QVERIFY(b.socket.receivesNothing());
}

void PlainChatTest::takingTooLittleCloses()
{
    ChatHost host({}, {10});
    PlainClient a(host);
    PlainClient slow(host);
    slow.socket.setBacklog({10, 1000});
    a.socket.sendText(R"({"message":"x"})");
    QCOMPARE(slow.socket.receiveClose().value_or(channels::WebsocketClose{0, {}}).code, 1008);
    QCOMPARE(host.layer.dropped().value(u"capacity"_s), 1);
    QVERIFY(a.socket.receiveText());
}

void PlainChatTest::unknownSubprotocolsArePlain()
{
    ChatHost host;
    PlainClient a(host, u"/ws/chat/lobby/"_s, {u"soap"_s});
    QVERIFY(a.answer.accepted);
    QVERIFY(a.answer.subprotocol.isEmpty());
    a.socket.sendText(R"({"message":"x"})");
    QCOMPARE(a.socket.receiveText().value_or("nothing"), QByteArray(R"({"message": "x"})"));
}

void PlainChatTest::aNewcomerGetsNoHistory()
{
    ChatHost host;
    PlainClient a(host);
    a.socket.sendText(R"({"message":"x"})");
    QVERIFY(a.socket.receiveText());
    PlainClient b(host);
    QVERIFY(b.socket.receivesNothing());
}

void PlainChatTest::aPlainClientIsAGuestOfItsOwnForOthers()
{
    ChatHost host;
    V1Client ann(host, u"/ws/chat/lobby/"_s);
    ann.hello(u"Ann"_s);
    ann.next<MembersFrame>();
    PlainClient a(host);
    PlainClient b(host);
    const auto members = ann.next<MembersFrame>();
    QCOMPARE(members.joined.size(), 2);
    QVERIFY(members.joined.first().name.startsWith(u"Guest "_s));
    QCOMPARE(members.joined.first().role, u"guest"_s);
    QCOMPARE(members.joined.first().via, u"plain"_s);
    QVERIFY(members.joined.first().id != members.joined.last().id);

    a.socket.sendText(R"({"message":{"b": [1, "x y"], "a":2.50}})");
    const ChatMessage message = ann.next<MessageFrame>().message;
    QCOMPARE(message.text, uR"({"b":[1,"x y"],"a":2.50})"_s);
    QCOMPARE(message.room, u"lobby"_s);
    QVERIFY(message.sender.name.startsWith(u"Guest "_s));
    ann.say(u"Привет \"x\""_s, u"lobby"_s);
    QVERIFY(b.socket.receiveText());
    QCOMPARE(b.socket.receiveText().value_or("nothing"),
             QByteArray(R"({"message": "Привет \"x\""})"));
}

void PlainChatTest::badRoomNamesAre404_data()
{
    QTest::addColumn<QString>("room");
    QTest::newRow("too long") << QString(201, u'x');
    QTest::newRow("a backslash") << u"a\\b"_s;
    QTest::newRow("a space in front") << u" a"_s;
    QTest::newRow("a path") << u".."_s;
    QTest::newRow("a control character") << u"a\u0007b"_s;
    QTest::newRow("turned around") << u"a\u202eb"_s;
}

void PlainChatTest::badRoomNamesAre404()
{
    QFETCH(QString, room);
    ChatHost host;
    const PlainClient a(host, u"/ws/chat/"_s + room + u'/');
    QVERIFY(!a.answer.accepted);
    QCOMPARE(a.answer.status, 404);
    const V1Client b(host, u"/ws/chat/"_s + room + u'/');
    QCOMPARE(b.answer.status, 404);
    QCOMPARE(host.house.rooms().count(), 1);
    QCOMPARE(host.house.people().count(), 0);
}

void PlainChatTest::aFullHostRefuses()
{
    ChatOptions options;
    options.maxPeople = 1;
    ChatHost host(options);
    const PlainClient a(host);
    QVERIFY(a.answer.accepted);
    const PlainClient b(host);
    QCOMPARE(b.answer.status, 503);
}

// What a Django worker sends has none of our keys.
void PlainChatTest::foreignEventsOfALayerAreShown()
{
    ChatHost host;
    PlainClient a(host);
    const QVariantMap body{{u"message"_s, QVariantList{1, u"ж"_s, QVariant::fromValue(nullptr)}}};
    QVERIFY(host.layer.groupSend(u"chat_lobby"_s, channels::Message(u"chat.message"_s, body)));
    QCOMPARE(a.socket.receiveText().value_or("nothing"),
             QByteArray(R"({"message": [1,"ж",null]})"));
    QVERIFY(host.layer.groupSend(u"chat_lobby"_s, channels::Message(u"websocket.close"_s)));
    QVERIFY(host.layer.groupSend(u"chat_lobby"_s, channels::Message(u"other.thing"_s)));
    QVERIFY(a.socket.receivesNothing());
    QCOMPARE(host.layer.dropped().value(u"forged"_s), 1);
    QCOMPARE(host.layer.dropped().value(u"unregistered"_s), 1);
}

void PlainChatTest::nobodyIsLeftBehind()
{
    ChatHost host;
    {
        const PlainClient a(host);
        const PlainClient b(host, u"/ws/chat/кухня/"_s);
        QCOMPARE(host.layer.channels().size(), 2);
        QCOMPARE(host.house.people().count(), 2);
    }
    QCOMPARE(host.layer.channels().size(), 0);
    QCOMPARE(host.layer.groups().size(), 0);
    QCOMPARE(host.house.people().count(), 0);
    QTRY_COMPARE(host.house.rooms().count(), 1);
}

PARLOUR_TEST(PlainChatTest)
#include "tst_plain_chat.moc"
