// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/redis_address.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::redis::RedisAddress;
using Transport = parlour::redis::RedisAddress::Transport;

namespace {

RedisAddress tcp(const QString &host, quint16 port = 6379, int database = 0)
{
    RedisAddress address;
    address.host = host;
    address.port = port;
    address.database = database;
    return address;
}

RedisAddress as(RedisAddress address, const QString &user, const QString &password)
{
    address.user = user;
    address.password = password;
    return address;
}

RedisAddress tls(RedisAddress address)
{
    address.transport = Transport::Tls;
    return address;
}

RedisAddress unixSocket(const QString &path, int database = 0)
{
    RedisAddress address;
    address.transport = Transport::Unix;
    address.path = path;
    address.database = database;
    return address;
}

} // namespace

class RedisAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<RedisAddress>("address");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &url, const RedisAddress &address,
                            const QString &shown) {
            QTest::newRow(name) << url << address << shown;
        };
        row("host alone", u"redis://example.org"_s, tcp(u"example.org"_s),
            u"redis://example.org:6379"_s);
        row("nothing but the scheme", u"redis://"_s, RedisAddress{}, u"redis://localhost:6379"_s);
        row("slash at the end", u"redis://a:1/"_s, tcp(u"a"_s, 1), u"redis://a:1"_s);
        row("blanks around", u" redis://a \n"_s, tcp(u"a"_s), u"redis://a:6379"_s);
        row("capitals", u"REDIS://A"_s, tcp(u"A"_s), u"redis://A:6379"_s);
        row("port and database", u"redis://10.0.0.7:7000/3"_s, tcp(u"10.0.0.7"_s, 7000, 3),
            u"redis://10.0.0.7:7000/3"_s);
        row("database as a setting", u"redis://a?db=2"_s, tcp(u"a"_s, 6379, 2),
            u"redis://a:6379/2"_s);
        row("IPv6", u"redis://[fe80::1]:7000"_s, tcp(u"fe80::1"_s, 7000),
            u"redis://[fe80::1]:7000"_s);
        row("IPv6 without a port", u"redis://[::1]"_s, tcp(u"::1"_s), u"redis://[::1]:6379"_s);
        row("password alone", u"redis://:s3cret@a"_s, as(tcp(u"a"_s), {}, u"s3cret"_s),
            u"redis://a:6379"_s);
        row("user and password", u"redis://chat:s3cret@a:1"_s,
            as(tcp(u"a"_s, 1), u"chat"_s, u"s3cret"_s), u"redis://chat@a:1"_s);
        row("everything encoded", u"redis://ch%40t:s%2F%3A%40%23%D1%8F@a"_s,
            as(tcp(u"a"_s), u"ch@t"_s, u"s/:@#я"_s), u"redis://ch%40t@a:6379"_s);
        row("colon in the password", u"redis://:a:b@a"_s, as(tcp(u"a"_s), {}, u"a:b"_s),
            u"redis://a:6379"_s);
        row("at sign in the password", u"redis://:a@b@a"_s, as(tcp(u"a"_s), {}, u"a@b"_s),
            u"redis://a:6379"_s);
        row("user and password as settings", u"redis://a?username=chat&password=s%26t"_s,
            as(tcp(u"a"_s), u"chat"_s, u"s&t"_s), u"redis://chat@a:6379"_s);
        row("TLS", u"rediss://a"_s, tls(tcp(u"a"_s)), u"rediss://a:6379"_s);
        auto withFiles = tls(tcp(u"a"_s));
        withFiles.caFile = u"/etc/ca.pem"_s;
        withFiles.certificateFile = u"/etc/own.pem"_s;
        withFiles.keyFile = u"/etc/own.key"_s;
        row("TLS with files",
            u"rediss://a?ssl_ca_certs=/etc/ca.pem&ssl_certfile=/etc/own.pem&ssl_keyfile=/etc/own.key"_s,
            withFiles, u"rediss://a:6379"_s);
        row("Unix socket", u"unix:///run/redis.sock"_s, unixSocket(u"/run/redis.sock"_s),
            u"unix:///run/redis.sock"_s);
        row("Unix socket with a database", u"unix:///run/redis.sock?db=4"_s,
            unixSocket(u"/run/redis.sock"_s, 4), u"unix:///run/redis.sock?db=4"_s);
        row("Unix socket with a password", u"unix://:s3cret@/run/redis.sock"_s,
            as(unixSocket(u"/run/redis.sock"_s), {}, u"s3cret"_s), u"unix:///run/redis.sock"_s);
        row("Unix socket with a blank", u"unix:///run/my%20redis"_s, unixSocket(u"/run/my redis"_s),
            u"unix:///run/my redis"_s);
    }

    void reads()
    {
        QFETCH(QString, url);
        QFETCH(QString, shown);
        const auto address = RedisAddress::parse(url);
        QVERIFY2(address, address ? "" : qPrintable(address.error().message));
        QTEST(*address, "address");
        QCOMPARE(address->shown(), shown);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says"); ///< a part of the message
        const auto row = [](const char *name, const QString &url, const QString &says) {
            QTest::newRow(name) << url << says;
        };
        row("nothing", {}, u"begins with none"_s);
        row("no scheme", u"localhost:6379"_s, u"begins with none"_s);
        row("another scheme", u"http://:hunter2@localhost"_s, u"begins with none"_s);
        row("port is a word", u"redis://a:hunter2"_s, u"1 to 65535"_s);
        row("port is zero", u"redis://a:0"_s, u"1 to 65535"_s);
        row("port is too large", u"redis://a:65536"_s, u"1 to 65535"_s);
        row("port is missing", u"redis://a:"_s, u"1 to 65535"_s);
        row("IPv6 without brackets", u"redis://fe80::1"_s, u"brackets"_s);
        row("brackets around a name", u"redis://[a]"_s, u"IPv6"_s);
        row("bracket that stays open", u"redis://[::1"_s, u"IPv6"_s);
        row("something behind the bracket", u"redis://[::1]x"_s, u"1 to 65535"_s);
        row("database is a word", u"redis://a/hunter2"_s, u"database"_s);
        row("database is negative", u"redis://a/-1"_s, u"database"_s);
        row("database of a socket", u"unix:///a?db=x"_s, u"database"_s);
        row("slash in the password", u"redis://:hun/ter2@a"_s, u"%2F"_s);
        row("question mark in the password", u"redis://:hunter2?x@a"_s, u"%3F"_s);
        row("number sign in the password", u"redis://:hunter2#@a"_s, u"%23"_s);
        row("number sign at the end", u"redis://a#hunter2"_s, u"%23"_s);
        row("slash and at sign in the password", u"redis://:hunter2@b/c@a"_s, u"%2F"_s);
        row("user without a password", u"redis://chat@a"_s, u"no password"_s);
        row("unknown setting", u"redis://a?tiemout=1"_s, u"known are db, password"_s);
        row("verification off", u"rediss://a?ssl_cert_reqs=none"_s, u"known are db, password"_s);
        row("ampersand in the password", u"redis://a?password=top&hunter2"_s, u"%26"_s);
        row("password without its name", u"redis://a?hunter2"_s, u"known are db, password"_s);
        row("TLS file without TLS", u"redis://a?ssl_ca_certs=/x"_s, u"rediss://"_s);
        row("certificate without a key", u"rediss://a?ssl_certfile=/x"_s, u"together"_s);
        row("socket without a path", u"unix://"_s, u"three slashes"_s);
        row("socket in a folder of here", u"unix://redis.sock"_s, u"three slashes"_s);
    }

    void refuses()
    {
        QFETCH(QString, url);
        QFETCH(QString, says);
        const auto address = RedisAddress::parse(url);
        QVERIFY(!address);
        QCOMPARE(address.error().code, u"redis_address"_s);
        QVERIFY2(address.error().message.contains(says), qPrintable(address.error().message));
        QVERIFY2(!address.error().message.contains(u"hun"_s), qPrintable(address.error().message));
    }
};

PARLOUR_TEST(RedisAddressTest)
#include "tst_redis_address.moc"
