// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What every RoomLog makes of what several hosts tell, in whichever order.
#include "chat/chat_message.h"
#include "chat/reactions.h"
#include "chat/room_log_contract.h"
#include "chat/text_rules.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <numeric>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

QString entryId(QChar last)
{
    return u"00000000-0000-4000-8000-00000000000"_s + last;
}

Change asOf(const QString &host, qint64 time, Change change)
{
    change.origin = host;
    change.time = time;
    return change;
}

namespace {

QString inWords(const ChatMessage &message)
{
    QString words = message.isDeleted ? u"deleted"_s : message.text;
    if (message.edited > 0)
        words += u", edited %1"_s.arg(message.edited);
    for (const Reaction &reaction : message.reactions)
        words += u' ' + reaction.emoji;
    return words;
}

} // namespace

void RoomLogChangesContract::changesOfHostsMakeTheSameInAnyOrder_data()
{
    QTest::addColumn<Change>("one");
    QTest::addColumn<Change>("other");
    QTest::addColumn<QString>("now");
    const auto at = [](const QString &host, qint64 time, const Change &change) {
        return asOf(host, time, change);
    };
    const Change first = at(u"south"_s, 2000, editOf(entryId(u'1'), u"first"_s));
    const Change deletion = at(u"east"_s, 1500, deletionOf(entryId(u'1')));
    Change off = reactionTo(entryId(u'1'), u"👍"_s);
    off.on = false;
    const Change on = at(u"south"_s, 2000, reactionTo(entryId(u'1'), u"👍"_s));
    QTest::newRow("two texts") << first << at(u"east"_s, 3000, editOf(entryId(u'1'), u"second"_s))
                               << u"second, edited 3000"_s;
    QTest::newRow("two texts at once")
        << first << at(u"east"_s, 2000, editOf(entryId(u'1'), u"again"_s))
        << u"first, edited 2000"_s;
    QTest::newRow("the same text twice")
        << first << at(u"east"_s, 2500, editOf(entryId(u'1'), u"first"_s))
        << u"first, edited 2500"_s;
    QTest::newRow("a text and a deletion") << first << deletion << u"deleted"_s;
    QTest::newRow("a reaction and a deletion") << on << deletion << u"deleted"_s;
    QTest::newRow("two deletions")
        << at(u"south"_s, 9, deletionOf(entryId(u'1'))) << deletion << u"deleted"_s;
    QTest::newRow("a reaction that was taken back before")
        << on << at(u"east"_s, 1000, off) << u"said 👍"_s;
    QTest::newRow("both at once") << on << at(u"east"_s, 2000, off) << u"said 👍"_s;
    QTest::newRow("a reaction that is there, and is taken back")
        << at(u"south"_s, 3000, off) << at(u"east"_s, 2000, reactionTo(entryId(u'1'), u"👍"_s))
        << u"said"_s;
    QTest::newRow("two reactions")
        << on << at(u"east"_s, 1, reactionTo(entryId(u'1'), u"👍"_s)) << u"said 👍"_s;
}

// What is told again after that changes nothing.
void RoomLogChangesContract::changesOfHostsMakeTheSameInAnyOrder()
{
    QFETCH(Change, one);
    QFETCH(Change, other);
    QFETCH(QString, now);
    for (const QList<Change> &order : {QList<Change>{one, other}, QList<Change>{other, one}}) {
        InMemoryChannelLayer layer;
        const auto log = makeLog(layer);
        Utterance said = utterance(entryId(u'1'), u"said"_s);
        said.origin = u"south"_s;
        post(*log, said);
        if (one.kind == Change::Kind::React && !one.on)
            change(*log, asOf(u"north"_s, 1, reactionTo(entryId(u'1'), u"👍"_s)));
        for (const Change &change : order)
            (void)tryToChange(*log, change);
        QCOMPARE(inWords(last(*log, 1).messages.constFirst()), now);
        const auto stood = log->position(u"general"_s);
        for (const Change &change : order)
            (void)tryToChange(*log, change);
        QCOMPARE(inWords(last(*log, 1).messages.constFirst()), now);
        QCOMPARE(log->position(u"general"_s), stood);
    }
}

// Whatever came before and between: the latest one counts, also where it changed nothing.
void RoomLogChangesContract::reactionsOfHostsMakeTheSameInAnyOrder_data()
{
    QTest::addColumn<QList<qint64>>("times"); // less than 0: taken back
    QTest::addColumn<QString>("now");
    QTest::newRow("there again, and taken back before that")
        << QList<qint64>{1000, -2000, 3000} << u"said 👍"_s;
    QTest::newRow("taken back twice, and there between")
        << QList<qint64>{-1000, 2000, -3000} << u"said"_s;
    QTest::newRow("taken back before it was there") << QList<qint64>{2000, -3000} << u"said"_s;
    QTest::newRow("there at three hosts, and taken back at one")
        << QList<qint64>{1000, 2000, -2500, 3000} << u"said 👍"_s;
    QTest::newRow("both at once, twice") << QList<qint64>{1000, -1000, -2000, 2000} << u"said 👍"_s;
}

// Each of them has all that it may have, and they meet.
void RoomLogChangesContract::reactionsOfHostsAreBoundedApart()
{
    for (const QString &first : {u"south"_s, u"east"_s}) {
        InMemoryChannelLayer layer;
        const auto log = makeLog(layer);
        post(*log, utterance(entryId(u'1'), u"said"_s));
        for (int i = 0; i < 2 * ReactionLimits::Different; ++i) {
            const QString host =
                (i < ReactionLimits::Different) == (first == u"south"_s) ? u"south"_s : u"east"_s;
            const qsizetype kind = i % ReactionLimits::Different
                + (host == u"south"_s ? 0 : ReactionLimits::Different);
            const QChar emoji(char16_t(0x2600 + kind));
            change(*log, asOf(host, 1000, reactionTo(entryId(u'1'), emoji)));
        }
        QCOMPARE(last(*log, 1).messages.constFirst().reactions.size(),
                 2 * ReactionLimits::Different);
        const auto more = tryToChange(*log, reactionTo(entryId(u'1'), u"👍"_s));
        QCOMPARE(more.error().code, u"too_many_reactions"_s); // of who is here
    }
}

void RoomLogChangesContract::reactionsOfHostsMakeTheSameInAnyOrder()
{
    QFETCH(QList<qint64>, times);
    QFETCH(QString, now);
    QList<Change> changes;
    for (const qint64 time : times) {
        changes.append(asOf(u"south"_s, std::abs(time), reactionTo(entryId(u'1'), u"👍"_s)));
        changes.last().id = entryId(QChar(char16_t(u'a' + changes.size())));
        changes.last().on = time > 0;
    }
    QList<int> order(changes.size());
    std::iota(order.begin(), order.end(), 0);
    do {
        InMemoryChannelLayer layer;
        const auto log = makeLog(layer);
        post(*log, utterance(entryId(u'1'), u"said"_s));
        for (const int i : order)
            change(*log, changes.at(i));
        QCOMPARE(inWords(last(*log, 1).messages.constFirst()), now);
        const auto stood = log->position(u"general"_s);
        for (const Change &again : changes)
            change(*log, again);
        QCOMPARE(log->position(u"general"_s), stood);
    } while (std::next_permutation(order.begin(), order.end()));
}

// Who is told of it late is told of the latest one.
void RoomLogChangesContract::aReactionIsToldWithItsTime()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    post(*log, utterance(entryId(u'1'), u"said"_s));
    Change on = reactionTo(entryId(u'1'), u"👍"_s);
    on.time = 1000;
    change(*log, on);
    change(*log, asOf(u"south"_s, 3000, reactionTo(entryId(u'1'), u"👍"_s)));
    const QList<Change> told = saidHere(*log, {{}, 0, 99, 0}).changes;
    QCOMPARE(told.size(), 1);
    QVERIFY(told.constFirst().on);
    QCOMPARE(told.constFirst().time, 3000);
}

// What was said in it is nowhere, but that it came is known.
void RoomLogChangesContract::whatWasDeletedBeforeItCameIsKnown()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    Utterance said = utterance(entryId(u'1'), u"a secret"_s);
    said.origin = u"south"_s;
    said.reply = entryId(u'2');
    said.reactions = {{u"👍"_s, {{u"p-2"_s, u"Ben"_s}}}};
    said.deletion = asOf(u"east"_s, 2000, deletionOf(entryId(u'1')));
    const ChatMessage kept = post(*log, said);
    QVERIFY(kept.isDeleted && kept.text.isEmpty() && kept.reactions.isEmpty() && !kept.reply);
    QCOMPARE(last(*log, 9).messages, QList<ChatMessage>{kept});
    QCOMPARE(listener.heard.size(), 1);
    QCOMPARE(listener.heard.constFirst().type(), u"chat.changed"_s);
    QVERIFY(!changedEncoding(listener.heard.constFirst()).contains("secret"));
    QCOMPARE(listener.heard.constFirst().value(u"number"_s).toLongLong(), 1);
    QCOMPARE(lastFrom(*log, u"south"_s).message, said.id);
    said.deletion.reset(); // told again by who does not know
    QCOMPARE(post(*log, said), kept);
    QCOMPARE(log->position(u"general"_s).number, 1);
}

} // namespace parlour::tests
