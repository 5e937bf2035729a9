// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What every RoomLog tells other hosts.
#include "chat/chat_message.h"
#include "chat/json_writer.h"
#include "chat/key_proof.h"
#include "chat/log_window.h"
#include "chat/room_log_contract.h"
#include "chat/text_rules.h"
#include "chat/token_store.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

namespace {

const QString FirstId = u"00000000-0000-4000-8000-000000000001"_s;
const QString SecondId = u"00000000-0000-4000-8000-000000000002"_s;
const QString ThirdId = u"00000000-0000-4000-8000-000000000003"_s;
const QString ForeignId = u"00000000-0000-4000-8000-000000000004"_s;

QString inWords(const Change &change)
{
    if (change.kind == Change::Kind::Edit)
        return u"edit "_s + change.text;
    if (change.kind == Change::Kind::Delete)
        return u"delete"_s;
    return u"react %1 %2"_s.arg(change.emoji, change.on ? u"on"_s : u"off"_s);
}

/// Two messages of this host, 1 and 2, and one of another; then at 1000, 2000 and so on what Ann
/// of this host changes, a to e. The second is deleted, and at the other host she takes the last
/// reaction back.
void changeAtHosts(RoomLog &log)
{
    Utterance foreign = utterance(ForeignId, u"there"_s);
    foreign.origin = u"south"_s;
    for (const Utterance &said :
         {utterance(entryId(u'1'), u"said"_s), utterance(entryId(u'2'), u"2"_s), foreign})
        QVERIFY(tryToPost(log, said));
    const QList<Change> changes{editOf(entryId(u'1'), u"one"_s), reactionTo(ForeignId, u"👍"_s),
                                editOf(entryId(u'2'), u"late"_s), deletionOf(entryId(u'2')),
                                reactionTo(ForeignId, u"🎉"_s)};
    for (int i = 0; i < changes.size(); ++i) {
        Change change = changes.at(i);
        change.id = entryId(QChar(u'a' + i));
        change.time = 1000 * (i + 1);
        QVERIFY(tryToChange(log, change));
    }
    Change back = asOf(u"south"_s, 9000, changes.constLast());
    back.id = newUuid();
    back.on = false;
    QVERIFY(tryToChange(log, back));
}

/// Three messages of this host, at 1000, 2000 and 3000, and one of another between them.
void talkOverHosts(RoomLog &log)
{
    qint64 time = 0;
    for (const QString &id : {FirstId, ForeignId, SecondId, ThirdId}) {
        Utterance said = utterance(id, id.right(1));
        said.origin = id == ForeignId ? u"south"_s : QString();
        said.time = id == ForeignId ? 1500 : time += 1000;
        QVERIFY(tryToPost(log, said));
    }
}

} // namespace

void RoomLogContract::whatWasSaidHereIsReadForOthers_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("texts");
    QTest::addColumn<bool>("hasMore");
    QTest::addColumn<bool>("isLost");
    QTest::newRow("behind a message") << FirstId << qint64(0) << 9 << u"2 3"_s << false << false;
    QTest::newRow("a part") << FirstId << qint64(0) << 1 << u"2"_s << true << false;
    QTest::newRow("behind the last") << ThirdId << qint64(0) << 9 << QString() << false << false;
    QTest::newRow("from a time on") << QString() << qint64(2000) << 9 << u"2 3"_s << false << false;
    QTest::newRow("behind an unknown one")
        << newUuid() << qint64(3000) << 9 << u"3"_s << false << true;
}

void RoomLogContract::whatWasSaidHereIsReadForOthers()
{
    QFETCH(QString, after);
    QFETCH(qint64, from);
    QFETCH(int, count);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    talkOverHosts(*log);
    const RoomLog::SaidHere part = saidHere(*log, {after, from, count});
    QStringList texts;
    for (const auto &[message, json] : part.said) {
        texts.append(message.text);
        QCOMPARE(json, jsonString(message.text));
    }
    QTEST(texts.join(u' '), "texts");
    QTEST(part.hasMore, "hasMore");
    QTEST(part.isLost, "isLost");
}

void RoomLogContract::theLastOfAHostIsFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    talkOverHosts(*log);
    using Last = RoomLog::LastEntries;
    QCOMPARE(lastFrom(*log, {}), (Last{ThirdId, {}, ThirdId, 0, 3000}));
    QCOMPARE(lastFrom(*log, u"south"_s), (Last{ForeignId, {}, ForeignId, 1000, 1500}));
    QCOMPARE(lastFrom(*log, u"east"_s), (Last{{}, {}, {}, 1000}));
    const QString edit = change(*log, editOf(FirstId, u"one"_s)).id;
    (void)change(*log, asOf(u"south"_s, 9000, reactionTo(FirstId, u"👍"_s)));
    QCOMPARE(lastFrom(*log, {}), (Last{ThirdId, edit, edit, 0, 3000}));
    QCOMPARE(lastFrom(*log, u"south"_s), (Last{ForeignId, {}, ForeignId, 1000, 1500}));
    const QString more = newUuid();
    Utterance fourth = utterance(more, u"4"_s);
    fourth.time = 4000;
    post(*log, fourth);
    QCOMPARE(lastFrom(*log, {}), (Last{more, edit, more, 0, 4000}));
    Utterance late = utterance(newUuid(), u"late"_s);
    late.origin = u"east"_s;
    late.time = 500;
    post(*log, late);
    QCOMPARE(lastFrom(*log, u"east"_s).oldest, 500);
    QVERIFY(lastFrom(*log, u"east"_s).isWhole);
}

void RoomLogContract::aFullRoomIsNotWhole()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 3);
    talkOverHosts(*log);
    const auto last = lastFrom(*log, u"east"_s);
    QVERIFY(!last.isWhole);
    QCOMPARE(last.oldest, 1500);
}

void RoomLogContract::whatCameLateIsAsItIsNow()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    Utterance late = utterance(FirstId, u"as it is now"_s);
    late.origin = u"south"_s;
    late.edited = 2000;
    late.reactions = {{u"👍"_s, {{u"p-2"_s, u"Ben"_s}}}};
    const ChatMessage kept = post(*log, late);
    QCOMPARE(kept.edited, 2000);
    QCOMPARE(kept.reactions, late.reactions);
    QCOMPARE(last(*log, 1).messages, QList<ChatMessage>{kept});
    QCOMPARE(chatMessageOf(listener.heard.last()).value_or(ChatMessage{}), kept);
}

void RoomLogChangesContract::whatWasChangedHereIsReadForOthers_data()
{
    QTest::addColumn<RoomLog::SaidHereQuery>("query");
    QTest::addColumn<QString>("ids");
    QTest::addColumn<QString>("texts");
    QTest::addColumn<QString>("changes");
    QTest::addColumn<bool>("hasMore");
    using Query = RoomLog::SaidHereQuery;
    const auto row = [](const char *name, const Query &query, const char *ids, const char *texts,
                        const char *changes, bool hasMore = false) {
        QTest::newRow(name) << query << QString::fromUtf8(ids) << QString::fromUtf8(texts)
                            << QString::fromUtf8(changes) << hasMore;
    };
    row("all", Query{{}, 0, 99, 0}, "1 2 a b c d e", "one",
        "edit one/react 👍 on/delete/react 🎉 off");
    row("behind a message", Query{entryId(u'2'), 0, 99, 0}, "a b c d e", "",
        "edit one/react 👍 on/delete/react 🎉 off");
    row("behind a change", Query{entryId(u'b'), 0, 99, 0}, "c d e", "", "delete/react 🎉 off");
    row("a part", Query{entryId(u'2'), 0, 2, 0}, "a b", "", "edit one/react 👍 on", true);
    row("of changes the last ones", Query{{}, 0, 99, 4000}, "1 2 d e", "one", "delete/react 🎉 off");
    row("messages alone", Query{{}, 0, 99}, "1", "one", "");
    row("messages behind a change", Query{entryId(u'a'), 0, 99}, "", "", "");
}

void RoomLogChangesContract::whatWasChangedHereIsReadForOthers()
{
    QFETCH(RoomLog::SaidHereQuery, query);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    changeAtHosts(*log);
    const RoomLog::SaidHere part = saidHere(*log, query);
    QStringList ids;
    for (const QString &id : part.ids)
        ids.append(id.right(1));
    QTEST(ids.join(u' '), "ids");
    QStringList texts;
    for (const auto &[message, json] : part.said)
        texts.append(message.text);
    QTEST(texts.join(u' '), "texts");
    QStringList changes;
    for (const Change &told : part.changes) {
        QVERIFY(told.origin.isEmpty());
        changes.append(inWords(told));
    }
    QTEST(changes.join(u'/'), "changes");
    QTEST(part.hasMore, "hasMore");
}

void RoomLogChangesContract::whatIsTooLongMakesParts()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const QString longest(RoomLog::MaxText / 2, u'x');
    for (const QChar number : u"123"_s) {
        post(*log, utterance(entryId(number), u"short"_s));
        change(*log, editOf(entryId(number), longest));
    }
    RoomLog::SaidHere part = saidHere(*log, {{}, 0, 99, 0});
    QVERIFY(part.hasMore);
    QCOMPARE(part.ids.size(), 2);
    QStringList read;
    for (read = part.ids; part.hasMore && read.size() < 9; read += part.ids)
        part = saidHere(*log, {read.constLast(), 0, 99, 0});
    QCOMPARE(read.size(), 6);
}

void RoomLogChangesContract::whatWasDeletedAndIsForgottenIsTold()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 2);
    post(*log, utterance(entryId(u'1'), u"a secret"_s));
    post(*log, utterance(entryId(u'2'), u"2"_s));
    const QString deletion = change(*log, deletionOf(entryId(u'1'))).id;
    post(*log, utterance(entryId(u'3'), u"3"_s));
    const QList<Change> told = saidHere(*log, {{}, 0, 99, 0}).changes;
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().id, deletion);
    QCOMPARE(told.constFirst().of, entryId(u'1'));
    QVERIFY(told.constFirst().isModerator); // the others judge whose right it was
}

// Another host may have heard the text, and nothing since.
void RoomLogChangesContract::deletionsAreToldLongerThanMessages()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 2);
    const QString gone = post(*log, utterance(newUuid(), u"a secret"_s)).id;
    const QString deletion = change(*log, deletionOf(gone)).id;
    Change there = asOf(u"south"_s, 9000, deletionOf(post(*log, utterance(newUuid(), u"2"_s)).id));
    there.id = newUuid();
    change(*log, there); // which is told by the other host
    Utterance foreign = utterance(ForeignId, u"there"_s);
    foreign.origin = u"south"_s;
    post(*log, foreign);
    foreign.id = ThirdId;
    post(*log, foreign);
    QCOMPARE(lastFrom(*log, {}), (RoomLog::LastEntries{{}, deletion, deletion}));
    for (int i = 0; i < 30; ++i)
        post(*log, utterance(newUuid(), QString::number(i)));
    const RoomLog::SaidHere part = saidHere(*log, {newUuid(), 0, 1, 0});
    QVERIFY(part.isLost);
    QCOMPARE(part.ids, QStringList{deletion});
    QCOMPARE(part.changes.size(), 1);
    QCOMPARE(part.changes.constFirst().of, gone);
    const RoomLog::SaidHere next = saidHere(*log, {deletion, 0, 9, 0}); // and on behind it
    QVERIFY(next.isLost);
    QCOMPARE(next.ids.size(), 2);
    QVERIFY(next.changes.isEmpty());
    QVERIFY(saidHere(*log, {{}, 0, 9}).changes.isEmpty()); // who asks for messages alone
    QCOMPARE(lastFrom(*log, {}).change, deletion);
    QCOMPARE(last(*log, 9).messages.size(), 2); // nobody here sees any of it
    QVERIFY(since(*log, {log->position(u"general"_s).epoch, 1}, 9).isLost);
}

void RoomLogChangesContract::deletionsAreBounded()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 2);
    QStringList deletions;
    for (int i = 0; i < 100; ++i)
        deletions.append(
            change(*log, deletionOf(post(*log, utterance(newUuid(), QString::number(i))).id)).id);
    QStringList told;
    for (const Change &deletion : saidHere(*log, {{}, 0, 999, 0}).changes)
        told.append(deletion.id);
    QCOMPARE(told, deletions.last(3 + 2 * MaxEntriesPerMessage));
}

void RoomLogChangesContract::whoIsHereChangesTheNewest()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    const qint64 ahead = QDateTime::currentMSecsSinceEpoch() + 60'000;
    post(*log, utterance(entryId(u'1'), u"said"_s));
    change(*log, asOf(u"south"_s, ahead, editOf(entryId(u'1'), u"there"_s)));
    change(*log, asOf(u"south"_s, ahead, reactionTo(entryId(u'1'), u"👍"_s)));
    QCOMPARE(change(*log, editOf(entryId(u'1'), u"here"_s)).message.edited, ahead + 1);
    QCOMPARE(listener.heard.last().value(u"time"_s).toLongLong(), ahead + 1);
    Change off = reactionTo(entryId(u'1'), u"👍"_s);
    off.on = false;
    QVERIFY(change(*log, off).message.reactions.isEmpty());
    QCOMPARE(listener.heard.last().value(u"time"_s).toLongLong(), ahead + 1);
}

void RoomLogChangesContract::whoHasATokenHereIsNowhereElse()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const QString token = newPersonId();
    const QString key = personIdOfKey(QByteArray(32, 'k'));
    for (const QString &person : {token, key}) {
        Utterance said = utterance(newUuid(), u"said"_s);
        said.sender.id = person;
        post(*log, said);
        Change deletion = asOf(u"south"_s, 2000, deletionOf(said.id));
        deletion.by = said.sender;
        const auto deleted = tryToChange(*log, deletion);
        QCOMPARE(deleted ? QString() : deleted.error().code,
                 person == token ? u"not_allowed"_s : QString());
    }
}

} // namespace parlour::tests
