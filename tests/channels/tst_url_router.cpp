// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/refusal.h"
#include "channels/testing/http_communicator.h"
#include "channels/testing/websocket_communicator.h"
#include "channels/url_router.h"
#include "channels/vectors.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

/// An application that answers with its name, so that a test sees which one was chosen.
Application named(const char *name)
{
    return refusal(200, name);
}

// The vectors' tables. We have re_path() alone: Django's path() patterns are written as the regular
// expressions that Django makes of them, and what they capture stays text.
UrlRouter tutorial()
{
    return UrlRouter({{R"(ws/chat/(?P<room_name>\w+)/$)", named("chat")}});
}

UrlRouter general()
{
    const UrlRouter deep({{R"(^deep/(?P<o>[0-9]+)/$)", named("deep")}});
    const UrlRouter inner({{R"(^x/(?P<i>[0-9]+)/$)", named("in-x")},
                           {R"(^y/(?P<j>\d+)/$)", named("in-y")},
                           {R"(^z/)", deep}});
    return UrlRouter(
        {{R"(^a/(?P<n>[0-9]+)/$)", named("a")},
         {R"(^s/(?P<s>[-a-zA-Z0-9_]+)/$)", named("s")},
         {R"(^u/(?P<u>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/$)", named("u")},
         {R"(^p/(?P<rest>.+)$)", named("p")},
         {R"(^st/(?P<o>[^/]+)/x/$)", named("st")},
         {R"(^b/(\d+)/(\w+)/$)", named("b")},
         {R"(c/(?P<x>\w+)/$)", named("c"), {{u"def"_s, 1}, {u"x"_s, u"default-wins"_s}}},
         {R"(^opt/(?P<y>\d+)?/?$)", named("opt")},
         {R"(^in/(?P<o>[^/]+)/)", inner},
         {R"(loose)", named("loose")},
         {R"(^$)", named("root")}});
}

QString appOf(const UrlRouter::Found &found)
{
    Scope scope = found.scope;
    scope.type = u"http"_s;
    HttpCommunicator client(found.application, "GET", u"/"_s);
    return QString::fromUtf8(client.response().body);
}

Scope scopeOf(const QString &path)
{
    Scope scope;
    scope.type = u"websocket"_s;
    scope.path = path;
    return scope;
}

/// Numbers as text: re_path() captures text, Django's path() converts.
QVariantMap asText(const QJsonObject &kwargs)
{
    QVariantMap map;
    for (auto it = kwargs.begin(); it != kwargs.end(); ++it)
        map.insert(it.key(), it->toVariant().toString());
    return map;
}

QVariantMap asText(const QVariantMap &kwargs)
{
    return asText(QJsonObject::fromVariantMap(kwargs));
}

} // namespace

class UrlRouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routesAsChannelsDoes_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("result");
        int row = 0;
        for (const auto &value : parlour::tests::vectors(u"routing"_s)["tables"_L1].toArray()) {
            const auto table = value.toObject();
            for (const auto &entry : table["cases"_L1].toArray()) {
                const QString path = entry["path"_L1].toString();
                QTest::addRow("%d %s", row++, path.toUtf8().toPercentEncoding("/").constData())
                    << table["table"_L1].toString() << path << entry["result"_L1].toObject();
            }
        }
        QVERIFY(row > 40);
    }

    void routesAsChannelsDoes()
    {
        QFETCH(QString, table);
        QFETCH(QString, path);
        QFETCH(QJsonObject, result);
        static const parlour::tests::Differences differences{
            {u"/a/007/"_s, "captured text stays text: no path() converters"},
        };
        const UrlRouter router = table == "tutorial"_L1 ? tutorial() : general();
        const auto found = router.resolve(scopeOf(path));
        QCOMPARE(found.has_value(), !result.contains("error"_L1));
        if (!found)
            return;
        QCOMPARE(appOf(*found), result["app"_L1].toString());
        QCOMPARE(found->scope.pathRemaining, result["path_remaining"_L1].toString());
        QCOMPARE(found->scope.urlRoute.args, result["args"_L1].toVariant().toStringList());
        if (const char *why = differences.value(path))
            QVERIFY2(found->scope.urlRoute.kwargs.value(u"n"_s) == u"007"_s, why);
        else
            QCOMPARE(asText(found->scope.urlRoute.kwargs), asText(result["kwargs"_L1].toObject()));
    }

    void readsTheScopeAsChannelsDoes_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QJsonObject>("result");
        for (const auto &value :
             parlour::tests::vectors(u"routing"_s)["scope_cases"_L1].toArray()) {
            const auto given = value["scope"_L1].toObject();
            // Our Scope has no root_path (nobody mounts us below another path), and always a path.
            if (given.contains("root_path"_L1) || given.isEmpty())
                continue;
            QTest::addRow("rest %s", qPrintable(given["path_remaining"_L1].toString()))
                << given << value["result"_L1].toObject();
        }
    }

    void readsTheScopeAsChannelsDoes()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, result);
        Scope scope = scopeOf(given["path"_L1].toString());
        scope.pathRemaining = given["path_remaining"_L1].toString();
        const auto found = general().resolve(scope);
        QCOMPARE(found.has_value(), !result.contains("error"_L1));
        if (found)
            QCOMPARE(appOf(*found), result["app"_L1].toString());
    }

    void noRouteIsNotFoundBeforeTheHandshake()
    {
        WebsocketCommunicator socket(tutorial(), u"/ws/nowhere/"_s);
        const auto answer = socket.connect();
        QVERIFY(!answer.accepted);
        QCOMPARE(answer.status, 404);
        HttpCommunicator page(tutorial(), "GET", u"/nowhere"_s);
        QCOMPARE(page.response().status, 404);
    }

    void theFirstMatchWins()
    {
        const UrlRouter router({{R"(^a)", named("first")}, {R"(^a$)", named("second")}});
        QCOMPARE(appOf(*router.resolve(scopeOf(u"/a"_s))), u"first"_s);
    }

    void aNestedTableThatMatchesNothingLeavesItToTheNextRoute()
    {
        const UrlRouter nested({{R"(^x/$)", named("nested")}});
        const UrlRouter router({{R"(^in/(?P<lost>\w)?)", nested}, {R"(^in/y/$)", named("outer")}});
        const auto found = router.resolve(scopeOf(u"/in/y/"_s));
        QVERIFY(found);
        QCOMPARE(appOf(*found), u"outer"_s);
        QVERIFY2(found->scope.urlRoute.kwargs.isEmpty(), "what the failed branch captured is gone");
    }

    void aBadPatternMatchesNothing()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"bad route"_s));
        const UrlRouter router({{R"(^(unclosed)", named("never")}});
        QVERIFY(!router.resolve(scopeOf(u"/(unclosed"_s)));
    }
};

PARLOUR_TEST(UrlRouterTest)
#include "tst_url_router.moc"
