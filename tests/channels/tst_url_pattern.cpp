// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/url_pattern.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>
#include <QUuid>

#include <limits>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

class UrlPatternTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertersCaptureValuesOfTheirKind_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QVariant>("value"); // invalid: no match
        const QVariant none;
        QTest::newRow("int") << u"a/<int:v>/"_s << u"a/007/"_s << QVariant(qlonglong(7));
        QTest::newRow("greatest int") << u"<int:v>"_s << u"9223372036854775807"_s
                                      << QVariant(std::numeric_limits<qlonglong>::max());
        QTest::newRow("int beyond 64 bits") << u"<int:v>"_s << u"9223372036854775808"_s << none;
        QTest::newRow("negative int") << u"<int:v>"_s << u"-1"_s << none;
        QTest::newRow("Arabic int") << u"<int:v>"_s << u"٣"_s << none;
        QTest::newRow("str") << u"a/<str:v>/"_s << u"a/комната 1/"_s << QVariant(u"комната 1"_s);
        QTest::newRow("str by default") << u"a/<v>/"_s << u"a/b/"_s << QVariant(u"b"_s);
        QTest::newRow("str has no slash") << u"a/<str:v>/"_s << u"a/b/c/"_s << none;
        QTest::newRow("str is not empty") << u"a/<str:v>/"_s << u"a//"_s << none;
        QTest::newRow("slug") << u"<slug:v>"_s << u"a-b_C9"_s << QVariant(u"a-b_C9"_s);
        QTest::newRow("slug is ASCII") << u"<slug:v>"_s << u"é"_s << none;
        QTest::newRow("path") << u"p/<path:v>"_s << u"p/x/y/"_s << QVariant(u"x/y/"_s);
        QTest::newRow("path is not empty") << u"p/<path:v>"_s << u"p/"_s << none;
        QTest::newRow("uuid") << u"<uuid:v>"_s << u"075194d3-6885-417e-a8a8-6c931e272f00"_s
                              << QVariant::fromValue(
                                     QUuid(u"075194d3-6885-417e-a8a8-6c931e272f00"_s));
        QTest::newRow("uuid is lower case")
            << u"<uuid:v>"_s << u"075194D3-6885-417E-A8A8-6C931E272F00"_s << none;
        QTest::newRow("text is literal") << u"a.b/<v>"_s << u"aXb/c"_s << none;
        QTest::newRow("the whole path") << u"a/<int:v>/"_s << u"a/1/b"_s << none;
        QTest::newRow("no final line feed") << u"<int:v>/"_s << u"1/\n"_s << none;
    }

    void convertersCaptureValuesOfTheirKind()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, path);
        QFETCH(QVariant, value);
        const auto made = UrlPattern::path(pattern, UrlPattern::Extent::Whole);
        QVERIFY(made);
        const auto match = made->match(path);
        QCOMPARE(match.has_value(), value.isValid());
        if (!match)
            return;
        const QVariant captured = match->captured.kwargs.value(u"v"_s);
        QCOMPARE(captured, value);
        QCOMPARE(captured.typeId(), value.typeId());
        QVERIFY(match->remaining.isEmpty());
    }

    void aPrefixLeavesARest()
    {
        const auto made = UrlPattern::path(u"in/<str:o>/"_s, UrlPattern::Extent::Prefix);
        QVERIFY(made);
        const auto match = made->match(u"in/foo/x/3/"_s);
        QVERIFY(match);
        QCOMPARE(match->remaining, u"x/3/"_s);
        QCOMPARE(match->captured.kwargs.value(u"o"_s).toString(), u"foo"_s);
        QVERIFY2(!made->match(u"an/in/foo/"_s), "path() begins at the beginning");
    }

    void anExpressionWithADollarTakesTheWholePath()
    {
        const auto made = UrlPattern::regularExpression(u"a|ab$"_s, UrlPattern::Extent::Whole);
        QVERIFY(made);
        QVERIFY2(made->match(u"ab"_s), "a full match, not the first that search() finds");
        QVERIFY(!made->match(u"xab"_s));
        QVERIFY(!made->match(u"ab\n"_s));
    }

    void refusesWhatIsNoPattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("offender");
        QTest::newRow("unknown converter") << u"a/<float:v>/"_s << u"\"float\""_s;
        QTest::newRow("no identifier") << u"a/<int:1v>/"_s << u"\"1v\""_s;
        QTest::newRow("blank in brackets") << u"a/<int: v>/"_s << u"\" v\""_s;
        QTest::newRow("same name twice") << u"<int:v>/<v>/"_s << u"\"v\" twice"_s;
        QTest::newRow("named group") << u"a/(?P<v>x)/"_s << u"rePath()"_s;
        QTest::newRow("circumflex") << u"^a/"_s << u"rePath()"_s;
        QTest::newRow("dollar") << u"a/$"_s << u"rePath()"_s;
    }

    void refusesWhatIsNoPattern()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, offender);
        const auto made = UrlPattern::path(pattern, UrlPattern::Extent::Whole);
        QVERIFY(!made);
        QCOMPARE(made.error().code, u"bad_route"_s);
        for (const QString &part : {pattern, offender})
            QVERIFY2(made.error().message.contains(part), qPrintable(made.error().message));
    }

    void refusesWhatIsNoExpression()
    {
        const auto made = UrlPattern::regularExpression(u"(unclosed"_s, UrlPattern::Extent::Whole);
        QVERIFY(!made);
        QCOMPARE(made.error().code, u"bad_route"_s);
        QVERIFY(made.error().message.contains(u"\"(unclosed\""_s));
    }
};

PARLOUR_TEST(UrlPatternTest)
#include "tst_url_pattern.moc"
