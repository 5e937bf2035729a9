// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_log_contract.h"

#include "channels/testing/waiting.h"
#include "chat/chat_message.h"
#include "chat/json_writer.h"
#include "chat/text_rules.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

namespace {

template <typename T, typename Ask>
Expected<T> answerOf(const Ask &ask)
{
    QObject context;
    std::optional<Expected<T>> answer;
    ask(&context, [&](const Expected<T> &given) { answer = given; });
    (void)channels::waitFor([&] { return answer.has_value(); }, std::chrono::seconds(60));
    return answer.value_or(Error{u"no_answer"_s, u"The log did not answer."_s});
}

} // namespace

Utterance utterance(const QString &id, const QString &text, const QString &room)
{
    return {room, id, {u"p-1"_s, u"Ann"_s}, text, jsonString(text)};
}

Expected<ChatMessage> tryToPost(RoomLog &log, const Utterance &said)
{
    return answerOf<ChatMessage>(
        [&](QObject *context, const auto &posted) { log.post(said, context, posted); });
}

ChatMessage post(RoomLog &log, const Utterance &said)
{
    return tryToPost(log, said).valueOr({});
}

Expected<ChangedFrame> tryToChange(RoomLog &log, const Change &change)
{
    return answerOf<ChangedFrame>(
        [&](QObject *context, const auto &changed) { log.change(change, context, changed); });
}

ChangedFrame change(RoomLog &log, const Change &change)
{
    return tryToChange(log, change).valueOr({});
}

Change editOf(const QString &message, const QString &text)
{
    Change edit{u"general"_s, newUuid(), message, {u"p-1"_s, u"Ann"_s}};
    edit.text = text;
    return edit;
}

Change deletionOf(const QString &message)
{
    Change deletion = editOf(message, {});
    deletion.kind = Change::Kind::Delete;
    return deletion;
}

Change reactionTo(const QString &message, const QString &emoji)
{
    Change reaction = editOf(message, {});
    reaction.kind = Change::Kind::React;
    reaction.emoji = emoji;
    return reaction;
}

RoomLog::Page last(RoomLog &log, int count, const QString &room)
{
    return answerOf<RoomLog::Page>(
               [&](QObject *context, const auto &read) { log.last(room, count, context, read); })
        .valueOr({});
}

RoomLog::Page before(RoomLog &log, qint64 number, int count)
{
    return answerOf<RoomLog::Page>([&](QObject *context, const auto &read) {
               log.before(u"general"_s, number, count, context, read);
           })
        .valueOr({});
}

RoomLog::Catchup since(RoomLog &log, const RoomLog::Position &position, int count)
{
    return answerOf<RoomLog::Catchup>([&](QObject *context, const auto &caughtUp) {
               log.since(u"general"_s, position, count, context, caughtUp);
           })
        .valueOr({});
}

RoomLog::SaidHere saidHere(RoomLog &log, const RoomLog::SaidHereQuery &query)
{
    return answerOf<RoomLog::SaidHere>([&](QObject *context, const auto &read) {
               log.saidHere(u"general"_s, query, context, read);
           })
        .valueOr({});
}

RoomLog::Hits findPart(RoomLog &log, const RoomLog::Search &search)
{
    return answerOf<RoomLog::Hits>([&](QObject *context, const auto &searched) {
               log.search(search, context, searched);
           })
        .valueOr({});
}

RoomLog::LastEntries lastFrom(RoomLog &log, const QString &origin)
{
    return answerOf<RoomLog::LastEntries>([&](QObject *context, const auto &found) {
               log.lastFrom(u"general"_s, origin, context, found);
           })
        .valueOr({u"failed"_s});
}

QStringList texts(const QList<ChatMessage> &messages)
{
    QStringList all;
    for (const ChatMessage &message : messages)
        all.append(message.text);
    return all;
}

void RoomLogContract::theAnswerComesLaterAndNotToTheDead()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    int answers = 0;
    auto context = std::make_unique<QObject>();
    const auto count = [&](const auto &) { ++answers; };
    log->post(utterance(u"1"_s, u"x"_s), context.get(), count);
    log->last(u"general"_s, 10, context.get(), count);
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 2);
    log->post(utterance(u"2"_s, u"x"_s), context.get(), count);
    log->last(u"general"_s, 10, context.get(), count);
    context.reset();
    post(*log, utterance(u"3"_s, u"x"_s)); // which is answered behind those
    channels::settle();
    QCOMPARE(answers, 2);
}

void RoomLogContract::whatIsPostedIsNumberedAndSaid()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    const QString epoch = log->position(u"general"_s).epoch;
    QVERIFY(!log->hasHistory(u"general"_s));
    const ChatMessage first = post(*log, utterance(u"1"_s, u"one"_s));
    const ChatMessage second = post(*log, utterance(u"2"_s, u"two"_s));
    QCOMPARE(first.number, 1);
    QCOMPARE(second.number, 2);
    QCOMPARE(second.epoch, epoch);
    QCOMPARE(log->position(u"general"_s).number, 2);
    QVERIFY(log->hasHistory(u"general"_s));
    QCOMPARE(listener.heard.size(), 2);
    QCOMPARE(listener.heard.last().type(), u"chat.message"_s);
    QCOMPARE(chatMessageOf(listener.heard.last()).value_or(ChatMessage{}), second);
}

void RoomLogContract::theSendersBytesAreKept()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(*log, {u"general"_s, u"1"_s, {}, u"{\"b\":1.50}"_s, "{\"b\" : 1.50}"});
    const channels::Message message = listener.heard.first();
    QCOMPARE(plainEncoding(message), QByteArray("{\"message\": {\"b\" : 1.50}}"));
    // What another process gets of it, over a layer that carries values.
    QCOMPARE(message.value(u"message"_s).toMap().value(u"b"_s).toDouble(), 1.5);
    QCOMPARE(chatMessageOf(message).value_or(ChatMessage{}).text, u"{\"b\":1.50}"_s);
}

void RoomLogContract::whatWasSaidElsewhereSaysWhereAndWhen()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    Utterance said = utterance(u"1"_s, u"one"_s);
    said.origin = u"5f0c2a"_s;
    said.time = 1795343932481;
    const ChatMessage kept = post(*log, said);
    QCOMPARE(kept.time, said.time);
    QCOMPARE(listener.heard.first().value(u"host"_s).toString(), said.origin);
    QCOMPARE(chatMessageOf(listener.heard.first()).value_or(ChatMessage{}), kept);
    post(*log, utterance(u"2"_s, u"two"_s));
    QVERIFY(!listener.heard.last().body().contains(u"host"_s));
}

void RoomLogContract::aKnownIdIsAnsweredAndNotSaidAgain()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 3);
    const Listener listener(layer, u"chat_general"_s);
    const ChatMessage first = post(*log, utterance(u"1"_s, u"one"_s));
    QCOMPARE(post(*log, utterance(u"1"_s, u"changed"_s)), first);
    QCOMPARE(listener.heard.size(), 1);
    for (int i = 2; i <= 4; ++i)
        post(*log, utterance(QString::number(i), u"more"_s));
    QCOMPARE(post(*log, utterance(u"3"_s, u"again"_s)).number, 3);
    QCOMPARE(post(*log, utterance(u"1"_s, u"one"_s)).number, 5); // it was forgotten
}

void RoomLogContract::anIdInCapitalsIsTheSame()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 1);
    const ChatMessage first = post(*log, utterance(u"0B0E7C6E"_s, u"one"_s));
    QCOMPARE(first.id, u"0B0E7C6E"_s); // as the client knows it
    QCOMPARE(post(*log, utterance(u"0b0e7c6e"_s, u"one"_s)), first);
    post(*log, utterance(u"2"_s, u"two"_s));
    QCOMPARE(post(*log, utterance(u"0b0e7c6e"_s, u"one"_s)).number, 3); // it was forgotten
}

void RoomLogContract::somebodyElsesIdIsRefused()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(*log, utterance(u"1"_s, u"Ann's"_s));
    Utterance bens = utterance(u"1"_s, u"Ben's"_s);
    bens.sender = {u"p-2"_s, u"Ben"_s};
    const auto refused = tryToPost(*log, bens);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"bad_id"_s);
    QCOMPARE(listener.heard.size(), 1);
    QCOMPARE(log->position(u"general"_s).number, 1);
}

void RoomLogContract::whatIsPostedAtOnceIsAnsweredInItsRoomsOrder()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    Utterance bens = utterance(u"1"_s, u"Ben's"_s);
    bens.sender = {u"p-2"_s, u"Ben"_s};
    const QList<Utterance> said{utterance(u"1"_s, u"one"_s), bens, utterance(u"1"_s, u"again"_s),
                                utterance(u"1"_s, u"there"_s, u"attic"_s),
                                utterance(u"2"_s, u"two"_s)};
    QHash<QString, QStringList> answers; // by room
    QObject context;
    for (const Utterance &utterance : said) {
        log->post(utterance, &context,
                  [&, room = utterance.room](const Expected<ChatMessage> &kept) {
                      answers[room].append(kept ? u"%1 %2"_s.arg(kept->number).arg(kept->text)
                                                : kept.error().code);
                  });
    }
    QVERIFY(log->hasHistory(u"attic"_s)); // or at least soon: nobody forgets the room now
    const QHash<QString, QStringList> expected{
        {u"general"_s, {u"1 one"_s, u"bad_id"_s, u"1 one"_s, u"2 two"_s}},
        {u"attic"_s, {u"1 there"_s}}};
    QTRY_COMPARE_WITH_TIMEOUT(answers, expected, 60000);
    QCOMPARE(listener.heard.size(), 2);
    QCOMPARE(texts(last(*log, 9)), (QStringList{u"one"_s, u"two"_s}));
}

void RoomLogContract::roomsHaveNumbersOfTheirOwn()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(*log, utterance(u"1"_s, u"here"_s));
    QCOMPARE(post(*log, utterance(u"1"_s, u"there"_s, u"attic"_s)).number, 1);
    QCOMPARE(listener.heard.size(), 1);
    QVERIFY(log->position(u"general"_s).epoch != log->position(u"attic"_s).epoch);
}

void RoomLogContract::theLastOnesAreRead()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    for (int i = 1; i <= 250; ++i)
        post(*log, utterance(QString::number(i), QString::number(i)));
    const auto page = last(*log, 1000);
    QCOMPARE(page.messages.size(), 200);
    QCOMPARE(page.messages.first().number, 51);
    QCOMPARE(log->stats().kept, 200);
    QCOMPARE(page.end.number, 250);
    QCOMPARE(last(*log, 3).messages.first().number, 248);
    QVERIFY(last(*log, 0).messages.isEmpty());
    QVERIFY(last(*log, 10, u"attic"_s).messages.isEmpty());
}

void RoomLogContract::olderOnesAreReadPageByPage()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    for (int n = 1; n <= 5; ++n)
        post(*log, utterance(newUuid(), QString::number(n)));
    QCOMPARE(texts(before(*log, 6, 2)), (QStringList{u"4"_s, u"5"_s}));
    QVERIFY(before(*log, 6, 2).hasOlder);
    QCOMPARE(texts(before(*log, 4, 3)), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(!before(*log, 4, 3).hasOlder);
    QCOMPARE(texts(before(*log, 2, 9)), QStringList{u"1"_s});
    for (const qint64 number : {qint64(1), qint64(0), qint64(-7)})
        QVERIFY(before(*log, number, 9).messages.isEmpty());
    QCOMPARE(before(*log, 99, 1).end.number, 5);
    QVERIFY(before(*log, 3, -1).messages.isEmpty());
}

void RoomLogContract::whatWasMissedIsRead_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<bool>("isSameEpoch");
    QTest::addColumn<int>("count");
    QTest::addColumn<QStringList>("missed");
    QTest::addColumn<bool>("isLost");
    QTest::addColumn<bool>("hasMore");
    const QStringList kept{u"3"_s, u"4"_s, u"5"_s}; // 1 and 2 are forgotten
    QTest::newRow("nothing") << qint64(5) << true << 9 << QStringList() << false << false;
    QTest::newRow("the last one") << qint64(4) << true << 9 << QStringList{u"5"_s} << false
                                  << false;
    QTest::newRow("all that is kept") << qint64(2) << true << 9 << kept << false << false;
    QTest::newRow("a part") << qint64(2) << true << 2 << kept.first(2) << false << true;
    QTest::newRow("exactly a part") << qint64(3) << true << 2 << kept.last(2) << false << false;
    QTest::newRow("more than is kept") << qint64(1) << true << 9 << kept << true << false;
    QTest::newRow("a part of what is kept")
        << qint64(0) << true << 2 << kept.last(2) << true << false;
    QTest::newRow("a number that never was") << qint64(6) << true << 9 << kept << true << false;
    QTest::newRow("a negative number") << qint64(-1) << true << 9 << kept << true << false;
    QTest::newRow("another epoch") << qint64(5) << false << 9 << kept << true << false;
    QTest::newRow("no message wanted") << qint64(3) << true << 0 << QStringList() << false << true;
}

void RoomLogContract::whatWasMissedIsRead()
{
    QFETCH(qint64, number);
    QFETCH(bool, isSameEpoch);
    QFETCH(int, count);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer, 3);
    for (int n = 1; n <= 5; ++n)
        post(*log, utterance(newUuid(), QString::number(n)));
    const QString epoch = isSameEpoch ? log->position(u"general"_s).epoch : u"e-other"_s;
    QObject context;
    std::optional<RoomLog::Catchup> missed;
    log->since(u"general"_s, {epoch, number}, count, &context,
               [&](const Expected<RoomLog::Catchup> &caughtUp) { missed = *caughtUp; });
    QVERIFY2(!missed, "in a later turn");
    QVERIFY(channels::waitFor([&] { return missed.has_value(); }, std::chrono::seconds(60)));
    QTEST(texts(missed->messages), "missed");
    QTEST(missed->isLost, "isLost");
    QTEST(missed->hasMore, "hasMore");
    QCOMPARE(missed->end, log->position(u"general"_s));
}

void RoomLogContract::aForgottenRoomBeginsAnew()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    const ChatMessage first = post(*log, utterance(u"1"_s, u"x"_s));
    log->forget(u"general"_s);
    log->forget(u"never was"_s);
    QVERIFY(!log->hasHistory(u"general"_s));
    const ChatMessage again = post(*log, utterance(u"1"_s, u"x"_s));
    QCOMPARE(again.number, 1);
    QVERIFY(again.epoch != first.epoch);
    QCOMPARE(log->stats().kept, 1);
}

} // namespace parlour::tests
