// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/json_websocket_consumer.h"
#include "channels/testing/websocket_communicator.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

class Mirror final : public JsonWebsocketConsumer
{
public:
    Mirror(const Scope &scope, const Send &send)
        : JsonWebsocketConsumer(scope, send)
    {
    }

private:
    void receiveJson(const QJsonValue &json) override { sendJson(QJsonObject{{u"got"_s, json}}); }
};

/// Says every value back as it is, in a notation of its own.
class Shouter final : public JsonWebsocketConsumer
{
public:
    Shouter(const Scope &scope, const Send &send)
        : JsonWebsocketConsumer(scope, send)
    {
    }

private:
    void receiveJson(const QJsonValue &json) override { sendJson(json); }
    Expected<QJsonValue> decodeJson(const QByteArray &text) const override
    {
        if (!text.endsWith('!'))
            return Error{u"bad_json"_s, u"not loud enough"_s};
        return JsonWebsocketConsumer::decodeJson(text.chopped(1));
    }
    QByteArray encodeJson(const QJsonValue &json) const override
    {
        return JsonWebsocketConsumer::encodeJson(json) + '!';
    }
};

} // namespace

class JsonWebsocketConsumerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesJson_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("object") << QByteArray(R"({"a": 1})") << QByteArray(R"({"got":{"a":1}})");
        QTest::newRow("array") << QByteArray("[1, 2]") << QByteArray(R"({"got":[1,2]})");
        QTest::newRow("Cyrillic") << QByteArray(R"({"a": "Привет"})")
                                  << QByteArray(R"({"got":{"a":"Привет"}})");
        QTest::newRow("text") << QByteArray(R"("hi")") << QByteArray(R"({"got":"hi"})");
        QTest::newRow("number") << QByteArray("4.5") << QByteArray(R"({"got":4.5})");
        QTest::newRow("null") << QByteArray("null") << QByteArray(R"({"got":null})");
        QTest::newRow("blanks around") << QByteArray(" \n{} ") << QByteArray(R"({"got":{}})");
    }

    void readsAndWritesJson()
    {
        QFETCH(QByteArray, said);
        WebsocketCommunicator client(asApplication<Mirror>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.sendText(said);
        QTEST(client.receiveText().value_or(QByteArray()), "answer");
    }

    void theCommunicatorSpeaksJsonToo()
    {
        WebsocketCommunicator client(asApplication<Mirror>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.sendJson(QJsonObject{{u"n"_s, 1}});
        QCOMPARE(client.receiveJson(),
                 QJsonValue(QJsonObject{{u"got"_s, QJsonObject{{u"n"_s, 1}}}}));
        WebsocketCommunicator loud(asApplication<Shouter>(), u"/"_s);
        QVERIFY(loud.connect().accepted);
        loud.sendText("true!");
        QVERIFY2(!loud.receiveJson(), "\"true!\" is none");
    }

    void whatIsNoJsonClosesWith1007_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << QByteArray("hello");
        QTest::newRow("cut off") << QByteArray(R"({"a": )");
        QTest::newRow("rubbish behind") << QByteArray("{} x");
        QTest::newRow("two values") << QByteArray("1, 2");
        QTest::newRow("two arrays") << QByteArray("1], [2");
        QTest::newRow("far too deep") << QByteArray(100000, '[');
    }

    void whatIsNoJsonClosesWith1007()
    {
        QFETCH(QByteArray, said);
        WebsocketCommunicator client(asApplication<Mirror>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        client.sendText(said);
        const auto closed = client.receiveClose();
        QVERIFY(closed);
        QCOMPARE(closed->code, close_code::InvalidData);
        QVERIFY(closed->reason.startsWith(u"not JSON: "_s));
    }

    void mayHaveANotationOfItsOwn()
    {
        WebsocketCommunicator client(asApplication<Shouter>(), u"/"_s);
        QVERIFY(client.connect().accepted);
        for (const QByteArray said : {"[1,null]!", "true!", "\"hi\"!"}) {
            client.sendText(said);
            QCOMPARE(client.receiveText(), said);
        }
        client.sendText("true");
        QCOMPARE(client.receiveClose()->reason, u"not JSON: not loud enough"_s);
    }
};

PARLOUR_TEST(JsonWebsocketConsumerTest)
#include "tst_json_websocket_consumer.moc"
