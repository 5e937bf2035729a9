// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace parlour::widgets;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &left, const QColor &right)
{
    const double a = luminance(left);
    const double b = luminance(right);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

Tokens tokensOf(const QString &name)
{
    return name == u"dark" ? Tokens::dark() : Tokens::light();
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textStandsOutFromEverySurface_data();
    void textStandsOutFromEverySurface();
    void followsTheChosenMode();
    void aPaletteFromElsewhereDoesNotStick();
    void drawsIconsInTheColourAskedFor();
    void hasAnUnknownIconAsNothing();
    void fillsTheStyleSheetWithoutWarnings();
    void keepsControlsAtTheirHeights();
    void growsTypeFromTheSystemFont();
    void takesTheLettersOfANameForItsAvatar_data();
    void takesTheLettersOfANameForItsAvatar();
    void givesAPersonTheSameColourEveryTime();
};

void ThemeTest::textStandsOutFromEverySurface_data()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void ThemeTest::textStandsOutFromEverySurface()
{
    QFETCH(QString, theme);
    const Tokens t = tokensOf(theme);
    for (const QColor &surface :
         {t.base, t.side, t.pane, t.sheet, t.card, t.well, t.field, t.hover, t.sel}) {
        for (const QColor &ink : {t.text, t.text2, t.text3, t.acc}) {
            QVERIFY2(contrast(ink, surface) >= 4.5, qPrintable(ink.name() + surface.name()));
        }
    }
    for (const auto &[ink, surface] :
         {std::pair(t.ok, t.oksoft), std::pair(t.warn, t.warnsoft), std::pair(t.bad, t.badsoft),
          std::pair(t.ment, t.base), std::pair(t.pilltext, t.pill), std::pair(t.onfill, t.fill),
          std::pair(t.onfill, t.badfill), std::pair(t.onfill, t.mentfill)}) {
        QVERIFY2(contrast(ink, surface) >= 4.5, qPrintable(ink.name() + surface.name()));
    }
    for (const QColor &mark : {t.edge, t.okdot, t.warndot, t.idle, t.chart[0], t.chart[1]}) {
        QVERIFY2(contrast(mark, t.base) >= 3.0, qPrintable(mark.name()));
    }
    for (const QColor &avatar : avatarPalette()) {
        QVERIFY2(contrast(avatar, t.onfill) >= 4.5, qPrintable(avatar.name()));
    }
}

void ThemeTest::followsTheChosenMode()
{
    Theme theme(*qApp, Theme::Mode::Light);
    QVERIFY(!theme.tokens().isDark);
    int changes = 0;
    connect(&theme, &Theme::changed, &theme, [&changes] { ++changes; });

    theme.setMode(Theme::Mode::Dark);
    QVERIFY(theme.tokens().isDark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), Tokens::dark().pane);
    QVERIFY(qApp->styleSheet().contains(Tokens::dark().fill.name()));
    theme.setMode(Theme::Mode::System); // the offscreen desktop is light
    QVERIFY(!theme.tokens().isDark);
    QCOMPARE(changes, 2);
}

void ThemeTest::aPaletteFromElsewhereDoesNotStick()
{
    const Theme theme(*qApp, Theme::Mode::System);
    QApplication::setPalette(QPalette(Qt::black));
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::palette().color(QPalette::Window), theme.tokens().pane,
                              15000);
}

void ThemeTest::drawsIconsInTheColourAskedFor()
{
    const Theme theme(*qApp, Theme::Mode::Light);
    const QImage lamp = theme.pixmap(u"lamp"_s, Qt::red, 20, 2.0).toImage();
    QCOMPARE(lamp.size(), QSize(40, 40));
    int inked = 0;
    for (int y = 0; y < lamp.height(); ++y) {
        for (int x = 0; x < lamp.width(); ++x) {
            const QColor pixel = lamp.pixelColor(x, y);
            if (pixel.alpha() == 255) {
                QCOMPARE(pixel, QColor(Qt::red));
                ++inked;
            }
        }
    }
    QVERIFY(inked > 20);
    QCOMPARE(theme.icon(u"lamp"_s).pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
}

void ThemeTest::hasAnUnknownIconAsNothing()
{
    const Theme theme(*qApp, Theme::Mode::Light);
    QTest::ignoreMessage(QtWarningMsg, "no icon named \"unicorn\" is compiled in");
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"qt.svg|Cannot open file"_s));
    QVERIFY(theme.pixmap(u"unicorn"_s, Qt::red, 20, 1.0).isNull());
}

void ThemeTest::fillsTheStyleSheetWithoutWarnings()
{
    const Theme theme(*qApp, Theme::Mode::Dark);
    QVERIFY(!qApp->styleSheet().isEmpty());
    QVERIFY(!qApp->styleSheet().contains(u'@'));
    QVERIFY(!qApp->styleSheet().contains(u": ;"));
}

void ThemeTest::keepsControlsAtTheirHeights()
{
    const QFont before = QApplication::font();
    QFont body = before;
    body.setPixelSize(14);
    QApplication::setFont(body);
    {
        const Theme theme(*qApp, Theme::Mode::Light);
        QPushButton button(u"Host"_s);
        button.ensurePolished();
        QCOMPARE(button.sizeHint().height(), 32);
        button.setProperty("scale", u"sheet"_s);
        button.style()->polish(&button);
        QCOMPARE(button.sizeHint().height(), 36);
        QLineEdit field;
        field.ensurePolished();
        QCOMPARE(field.sizeHint().height(), 36);
    }
    QApplication::setFont(before);
}

void ThemeTest::growsTypeFromTheSystemFont()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPixelSize(28);
    QApplication::setFont(large);
    {
        const Theme theme(*qApp, Theme::Mode::Light);
        QCOMPARE(theme.px(12), 24);
        QCOMPARE(theme.font(Theme::Type::Body).pixelSize(), 28);
        QCOMPARE(theme.font(Theme::Type::Caption).pixelSize(), 24);
        QCOMPARE(theme.font(Theme::Type::Heading).pixelSize(), 40);
    }
    QApplication::setFont(before);
}

void ThemeTest::takesTheLettersOfANameForItsAvatar_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("letters");
    QTest::newRow("two words") << u"Anna Kovaleva"_s << u"AK"_s;
    QTest::newRow("one word") << u"anna"_s << u"A"_s;
    QTest::newRow("a bracketed word is skipped") << u"Света (склад)"_s << u"С"_s;
    QTest::newRow("a mark inside a word") << u"Thursday D&D"_s << u"TD"_s;
    QTest::newRow("quotation marks") << u"7 «Б» класс"_s << u"7Б"_s;
    QTest::newRow("an emoji is one letter") << u"👩‍🚀 Lee"_s << u"👩‍🚀L"_s;
    QTest::newRow("marks alone") << u"(x)"_s << u"("_s;
    QTest::newRow("nothing") << QString() << QString();
}

void ThemeTest::takesTheLettersOfANameForItsAvatar()
{
    QFETCH(QString, name);
    QFETCH(QString, letters);
    QCOMPARE(avatarLetters(name), letters);
}

void ThemeTest::givesAPersonTheSameColourEveryTime()
{
    QCOMPARE(avatarColour(u"p-81c3"_s), avatarColour(u"p-81c3"_s));
    QSet<QRgb> colours;
    for (int i = 0; i < 100; ++i) {
        colours.insert(avatarColour(QString::number(i)).rgb());
    }
    QCOMPARE(colours.size(), 8);
}

PARLOUR_TEST(ThemeTest)
#include "tst_theme.moc"
