// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/timeline/message_layout.h"
#include "widgets/timeline/message_painter.h"
#include "widgets/timeline/message_words.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using widgets::layOutMessage;
using widgets::MessageLayout;
using widgets::MessageRow;
using widgets::TimelineStyle;
using Part = MessageLayout::Part;

namespace {

constexpr int kWidth = 800;

QFont sized(int pixels)
{
    QFont font;
    font.setPixelSize(pixels);
    return font;
}

TimelineStyle style()
{
    return {sized(14), sized(14), sized(13), sized(12), sized(12), 1, false, 0};
}

MessageRow said(const QString &text)
{
    MessageRow row;
    row.id = u"m-1"_s;
    row.text = text;
    row.senderName = u"Ann"_s;
    row.time = 1795262460000;
    return row;
}

MessageRow own(chat::Delivery delivery, const QString &text = u"hello"_s)
{
    MessageRow row = said(text);
    row.isSelf = true;
    row.delivery = delivery;
    return row;
}

/// In the order from top to bottom: nothing stands in anything else, and all is inside the row.
void verifyApart(const MessageLayout &layout, const QList<QRect> &parts)
{
    int bottom = 0;
    for (const QRect &part : parts) {
        QVERIFY(!part.isNull());
        QVERIFY2(part.top() >= bottom, qPrintable(u"%1 < %2"_s.arg(part.top()).arg(bottom)));
        QVERIFY(part.left() >= 0 && part.right() < layout.size.width());
        bottom = part.bottom();
    }
    QVERIFY(bottom < layout.size.height());
}

} // namespace

class MessageLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsOnTheGridOfTheDesign();
    void aFollowingRowHasNoHead();
    void linesAboveStandAboveTheMessage();
    void wrapsInsideTheTextColumn_data();
    void wrapsInsideTheTextColumn();
    void keepsLinesThatWereTyped();
    void aFormerLayoutChangesNothing_data();
    void aFormerLayoutChangesNothing();
    void boundsWhatOneRowShows();
    void stateStandsBehindTheTextOrBelowIt();
    void failedMessagesOfferWhatToDo_data();
    void failedMessagesOfferWhatToDo();
    void aCheckMarksTheLastOfARun();
    void longNamesLeaveRoomForTheTime();
    void rightToLeftTextStartsAtTheRight();
    void findsLinks_data();
    void findsLinks();
    void aClickOnALinkOpensThatLink();
    void saysNothingOfAQuickDelivery();
    void callsDaysByTheirNames();
};

void MessageLayoutTest::standsOnTheGridOfTheDesign()
{
    const auto layout = layOutMessage(said(u"hello"_s), style(), kWidth);
    QCOMPARE(layout.avatar, QRect(20, 10, 36, 36));
    QCOMPARE(layout.name.topLeft(), QPoint(68, 10));
    QCOMPARE(layout.text.left(), 68);
    QCOMPARE(layout.text.width(), kWidth - 68 - 20);
    QCOMPARE(layOutMessage(said(u"hello"_s), style(), 2000).text.width(), 720);
    auto compact = style();
    compact.isCompact = true;
    QCOMPARE(layOutMessage(said(u"hello"_s), compact, 360).text.left(), 56);
}

void MessageLayoutTest::aFollowingRowHasNoHead()
{
    auto row = said(u"hello"_s);
    row.startsGroup = false;
    const auto layout = layOutMessage(row, style(), kWidth);
    QVERIFY(layout.avatar.isNull());
    QVERIFY(layout.name.isNull());
    QVERIFY(layout.time.right() < layout.text.left());
    QCOMPARE(layout.size.height(), 2 + layout.text.height() + 2);
}

void MessageLayoutTest::linesAboveStandAboveTheMessage()
{
    auto row = said(u"hello"_s);
    row.dayBreak = row.gap = row.gapBelow = row.unreadLine = true;
    row.timeAbove = row.time - 3600'000;
    const auto layout = layOutMessage(row, style(), 360);
    verifyApart(layout,
                {layout.day, layout.gap, layout.unread, layout.name, layout.text, layout.gapBelow});
    QVERIFY(layout.message.top() > layout.unread.bottom());
}

void MessageLayoutTest::wrapsInsideTheTextColumn_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("words") << u"some words and more of them "_s.repeated(20);
    QTest::newRow("one long word") << u"x"_s.repeated(500);
    QTest::newRow("Russian") << u"Доброе утро, макет обложки готов. "_s.repeated(20);
    QTest::newRow("an address") << u"https://example.org/"_s + u"path/"_s.repeated(80);
    QTest::newRow("emoji") << u"👩‍👩‍👧‍👦"_s.repeated(60);
}

void MessageLayoutTest::wrapsInsideTheTextColumn()
{
    QFETCH(const QString, text);
    const auto layout = layOutMessage(said(text), style(), 360);
    QVERIFY(layout.body->lineCount() > 1);
    for (int i = 0; i < layout.body->lineCount(); ++i) {
        const QRectF line = layout.body->lineAt(i).naturalTextRect();
        QVERIFY(line.width() <= layout.text.width() + 1);
        QVERIFY(line.bottom() <= layout.text.height() + 4);
    }
}

void MessageLayoutTest::keepsLinesThatWereTyped()
{
    const auto layout = layOutMessage(said(u"one\r\ntwo\n\nfour\n\n"_s), style(), kWidth);
    QCOMPARE(layout.body->lineCount(), 4);
}

void MessageLayoutTest::aFormerLayoutChangesNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << u"hello"_s;
    QTest::newRow("two lines and a link") << u"hello\nsee http://a.example/"_s;
    QTest::newRow("long") << u"some words and more of them "_s.repeated(20);
    QTest::newRow("right to left") << u"שלום לכולם"_s;
}

void MessageLayoutTest::aFormerLayoutChangesNothing()
{
    QFETCH(const QString, text);
    const auto row = own(chat::Delivery::Sending, text);
    auto layout = layOutMessage(row, style(), kWidth);
    for (const int width : {500, 120, 360, 1000, 1200, kWidth}) {
        layout = layOutMessage(row, style(), width, &layout);
        const auto fresh = layOutMessage(row, style(), width);
        QCOMPARE(layout.size, fresh.size);
        QCOMPARE(layout.text, fresh.text);
        QCOMPARE(layout.state, fresh.state);
        QCOMPARE(layout.links, fresh.links);
        QCOMPARE(layout.body->lineCount(), fresh.body->lineCount());
        for (int i = 0; i < fresh.body->lineCount(); ++i)
            QCOMPARE(layout.body->lineAt(i).naturalTextRect(),
                     fresh.body->lineAt(i).naturalTextRect());
    }
}

void MessageLayoutTest::boundsWhatOneRowShows()
{
    const auto layout = layOutMessage(said(u"😀"_s.repeated(500'000)), style(), kWidth);
    QVERIFY(layout.body->text().size() < 9000);
    QVERIFY(layout.body->text().contains(u'…'));
    QVERIFY(layout.body->text().isValidUtf16());
}

void MessageLayoutTest::stateStandsBehindTheTextOrBelowIt()
{
    const auto short_ = layOutMessage(own(chat::Delivery::Sending), style(), kWidth);
    QVERIFY(short_.state.left() > short_.text.left());
    QVERIFY(short_.state.bottom() <= short_.text.bottom());
    const auto full =
        layOutMessage(own(chat::Delivery::Waiting, u"x"_s.repeated(500)), style(), 360);
    const bool isBehind = full.state.top() < full.text.bottom();
    QVERIFY(isBehind || full.state.left() == full.text.left());
    QVERIFY(full.state.right() < 360);
    QVERIFY(full.size.height() > full.state.bottom());
}

void MessageLayoutTest::failedMessagesOfferWhatToDo_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("why");
    QTest::newRow("wide") << kWidth << u"Too many messages."_s;
    QTest::newRow("narrow, a long reason") << 360 << u"The host said no to this. "_s.repeated(5);
    QTest::newRow("no reason") << 360 << QString();
}

void MessageLayoutTest::failedMessagesOfferWhatToDo()
{
    QFETCH(const int, width);
    QFETCH(const QString, why);
    auto row = own(chat::Delivery::Failed);
    row.problem = why;
    const auto layout = layOutMessage(row, style(), width);
    verifyApart(layout, {layout.text, layout.problem});
    QVERIFY(layout.retry.height() >= 24 && layout.discard.height() >= 24);
    QVERIFY(!layout.retry.intersects(layout.discard));
    QVERIFY(!layout.retry.adjusted(0, 4, 0, -4).intersects(layout.problem));
    QVERIFY(layout.discard.right() < width && layout.discard.bottom() < layout.size.height());
    QCOMPARE(layout.hit(layout.retry.center()).part, Part::Retry);
    QCOMPARE(layout.hit(layout.discard.center()).part, Part::Discard);
    QVERIFY(layout.state.isNull());
}

void MessageLayoutTest::aCheckMarksTheLastOfARun()
{
    auto row = own(chat::Delivery::Sent);
    QVERIFY(!layOutMessage(row, style(), kWidth).check.isNull());
    row.endsGroup = false;
    QVERIFY(layOutMessage(row, style(), kWidth).check.isNull());
    QVERIFY(layOutMessage(said(u"hello"_s), style(), kWidth).check.isNull());
}

void MessageLayoutTest::longNamesLeaveRoomForTheTime()
{
    auto row = said(u"hello"_s);
    row.senderName = u"W"_s.repeated(40);
    const auto layout = layOutMessage(row, style(), 360);
    QVERIFY(layout.name.right() < layout.time.left());
    QVERIFY(layout.time.right() < 360);
}

void MessageLayoutTest::rightToLeftTextStartsAtTheRight()
{
    const auto layout = layOutMessage(said(u"שלום לכולם"_s), style(), kWidth);
    const QRectF line = layout.body->lineAt(0).naturalTextRect();
    QVERIFY(line.left() > layout.text.width() / 2);
    QVERIFY(qAbs(line.right() - layout.text.width()) < 2);
}

void MessageLayoutTest::findsLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::newRow("in a sentence") << u"see http://a.example/x."_s << u"http://a.example/x"_s;
    QTest::newRow("in brackets") << u"(https://a.example/x)"_s << u"https://a.example/x"_s;
    QTest::newRow("with brackets") << u"https://a.example/x_(y)"_s << u"https://a.example/x_(y)"_s;
    QTest::newRow("with a port") << u"http://[::1]:8765/chat/"_s << u"http://[::1]:8765/chat/"_s;
    QTest::newRow("capitals") << u"HTTPS://A.example"_s << u"https://a.example"_s;
    QTest::newRow("Cyrillic host") << u"http://пример.рф/а"_s << u"http://пример.рф/а"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    QTest::newRow("script") << u"javascript:alert(1)"_s << QString();
    QTest::newRow("data") << u"data:text/html,http"_s << QString();
    QTest::newRow("no host") << u"http:///etc/passwd"_s << QString();
    QTest::newRow("bare scheme") << u"https:// is safer"_s << QString();
    QTest::newRow("inside a word") << u"xhttp://a.example"_s << QString();
    QTest::newRow("ended by a bidi character")
        << u"http://a.example/\u202egnp.exe"_s << u"http://a.example/"_s;
}

void MessageLayoutTest::findsLinks()
{
    QFETCH(const QString, text);
    QFETCH(const QString, address);
    const auto links = widgets::findLinks(text);
    QCOMPARE(links.size(), address.isEmpty() ? 0 : 1);
    if (!links.isEmpty())
        QCOMPARE(links.constFirst().url, QUrl(address));
}

void MessageLayoutTest::aClickOnALinkOpensThatLink()
{
    const auto layout =
        layOutMessage(said(u"a http://a.example/ b http://b.example/ c"_s), style(), kWidth);
    QCOMPARE(layout.links.size(), 2);
    const QTextLine line = layout.body->lineAt(0);
    const auto at = [&](int character) {
        return layout.hit(layout.text.topLeft() + QPoint(qRound(line.cursorToX(character)) + 1, 8));
    };
    QCOMPARE(at(layout.links.at(0).start).link, QUrl(u"http://a.example/"_s));
    QCOMPARE(at(layout.links.at(1).start + 3).link, QUrl(u"http://b.example/"_s));
    QCOMPARE(at(0).part, Part::None);
    QCOMPARE(layout.hit({layout.text.right(), layout.text.center().y()}).part, Part::None);
}

void MessageLayoutTest::saysNothingOfAQuickDelivery()
{
    using widgets::MessagePainter;
    const auto sending = own(chat::Delivery::Sending);
    QVERIFY(!MessagePainter::showsState(sending, sending.time + 299));
    QVERIFY(MessagePainter::showsState(sending, sending.time + 300));
    QVERIFY(MessagePainter::showsState(own(chat::Delivery::Waiting), sending.time));
    QVERIFY(!MessagePainter::showsState(own(chat::Delivery::Sent), sending.time + 9000));
}

void MessageLayoutTest::callsDaysByTheirNames()
{
    using widgets::MessageWords;
    const QDate day(2026, 11, 22);
    const qint64 time = QDateTime(day, QTime(12, 0)).toMSecsSinceEpoch();
    QCOMPARE(MessageWords::day(time, day), u"Today, 22 November"_s);
    QCOMPARE(MessageWords::day(time, day.addDays(1)), u"Yesterday, 22 November"_s);
    QCOMPARE(MessageWords::day(time, day.addDays(9)), u"Sunday, 22 November"_s);
    QCOMPARE(MessageWords::day(time, day.addYears(1)), u"22 November 2026"_s);
    QCOMPARE(MessageWords::time(time), u"12:00"_s);
}

PARLOUR_TEST(MessageLayoutTest)
#include "tst_message_layout.moc"
