// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_address.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::client::HostAddress;

class HostAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleType_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("room");
        const auto row = [](const char *name, const QString &typed, const QString &host, int port,
                            const QString &room = {}) {
            QTest::newRow(name) << typed << host << port << room;
        };
        row("IPv4 with port", u"192.168.1.20:8766"_s, u"192.168.1.20"_s, 8766);
        row("IPv4 alone", u"192.168.1.20"_s, u"192.168.1.20"_s, 8765);
        row("name alone", u"studio.local"_s, u"studio.local"_s, 8765);
        row("capitals", u"Studio.LOCAL:80"_s, u"studio.local"_s, 80);
        row("spaces around", u"  studio.local \n"_s, u"studio.local"_s, 8765);
        row("one word", u"localhost"_s, u"localhost"_s, 8765);
        row("underscore", u"my_pc:1"_s, u"my_pc"_s, 1);
        row("Cyrillic name", u"студия.local"_s, u"студия.local"_s, 8765);
        row("highest port", u"a:65535"_s, u"a"_s, 65535);
        row("IPv6 in brackets", u"[::1]:8765"_s, u"::1"_s, 8765);
        row("IPv6 in brackets, no port", u"[fd00::20]"_s, u"fd00::20"_s, 8765);
        row("IPv6 bare", u"fd00::20"_s, u"fd00::20"_s, 8765);
        row("IPv6 long form", u"[0:0:0:0:0:0:0:1]:9"_s, u"::1"_s, 9);
        row("IPv6 with zone", u"[fe80::1%eth0]:8765"_s, u"fe80::1%eth0"_s, 8765);
        row("page of the host", u"http://host:9000/"_s, u"host"_s, 9000);
        row("page without port", u"http://host/"_s, u"host"_s, 8765);
        row("lobby", u"http://host:8765/chat/"_s, u"host"_s, 8765);
        row("room page", u"http://host:8765/chat/general/"_s, u"host"_s, 8765, u"general"_s);
        row("room page without scheme", u"host/chat/general"_s, u"host"_s, 8765, u"general"_s);
        row("room page with query", u"http://host/chat/general/?a=b#c"_s, u"host"_s, 8765,
            u"general"_s);
        row("encoded room", u"http://host/chat/%D0%A7%D0%B0%D1%82%201/"_s, u"host"_s, 8765,
            u"Чат 1"_s);
        row("room typed with letters", u"host/chat/Чат"_s, u"host"_s, 8765, u"Чат"_s);
        row("decomposed room", u"host/chat/e%CC%81/"_s, u"host"_s, 8765, u"é"_s);
        row("percent in a room", u"host/chat/100%25/"_s, u"host"_s, 8765, u"100%"_s);
        row("socket", u"ws://host:8765/ws/parlour/"_s, u"host"_s, 8765);
        row("room socket", u"WS://host/ws/chat/lobby/"_s, u"host"_s, 8765, u"lobby"_s);
    }

    void readsWhatPeopleType()
    {
        QFETCH(QString, typed);
        const auto address = HostAddress::parse(typed);
        QVERIFY2(address, qPrintable(address ? QString() : address.error().message));
        QTEST(address->host, "host");
        QTEST(int(address->port), "port");
        QTEST(address->room, "room");
        QVERIFY(!address->secure);
        const auto again = HostAddress::parse(address->display());
        QVERIFY2(again, "what is shown can be typed again");
        QCOMPARE(again->host, address->host);
        QCOMPARE(again->port, address->port);
    }

    void refusesWithASentence_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &typed, const QString &says) {
            QTest::newRow(name) << typed << says;
        };
        row("nothing", u""_s, u"No address"_s);
        row("blanks", u"  \t"_s, u"No address"_s);
        row("port alone", u":8765"_s, u"name of the host is missing"_s);
        row("number alone", u"8765"_s, u"no IPv4 address"_s);
        row("IPv4 number too big", u"192.168.1.300"_s, u"no IPv4 address"_s);
        row("IPv4 too short", u"192.168.1"_s, u"no IPv4 address"_s);
        row("IPv4 with leading zero", u"192.168.01.1"_s, u"no IPv4 address"_s);
        row("every address", u"0.0.0.0:8765"_s, u"every address"_s);
        row("every IPv6 address", u"[::]:8765"_s, u"every address"_s);
        row("port zero", u"host:0"_s, u"no port"_s);
        row("port too high", u"host:65536"_s, u"no port"_s);
        row("port of letters", u"host:http"_s, u"no port"_s);
        row("port missing", u"host:"_s, u"no port"_s);
        row("port signed", u"host:+80"_s, u"no port"_s);
        row("port very long", u"host:99999999999999999999"_s, u"no port"_s);
        row("bad IPv6", u"[::zz]:1"_s, u"no IPv6 address"_s);
        row("IPv4 in brackets", u"[192.168.1.1]:1"_s, u"no IPv6 address"_s);
        row("bracket left open", u"[::1:8765"_s, u"bracket"_s);
        row("letters behind the bracket", u"[::1]x"_s, u"no port"_s);
        row("many colons", u"a:b:c"_s, u"no IPv6 address"_s);
        row("space inside", u"my host"_s, u"no spaces"_s);
        row("user name", u"http://ann:pw@host/"_s, u"no user name"_s);
        row("other scheme", u"ftp://host/"_s, u"ftp://"_s);
        row("file", u"file:///etc/passwd"_s, u"file://"_s);
        row("two dots", u"a..b"_s, u"cannot be the name of a host"_s);
        row("strange letters", u"a<b>"_s, u"cannot be the name of a host"_s);
        row("foreign page", u"http://host/wiki/Page"_s, u"no page of a Parlour host"_s);
        row("deeper page", u"http://host/chat/a/b/"_s, u"no page of a Parlour host"_s);
        row("bad percent", u"host/chat/%zz/"_s, u"name of a room"_s);
        row("bad UTF-8", u"host/chat/%ff/"_s, u"name of a room"_s);
        row("slash in a room", u"host/chat/a%2Fb/"_s, u"name of a room"_s);
        row("control character in a room", u"host/chat/a%00b/"_s, u"name of a room"_s);
        row("bidi in a room", u"host/chat/a%E2%80%AEb/"_s, u"name of a room"_s);
        row("dots for a room", u"host/chat/../"_s, u"name of a room"_s);
        row("room too long", u"host/chat/"_s + QString(201, u'a'), u"name of a room"_s);
        row("far too long", QString(5000, u'a'), u"too long"_s);
    }

    void refusesWithASentence()
    {
        QFETCH(QString, typed);
        QFETCH(QString, says);
        const auto address = HostAddress::parse(typed);
        QVERIFY(!address);
        const auto message = address.error().message;
        QCOMPARE(address.error().code, u"bad_address"_s);
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(message.contains(u"Type "_s) || message.contains(u"such as"_s),
                 qPrintable(message));
    }

    void encryptedLinksAreReadWithTheirPort()
    {
        const auto plain = HostAddress::parse(u"http://host/chat/a/"_s);
        QVERIFY(plain);
        QCOMPARE(*plain, (HostAddress{u"host"_s, 8765, false, u"a"_s}));
        const auto page = HostAddress::parse(u"https://host/chat/a/"_s);
        QVERIFY(page);
        QCOMPARE(*page, (HostAddress{u"host"_s, 443, true, u"a"_s}));
        const auto socket = HostAddress::parse(u"WSS://host:8765/ws/parlour/"_s);
        QVERIFY(socket);
        QCOMPARE(*socket, (HostAddress{u"host"_s, 8765, true, {}}));
    }

    void knowsThisComputer_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isThis");
        QTest::newRow("name") << u"localhost:8765"_s << true;
        QTest::newRow("a name below it") << u"app.localhost"_s << true;
        QTest::newRow("IPv4") << u"127.0.0.1"_s << true;
        QTest::newRow("another of its addresses") << u"127.1.2.3"_s << true;
        QTest::newRow("IPv6") << u"[::1]:9000"_s << true;
        QTest::newRow("a neighbour") << u"192.168.1.20"_s << false;
        QTest::newRow("a name like it") << u"localhost.example"_s << false;
    }

    void knowsThisComputer()
    {
        QFETCH(QString, typed);
        const auto address = HostAddress::parse(typed);
        QVERIFY(address);
        QTEST(address->isLoopback(), "isThis");
    }

    void makesTheAddressesOfSocketAndPage()
    {
        HostAddress address{u"studio.local"_s, 9000, false, {}};
        QCOMPARE(address.socketUrl(u"ws/parlour/"_s, false).toString(),
                 u"ws://studio.local:9000/ws/parlour/"_s);
        QCOMPARE(address.pageUrl().toString(QUrl::FullyEncoded),
                 u"http://studio.local:9000/chat/"_s);
        QCOMPARE(address.pageUrl(u"Чат 1"_s).toString(QUrl::FullyEncoded),
                 u"http://studio.local:9000/chat/%D0%A7%D0%B0%D1%82%201/"_s);
        QCOMPARE(address.pageUrl(u"100%?#"_s).toString(QUrl::FullyEncoded),
                 u"http://studio.local:9000/chat/100%25%3F%23/"_s);
        address = {u"::1"_s, 8765, true, {}};
        QCOMPARE(address.socketUrl(u"ws/parlour/"_s, true).toString(),
                 u"wss://[::1]:8765/ws/parlour/"_s);
        QCOMPARE(address.pageUrl().toString(), u"https://[::1]:8765/chat/"_s);
        QCOMPARE(address.display(), u"[::1]:8765"_s);
        QCOMPARE(address.linkUrl(u"a-_1"_s, u"Ann & Ж#+"_s).toString(QUrl::FullyEncoded),
                 u"https://[::1]:8765/chat/#link=a-_1&name=Ann%20%26%20%D0%96%23%2B"_s);
    }

    void aRoomSurvivesItsOwnLink()
    {
        for (const auto &room : {u"general"_s, u"Чат 1"_s, u"100%"_s, u"a?b#c"_s, u"%41"_s}) {
            const HostAddress address{u"host"_s, 8765, false, {}};
            const auto again =
                HostAddress::parse(address.pageUrl(room).toString(QUrl::FullyEncoded));
            QVERIFY2(again, qPrintable(room));
            QCOMPARE(again->room, room);
        }
    }
};

PARLOUR_TEST(HostAddressTest)
#include "tst_host_address.moc"
