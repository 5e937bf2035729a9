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
#include <QRegularExpression>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

/// An application that answers with its name, so that a test sees which one was chosen.
Application named(const char *name)
{
    return refusal(200, name);
}

UrlRouter tutorial()
{
    return UrlRouter({rePath(R"(ws/chat/(?P<room_name>\w+)/$)", named("chat"))});
}

// The vectors' table, line by line.
UrlRouter general()
{
    const UrlRouter deep({path("deep/<int:o>/", named("deep"))});
    const UrlRouter inner({path("x/<int:i>/", named("in-x")),
                           rePath(R"(^y/(?P<j>\d+)/$)", named("in-y")), path("z/", deep)});
    return UrlRouter(
        {path("a/<int:n>/", named("a")), path("s/<slug:s>/", named("s")),
         path("u/<uuid:u>/", named("u")), path("p/<path:rest>", named("p")),
         path("st/<str:o>/x/", named("st")), rePath(R"(^b/(\d+)/(\w+)/$)", named("b")),
         rePath(R"(c/(?P<x>\w+)/$)", named("c"), {{u"def"_s, 1}, {u"x"_s, u"default-wins"_s}}),
         rePath(R"(^opt/(?P<y>\d+)?/?$)", named("opt")), path("in/<str:o>/", inner),
         rePath("loose", named("loose")), path("", named("root"))});
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

/// As JSON has it: numbers are numbers, a QUuid is its text.
QJsonObject asJson(const UrlRoute &route)
{
    QJsonObject kwargs;
    for (auto it = route.kwargs.begin(); it != route.kwargs.end(); ++it)
        kwargs.insert(it.key(),
                      it->typeId() == QMetaType::QUuid ? it->toUuid().toString(QUuid::WithoutBraces)
                                                       : QJsonValue::fromVariant(*it));
    return {{u"args"_s, QJsonArray::fromStringList(route.args)}, {u"kwargs"_s, kwargs}};
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
        const UrlRouter router = table == "tutorial"_L1 ? tutorial() : general();
        const auto found = router.resolve(scopeOf(path));
        QCOMPARE(found.has_value(), !result.contains("error"_L1));
        if (!found)
            return;
        QCOMPARE(appOf(*found), result["app"_L1].toString());
        QCOMPARE(found->scope.pathRemaining, result["path_remaining"_L1].toString());
        QCOMPARE(asJson(found->scope.urlRoute),
                 (QJsonObject{{u"args"_s, result["args"_L1]}, {u"kwargs"_s, result["kwargs"_L1]}}));
    }

    void readsTheScopeAsChannelsDoes_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QJsonObject>("result");
        for (const auto &value :
             parlour::tests::vectors(u"routing"_s)["scope_cases"_L1].toArray()) {
            const auto given = value["scope"_L1].toObject();
            // A scope without a path is a ValueError there; ours always has one.
            if (given.isEmpty())
                continue;
            QTest::addRow("%s below %s, rest %s", qPrintable(given["path"_L1].toString()),
                          qPrintable(given["root_path"_L1].toString()),
                          qPrintable(given["path_remaining"_L1].toString()))
                << given << value["result"_L1].toObject();
        }
    }

    void readsTheScopeAsChannelsDoes()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, result);
        Scope scope = scopeOf(given["path"_L1].toString());
        scope.rootPath = given["root_path"_L1].toString();
        if (given.contains("path_remaining"_L1))
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
        const UrlRouter router({rePath("^a", named("first")), path("a", named("second"))});
        QCOMPARE(appOf(*router.resolve(scopeOf(u"/a"_s))), u"first"_s);
    }

    void aNestedTableThatMatchesNothingLeavesItToTheNextRoute()
    {
        const UrlRouter nested({path("x/", named("nested"))});
        const UrlRouter router(
            {rePath(R"(^in/(?P<lost>\w)?)", nested), path("in/y/", named("outer"))});
        const auto found = router.resolve(scopeOf(u"/in/y/"_s));
        QVERIFY(found);
        QCOMPARE(appOf(*found), u"outer"_s);
        QVERIFY2(found->scope.urlRoute.kwargs.isEmpty(), "what the failed branch captured is gone");
    }

    void defaultArgumentsReachTheApplication()
    {
        const UrlRouter inner({path("<slug:room>/", named("room"), {{u"mode"_s, u"inner"_s}})});
        const UrlRouter router(
            {path("<slug:team>/", inner, {{u"mode"_s, u"outer"_s}, {u"n"_s, 1}})});
        const auto found = router.resolve(scopeOf(u"/north/lobby/"_s));
        QVERIFY(found);
        QCOMPARE(found->scope.urlRoute.kwargs,
                 (QVariantMap{{u"team"_s, u"north"_s},
                              {u"room"_s, u"lobby"_s},
                              {u"mode"_s, u"inner"_s},
                              {u"n"_s, 1}}));
    }

    void aTableBehindAMiddlewareRoutesTheRest()
    {
        const Application behind = [inner = UrlRouter({path("x/", named("inner"))})](
                                       const Scope &scope, const Send &send) {
            return inner(scope, send);
        };
        const UrlRouter router({rePath("^admin/", behind)});
        HttpCommunicator page(router, "GET", u"/admin/x/"_s);
        QCOMPARE(page.response().body, QByteArray("inner"));
        HttpCommunicator nowhere(router, "GET", u"/admin/y/"_s);
        QCOMPARE(nowhere.response().status, 404);
    }

    void aBadPatternMatchesNothing_data()
    {
        QTest::addColumn<bool>("isExpression");
        QTest::newRow("path") << false;
        QTest::newRow("regular expression") << true;
    }

    void aBadPatternMatchesNothing()
    {
        QFETCH(bool, isExpression);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"matches nothing: the route"_s));
        const UrlRouter router({isExpression ? rePath("^(unclosed", named("never"))
                                             : path("<odd:x>", named("never"))});
        QVERIFY(!router.resolve(scopeOf(u"/(unclosed"_s)));
        QVERIFY(!router.resolve(scopeOf(u"/x"_s)));
    }
};

PARLOUR_TEST(UrlRouterTest)
#include "tst_url_router.moc"
