// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/timeline/message_layout.h"
#include "widgets/timeline/message_words.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using widgets::layOutMessage;
using widgets::MessageLayout;
using widgets::MessageRow;
using widgets::MessageWords;
using widgets::TimelineStyle;
using Part = MessageLayout::Part;

namespace {

constexpr int Width = 800;

QFont ofSize(int pixels)
{
    QFont font;
    font.setPixelSize(pixels);
    return font;
}

TimelineStyle plainStyle()
{
    return {ofSize(14), ofSize(14), ofSize(13), ofSize(12), ofSize(12), 1, false, 0};
}

MessageRow rowOf(const QString &text)
{
    MessageRow row;
    row.id = u"m-1"_s;
    row.text = text;
    row.senderName = u"Ann"_s;
    row.time = 1795262460000;
    return row;
}

chat::Quote quoted(const QString &text, qint64 number = 1)
{
    return {u"m-0"_s, number, {u"p"_s, u"Priya"_s}, text};
}

} // namespace

/// What stands around the text of a message.
class MessageLayoutPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQuoteIsOneLineAboveTheText()
    {
        MessageRow row = rowOf(u"yes"_s);
        row.reply = quoted(u"a long question "_s.repeated(40));
        const auto layout = layOutMessage(row, plainStyle(), Width);
        QVERIFY(layout.quote.top() > layout.name.bottom());
        QVERIFY(layout.quote.bottom() < layout.text.top());
        QVERIFY(layout.quote.right() <= layout.text.right());
        QVERIFY(layout.quoteName.right() < layout.quoteText.left());
        QCOMPARE(layout.hit(layout.quote.center()).part, Part::Quote);
    }

    void aQuoteSaysWhatBecameOfItsMessage()
    {
        QCOMPARE(MessageWords::quoted(quoted(u"two\nlines"_s)), u"two lines"_s);
        QCOMPARE(MessageWords::quoted(quoted({})), u"Message removed"_s);
        QCOMPARE(MessageWords::quoted(quoted({}, 0)), u"A message that is not here"_s);
    }

    void aRemovedMessageIsARowOfTheSystem()
    {
        MessageRow row = rowOf({});
        row.isDeleted = true;
        const auto layout = layOutMessage(row, plainStyle(), Width);
        QVERIFY(layout.avatar.isNull() && layout.text.isNull());
        QCOMPARE(layout.removed.left(), 68);
        QVERIFY(layout.time.left() > layout.removed.right());
        QCOMPARE(layout.hit(layout.time.center()).part, Part::Time);
    }

    void whatFollowsTheTextStandsInItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::newRow("a short text") << u"hello"_s << true;
        QTest::newRow("a line that is full") << u"mmmmmmmmm"_s.repeated(6) << false;
    }

    void whatFollowsTheTextStandsInItsLine()
    {
        QFETCH(QString, text);
        QFETCH(bool, fits);
        MessageRow row = rowOf(text);
        row.isSelf = true;
        row.delivery = chat::Delivery::Sent;
        row.edited = 1795262470000;
        const int width = fits ? Width : QFontMetrics(ofSize(14)).horizontalAdvance(text) + 92;
        const auto layout = layOutMessage(row, plainStyle(), width);
        QCOMPARE(layout.edited.top() < layout.text.bottom(), fits);
        QVERIFY(layout.edited.right() < width);
        QVERIFY(layout.check.left() > layout.edited.right());
        QCOMPARE(layout.hit(layout.edited.center()).part, Part::Edited);
    }

    void reactionsWrapBelowTheText()
    {
        MessageRow row = rowOf(u"hello"_s);
        for (int n = 0; n < 20; ++n)
            row.reactions.append({u"👍"_s, QStringList(n + 1, u"Ann"_s), n % 2 == 0});
        const auto layout = layOutMessage(row, plainStyle(), 360);
        QCOMPARE(layout.chips.size(), 20);
        QRect former;
        for (int n = 0; n < 20; ++n) {
            const QRect chip = layout.chips.at(n);
            QVERIFY(chip.top() > layout.text.bottom() && chip.right() <= layout.text.right());
            QVERIFY(chip.height() >= 24 && !chip.intersects(former));
            QCOMPARE(layout.hit(chip.center()).reaction, n);
            former = chip;
        }
        QVERIFY(former.top() > layout.chips.first().bottom());
        QVERIFY(layout.size.height() > former.bottom());
    }

    void mentionsStandInTheText()
    {
        MessageRow row = rowOf(u"x"_s.repeated(20000) + u"@Ann"_s);
        row.mentions = {{20000, 4, 0}};
        QVERIFY2(layOutMessage(row, plainStyle(), Width).mentions.isEmpty(), "beyond the cut");
        row = rowOf(u"hi @Ann"_s);
        row.mentions = {{3, 4, 0}};
        QCOMPARE(layOutMessage(row, plainStyle(), Width).mentions.size(), 1);
    }

    void manyPeopleAreCounted()
    {
        models::ShownReaction reaction{u"👍"_s, QStringList(23, u"Ann"_s), false};
        QVERIFY(MessageWords::people(reaction).endsWith(u"and 3 others"_s));
        QCOMPARE(MessageWords::count(reaction), u"23"_s);
    }
};

PARLOUR_TEST(MessageLayoutPartsTest)
#include "tst_message_layout_parts.moc"
