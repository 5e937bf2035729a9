// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "storage/search_index.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::storage;

namespace {

QList<qint64> keysIn(const SearchIndex &index, const QStringList &words, qint64 before = 1'000'000)
{
    QList<qint64> keys;
    while (before > index.oldest()) {
        before = index.walk(before, words, [&](qint64 key, qint64) {
            keys.append(key);
            return true;
        });
    }
    return keys;
}

/// Keys 1 to 5, whose texts are the names of the numbers.
SearchIndex five()
{
    SearchIndex index;
    index.begin(3);
    index.addOlder(3, 1, u"three");
    index.addNewer(4, 1, u"four");
    index.addOlder(2, 1, u"two");
    index.addOlder(1, 1, u"one");
    index.addNewer(5, 1, u"five");
    return index;
}

} // namespace

/// Which messages of a file are read for a search.
class SearchIndexTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesWhatMayHaveTheWords();
    void fewOthersAreNamed();
    void aLongTextIsNamedForAllItsWords();
    void aMessageLeavesOthersPlace_data();
    void aMessageLeavesOthersPlace();
    void aTextThatChangedIsNamedForBoth();
    void whatWasDroppedAtTheEndComesAgain();
    void beginsAnewWhereMostWasDropped();
    void hasNoPlaceForAll();
    void muchIsWalkedInSteps();
};

void SearchIndexTest::namesWhatMayHaveTheWords()
{
    const SearchIndex index = five();
    QCOMPARE(index.oldest(), 1);
    QCOMPARE(index.newest(), 5);
    QCOMPARE(keysIn(index, {u"four"_s}), QList<qint64>{4});
    QCOMPARE(keysIn(index, {u"f"_s}), (QList<qint64>{5, 4}));
    QCOMPARE(keysIn(index, {u"t"_s}), (QList<qint64>{3, 2}));
    QCOMPARE(keysIn(index, {u"t"_s}, 3), QList<qint64>{2});
    QCOMPARE(keysIn(index, {u"four"_s, u"five"_s}), QList<qint64>());
}

void SearchIndexTest::fewOthersAreNamed()
{
    SearchIndex index;
    index.begin(0);
    const QStringList syllables{u"ba"_s, u"ke"_s, u"li"_s, u"mo"_s, u"nu"_s, u"ra"_s, u"se"_s};
    for (int key = 1; key <= 10'000; ++key) {
        QStringList text;
        for (int i = 0, seed = key; i < 10; ++i, seed = (seed * 31 + 7) % 2401)
            text.append(syllables[seed % 7] + syllables[seed / 7 % 7] + syllables[seed / 49 % 7]);
        index.addNewer(key, 1, text.join(u' '));
    }
    QVERIFY(keysIn(index, {u"hedgehog"_s}).size() < 100);
    QVERIFY(keysIn(index, {u"hedg"_s}).size() < 500);
    QVERIFY(keysIn(index, {u"bakeli"_s}).size() < 5000);
}

void SearchIndexTest::aLongTextIsNamedForAllItsWords()
{
    SearchIndex index;
    index.begin(0);
    QString text;
    for (int i = 0; i < 100; ++i)
        text += u"%1word "_s.arg(i);
    index.addNewer(1, 1, text);
    index.addNewer(2, 1, u"99word");
    QCOMPARE(keysIn(index, {u"0word"_s, u"99word"_s}), QList<qint64>{1});
    QCOMPARE(keysIn(index, {u"99word"_s}), (QList<qint64>{2, 1}));
}

void SearchIndexTest::aMessageLeavesOthersPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("last");
    QTest::addColumn<size_t>("most");
    QTest::newRow("one word again and again") << u"a "_s.repeated(2000) << u"a"_s << size_t(1);
    QTest::newRow("few words again and again")
        << u"yes no perhaps "_s.repeated(500) << u"perhaps"_s << size_t(1);
    QString different;
    for (char16_t c = 0x4E00; c < 0x4E00 + 4000; ++c)
        different += QChar(c);
    QTest::newRow("many different ones")
        << different << different.last(1) << SearchIndex::SlotsPerMessage;
}

void SearchIndexTest::aMessageLeavesOthersPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, last);
    QFETCH(size_t, most);
    SearchIndex index;
    index.begin(0);
    index.addNewer(1, 1, text);
    QVERIFY(index.slotCount() <= most);
    QCOMPARE(keysIn(index, {last}), QList<qint64>{1});
}

void SearchIndexTest::aTextThatChangedIsNamedForBoth()
{
    SearchIndex index = five();
    index.widen(2, u"deux");
    index.widen(9, u"neuf"); // which it does not have
    QCOMPARE(keysIn(index, {u"deux"_s}), QList<qint64>{2});
    QCOMPARE(keysIn(index, {u"two"_s}), QList<qint64>{2});
    QCOMPARE(keysIn(index, {u"neuf"_s}), QList<qint64>());
}

void SearchIndexTest::whatWasDroppedAtTheEndComesAgain()
{
    SearchIndex index = five();
    index.drop(2, 3);
    QCOMPARE(index.newest(), 3);
    index.addNewer(4, 2, u"quatre");
    QCOMPARE(keysIn(index, {u"quatre"_s}), QList<qint64>{4});
    QCOMPARE(keysIn(index, {u"four"_s}), QList<qint64>());
    index.drop(4, 0);
    QCOMPARE(index.newest(), 0);
    QCOMPARE(index.oldest(), 1);
}

void SearchIndexTest::beginsAnewWhereMostWasDropped()
{
    SearchIndex index = five();
    index.drop(1000, 5);
    QVERIFY(index.isBegun());
    index.drop(1, 5);
    QVERIFY(!index.isBegun());
    QCOMPARE(index.newest(), 0);
    QCOMPARE(keysIn(index, {u"one"_s}), QList<qint64>());
}

void SearchIndexTest::hasNoPlaceForAll()
{
    constexpr auto Most = qint64(SearchIndex::MaxSlots);
    SearchIndex index;
    index.begin(0);
    QString longer;
    for (int i = 0; i <= SearchIndex::WordsPerSlot; ++i)
        longer += u"%1word "_s.arg(i);
    index.addNewer(1, 1, longer);
    for (qint64 key = 2; key < Most; ++key)
        index.addNewer(key, 1, u"word");
    QVERIFY(index.isFull());
    QCOMPARE(index.oldest(), 1);
    QCOMPARE(keysIn(index, {u"0word"_s}, 3), QList<qint64>{1});
    index.addNewer(Most, 1, u"word");
    index.addNewer(Most + 1, 1, u"last");
    QCOMPARE(index.oldest(), 2);
    QCOMPARE(index.newest(), Most + 1);
    QCOMPARE(keysIn(index, {}, 3), QList<qint64>{2});
    QCOMPARE(keysIn(index, {u"last"_s}, Most + 2), QList<qint64>{Most + 1});
}

void SearchIndexTest::muchIsWalkedInSteps()
{
    constexpr qint64 Most = SearchIndex::SlotsAtOnce;
    SearchIndex index;
    index.begin(0);
    index.addNewer(1, 1, u"first");
    for (qint64 key = 2; key <= Most + 1; ++key)
        index.addNewer(key, 1, u"word");
    int shown = 0;
    const auto show = [&](qint64, qint64) { return ++shown > 0; };
    const qint64 reached = index.walk(Most + 2, {u"first"_s}, show);
    QCOMPARE(reached, 2);
    QCOMPARE(shown, 0);
    QCOMPARE(index.walk(reached, {u"first"_s}, show), index.oldest());
    QCOMPARE(shown, 1);
}

PARLOUR_TEST(SearchIndexTest)
#include "tst_search_index.moc"
