// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "chat_host.h"
#include "room_log_contract.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

const QString Id = u"5b6a1c9e-2f0d-4d3b-9a3c-7e1f2a3b4c01"_s;

/// Somebody in "general" of a host.
struct Visitor : V1Client {
    explicit Visitor(ChatHost &host, const QString &name = u"Ann"_s)
        : V1Client(host)
    {
        hello(name);
        join();
    }

    FoundFrame search(const SearchFrame &frame)
    {
        drain();
        send(frame);
        return next<FoundFrame>();
    }
    ErrorFrame tryToSearch(const SearchFrame &frame)
    {
        drain();
        send(frame);
        return next<ErrorFrame>();
    }
};

} // namespace

/// What a client may look for, and what it gets.
class SearchingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wordsAreFoundInTheRoom();
    void allRoomsThatOneIsInAreSearched();
    void pagesFollowEachOther();
    void theLastPagesGoOn();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void aSocketOfOneRoomSearchesThatRoom();
    void oneSearchIsAnsweredAtATime();
    void whatTakesLongIsForTheNextPage();
    void aFullAnswerIsNotWaitedFor();
    void whatCannotBeReadIsSaid();
    void aSearchEndsWithItsConnection();
};

void SearchingTest::wordsAreFoundInTheRoom()
{
    ChatHost host;
    Visitor ann(host);
    ann.say(u"Ёжик в тумане"_s);
    ann.say(u"медвежонок"_s);
    Visitor ben(host, u"Ben"_s);
    const FoundFrame found = ben.search({Id, u"ежик"_s, u"general"_s});
    QCOMPARE(found.id, Id);
    QCOMPARE(texts(found.messages), QStringList{u"Ёжик в тумане"_s});
    QCOMPARE(found.messages.first().sender.name, u"Ann"_s);
    QCOMPARE(found.messages.first().room, u"general"_s);
    QVERIFY(found.next.isEmpty());
    QVERIFY(ben.search({Id, u"лошадь"_s, u"general"_s}).messages.isEmpty());
}

void SearchingTest::allRoomsThatOneIsInAreSearched()
{
    ChatHost host;
    Visitor ann(host);
    for (const QString &room : {u"attic"_s, u"cellar"_s}) {
        ann.join(room);
        ann.say(u"word of the "_s + room, room);
    }
    ann.say(u"word"_s);
    Visitor ben(host, u"Ben"_s);
    ben.join(u"attic"_s);
    QCOMPARE(texts(ben.search({Id, u"word"_s}).messages),
             (QStringList{u"word"_s, u"word of the attic"_s}));
    ben.send(LeaveFrame{u"attic"_s});
    QCOMPARE(texts(ben.search({Id, u"word"_s}).messages), QStringList{u"word"_s});
    const ErrorFrame refused = ben.tryToSearch({Id, u"word"_s, u"cellar"_s});
    QCOMPARE(refused.code, u"not_a_member"_s);
    QCOMPARE(refused.id, Id);
}

void SearchingTest::pagesFollowEachOther()
{
    ChatHost host;
    Visitor ann(host);
    for (int i = 1; i <= 5; ++i)
        ann.say(u"word %1"_s.arg(i));
    SearchFrame search{Id, u"word"_s, u"general"_s, {}, 2};
    QStringList pages;
    do {
        const FoundFrame found = ann.search(search);
        pages.append(texts(found.messages).join(u", "_s));
        search.next = found.next;
    } while (!search.next.isEmpty());
    QCOMPARE(pages, (QStringList{u"word 5, word 4"_s, u"word 3, word 2"_s, u"word 1"_s}));
}

void SearchingTest::theLastPagesGoOn()
{
    ChatHost host;
    Visitor ann(host);
    Visitor ben(host, u"Ben"_s);
    for (int i = 1; i <= 3; ++i)
        ann.say(u"word %1"_s.arg(i));
    SearchFrame search{Id, u"word"_s, u"general"_s, {}, 1};
    search.next = ann.search(search).next;
    QVERIFY2(isUuid(search.next), "it says nothing of other rooms");
    for (int i = 0; i < 8; ++i)
        QCOMPARE(texts(ann.search(search).messages), QStringList{u"word 2"_s});
    QCOMPARE(ann.tryToSearch(search).code, u"bad_search"_s);
    QCOMPARE(ben.tryToSearch(search).code, u"bad_search"_s);
}

void SearchingTest::whatIsWrongIsSaid_data()
{
    QTest::addColumn<SearchFrame>("search");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const SearchFrame &search, const QString &code) {
        QTest::newRow(name) << search << code;
    };
    row("no UUID", {u"1"_s, u"word"_s}, u"bad_id"_s);
    row("no word", {Id, u"👍 !"_s}, u"bad_search"_s);
    row("too long", {Id, QString(201, u'x')}, u"bad_search"_s);
    row("a next that is none", {Id, u"word"_s, {}, u"x"_s}, u"bad_search"_s);
    row("a number as next", {Id, u"word"_s, {}, u"1"_s}, u"bad_search"_s);
    row("not joined", {Id, u"word"_s, u"attic"_s}, u"not_a_member"_s);
    row("no room", {Id, u"word"_s, u"a/b"_s}, u"bad_room"_s);
}

void SearchingTest::whatIsWrongIsSaid()
{
    QFETCH(SearchFrame, search);
    ChatHost host;
    Visitor ann(host);
    const ErrorFrame refused = ann.tryToSearch(search);
    QTEST(refused.code, "code");
    QCOMPARE(refused.id, search.id);
    QVERIFY(!refused.message.isEmpty());
}

void SearchingTest::aSocketOfOneRoomSearchesThatRoom()
{
    ChatHost host;
    Visitor ann(host);
    ann.join(u"attic"_s);
    ann.say(u"word of the attic"_s, u"attic"_s);
    ann.say(u"word"_s);
    V1Client guest(host, u"/ws/chat/general/"_s);
    guest.hello(u"Guest"_s);
    guest.next<MembersFrame>();
    guest.send(SearchFrame{Id, u"word"_s});
    QCOMPARE(texts(guest.next<FoundFrame>().messages), QStringList{u"word"_s});
    guest.send(SearchFrame{Id, u"word"_s, u"attic"_s});
    const auto refused = guest.next<ErrorFrame>();
    QCOMPARE(refused.code, u"wrong_room"_s);
    QCOMPARE(refused.id, Id);
}

void SearchingTest::oneSearchIsAnsweredAtATime()
{
    ChatHost host;
    Visitor ann(host);
    ann.say(u"word"_s);
    ann.drain();
    host.lateLog.lateness = LateRoomLog::Lateness::Answer;
    ann.send(SearchFrame{Id, u"word"_s});
    QTRY_VERIFY(host.lateLog.isHolding());
    const QString other = newUuid();
    ann.send(SearchFrame{other, u"word"_s});
    const auto refused = ann.next<ErrorFrame>();
    QCOMPARE(refused.code, u"out_of_turn"_s);
    QCOMPARE(refused.id, other);
    host.lateLog.release();
    QCOMPARE(ann.next<FoundFrame>().id, Id);
    host.lateLog.lateness = LateRoomLog::Lateness::None;
    QCOMPARE(ann.search({other, u"word"_s}).id, other);
}

void SearchingTest::whatTakesLongIsForTheNextPage()
{
    ChatOptions options;
    options.clock = [now = std::chrono::steady_clock::now()]() mutable { return now += 3s; };
    ChatHost host(options);
    Visitor ann(host);
    ann.say(u"needle"_s);
    for (int i = 0; i < 50; ++i)
        ann.say(QString(4000, u'x'));
    SearchFrame search{Id, u"needle"_s, u"general"_s};
    FoundFrame found = ann.search(search);
    QVERIFY(found.messages.isEmpty());
    QVERIFY(!found.next.isEmpty());
    for (int pages = 0; pages < 50 && !found.next.isEmpty(); ++pages) {
        search.next = found.next;
        found = ann.search(search);
    }
    QCOMPARE(texts(found.messages), QStringList{u"needle"_s});
}

void SearchingTest::aFullAnswerIsNotWaitedFor()
{
    constexpr int Many = 40;
    ChatOptions options;
    options.clock = [now = std::chrono::steady_clock::now()] { return now; };
    ChatHost host(options);
    Visitor ann(host);
    for (int i = 0; i < Many; ++i)
        ann.say(u"word "_s + u"𐀀"_s.repeated(3990));
    SearchFrame search{Id, u"word"_s, u"general"_s};
    const FoundFrame first = ann.search(search);
    QVERIFY(first.messages.size() < Many);
    search.next = first.next;
    QCOMPARE(first.messages.size() + ann.search(search).messages.size(), Many);
}

void SearchingTest::whatCannotBeReadIsSaid()
{
    ChatHost host;
    Visitor ann(host);
    ann.drain();
    host.lateLog.isBroken = true;
    ann.send(SearchFrame{Id, u"word"_s});
    QTRY_VERIFY(host.lateLog.isHolding());
    host.lateLog.release();
    const auto failed = ann.next<ErrorFrame>();
    QCOMPARE(failed.code, u"disk"_s);
    QCOMPARE(failed.id, Id);
}

void SearchingTest::aSearchEndsWithItsConnection()
{
    ChatHost host;
    {
        Visitor ann(host);
        host.lateLog.lateness = LateRoomLog::Lateness::Answer;
        ann.send(SearchFrame{Id, u"word"_s});
        QTRY_VERIFY(host.lateLog.isHolding());
    }
    host.lateLog.release();
    host.lateLog.lateness = LateRoomLog::Lateness::None;
    Visitor ben(host, u"Ben"_s);
    QCOMPARE(ben.search({Id, u"word"_s}).id, Id);
}

PARLOUR_TEST(SearchingTest)
#include "tst_searching.moc"
