// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/testing/waiting.h"
#include "chat/json_value.h"
#include "chat/text_rules.h"
#include "fake_shared_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;
using channels::InMemoryChannelLayer;
using channels::Message;
using channels::WebsocketCommunicator;

namespace {

struct Member {
    explicit Member(SharingHost &host, const QString &name, const QString &room = u"general"_s)
        : client(host.chat)
    {
        client.hello(name);
        client.join(room);
    }
    QString nextText() { return client.next<MessageFrame>().message.text; }

    V1Client client;
};

/// Does what a worker of a Django site does.
void sayAsDjango(channels::ChannelLayer &layer, const QVariantMap &body,
                 const QString &group = u"chat_general"_s)
{
    (void)layer.groupSend(group, Message(u"chat.message"_s, body));
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

/// Several hosts and Django are one room.
class RoomBridgeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsSaidHereIsHeardThere();
    void threeHostsHearEachMessageOnce();
    void tenThousandMessagesBothWaysKeepTheirOrder();
    void anyJsonIsCarried_data();
    void anyJsonIsCarried();
    void djangoHearsChatMessagesAlone();
    void djangoIsHeard_data();
    void djangoIsHeard();
    void wrongExtrasAreReplaced_data();
    void wrongExtrasAreReplaced();
    void aTextThatIsNoJsonIsNotPassedOn();
    void whatIsNoMessageIsCounted_data();
    void whatIsNoMessageIsCounted();
    void aDoubleIsDropped();
    void aLateEchoIsNoNews();
    void somebodyElsesIdIsCounted();
    void whatIsTooBigStaysHere();
    void aHostThatStopsLeaves();
};

void RoomBridgeTest::whatIsSaidHereIsHeardThere()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    SharingHost south(shared, u"Studio South"_s);
    Member ann(north, u"Ann"_s);
    Member ivo(south, u"Ivo"_s);
    ivo.client.say(u"first"_s);
    QCOMPARE(ann.nextText(), u"first"_s);
    QCOMPARE(ivo.nextText(), u"first"_s);
    const QString id = ann.client.say(u"Привет"_s);
    const ChatMessage here = ann.client.next<MessageFrame>().message;
    const ChatMessage there = ivo.client.next<MessageFrame>().message;
    QCOMPARE(here.id, id);
    QCOMPARE(there.id, id);
    QCOMPARE(there.text, u"Привет"_s);
    QCOMPARE(there.sender, here.sender);
    QCOMPARE(there.time, here.time);
    QCOMPARE(there.number, 2);
    QCOMPARE(there.epoch, south.chat.log.position(u"general"_s).epoch);
    QVERIFY(there.epoch != here.epoch);
}

void RoomBridgeTest::threeHostsHearEachMessageOnce()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    SharingHost south(shared);
    SharingHost east(shared);
    Member ann(north, u"Ann"_s);
    Member ivo(south, u"Ivo"_s);
    Member eve(east, u"Eve"_s);
    const Bystander django(shared, u"chat_general"_s);
    const QList<Member *> all{&ann, &ivo, &eve};
    for (int i = 0; i < 30; ++i) {
        const QString text = QString::number(i);
        all.at(i % 3)->client.say(text);
        for (Member *member : all)
            QCOMPARE(member->nextText(), text);
    }
    for (Member *member : all)
        QVERIFY(member->client.socket.receivesNothing());
    QCOMPARE(django.heard.size(), 30);
    QCOMPARE(north.chat.log.position(u"general"_s).number, 30);
    QCOMPARE(east.chat.log.position(u"general"_s).number, 30);
}

void RoomBridgeTest::tenThousandMessagesBothWaysKeepTheirOrder()
{
    constexpr int Count = 10000;
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    SharingHost south(shared);
    Member here(north, u"here"_s);
    Member there(south, u"there"_s);
    const Bystander inNorth(north.chat.layer, u"chat_general"_s);
    const Bystander inSouth(south.chat.layer, u"chat_general"_s);
    QStringList expected;
    for (int i = 0; i < Count; ++i) {
        here.client.say(u"n%1"_s.arg(i));
        there.client.say(u"s%1"_s.arg(i));
        expected.append(QString::number(i));
        if (i % 50 == 0) // what is kept for a client that does not read is bounded
            channels::settle();
    }
    for (const Bystander *side : {&inNorth, &inSouth}) {
        QVERIFY(channels::waitFor([&] { return side->heard.size() >= 2 * Count; }, 60s));
        for (const QChar from : {u'n', u's'}) {
            QStringList heard = side->texts().filter(from);
            heard.replaceInStrings(QString(from), QString());
            QCOMPARE(heard, expected);
        }
    }
}

void RoomBridgeTest::anyJsonIsCarried_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("a text") << QByteArray(R"("hello")");
    QTest::newRow("an empty text") << QByteArray(R"("")");
    QTest::newRow("Russian") << QByteArray("\"Привет 👋\"");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("false") << QByteArray("false");
    QTest::newRow("64 bits") << QByteArray("18446744073709551615");
    QTest::newRow("a number's digits") << QByteArray("1.50e+2");
    QTest::newRow("the order of keys") << QByteArray(R"({"b":[1,2.5,null,true],"a":{}})");
}

void RoomBridgeTest::anyJsonIsCarried()
{
    QFETCH(QByteArray, json);
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    SharingHost south(shared);
    WebsocketCommunicator a(north.chat.application, u"/ws/chat/general/"_s, localHeaders());
    WebsocketCommunicator b(south.chat.application, u"/ws/chat/general/"_s, localHeaders());
    QVERIFY(a.connect().accepted);
    QVERIFY(b.connect().accepted);
    const QByteArray frame = "{\"message\": " + json + '}';
    a.sendText(frame);
    QCOMPARE(a.receiveText().value_or("nothing"), frame);
    QCOMPARE(b.receiveText().value_or("nothing"), frame);
    QVERIFY(b.receivesNothing());
}

// Any other event would close every Django member of the group.
void RoomBridgeTest::djangoHearsChatMessagesAlone()
{
    InMemoryChannelLayer shared;
    const Bystander django(shared, u"chat_general"_s);
    SharingHost north(shared);
    SharingHost south(shared);
    Member ann(north, u"Ann"_s);
    Member ivo(south, u"Ivo"_s);
    ann.client.send(RenameFrame{u"Anna"_s});
    ann.client.next<RenamedFrame>();
    ann.client.say(u"hello"_s);
    QCOMPARE(ivo.nextText(), u"hello"_s);
    ivo.client.send(LeaveFrame{u"general"_s});
    ivo.client.next<LeftFrame>();
    ann.client.drain();
    QCOMPARE(django.heard.size(), 1);
    const Message message = django.heard.first();
    QCOMPARE(message.type(), u"chat.message"_s);
    QCOMPARE(message.value(u"message"_s).toString(), u"hello"_s);
    QCOMPARE(message.body().keys(),
             (QStringList{u"host"_s, u"id"_s, u"message"_s, u"room"_s, u"sender"_s, u"time"_s,
                          u"username"_s}));
    QCOMPARE(message.value(u"username"_s).toString(), u"Anna"_s);
    QCOMPARE(message.value(u"host"_s).toString(), north.chat.house.info().id);
}

void RoomBridgeTest::djangoIsHeard_data()
{
    QTest::addColumn<QVariantMap>("extras");
    QTest::addColumn<QString>("name");
    QTest::newRow("the tutorial") << QVariantMap{} << u"Django"_s;
    QTest::newRow("username") << QVariantMap{{u"username"_s, u"Мария"_s}} << u"Мария"_s;
    QTest::newRow("user") << QVariantMap{{u"user"_s, u"Mo"_s}} << u"Mo"_s;
    QTest::newRow("sender") << QVariantMap{{u"sender"_s, u"Sue"_s}} << u"Sue"_s;
    QTest::newRow("a number") << QVariantMap{{u"username"_s, 7}} << u"Django"_s;
    QTest::newRow("no name, but a user")
        << QVariantMap{{u"username"_s, u"\u202eevil"_s}, {u"user"_s, u"Mo"_s}} << u"Mo"_s;
    QTest::newRow("too long") << QVariantMap{{u"username"_s, QString(41, u'x')}} << u"Django"_s;
}

void RoomBridgeTest::djangoIsHeard()
{
    QFETCH(QVariantMap, extras);
    QFETCH(QString, name);
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    Member ann(north, u"Ann"_s);
    const qint64 before = now();
    extras.insert(u"message"_s, u"from the site"_s);
    sayAsDjango(shared, extras);
    const ChatMessage heard = ann.client.next<MessageFrame>().message;
    QCOMPARE(heard.text, u"from the site"_s);
    QCOMPARE(heard.sender.name, name);
    QVERIFY(isUuid(heard.id));
    QVERIFY(heard.time >= before && heard.time <= now());
    QCOMPARE(heard.number, 1);
}

void RoomBridgeTest::wrongExtrasAreReplaced_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *name, const QString &key, const QVariant &value) {
        QTest::newRow(name) << key << value;
    };
    row("an id that is none", u"id"_s, u"42"_s);
    row("an id of megabytes", u"id"_s, QString(1 << 20, u'x'));
    row("an id that is a list", u"id"_s, QVariantList{1, 2});
    row("a sender that is a text", u"sender"_s, u"Ann"_s);
    row("a sender without a name", u"sender"_s, QVariantMap{{u"id"_s, u"p-1"_s}});
    row("a sender turned around", u"sender"_s,
        QVariantMap{{u"id"_s, u"p-1"_s}, {u"name"_s, u"\u202ennA"_s}});
    row("a sender with an id of markup", u"sender"_s,
        QVariantMap{{u"id"_s, u"<b>"_s}, {u"name"_s, u"Ann"_s}});
    row("a time of long ago", u"time"_s, 1);
    row("a time to come", u"time"_s, std::numeric_limits<qint64>::max());
    row("a time that is a text", u"time"_s, u"now"_s);
    row("a text that says something else", u"text"_s, u"\"other\""_s);
    row("another room", u"room"_s, u"attic"_s);
    row("a number of its own", u"number"_s, 1000);
}

void RoomBridgeTest::wrongExtrasAreReplaced()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    Member ann(north, u"Ann"_s);
    const qint64 before = now();
    QVariantMap body{{u"message"_s, u"hello"_s},
                     {u"host"_s, u"0123456789abcdef"_s},
                     {u"room"_s, u"general"_s},
                     {u"id"_s, newUuid()},
                     {u"sender"_s, QVariantMap{{u"id"_s, u"p-1"_s}, {u"name"_s, u"Ivo"_s}}},
                     {u"time"_s, now()}};
    body.insert(key, value);
    sayAsDjango(shared, body);
    const ChatMessage heard = ann.client.next<MessageFrame>().message;
    QCOMPARE(heard.text, u"hello"_s);
    QCOMPARE(heard.room, u"general"_s);
    QCOMPARE(heard.number, 1);
    QVERIFY(isUuid(heard.id));
    QVERIFY(heard.time >= before && heard.time <= now());
    QVERIFY(heard.sender.name == u"Ivo"_s || heard.sender.name == u"Guest"_s
            || heard.sender.name == u"Ann (elsewhere)"_s);
    QVERIFY(!heard.sender.id.isEmpty() && !heard.sender.id.contains(u'<'));
}

void RoomBridgeTest::aTextThatIsNoJsonIsNotPassedOn()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    WebsocketCommunicator browser(north.chat.application, u"/ws/chat/general/"_s, localHeaders());
    QVERIFY(browser.connect().accepted);
    sayAsDjango(shared, {{u"message"_s, QVariant::fromValue(nullptr)}, {u"text"_s, u"1}, {"_s}});
    QCOMPARE(browser.receiveText().value_or("nothing"), QByteArray(R"({"message": null})"));
}

void RoomBridgeTest::whatIsNoMessageIsCounted_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariantMap>("body");
    QTest::addColumn<QString>("cause");
    QTest::newRow("no message") << u"chat.message"_s << QVariantMap{} << u"malformed"_s;
    QTest::newRow("another event") << u"chat.left"_s << QVariantMap{} << u"unregistered"_s;
    QTest::newRow("a server's event") << u"websocket.close"_s << QVariantMap{} << u"forged"_s;
    QTest::newRow("too big") << u"chat.message"_s
                             << QVariantMap{{u"message"_s, QString((1 << 20) - 1, u'x')}}
                             << u"too_big"_s;
}

void RoomBridgeTest::whatIsNoMessageIsCounted()
{
    QFETCH(QString, type);
    QFETCH(QVariantMap, body);
    QFETCH(QString, cause);
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    Member ann(north, u"Ann"_s);
    QVERIFY(shared.groupSend(u"chat_general"_s, Message(type, body)));
    QVERIFY(ann.client.socket.receivesNothing());
    QCOMPARE(north.chat.layer.dropped().value(cause), 1);
    QCOMPARE(north.chat.log.position(u"general"_s).number, 0);
}

void RoomBridgeTest::aDoubleIsDropped()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    SharingHost south(shared);
    const Bystander django(shared, u"chat_general"_s);
    Member ann(north, u"Ann"_s);
    Member ivo(south, u"Ivo"_s);
    ann.client.say(u"once"_s);
    QCOMPARE(ivo.nextText(), u"once"_s);
    QVERIFY(shared.groupSend(u"chat_general"_s, django.heard.first()));
    QVERIFY(ivo.client.socket.receivesNothing());
    QCOMPARE(south.chat.log.position(u"general"_s).number, 1);
}

// The log has forgotten the message by then.
void RoomBridgeTest::aLateEchoIsNoNews()
{
    constexpr int Kept = 200;
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    const Bystander django(shared, u"chat_general"_s);
    Member ann(north, u"Ann"_s);
    for (int i = 0; i <= Kept; ++i)
        ann.client.say(QString::number(i));
    ann.client.drain();
    QVERIFY(shared.groupSend(u"chat_general"_s, django.heard.first()));
    QVERIFY(ann.client.socket.receivesNothing());
}

void RoomBridgeTest::somebodyElsesIdIsCounted()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    Member ann(north, u"Ann"_s);
    const QString id = ann.client.say(u"mine"_s);
    QCOMPARE(ann.nextText(), u"mine"_s);
    sayAsDjango(shared, {{u"message"_s, u"yours"_s}, {u"host"_s, u"other"_s}, {u"id"_s, id}});
    QVERIFY(ann.client.socket.receivesNothing());
    QCOMPARE(north.chat.layer.dropped().value(u"bad_id"_s), 1);
}

void RoomBridgeTest::whatIsTooBigStaysHere()
{
    InMemoryChannelLayer common;
    FakeSharedLayer shared(common);
    const Bystander django(common, u"chat_general"_s);
    BridgeOptions options;
    options.maxMessageBytes = 100;
    SharingHost north(shared, u"Studio North"_s, options);
    Member ann(north, u"Ann"_s);
    ann.client.say(QString(100, u'x'));
    QCOMPARE(ann.nextText().size(), 100);
    QVERIFY(ann.client.socket.receivesNothing());
    QVERIFY(django.heard.isEmpty());
    QCOMPARE(north.bridge.info()->notShared.value(u"too_big"_s), 1);
}

void RoomBridgeTest::aHostThatStopsLeaves()
{
    InMemoryChannelLayer shared;
    SharingHost north(shared);
    Member ann(north, u"Ann"_s);
    QVERIFY(!shared.groups().isEmpty());
    north.bridge.stop();
    QVERIFY(shared.groups().isEmpty());
    ann.client.say(u"to the last"_s);
    QCOMPARE(ann.nextText(), u"to the last"_s);
    WebsocketCommunicator late(north.chat.application, u"/ws/chat/late/"_s, localHeaders());
    QVERIFY(late.connect().accepted);
    QVERIFY(shared.groups().isEmpty());
}

PARLOUR_TEST(RoomBridgeTest)
#include "tst_room_bridge.moc"
