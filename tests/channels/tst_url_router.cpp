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
Application named(const QByteArray &name)
{
    return refusal(200, name);
}

UrlRouter tutorial()
{
    return UrlRouter({rePath(R"(ws/chat/(?P<room_name>\w+)/$)", named("chat"))});
}

/// A table as the vectors have it: [kind, pattern, application name or nested table, defaults].
UrlRouter routerOf(const QJsonArray &table)
{
    std::vector<Route> routes;
    for (const auto &value : table) {
        const QJsonArray line = value.toArray();
        const QByteArray pattern = line[1].toString().toUtf8();
        const QVariantMap defaults = line[3].toObject().toVariantMap();
        const bool isExpression = line[0] == "re_path"_L1;
        if (line[2].isArray()) {
            const UrlRouter nested = routerOf(line[2].toArray());
            routes.push_back(isExpression ? rePath(pattern.constData(), nested, defaults)
                                          : path(pattern.constData(), nested, defaults));
        } else {
            const Application application = named(line[2].toString().toUtf8());
            routes.push_back(isExpression ? rePath(pattern.constData(), application, defaults)
                                          : path(pattern.constData(), application, defaults));
        }
    }
    return UrlRouter(std::move(routes));
}

UrlRouter routerNamed(const QString &name)
{
    for (const auto &table : parlour::tests::vectors(u"routing"_s)["tables"_L1].toArray()) {
        if (table["table"_L1] == name)
            return routerOf(table["routes"_L1].toArray());
    }
    qFatal("no table \"%s\" in the vectors", qPrintable(name));
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

/// What was found, as the vectors write it: numbers are numbers, a QUuid is its text.
QJsonObject asJson(const UrlRouter::Found &found)
{
    const UrlRoute &route = found.scope.urlRoute;
    QJsonObject kwargs;
    for (auto it = route.kwargs.begin(); it != route.kwargs.end(); ++it)
        kwargs.insert(it.key(),
                      it->typeId() == QMetaType::QUuid ? it->toUuid().toString(QUuid::WithoutBraces)
                                                       : QJsonValue::fromVariant(*it));
    return {{u"app"_s, appOf(found)},
            {u"args"_s, QJsonArray::fromStringList(route.args)},
            {u"kwargs"_s, kwargs},
            {u"path_remaining"_s, found.scope.pathRemaining.value_or(u"none"_s)}};
}

/// By the scope's path.
const parlour::tests::Differences &scopeDifferences()
{
    static const parlour::tests::Differences all{
        {u"no path"_s, "a Scope always has a path, and the empty one is the root"},
    };
    return all;
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
        const auto found = routerNamed(table).resolve(scopeOf(path));
        QCOMPARE(found.has_value(), !result.contains("error"_L1));
        if (found)
            QCOMPARE(asJson(*found), result);
    }

    void readsTheScopeAsChannelsDoes_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QJsonObject>("result");
        for (const auto &value :
             parlour::tests::vectors(u"routing"_s)["scope_cases"_L1].toArray()) {
            const auto given = value["scope"_L1].toObject();
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
        const auto found = routerNamed(u"general"_s).resolve(scope);
        const QString asked = given["path"_L1].toString(u"no path"_s);
        if (const char *why = scopeDifferences().value(asked)) {
            QVERIFY2(result.contains("error"_L1) && found, why);
            QCOMPARE(appOf(*found), u"root"_s);
            return;
        }
        QCOMPARE(found.has_value(), !result.contains("error"_L1));
        if (found)
            QCOMPARE(asJson(*found), result);
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
