// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frames.h"
#include "chat/monitor_frames.h"
#include "support/runner.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

/// What frames are refused with, and what they survive.
class FramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void badClientFramesSayWhatIsWrong_data();
    void badClientFramesSayWhatIsWrong();
    void badServerFramesSayWhatIsWrong_data();
    void badServerFramesSayWhatIsWrong();
    void unknownTypesAndFieldsAreIgnored();
    void whatAMessageHasNotIsLeftOut();
    void aSearchAsksForAsMuchAsThereMayBe_data();
    void aSearchAsksForAsMuchAsThereMayBe();
    void textComesBackAsItWent_data();
    void textComesBackAsItWent();
    void numbersThatJsonCannotWriteBecomeZero();
    void everyByteOfAFrameMayBeWrong();
};

void FramesTest::badClientFramesSayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << u"not JSON"_s;
    QTest::newRow("no JSON") << QByteArray("hello") << u"not JSON"_s;
    QTest::newRow("cut") << QByteArray(R"({"type":"join")") << u"not JSON"_s;
    QTest::newRow("two documents") << QByteArray(R"({"type":"join"} {})") << u"not JSON"_s;
    QTest::newRow("bad UTF-8") << QByteArray("{\"type\":\"join\",\"room\":\"\xff\"}")
                               << u"not JSON"_s;
    QTest::newRow("lone surrogate")
        << QByteArray(R"({"type":"join","room":"\ud800"})") << u"not JSON"_s;
    QTest::newRow("number beyond 64 bits")
        << QByteArray(R"({"type":"x","n":123456789012345678901234567890})") << u"not JSON"_s;
    QTest::newRow("infinite number") << QByteArray(R"({"type":"x","n":1e999})") << u"not JSON"_s;
    QTest::newRow("too deep") << "{\"type\":\"x\",\"n\":" + QByteArray(100, '[')
            + QByteArray(100, ']')
            + "}" << u"not JSON"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"object"_s;
    QTest::newRow("a text") << QByteArray("\"hello\"") << u"object"_s;
    QTest::newRow("no type") << QByteArray(R"({"room":"general"})") << u"\"type\" is missing"_s;
    QTest::newRow("type of the wrong kind") << QByteArray(R"({"type":7})") << u"\"type\" must be"_s;
    QTest::newRow("missing field")
        << QByteArray(R"({"type":"say","room":"r","id":"i"})") << u"\"text\" is missing"_s;
    QTest::newRow("field of the wrong kind")
        << QByteArray(R"({"type":"join","room":["r"]})") << u"\"room\" must be a text"_s;
    QTest::newRow("null field") << QByteArray(R"({"type":"join","room":null})")
                                << u"\"room\" must be a text"_s;
    QTest::newRow("optional field of the wrong kind")
        << QByteArray(R"({"type":"hello","name":"Ann","token":1})") << u"\"token\" must be"_s;
    QTest::newRow("a change of nothing")
        << QByteArray(R"({"type":"delete","room":"r","id":"i"})") << u"\"of\" is missing"_s;
    QTest::newRow("neither on nor off")
        << QByteArray(R"({"type":"react","room":"r","id":"i","of":"m","emoji":"x","on":1})")
        << u"\"on\" must be true or false"_s;
    QTest::newRow("read up to nowhere")
        << QByteArray(R"({"type":"read","room":"r","epoch":"e"})") << u"\"number\" is missing"_s;
    QTest::newRow("a search without words")
        << QByteArray(R"({"type":"search","id":"i"})") << u"\"text\" is missing"_s;
    QTest::newRow("a search of many rooms")
        << QByteArray(R"({"type":"search","id":"i","text":"t","room":["r"]})")
        << u"\"room\" must be a text"_s;
    QTest::newRow("text over a megabyte")
        << "{\"type\":\"join\",\"room\":\"" + QByteArray(1024 * 1024 + 1, 'x') + "\"}"
        << u"\"room\" is too long"_s;
}

void FramesTest::badClientFramesSayWhatIsWrong()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, words);
    const auto parsed = parseClientFrame(frame);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, u"bad_frame"_s);
    QVERIFY2(parsed.error().message.contains(words), qPrintable(parsed.error().message));
}

void FramesTest::badServerFramesSayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("words");
    const QByteArray message = R"({"type":"message","room":"r","id":"i","epoch":"e","number":%1,)"
                               R"("sender":%2,"time":1,"text":"t"})";
    const auto with = [&](const char *number, const char *sender) {
        QByteArray text = message;
        return text.replace("%1", number).replace("%2", sender);
    };
    const char *ann = R"({"id":"p","name":"Ann"})";
    QTest::newRow("fraction") << with("1.5", ann) << u"\"number\" must be a whole number"_s;
    QTest::newRow("negative") << with("-1", ann) << u"\"number\" must be a whole number"_s;
    QTest::newRow("beyond 53 bits") << with("9007199254740993", ann) << u"\"number\" must"_s;
    QTest::newRow("nested field") << with("1", R"({"id":"p"})") << u"\"sender.name\" is missing"_s;
    QTest::newRow("no object") << with("1", "7") << u"\"sender\" must be an object"_s;
    const auto also = [&](const char *fields) {
        return with("1", ann).chopped(1) + ',' + fields + '}';
    };
    QTest::newRow("a reply to nothing") << also(R"("reply":{})") << u"\"reply.id\" is missing"_s;
    QTest::newRow("a reply to nobody")
        << also(R"("reply":{"id":"i","number":1})") << u"\"reply.sender\" is missing"_s;
    QTest::newRow("a reaction of nobody")
        << also(R"("reactions":[{"emoji":"x"}])") << u"\"reactions[].people\" is missing"_s;
    QTest::newRow("numbers without a first one")
        << QByteArray(R"({"type":"history","room":"r","epoch":"e","messages":[],"number":5})")
        << u"\"first\" is missing"_s;
    QTest::newRow("found by no search")
        << QByteArray(R"({"type":"found","messages":[]})") << u"\"id\" is missing"_s;
    QTest::newRow("found no message") << QByteArray(R"({"type":"found","id":"i","messages":[{}]})")
                                      << u"\"messages[].room\" is missing"_s;
    QTest::newRow("no list") << QByteArray(R"({"type":"members","room":"r","joined":{}})")
                             << u"\"joined\" must be a list"_s;
    QTest::newRow("in a list") << QByteArray(R"({"type":"members","room":"r","people":[{"id":1}]})")
                               << u"\"people[].id\" must be a text"_s;
}

void FramesTest::badServerFramesSayWhatIsWrong()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, words);
    const auto parsed = parseServerFrame(frame);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message.contains(words), qPrintable(parsed.error().message));
}

void FramesTest::unknownTypesAndFieldsAreIgnored()
{
    const auto unknown = parseClientFrame(R"({"type":"dance","room":7})");
    QVERIFY(unknown && std::holds_alternative<UnknownFrame>(*unknown));
    QCOMPARE(std::get<UnknownFrame>(*unknown).type, u"dance"_s);
    const auto more = parseClientFrame(R"({"later":[1,{"x":null}],"room":"r","type":"join"})");
    QVERIFY(more);
    QCOMPARE(std::get<JoinFrame>(*more).room, u"r"_s);
}

// Clients of an earlier protocol get what they know.
void FramesTest::whatAMessageHasNotIsLeftOut()
{
    const ChatMessage plain{u"r"_s, u"i"_s, u"e"_s, 1, {u"p"_s, u"Ann"_s}, 5, u"t"_s};
    QCOMPARE(QJsonDocument::fromJson(encode(ServerFrame{MessageFrame{plain}})).object().keys(),
             (QStringList{u"epoch"_s, u"id"_s, u"number"_s, u"room"_s, u"sender"_s, u"text"_s,
                          u"time"_s, u"type"_s}));
    QCOMPARE(QJsonDocument::fromJson(encode(ServerFrame{HistoryFrame{u"r"_s, u"e"_s, {}}}))
                 .object()
                 .keys(),
             (QStringList{u"epoch"_s, u"messages"_s, u"more"_s, u"room"_s, u"type"_s}));
}

void FramesTest::aSearchAsksForAsMuchAsThereMayBe_data()
{
    QTest::addColumn<QByteArray>("count");
    QTest::addColumn<int>("taken");
    QTest::newRow("nothing said") << QByteArray() << 50;
    QTest::newRow("fewer") << QByteArray(R"(,"count":7)") << 7;
    QTest::newRow("none") << QByteArray(R"(,"count":0)") << 1;
    QTest::newRow("below none") << QByteArray(R"(,"count":-3)") << 1;
    QTest::newRow("too many") << QByteArray(R"(,"count":101)") << 100;
}

void FramesTest::aSearchAsksForAsMuchAsThereMayBe()
{
    QFETCH(QByteArray, count);
    QFETCH(int, taken);
    const auto parsed = parseClientFrame(R"({"type":"search","id":"i","text":"t")" + count + '}');
    QVERIFY(parsed);
    QCOMPARE(std::get<SearchFrame>(*parsed).count, taken);
}

void FramesTest::textComesBackAsItWent_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("Russian") << u"Доброе утро"_s;
    QTest::newRow("emoji") << u"\U0001F44B\U0001F3FD"_s;
    QTest::newRow("quotes and backslashes") << uR"("\"\\")"_s;
    QTest::newRow("controls") << u"a\n\r\t\b\f\u0001\u001f\u007fb"_s;
    QTest::newRow("a zero") << QString(u'x') + QChar(0) + u'y';
    QTest::newRow("line separators") << u"\u2028\u2029"_s;
    QTest::newRow("markup") << u"<script>&amp;</script>"_s;
}

void FramesTest::textComesBackAsItWent()
{
    QFETCH(QString, text);
    const QByteArray json = encode(SayFrame{u"r"_s, u"i"_s, text});
    QCOMPARE(QJsonDocument::fromJson(json)["text"_L1].toString(), text);
    const auto parsed = parseClientFrame(json);
    QVERIFY(parsed);
    QCOMPARE(std::get<SayFrame>(*parsed).text, text);
}

void FramesTest::numbersThatJsonCannotWriteBecomeZero()
{
    MonitorSnapshot snapshot;
    snapshot.snapshot.eventLoopLagMs = qInf();
    snapshot.snapshot.totals.dropped = {{u"a \"cause\""_s, 3}};
    const auto parsed = parseMonitorFeed(encode(MonitorFeed{snapshot}));
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().message));
    QCOMPARE(std::get<MonitorSnapshot>(*parsed).snapshot.eventLoopLagMs, 0.0);
    QCOMPARE(std::get<MonitorSnapshot>(*parsed).snapshot.totals.dropped,
             snapshot.snapshot.totals.dropped);
}

// Whatever a peer sends: an answer, never a crash (a sanitizer's build sees more than this one).
void FramesTest::everyByteOfAFrameMayBeWrong()
{
    const QByteArray frame = encode(ServerFrame{HistoryFrame{
        u"r"_s, u"e"_s, {{u"r"_s, u"i"_s, u"e"_s, 1, {u"p"_s, u"Ann"_s}, 5, u"t"_s}}}});
    int refused = 0;
    for (qsizetype at = 0; at < frame.size(); ++at) {
        for (const char byte : {'\0', '"', '{', ']', '\\', '\xc3', '9'}) {
            QByteArray damaged = frame;
            damaged[at] = byte;
            refused += parseServerFrame(damaged) ? 0 : 1;
        }
        refused += parseServerFrame(frame.first(at)) ? 0 : 1;
    }
    QVERIFY(refused > frame.size());
}

PARLOUR_TEST(FramesTest)
#include "tst_frames.moc"
