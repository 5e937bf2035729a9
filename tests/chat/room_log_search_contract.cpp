// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What every RoomLog finds.
#include "chat/room_log_contract.h"
#include "chat/search_words.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

namespace {

const QString General = u"general"_s;

RoomLog::Search searchFor(const QString &text, int count, const QStringList &rooms = {General})
{
    return {rooms, searchedWords(text).valueOr({}), 0, count};
}

/// As Ann, with numbers as ids; the room's messages are counted on.
void say(RoomLog &log, const QStringList &lines, const QString &room = General)
{
    for (const QString &text : lines) {
        const qint64 number = log.position(room).number + 1;
        QVERIFY(tryToPost(log, utterance(QString::number(number), text, room)));
    }
}

} // namespace

RoomLog::Hits find(RoomLog &log, RoomLog::Search search)
{
    RoomLog::Hits all;
    for (int parts = 0; parts < 1000; ++parts) {
        const RoomLog::Hits part = findPart(log, search);
        all.messages += part.messages;
        all.next = part.next;
        search.count -= int(part.messages.size());
        search.next = part.next;
        if (part.next == 0 || search.count <= 0)
            break;
    }
    return all;
}

QStringList found(RoomLog &log, const QString &text, const QStringList &rooms)
{
    return texts(find(log, searchFor(text, 1000, rooms)).messages);
}

void RoomLogSearchContract::wordsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("hits");
    const QString fog = u"Ёжик в тумане"_s;
    const QString morning = u"Доброе утро, ёжики!"_s;
    QTest::newRow("a word") << u"тумане"_s << QStringList{fog};
    QTest::newRow("a beginning, ё as е") << u"еж"_s << QStringList{morning, fog};
    QTest::newRow("one letter") << u"в"_s << QStringList{fog};
    QTest::newRow("in capitals") << u"ЁЖИК"_s << QStringList{morning, fog};
    QTest::newRow("all words, in any order") << u"утро ежик"_s << QStringList{morning};
    QTest::newRow("not all words") << u"утро туман"_s << QStringList();
    QTest::newRow("not within a word") << u"жик"_s << QStringList();
    QTest::newRow("an accent") << u"uber"_s << QStringList{u"Über den Wolken"_s};
    QTest::newRow("what looks like a query")
        << u"\"quoted\" AND *"_s << QStringList{u"a \"quoted\" and a *"_s};
    QTest::newRow("nothing") << u"лошадь"_s << QStringList();
}

void RoomLogSearchContract::wordsAreFound()
{
    QFETCH(QString, text);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log,
        {u"Ёжик в тумане"_s, u"👍"_s, u"Über den Wolken"_s, u"a \"quoted\" and a *"_s,
         u"Доброе утро, ёжики!"_s});
    QTEST(found(*log, text), "hits");
}

void RoomLogSearchContract::messagesAreFoundAsTheyAreNow()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"the first"_s});
    Utterance reply = utterance(u"2"_s, u"an answer"_s);
    reply.reply = u"1"_s;
    post(*log, reply);
    change(*log, reactionTo(u"2"_s, u"👍"_s));
    QCOMPARE(find(*log, searchFor(u"answer"_s, 9)).messages, last(*log, 1).messages);
}

void RoomLogSearchContract::whatIsDeletedIsNotFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"a secret"_s, u"no secret"_s});
    QCOMPARE(found(*log, u"secret"_s).size(), 2);
    change(*log, deletionOf(u"1"_s));
    QCOMPARE(found(*log, u"secret"_s), QStringList{u"no secret"_s});
}

void RoomLogSearchContract::whatIsReplacedIsNotFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"a secret"_s, u"👍"_s});
    QCOMPARE(found(*log, u"secret"_s).size(), 1);
    change(*log, editOf(u"1"_s, u"never mind"_s));
    change(*log, editOf(u"2"_s, u"never ever"_s));
    QCOMPARE(found(*log, u"secret"_s), QStringList());
    QCOMPARE(found(*log, u"never"_s), (QStringList{u"never ever"_s, u"never mind"_s}));
}

void RoomLogSearchContract::whatIsForgottenIsNotFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 3);
    say(*log, {u"word 1"_s, u"word 2"_s, u"word 3"_s, u"word 4"_s});
    say(*log, {u"word of the attic"_s}, u"attic"_s);
    QCOMPARE(found(*log, u"word"_s), (QStringList{u"word 4"_s, u"word 3"_s, u"word 2"_s}));
    const QStringList both{General, u"attic"_s};
    QCOMPARE(found(*log, u"word"_s, both).size(), 4);
    log->forget(u"attic"_s);
    QCOMPARE(found(*log, u"attic"_s, both), QStringList());
    say(*log, {u"a new attic"_s}, u"attic"_s);
    QCOMPARE(found(*log, u"attic"_s, both), QStringList{u"a new attic"_s});
}

void RoomLogSearchContract::whatWasSaidSinceIsFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    for (int i = 1; i <= 5; ++i) {
        say(*log, {u"word %1"_s.arg(i)});
        QCOMPARE(found(*log, u"word"_s).size(), i);
    }
}

void RoomLogSearchContract::quotesAreNotSearched()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"a hedgehog"_s});
    Utterance reply = utterance(u"2"_s, u"where?"_s);
    reply.reply = u"1"_s;
    post(*log, reply);
    QCOMPARE(found(*log, u"hedgehog"_s), QStringList{u"a hedgehog"_s});
}

void RoomLogSearchContract::changesAreNoMessages()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word"_s});
    for (int i = 0; i < 3; ++i)
        change(*log, editOf(u"1"_s, u"word %1"_s.arg(i)));
    QCOMPARE(found(*log, u"word"_s), QStringList{u"word 2"_s});
}

void RoomLogSearchContract::roomsAreSearchedTogetherNewestFirst()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word 1"_s});
    say(*log, {u"word 2"_s}, u"attic"_s);
    say(*log, {u"word 3"_s});
    say(*log, {u"word 4"_s}, u"cellar"_s);
    say(*log, {u"word 5"_s}, u"attic"_s);
    const QStringList all{u"cellar"_s, General, u"attic"_s};
    QCOMPARE(found(*log, u"word"_s, all),
             (QStringList{u"word 5"_s, u"word 4"_s, u"word 3"_s, u"word 2"_s, u"word 1"_s}));
    const auto messages = find(*log, searchFor(u"word"_s, 2, all)).messages;
    QCOMPARE(messages.first().room, u"attic"_s);
    QCOMPARE(messages.first().epoch, log->position(u"attic"_s).epoch);
    QCOMPARE(messages.first().number, 2);
}

// Of another host, or of a room that was imported.
void RoomLogSearchContract::whatCameLastIsFoundFirst()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word of today"_s});
    Utterance old = utterance(u"1"_s, u"word of long ago"_s, u"attic"_s);
    old.time = 1000;
    post(*log, old);
    QCOMPARE(found(*log, u"word"_s, {General, u"attic"_s}),
             (QStringList{u"word of long ago"_s, u"word of today"_s}));
}

void RoomLogSearchContract::onlyTheRoomsThatAreMeantAreSearched()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word here"_s});
    say(*log, {u"word there"_s}, u"attic"_s);
    QCOMPARE(found(*log, u"word"_s), QStringList{u"word here"_s});
    QCOMPARE(found(*log, u"word"_s, {}), QStringList());
    QCOMPARE(found(*log, u"word"_s, {u"nowhere"_s}), QStringList());
    QVERIFY2(!log->hasHistory(u"nowhere"_s), "a search opens no room");
}

void RoomLogSearchContract::pagesFollowEachOther()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word 1"_s, u"other"_s, u"word 2"_s, u"word 3"_s, u"other"_s, u"word 4"_s});
    RoomLog::Search search = searchFor(u"word"_s, 2);
    const RoomLog::Hits first = find(*log, search);
    QCOMPARE(texts(first.messages), (QStringList{u"word 4"_s, u"word 3"_s}));
    QVERIFY(first.next > 0);
    search.next = first.next;
    const RoomLog::Hits second = find(*log, search);
    QCOMPARE(texts(second.messages), (QStringList{u"word 2"_s, u"word 1"_s}));
    QCOMPARE(second.next, 0);
}

void RoomLogSearchContract::pagesStayRightWhileMoreIsSaid()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    say(*log, {u"word 1"_s, u"word 2"_s, u"word 3"_s, u"word 4"_s});
    RoomLog::Search search = searchFor(u"word"_s, 2);
    search.next = find(*log, search).next;
    say(*log, {u"word 5"_s});
    change(*log, deletionOf(u"3"_s));
    change(*log, deletionOf(u"2"_s));
    QCOMPARE(texts(find(*log, search).messages), QStringList{u"word 1"_s});
}

void RoomLogSearchContract::longMessagesMakeShortPages()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const QString longest = u"word"_s + QString(100'000, u'.');
    say(*log, {longest, longest, longest, longest});
    const RoomLog::Hits hits = findPart(*log, searchFor(u"word"_s, 9));
    QVERIFY(!hits.messages.isEmpty());
    QVERIFY(hits.messages.size() < 3);
    QVERIFY(hits.next > 0);
    RoomLog::Search further = searchFor(u"word"_s, 9);
    further.text = RoomLog::MaxText - 1;
    QVERIFY2(findPart(*log, further).messages.isEmpty(), "the answer has no place for it");
    QCOMPARE(found(*log, u"word"_s).size(), 4);
}

// As long ago as its log goes back, and with no part that keeps others waiting.
void RoomLogSearchContract::aLargeRoomIsSearchedInParts()
{
    constexpr int Many = 6000;
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, Many + 1);
    QObject context;
    int answers = 0;
    log->post(utterance(u"0"_s, u"a needle"_s), &context, [&](const auto &) { ++answers; });
    for (int i = 1; i <= Many; ++i)
        log->post(utterance(QString::number(i), u"hay %1"_s.arg(i)), &context,
                  [&](const auto &) { ++answers; });
    QTRY_COMPARE_WITH_TIMEOUT(answers, Many + 1, 60000);
    QCOMPARE(found(*log, u"needle"_s), QStringList{u"a needle"_s});
    QCOMPARE(found(*log, u"hay 60"_s).constFirst(), u"hay 6000"_s);
}

} // namespace parlour::tests
