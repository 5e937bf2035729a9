// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "chat_host.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

/// What parlour.v1 clients say, and every "no" that they may hear.
class TalkingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMessageIsItsOwnAcknowledgement();
    void sayingAnIdAgainIsSayingItOnce();
    void anOldIdIsAcknowledgedAfterComingBack();
    void numbersHaveNoHoles();
    void whatAHostRefuses_data();
    void whatAHostRefuses();
    void helloComesFirstAndOnce();
    void aRefusedHelloEnds();
    void theSocketNeedsItsSubprotocol();
    void aMessageThatCannotBeKeptIsSaidToBe();
    void threeHundredWhoJoinGetOneListEach();
};

void TalkingTest::aMessageIsItsOwnAcknowledgement()
{
    ChatHost host;
    V1Client ann(host);
    const auto welcome = ann.hello(u"Ann"_s);
    ann.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    const QString id = ann.say(u"Доброе утро \U0001F44B"_s);
    const ChatMessage message = ann.next<MessageFrame>().message;
    QCOMPARE(message.id, id);
    QCOMPARE(message.text, u"Доброе утро \U0001F44B"_s);
    QCOMPARE(message.sender.id, welcome.person.id);
    QCOMPARE(message.number, 1);
    QVERIFY(message.time > 0);
    QCOMPARE(ben.next<MessageFrame>().message, message);
}

void TalkingTest::sayingAnIdAgainIsSayingItOnce()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    const SayFrame say{u"general"_s, newUuid(), u"once"_s};
    ann.send(say);
    ann.send(say); // before the first was delivered
    const ChatMessage first = ann.next<MessageFrame>().message;
    QVERIFY(ann.socket.receivesNothing());
    ann.send(say);
    QCOMPARE(ann.next<MessageFrame>().message, first);
    QVERIFY(ann.socket.receivesNothing());
    QCOMPARE(ben.next<MessageFrame>().message, first);
    QVERIFY(ben.socket.receivesNothing());
}

void TalkingTest::anOldIdIsAcknowledgedAfterComingBack()
{
    ChatHost host;
    const SayFrame say{u"general"_s, newUuid(), u"did it arrive?"_s};
    QString token;
    {
        V1Client ann(host);
        token = ann.hello(u"Ann"_s).token;
        ann.join();
        ann.send(say);
    }
    V1Client ann(host);
    ann.hello(u"Ann"_s, token);
    QCOMPARE(ann.join().messages.size(), 1);
    ann.send(say);
    QCOMPARE(ann.next<MessageFrame>().message.number, 1);
    QVERIFY(ann.socket.receivesNothing());
}

void TalkingTest::numbersHaveNoHoles()
{
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    V1Client ben(host);
    ben.hello(u"Ben"_s);
    ben.join();
    ann.drain();
    for (int i = 0; i < 500; ++i)
        (i % 3 ? ann : ben).say(QString::number(i));
    for (int i = 0; i < 500; ++i) {
        const ChatMessage message = ann.next<MessageFrame>().message;
        QCOMPARE(message.number, i + 1);
        QCOMPARE(message.text, QString::number(i));
    }
}

void TalkingTest::whatAHostRefuses_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &frame, const char16_t *code) {
        QTest::newRow(name) << frame << QString::fromUtf16(code);
    };
    const auto say = [](const QString &text, const QString &id = newUuid()) {
        return encode(ClientFrame{SayFrame{u"general"_s, id, text}});
    };
    row("no JSON", "hello", u"bad_frame");
    row("no type", "{}", u"bad_frame");
    row("a missing field", R"({"type":"say","room":"general"})", u"bad_frame");
    row("a bad name", R"({"type":"rename","name":"\u0007"})", u"bad_name");
    row("a long name", encode(ClientFrame{RenameFrame{QString(41, u'x')}}), u"bad_name");
    row("a bad room", R"({"type":"join","room":"a/b"})", u"bad_room");
    row("a long title", encode(ClientFrame{CreateFrame{QString(201, u'x'), {}}}), u"bad_room");
    row("a room that exists", R"({"type":"create","room":"general"})", u"room_exists");
    row("a long topic", encode(ClientFrame{CreateFrame{u"new"_s, QString(201, u'x')}}),
        u"bad_topic");
    row("talk elsewhere", encode(ClientFrame{SayFrame{u"attic"_s, newUuid(), u"x"_s}}),
        u"not_a_member");
    row("a topic elsewhere", R"({"type":"topic","room":"attic","topic":""})", u"not_a_member");
    row("a topic of another's room", R"({"type":"topic","room":"general","topic":"x"})",
        u"not_allowed");
    row("leaving elsewhere", R"({"type":"leave","room":"attic"})", u"not_a_member");
    row("no text", say({}), u"bad_text");
    row("only spaces", say(u" \n\t"_s), u"bad_text");
    row("4,001 characters", say(QString(4001, u'x')), u"text_too_long");
    row("no UUID", say(u"x"_s, u"7"_s), u"bad_id");
    row("half a UUID", say(u"x"_s, u"7d0f0c2e-3d8f-4a0e-8d3c"_s), u"bad_id");
    row("a UUID in braces", say(u"x"_s, u'{' + newUuid() + u'}'), u"bad_id");
}

void TalkingTest::whatAHostRefuses()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, code);
    ChatHost host;
    V1Client ann(host);
    ann.hello(u"Ann"_s);
    ann.join();
    ann.drain();
    ann.socket.sendText(frame);
    const auto error = ann.next<ErrorFrame>();
    QCOMPARE(error.code, code);
    QVERIFY(!error.message.isEmpty());
    ann.say(QString(4000, u'ж')); // still open, and the limit itself passes
    QCOMPARE(ann.next<MessageFrame>().message.text.size(), 4000);
}

void TalkingTest::helloComesFirstAndOnce()
{
    ChatHost host;
    V1Client ann(host);
    ann.send(JoinFrame{u"general"_s});
    QCOMPARE(ann.next<ErrorFrame>().code, u"hello_first"_s);
    ann.socket.sendText(R"({"type":"dance"})");
    QVERIFY(ann.socket.receivesNothing());
    ann.hello(u"Ann"_s);
    ann.send(HelloFrame{u"Eve"_s, {}, {}, {}});
    QCOMPARE(ann.next<ErrorFrame>().code, u"hello_first"_s);
    QVERIFY(ann.socket.receivesNothing());
}

void TalkingTest::aRefusedHelloEnds()
{
    ChatHost host;
    for (const QString &name : {u""_s, u"\u200b"_s, QString(41, u'x'), u"a\nb"_s}) {
        V1Client nobody(host);
        nobody.send(HelloFrame{name, {}, {}, {}});
        QCOMPARE(nobody.next<ErrorFrame>().code, u"bad_name"_s);
        QCOMPARE(nobody.closeCode(), 4002);
    }
    QCOMPARE(host.house.people().count(), 0);
}

void TalkingTest::theSocketNeedsItsSubprotocol()
{
    ChatHost host;
    channels::WebsocketCommunicator socket(host.application, u"/ws/parlour/"_s, localHeaders());
    QCOMPARE(socket.connect().status, 400);
}

// A log that fails: nothing was said, and the sender hears why.
class BrokenLog final : public RoomLog
{
public:
    void post(const Utterance &, QObject *context, Posted posted) override
    {
        QMetaObject::invokeMethod(
            context,
            [posted] {
                posted(Error{u"not_logged"_s, u"the disk is full"_s, u"disk_full"_s});
            },
            Qt::QueuedConnection);
    }
    void change(const Change &, QObject *, Changed) override { }
    void last(const QString &, int, QObject *context, Read read) override
    {
        QMetaObject::invokeMethod(
            context,
            [read] {
                read(Error{u"disk"_s, u"the disk is gone"_s});
            },
            Qt::QueuedConnection);
    }
    void before(const QString &, qint64, int, QObject *, Read) override { }
    void since(const QString &, const Position &, int, QObject *, CaughtUp) override { }
    void saidHere(const QString &, const SaidHereQuery &, QObject *, SaidHereRead) override { }
    void lastFrom(const QString &, const QString &, QObject *, LastFound) override { }
    void search(const Search &, QObject *, Searched) override { }
    Position position(const QString &) override { return {u"e-1"_s, 7}; }
    bool hasHistory(const QString &) const override { return false; }
    void forget(const QString &) override { }
};

void TalkingTest::aMessageThatCannotBeKeptIsSaidToBe()
{
    ChatHost host;
    BrokenLog log;
    House house(host.options, log, host.store);
    ChatHost other;
    other.application = makeApplication(house, host.layer, log, host.inspector, host.options);
    V1Client ann(other);
    ann.hello(u"Ann"_s);
    QVERIFY(ann.join().messages.isEmpty());
    const QString id = ann.say(u"x"_s);
    const auto error = ann.next<ErrorFrame>();
    QCOMPARE(error.code, u"not_logged"_s);
    QCOMPARE(error.id, id);
    QVERIFY(error.message.contains(u"the disk is full"_s));
    QCOMPARE(error.cause, u"disk_full"_s);
}

void TalkingTest::threeHundredWhoJoinGetOneListEach()
{
    ChatHost host;
    std::vector<std::unique_ptr<V1Client>> crowd;
    for (int i = 0; i < 300; ++i) {
        crowd.push_back(std::make_unique<V1Client>(host));
        crowd.back()->hello(u"Person %1"_s.arg(i));
        crowd.back()->send(JoinFrame{u"general"_s});
    }
    for (const auto &client : crowd) {
        const auto members = client->next<MembersFrame>();
        QVERIFY(members.people);
        QVERIFY(members.people->size() > 0);
    }
    QCOMPARE(host.house.people().count(), 300);
}

PARLOUR_TEST(TalkingTest)
#include "tst_talking.moc"
