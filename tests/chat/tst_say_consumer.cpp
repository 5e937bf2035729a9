// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_reader.h"
#include "channels/testing/waiting.h"
#include "channels/worker.h"
#include "chat/text_rules.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using channels::Message;

namespace {

const QString Channel = u"parlour.say"_s;

/// A host with a worker, and another process that sends to it.
struct Desk {
    Desk()
        : host(shared)
        , worker(makeWorkerApplication(host.chat.house, host.chat.log, shared), shared)
        , replies(channels::ChannelReader::open(shared, u"site.replies"_s).value())
    {
        (void)worker.listen(Channel);
    }

    void send(const QVariantMap &body)
    {
        (void)shared.send(Channel, Message(u"parlour.say"_s, body));
    }
    /// The reply to a message, or one of no type where none comes.
    Message ask(QVariantMap body)
    {
        body.insert(u"reply"_s, u"site.replies"_s);
        send(body);
        std::optional<Message> reply;
        (void)channels::waitFor([&] { return (reply = replies->receive()).has_value(); }, 10s);
        return reply.value_or(Message());
    }

    InMemoryChannelLayer shared;
    SharingHost host;
    channels::Worker worker;
    std::unique_ptr<channels::ChannelReader> replies;
};

} // namespace

/// A worker says in rooms what other processes send it.
class SayConsumerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatArrivesIsSaid();
    void whoeverElseSharesTheRoomHearsIt();
    void anyJsonIsSaid();
    void anIdIsSaidOnce();
    void nobodyHereIsImitated();
    void whatCannotBeSaidIsRefused_data();
    void whatCannotBeSaidIsRefused();
    void aReplyToNowhereHarmsNobody();
    void otherEventsAreCounted();
};

void SayConsumerTest::whatArrivesIsSaid()
{
    Desk desk;
    V1Client ann(desk.host.chat);
    ann.hello(u"Ann"_s);
    ann.join(u"кухня"_s);
    const Message reply = desk.ask(
        {{u"room"_s, u"кухня"_s}, {u"message"_s, u"Обед готов"_s}, {u"username"_s, u"Кухня"_s}});
    const ChatMessage heard = ann.next<MessageFrame>().message;
    QCOMPARE(heard.text, u"Обед готов"_s);
    QCOMPARE(heard.sender.name, u"Кухня"_s);
    QVERIFY(isUuid(heard.id));
    QCOMPARE(reply.type(), u"parlour.said"_s);
    QCOMPARE(reply.body(),
             (QVariantMap{{u"room"_s, u"кухня"_s}, {u"id"_s, heard.id}, {u"number"_s, qint64(1)}}));
}

// Even where nobody of this host is in it.
void SayConsumerTest::whoeverElseSharesTheRoomHearsIt()
{
    Desk desk;
    SharingHost south(desk.shared, u"Studio South"_s);
    const Bystander django(desk.shared, u"chat_news"_s);
    V1Client ivo(south.chat);
    ivo.hello(u"Ivo"_s);
    ivo.join(u"news"_s);
    const Message reply =
        desk.ask({{u"room"_s, u"news"_s}, {u"message"_s, u"built"_s}, {u"host"_s, u"forged"_s}});
    QCOMPARE(reply.type(), u"parlour.said"_s);
    const ChatMessage heard = ivo.next<MessageFrame>().message;
    QCOMPARE(heard.text, u"built"_s);
    QCOMPARE(heard.sender, (Sender{u"django"_s, u"Django"_s}));
    QCOMPARE(heard.id, reply.value(u"id"_s).toString());
    QCOMPARE(django.texts(), QStringList{u"built"_s});
    QVERIFY(ivo.socket.receivesNothing());
    // Who comes later finds it.
    V1Client ann(desk.host.chat);
    ann.hello(u"Ann"_s);
    QCOMPARE(ann.join(u"news"_s).messages.size(), 1);
}

void SayConsumerTest::anyJsonIsSaid()
{
    Desk desk;
    channels::WebsocketCommunicator browser(desk.host.chat.application, u"/ws/chat/news/"_s,
                                            localHeaders());
    QVERIFY(browser.connect().accepted);
    desk.send({{u"room"_s, u"news"_s},
               {u"message"_s, QVariantList{1, u"ж"_s, QVariant::fromValue(nullptr)}}});
    QCOMPARE(browser.receiveText().value_or("nothing"), QByteArray(R"({"message": [1,"ж",null]})"));
    QVERIFY(browser.receivesNothing());
}

void SayConsumerTest::anIdIsSaidOnce()
{
    Desk desk;
    const QVariantMap body{{u"room"_s, u"news"_s}, {u"message"_s, u"x"_s}, {u"id"_s, newUuid()}};
    QCOMPARE(desk.ask(body).value(u"number"_s).toInt(), 1);
    QCOMPARE(desk.ask(body).value(u"number"_s).toInt(), 1);
    QCOMPARE(desk.host.chat.log.position(u"news"_s).number, 1);
}

void SayConsumerTest::nobodyHereIsImitated()
{
    Desk desk;
    V1Client ann(desk.host.chat);
    ann.hello(u"Ann"_s);
    ann.join();
    desk.send({{u"room"_s, u"general"_s}, {u"message"_s, u"x"_s}, {u"username"_s, u"Ann"_s}});
    QCOMPARE(ann.next<MessageFrame>().message.sender.name, u"Ann (Django)"_s);
}

void SayConsumerTest::whatCannotBeSaidIsRefused_data()
{
    QTest::addColumn<QVariantMap>("body");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &key, const QVariant &value,
                        const QString &code) {
        QVariantMap body{{u"room"_s, u"news"_s}, {u"message"_s, u"x"_s}};
        body.insert(key, value);
        QTest::newRow(name) << body << code;
    };
    QTest::newRow("no room") << QVariantMap{{u"message"_s, u"x"_s}} << u"bad_room"_s;
    QTest::newRow("no message") << QVariantMap{{u"room"_s, u"news"_s}} << u"malformed"_s;
    row("a room that is a number", u"room"_s, 7, u"bad_room"_s);
    row("a room that is a path", u"room"_s, u"../x"_s, u"bad_room"_s);
    row("an id that is none", u"id"_s, u"7"_s, u"bad_id"_s);
    row("an id that is a number", u"id"_s, 7, u"bad_id"_s);
    row("bytes", u"message"_s, QByteArray("x"), u"malformed"_s);
    row("not a number", u"message"_s, std::nan(""), u"malformed"_s);
    row("too big", u"message"_s, QString(1 << 20, u'x'), u"too_big"_s);
}

void SayConsumerTest::whatCannotBeSaidIsRefused()
{
    QFETCH(QVariantMap, body);
    QFETCH(QString, code);
    Desk desk;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.say was not said: .+"_s));
    const Message reply = desk.ask(body);
    QCOMPARE(reply.type(), u"parlour.refused"_s);
    QCOMPARE(reply.value(u"code"_s).toString(), code);
    QVERIFY(!reply.value(u"message"_s).toString().isEmpty());
    QCOMPARE(desk.shared.dropped().value(code), 1);
    channels::settle();
    QCOMPARE(desk.host.chat.house.rooms().count(), 1);
}

void SayConsumerTest::aReplyToNowhereHarmsNobody()
{
    Desk desk;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"went nowhere: .+"_s));
    desk.send({{u"room"_s, u"general"_s}, {u"message"_s, u"x"_s}, {u"reply"_s, u"a b"_s}});
    QTRY_COMPARE(desk.host.chat.log.position(u"general"_s).number, 1);
    channels::settle();
    QCOMPARE(desk.ask({{u"room"_s, u"general"_s}, {u"message"_s, u"y"_s}}).type(),
             u"parlour.said"_s);
}

void SayConsumerTest::otherEventsAreCounted()
{
    Desk desk;
    QVERIFY(desk.shared.send(Channel, Message(u"websocket.close"_s)));
    QVERIFY(desk.shared.send(Channel, Message(u"chat.message"_s, {{u"message"_s, u"x"_s}})));
    QTRY_COMPARE(desk.shared.dropped().value(u"forged"_s), 1);
    QTRY_COMPARE(desk.shared.dropped().value(u"unregistered"_s), 1);
}

PARLOUR_TEST(SayConsumerTest)
#include "tst_say_consumer.moc"
