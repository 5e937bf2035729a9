// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/chat_message.h"
#include "chat/json_writer.h"
#include "chat/log_window.h"
#include "chat/room_log_contract.h"
#include "chat/text_rules.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

namespace {

const Sender Ann{u"p-1"_s, u"Ann"_s};
const Sender Ben{u"p-2"_s, u"Ben"_s};

QList<qint64> numbersOf(const QList<ChatMessage> &messages)
{
    QList<qint64> numbers;
    for (const ChatMessage &message : messages)
        numbers.append(message.number);
    return numbers;
}

Change byBen(Change change)
{
    change.by = Ben;
    return change;
}

} // namespace

void RoomLogChangesContract::aChangeIsNumberedAndSaid()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const ChatMessage first = post(*log, utterance(u"1"_s, u"one"_s));
    const Listener listener(layer, u"chat_general"_s);
    const Change edit = editOf(u"1"_s, u"other"_s);
    const ChangedFrame changed = change(*log, edit);
    QCOMPARE(changed.room, u"general"_s);
    QCOMPARE(changed.epoch, first.epoch);
    QCOMPARE(changed.number, 2);
    QCOMPARE(changed.id, edit.id);
    QCOMPARE(changed.what, u"edit"_s);
    QCOMPARE(changed.by, Ann);
    ChatMessage expected = first;
    expected.text = u"other"_s;
    expected.edited = changed.message.edited;
    QCOMPARE(changed.message, expected);
    QVERIFY(changed.message.edited >= first.time);
    QCOMPARE(log->position(u"general"_s).number, 2);
    QCOMPARE(post(*log, utterance(u"2"_s, u"two"_s)).number, 3);
    QCOMPARE(listener.heard.size(), 2);
    QCOMPARE(listener.heard.first().type(), u"chat.changed"_s);
    QCOMPARE(changedEncoding(listener.heard.first()), encode(ServerFrame{changed}));
}

void RoomLogChangesContract::messagesAreReadAsTheyAreNow()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    post(*log, utterance(u"2"_s, u"two"_s));
    const ChatMessage edited = change(*log, editOf(u"1"_s, u"first"_s)).message;
    change(*log, editOf(u"2"_s, u"second"_s));
    const auto page = last(*log, 9);
    QCOMPARE(texts(page), (QStringList{u"first"_s, u"second"_s}));
    QCOMPARE(page.messages.first(), edited);
    QCOMPARE(page.first, 1);
    QCOMPARE(page.number, 4);
    QVERIFY(!page.hasOlder);
    const auto missed = since(*log, {edited.epoch, 0}, 9);
    QCOMPARE(missed.messages, page.messages);
    QVERIFY(missed.changed.isEmpty());
    const auto second = before(*log, 4, 1);
    QCOMPARE(texts(second), QStringList{u"second"_s});
    QCOMPARE(second.first, 2);
    QCOMPARE(second.number, 3);
    QVERIFY(second.hasOlder);
    QCOMPARE(post(*log, utterance(u"1"_s, u"one"_s)), edited); // said again, it is what it is
}

void RoomLogChangesContract::whatIsDeletedIsGone()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    Utterance reply = utterance(u"2"_s, u"two"_s);
    reply.reply = u"1"_s;
    post(*log, reply);
    change(*log, reactionTo(u"2"_s, u"👍"_s));
    change(*log, editOf(u"2"_s, u"second"_s));
    const ChatMessage deleted = change(*log, deletionOf(u"2"_s)).message;
    QVERIFY(deleted.isDeleted);
    QCOMPARE(deleted.text, QString());
    QCOMPARE(deleted.edited, 0);
    QVERIFY(!deleted.reply && deleted.reactions.isEmpty());
    QCOMPARE(last(*log, 1).messages, QList<ChatMessage>{deleted});
    QCOMPARE(change(*log, deletionOf(u"2"_s)).number, 5); // it is so already
    for (const Change &late : {editOf(u"2"_s, u"back"_s), reactionTo(u"2"_s, u"👍"_s)})
        QCOMPARE(tryToChange(*log, late).error().code, u"no_such_message"_s);
    change(*log, deletionOf(u"1"_s));
    QCOMPARE(log->position(u"general"_s).number, 6);
}

void RoomLogChangesContract::reactionsAreKept()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    change(*log, reactionTo(u"1"_s, u"👍"_s));
    change(*log, byBen(reactionTo(u"1"_s, u"🎉"_s)));
    change(*log, byBen(reactionTo(u"1"_s, u"👍"_s)));
    Change back = reactionTo(u"1"_s, u"👍"_s);
    back.on = false;
    const ChatMessage message = change(*log, back).message;
    const QList<Reaction> expected{{u"👍"_s, {Ben}}, {u"🎉"_s, {Ben}}};
    QCOMPARE(message.reactions, expected);
    QCOMPARE(last(*log, 9).messages, QList<ChatMessage>{message});
    QCOMPARE(message.edited, 0);
    change(*log, editOf(u"1"_s, u"other"_s));
    QCOMPARE(last(*log, 9).messages.first().reactions, expected);
}

void RoomLogChangesContract::aKnownChangeIsAnsweredAndNotSaidAgain()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    Change edit = editOf(u"1"_s, u"other"_s);
    edit.id = u"0B0E7C6E"_s;
    change(*log, edit);
    change(*log, reactionTo(u"1"_s, u"👍"_s));
    const Listener listener(layer, u"chat_general"_s);
    edit.id = u"0b0e7c6e"_s; // which is the same
    const ChangedFrame again = change(*log, edit);
    QCOMPARE(again.number, 3);
    QCOMPARE(again.message.reactions.size(), 1);
    QVERIFY(listener.heard.isEmpty());
    QCOMPARE(log->position(u"general"_s).number, 3);
}

void RoomLogChangesContract::whatChangesNothingHasNoNumber()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    const Listener listener(layer, u"chat_general"_s);
    Change back = reactionTo(u"1"_s, u"👍"_s);
    back.on = false;
    QCOMPARE(change(*log, back).number, 1);
    const ChangedFrame same = change(*log, editOf(u"1"_s, u"one"_s));
    QCOMPARE(same.number, 1);
    QCOMPARE(same.message.edited, 0);
    change(*log, reactionTo(u"1"_s, u"👍"_s));
    QCOMPARE(change(*log, reactionTo(u"1"_s, u"👍"_s)).number, 2);
    QCOMPARE(listener.heard.size(), 1);
}

void RoomLogChangesContract::whatIsNotAllowedIsRefused_data()
{
    QTest::addColumn<Change>("wanted");
    QTest::addColumn<QString>("code");
    Change moderation = byBen(deletionOf(u"1"_s));
    moderation.isModerator = true;
    Change rewording = byBen(editOf(u"1"_s, u"x"_s));
    rewording.isModerator = true;
    QTest::newRow("somebody else's text") << byBen(editOf(u"1"_s, u"x"_s)) << u"not_allowed"_s;
    QTest::newRow("somebody else's message") << byBen(deletionOf(u"1"_s)) << u"not_allowed"_s;
    QTest::newRow("a moderator's deletion") << moderation << QString();
    QTest::newRow("a moderator's text") << rewording << u"not_allowed"_s;
    QTest::newRow("a reaction to somebody else") << byBen(reactionTo(u"1"_s, u"👍"_s)) << QString();
    QTest::newRow("no message") << editOf(u"9"_s, u"x"_s) << u"no_such_message"_s;
    Change elsewhere = editOf(u"1"_s, u"x"_s);
    elsewhere.room = u"attic"_s;
    QTest::newRow("another room's message") << elsewhere << u"no_such_message"_s;
}

void RoomLogChangesContract::whatIsNotAllowedIsRefused()
{
    QFETCH(Change, wanted);
    QFETCH(QString, code);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    const auto changed = tryToChange(*log, wanted);
    QCOMPARE(changed ? QString() : changed.error().code, code);
    QCOMPARE(log->position(u"general"_s).number, code.isEmpty() ? 2 : 1);
    QCOMPARE(log->stats().refused.size(), 0); // which the log could have kept
}

void RoomLogChangesContract::idsOfMessagesAndChangesAreTold()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"one"_s));
    const Change edit = editOf(u"1"_s, u"other"_s);
    change(*log, edit);
    QCOMPARE(tryToPost(*log, utterance(edit.id, u"x"_s)).error().code, u"bad_id"_s);
    QCOMPARE(tryToChange(*log, byBen(edit)).error().code, u"bad_id"_s);
    Change asMessage = editOf(u"1"_s, u"x"_s);
    asMessage.id = u"1"_s;
    QCOMPARE(tryToChange(*log, asMessage).error().code, u"bad_id"_s);
    QCOMPARE(tryToChange(*log, editOf(edit.id, u"x"_s)).error().code, u"no_such_message"_s);
    QCOMPARE(log->position(u"general"_s).number, 2);
}

void RoomLogChangesContract::whatOthersModerateStaysHere()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"here"_s));
    Utterance there = utterance(u"2"_s, u"there"_s);
    there.origin = u"5f0c2a"_s;
    post(*log, there);
    Change moderation = byBen(deletionOf(u"1"_s));
    moderation.isModerator = true;
    moderation.origin = u"77"_s;
    QCOMPARE(tryToChange(*log, moderation).error().code, u"not_allowed"_s);
    moderation.of = u"2"_s; // said at a third host
    QCOMPARE(tryToChange(*log, moderation).error().code, u"not_allowed"_s);
    moderation.origin = there.origin;
    QVERIFY(change(*log, moderation).message.isDeleted);
    Change own = editOf(u"1"_s, u"from my other host"_s);
    own.origin = u"77"_s;
    const Listener listener(layer, u"chat_general"_s);
    QCOMPARE(change(*log, own).message.text, own.text);
    QCOMPARE(listener.heard.first().value(u"host"_s).toString(), u"77"_s);
}

void RoomLogChangesContract::aReplySaysWhatItIsTo()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(*log, utterance(u"1"_s, QString(150, u'x')));
    Utterance reply = utterance(u"2"_s, u"two"_s);
    reply.reply = u"1"_s;
    const Quote quote{u"1"_s, 1, Ann, QString(140, u'x')};
    const ChatMessage replied = post(*log, reply);
    QCOMPARE(replied.reply, quote);
    QCOMPARE(chatMessageOf(listener.heard.last()).value_or(ChatMessage{}), replied);
    QCOMPARE(post(*log, reply), replied);
    change(*log, editOf(u"1"_s, u"short"_s));
    QCOMPARE(last(*log, 1).messages.first().reply->text, u"short"_s);
    QCOMPARE(change(*log, reactionTo(u"2"_s, u"👍"_s)).message.reply->text, u"short"_s);
    change(*log, deletionOf(u"1"_s));
    QCOMPARE(since(*log, {replied.epoch, 1}, 9).messages.first().reply,
             (Quote{u"1"_s, 1, Ann, {}}));
    reply.id = u"3"_s;
    reply.reply = newUuid();
    QCOMPARE(post(*log, reply).reply, Quote{reply.reply});
    QCOMPARE(last(*log, 1).messages.first().reply, Quote{reply.reply});
}

void RoomLogChangesContract::whatWasMissedBringsOlderMessages()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    for (int n = 1; n <= 3; ++n)
        post(*log, utterance(QString::number(n), QString::number(n)));
    const QString epoch = log->position(u"general"_s).epoch;
    change(*log, editOf(u"2"_s, u"second"_s)); // 4
    post(*log, utterance(u"5"_s, u"5"_s));
    change(*log, reactionTo(u"2"_s, u"👍"_s)); // 6
    change(*log, editOf(u"5"_s, u"fifth"_s)); // 7
    change(*log, deletionOf(u"1"_s)); // 8
    const auto missed = since(*log, {epoch, 3}, 9);
    QCOMPARE(texts(missed.messages), QStringList{u"fifth"_s});
    QCOMPARE(numbersOf(missed.changed), (QList<qint64>{2, 1})); // each once
    QCOMPARE(missed.changed.first().reactions.size(), 1);
    QVERIFY(missed.changed.last().isDeleted);
    QCOMPARE(missed.first, 4);
    QCOMPARE(missed.number, 8);
    QVERIFY(!missed.hasMore && !missed.isLost);
    const auto nothing = since(*log, {epoch, 8}, 9);
    QVERIFY(nothing.messages.isEmpty() && nothing.changed.isEmpty() && !nothing.hasMore);
    QCOMPARE(nothing.first, 0);
    QCOMPARE(nothing.number, 0);
}

void RoomLogChangesContract::aPartOfChangesIsAPart()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(u"1"_s, u"1"_s));
    const QString epoch = log->position(u"general"_s).epoch;
    for (int n = 2; n <= 6; ++n)
        change(*log, editOf(u"1"_s, QString::number(n)));
    const auto part = since(*log, {epoch, 1}, 2);
    QVERIFY(part.messages.isEmpty());
    QCOMPARE(texts(part.changed), QStringList{u"6"_s});
    QCOMPARE(part.first, 2);
    QCOMPARE(part.number, 3);
    QVERIFY(part.hasMore);
    const auto rest = since(*log, {epoch, 3}, 9);
    QCOMPARE(texts(rest.changed), QStringList{u"6"_s});
    QCOMPARE(rest.number, 6);
    QVERIFY(!rest.hasMore);
    const auto page = before(*log, 4, 9); // from the oldest on, whatever there is no message of
    QCOMPARE(page.first, 1);
    QCOMPARE(page.number, 3);
}

void RoomLogChangesContract::longMessagesThatChangedMakeShortParts()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    for (int n = 1; n <= 3; ++n)
        post(*log, utterance(QString::number(n), u"short"_s));
    const QString epoch = log->position(u"general"_s).epoch;
    for (int n = 1; n <= 3; ++n)
        change(*log, editOf(QString::number(n), QString(RoomLog::MaxText / 2, QChar(u'a' + n))));
    const auto part = since(*log, {epoch, 3}, 9);
    QCOMPARE(numbersOf(part.changed), (QList<qint64>{1, 2}));
    QCOMPARE(part.number, 5);
    QVERIFY(part.hasMore);
    QCOMPARE(numbersOf(since(*log, {epoch, 5}, 9).changed), QList<qint64>{3});
    const auto page = last(*log, 9);
    QCOMPARE(numbersOf(page.messages), (QList<qint64>{2, 3}));
    QCOMPARE(page.first, 2);
    QVERIFY(page.hasOlder);
}

void RoomLogChangesContract::changesOfForgottenMessagesAreNoNews()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 2);
    post(*log, utterance(u"1"_s, u"1"_s));
    const Change edit = editOf(u"1"_s, u"first"_s);
    change(*log, edit);
    post(*log, utterance(u"3"_s, u"3"_s));
    const ChatMessage last = post(*log, utterance(u"4"_s, u"4"_s)); // and 1 is forgotten
    const auto missed = since(*log, {last.epoch, 1}, 9);
    QVERIFY(!missed.isLost);
    QCOMPARE(texts(missed.messages), (QStringList{u"3"_s, u"4"_s}));
    QVERIFY(missed.changed.isEmpty());
    QCOMPARE(missed.first, 2);
    QCOMPARE(tryToChange(*log, editOf(u"1"_s, u"x"_s)).error().code, u"no_such_message"_s);
    QCOMPARE(tryToChange(*log, edit).error().code, u"no_such_message"_s);
}

void RoomLogChangesContract::changesDoNotPushMessagesOut()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 3);
    for (int n = 1; n <= 3; ++n)
        post(*log, utterance(QString::number(n), QString::number(n)));
    for (int n = 0; n < 10; ++n)
        change(*log, editOf(u"2"_s, u"change %1"_s.arg(n)));
    QCOMPARE(texts(last(*log, 9)), (QStringList{u"1"_s, u"change 9"_s, u"3"_s}));
    post(*log, utterance(u"4"_s, u"4"_s));
    QCOMPARE(texts(last(*log, 9)), (QStringList{u"change 9"_s, u"3"_s, u"4"_s}));
}

void RoomLogChangesContract::changesAloneDoNotGrow()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 2);
    post(*log, utterance(u"1"_s, u"1"_s));
    post(*log, utterance(u"2"_s, u"2"_s));
    for (int n = 0; n < 30; ++n)
        (void)tryToChange(*log, editOf(u"2"_s, u"change %1"_s.arg(n)));
    QCOMPARE(log->stats().kept, 2 * MaxEntriesPerMessage);
    QVERIFY(last(*log, 9).messages.isEmpty()); // the log has nothing but changes
    QVERIFY(!last(*log, 9).hasOlder);
}

} // namespace parlour::tests
