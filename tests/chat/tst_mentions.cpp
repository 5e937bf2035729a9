// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/mentions.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

/// Who is spoken to in a text.
class MentionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesAreFoundInTexts_data();
    void namesAreFoundInTexts();
    void aMentionSaysWhereItStands();
    void nobodyIsMentionedByAnEmptyName();
};

void MentionsTest::namesAreFoundInTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("mentioned");
    const QStringList none;
    const QStringList ann{u"Ann"_s};
    QTest::newRow("nobody") << u"hello"_s << none;
    QTest::newRow("alone") << u"@Ann"_s << ann;
    QTest::newRow("without an at sign") << u"Ann"_s << none;
    QTest::newRow("a space behind the at sign") << u"@ Ann"_s << none;
    QTest::newRow("within a sentence") << u"well, @Ann: come"_s << ann;
    QTest::newRow("in brackets") << u"(@Ann)"_s << ann;
    QTest::newRow("on another line") << u"one\n@Ann\ntwo"_s << ann;
    QTest::newRow("another case of letters") << u"@aNN"_s << ann;
    QTest::newRow("the beginning of a word") << u"@Annie"_s << none;
    QTest::newRow("before a digit") << u"@Ann5"_s << none;
    QTest::newRow("before an underscore") << u"@Ann_"_s << none;
    QTest::newRow("before a letter of another script") << u"@Annа"_s << none;
    QTest::newRow("before an accent of its own") << u"@Ann\u0301"_s << none;
    QTest::newRow("a mail address") << u"me@Ann"_s << none;
    QTest::newRow("behind a Russian word") << u"почта@Ann"_s << none;
    QTest::newRow("two at signs") << u"@@Ann"_s << ann;
    QTest::newRow("one behind the other") << u"@Ann@Ann"_s << ann;
    QTest::newRow("an apostrophe behind it") << u"@Ann's"_s << ann;
    QTest::newRow("twice") << u"@Ann and @ann"_s << QStringList{u"Ann"_s, u"Ann"_s};
    QTest::newRow("a person with a number") << u"@Ann#2"_s << QStringList{u"Ann#2"_s};
    QTest::newRow("a number that nobody has") << u"@Ann#3"_s << none;
    QTest::newRow("a hash that is no number") << u"@Ann#x"_s << ann;
    QTest::newRow("the longest name") << u"@Ann Lee!"_s << QStringList{u"Ann Lee"_s};
    QTest::newRow("not quite the longest name") << u"@Ann Leer"_s << ann;
    QTest::newRow("Russian") << u"Привет, @Пётр!"_s << QStringList{u"Пётр"_s};
    QTest::newRow("Russian capitals") << u"@ПЁТР"_s << QStringList{u"Пётр"_s};
    QTest::newRow("the beginning of a Russian word") << u"@Пётрович"_s << none;
    QTest::newRow("emoji in a name") << u"@Fox\U0001F98A, hi"_s << QStringList{u"Fox\U0001F98A"_s};
    QTest::newRow("an emoji before it") << u"\U0001F44B@Ann"_s << ann;
}

void MentionsTest::namesAreFoundInTexts()
{
    QFETCH(QString, text);
    const QStringList names{u"Ann"_s, u"Ann#2"_s, u"Ann Lee"_s, u"Пётр"_s, u"Fox\U0001F98A"_s};
    QStringList found;
    const auto mentions = mentionsIn(text, names);
    for (const Mention &mention : mentions)
        found.append(names.at(mention.name));
    QTEST(found, "mentioned");
}

void MentionsTest::aMentionSaysWhereItStands()
{
    const auto mentions = mentionsIn(u"\U0001F44B @fox\U0001F98A"_s, {u"Fox\U0001F98A"_s});
    QCOMPARE(mentions, (QList<Mention>{{3, 6, 0}}));
}

void MentionsTest::nobodyIsMentionedByAnEmptyName()
{
    QCOMPARE(mentionsIn(u"@ and @"_s, {QString()}), QList<Mention>());
}

PARLOUR_TEST(MentionsTest)
#include "tst_mentions.moc"
