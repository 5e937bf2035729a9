// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/search_words.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

namespace {

/// The page's twin is held to the same ones.
QJsonArray vectors(const QString &kind)
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/search_vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object()[kind].toArray();
}

} // namespace

/// Words of texts and of searches.
class SearchWordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTextHasItsWords_data();
    void aTextHasItsWords();
    void whatIsFoundStandsThere_data();
    void whatIsFoundStandsThere();
    void aSearchNeedsWords_data();
    void aSearchNeedsWords();
    void allWordsAreToBeThere();
    void longWordsAndTextsHaveBounds();
};

void SearchWordsTest::aTextHasItsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonArray>("words");
    const auto rows = vectors(u"words"_s);
    QVERIFY(rows.size() > 20);
    for (const QJsonValue &row : rows)
        QTest::addRow("%s", qPrintable(row["name"_L1].toString()))
            << row["text"_L1].toString() << row["words"_L1].toArray();
}

void SearchWordsTest::aTextHasItsWords()
{
    QFETCH(QString, text);
    QFETCH(QJsonArray, words);
    QJsonArray found;
    for (WordReader reader(text); reader.next();)
        found.append(reader.word().toString());
    QCOMPARE(found, words);
}

void SearchWordsTest::whatIsFoundStandsThere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("search");
    QTest::addColumn<QJsonArray>("ranges");
    const auto rows = vectors(u"found"_s);
    QVERIFY(rows.size() > 8);
    for (const QJsonValue &row : rows)
        QTest::addRow("%s", qPrintable(row["name"_L1].toString()))
            << row["text"_L1].toString() << row["search"_L1].toString()
            << row["ranges"_L1].toArray();
}

void SearchWordsTest::whatIsFoundStandsThere()
{
    QFETCH(QString, text);
    QFETCH(QString, search);
    QFETCH(QJsonArray, ranges);
    const auto words = searchedWords(search);
    QVERIFY(words);
    QJsonArray found;
    for (const TextRange &range : foundIn(text, *words))
        found.append(QJsonArray{range.begin, range.end});
    QCOMPARE(found, ranges);
    QCOMPARE(hasWords(text, *words), !ranges.isEmpty());
}

void SearchWordsTest::aSearchNeedsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("words"); // 0: refused
    QTest::newRow("none") << QString() << 0;
    QTest::newRow("spaces") << u" \t\n"_s << 0;
    QTest::newRow("punctuation") << u"?!"_s << 0;
    QTest::newRow("an emoji") << u"👍🏽"_s << 0;
    QTest::newRow("something invisible") << u"\u200b"_s << 0;
    QTest::newRow("half of a character") << QString(QChar(0xd800)) << 0;
    QTest::newRow("an accent of nothing") << u"\u0301"_s << 0;
    QTest::newRow("one") << u"ежик"_s << 1;
    QTest::newRow("the same twice") << u"ежик Ёжик"_s << 1;
    QTest::newRow("ten") << u"a b c d e f g h i j"_s << 10;
    QTest::newRow("eleven") << u"a b c d e f g h i j k"_s << 0;
    QTest::newRow("200 characters") << QString(200, u'я') << 1;
    QTest::newRow("200 characters of two units") << u"𐐀"_s.repeated(200) << 1;
    QTest::newRow("201 characters") << QString(201, u'я') << 0;
    QTest::newRow("what looks like a query") << u"a\" OR \"*"_s << 2;
}

void SearchWordsTest::aSearchNeedsWords()
{
    QFETCH(QString, text);
    QFETCH(int, words);
    const auto searched = searchedWords(text);
    QCOMPARE(searched.hasValue(), words > 0);
    if (searched) {
        QCOMPARE(searched->size(), words);
    } else {
        QCOMPARE(searched.error().code, u"bad_search"_s);
        QVERIFY(!searched.error().message.isEmpty());
    }
}

void SearchWordsTest::allWordsAreToBeThere()
{
    const QStringList words{u"ут"_s, u"доб"_s};
    QVERIFY(hasWords(u"Доброе утро", words));
    QVERIFY(!hasWords(u"Доброе", words));
    QVERIFY(!hasWords(u"", words));
    QVERIFY2(hasWords(u"утро", {u"ут"_s, u"утро"_s}), "one word may be all of them");
}

void SearchWordsTest::longWordsAndTextsHaveBounds()
{
    const QString word(5000, u'я');
    WordReader reader(word);
    QVERIFY(reader.next());
    QCOMPARE(reader.word().size(), 200);
    QCOMPARE(reader.end(), 5000);
    QVERIFY(hasWords(word, {QString(200, u'я')}));
    const QString text = u"a "_s.repeated(50000) + u"end"_s;
    QVERIFY(!hasWords(text, {u"end"_s}));
    qsizetype count = 0;
    for (WordReader words(text); words.next();)
        ++count;
    QCOMPARE(count, 32 * 1024 / 2);
}

PARLOUR_TEST(SearchWordsTest)
#include "tst_search_words.moc"
