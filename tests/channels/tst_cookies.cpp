// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/cookies.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;

class CookiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatBrowsersRead_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("expected");
        const auto written = [](const Expected<Header> &header) {
            return header ? header->name + ": " + header->value : header.error().code.toUtf8();
        };
        QTest::newRow("defaults") << written(setCookie("a", "b"))
                                  << QByteArray("set-cookie: a=b; Path=/; HttpOnly; SameSite=Lax");
        QTest::newRow("everything")
            << written(setCookie("a", "b",
                                 {.path = "/chat/",
                                  .domain = "example.com",
                                  .maxAge = 60s,
                                  .secure = true,
                                  .httpOnly = false,
                                  .sameSite = SameSite::None}))
            << QByteArray("set-cookie: a=b; Path=/chat/; Domain=example.com; Max-Age=60; Secure; "
                          "SameSite=None");
        QTest::newRow("strict") << written(setCookie("a", "", {.sameSite = SameSite::Strict}))
                                << QByteArray("set-cookie: a=; Path=/; HttpOnly; SameSite=Strict");
        QTest::newRow("deleted") << written(deleteCookie("a", {.path = "/chat/"}))
                                 << QByteArray("set-cookie: a=; Path=/chat/; Max-Age=0; HttpOnly; "
                                               "SameSite=Lax");
    }

    void writesWhatBrowsersRead()
    {
        QFETCH(QByteArray, written);
        QTEST(written, "expected");
    }

    void refusesWhatWouldEndItsField_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("no name") << QByteArray() << QByteArray("b") << QByteArray("/");
        QTest::newRow("blank in the name")
            << QByteArray("a b") << QByteArray("b") << QByteArray("/");
        QTest::newRow("equals sign in the name")
            << QByteArray("a=") << QByteArray("b") << QByteArray("/");
        QTest::newRow("semicolon")
            << QByteArray("a") << QByteArray("b; Domain=x") << QByteArray("/");
        QTest::newRow("semicolon alone")
            << QByteArray("a") << QByteArray("b;Secure") << QByteArray("/");
        QTest::newRow("line feed") << QByteArray("a") << QByteArray("b\nx: y") << QByteArray("/");
        QTest::newRow("not ASCII") << QByteArray("a") << QByteArray("é") << QByteArray("/");
        QTest::newRow("path") << QByteArray("a") << QByteArray("b") << QByteArray("/; Secure");
        QTest::newRow("line feed in the path")
            << QByteArray("a") << QByteArray("b") << QByteArray("/\r\nx: y");
    }

    void refusesWhatWouldEndItsField()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, path);
        const auto header = setCookie(name, value, {.path = path});
        QVERIFY(!header);
        QCOMPARE(header.error().code, u"bad_cookie"_s);
    }

    void sameSiteNoneNeedsSecure() { QVERIFY(!setCookie("a", "b", {.sameSite = SameSite::None})); }

    void eachPortHasANameOfItsOwn()
    {
        QCOMPARE(cookieName("sessionid", 8765), QByteArray("sessionid_8765"));
        QVERIFY(cookieName("sessionid", 8765) != cookieName("sessionid", 8766));
    }
};

PARLOUR_TEST(CookiesTest)
#include "tst_cookies.moc"
