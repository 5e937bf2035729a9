// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/in_memory_channel_layer.h"
#include "channels/testing/waiting.h"
#include "chat/chat_message.h"
#include "chat/json_writer.h"
#include "chat/memory_room_log.h"
#include "chat/text_rules.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;

namespace {

class Listener final : public channels::Channel::Receiver
{
public:
    Listener(channels::ChannelLayer &layer, const QString &group)
        : channel(layer.newChannel(*this))
    {
        (void)layer.groupAdd(group, *channel);
    }
    void receiveMessage(const channels::Message &message) override { heard.append(message); }

    QList<channels::Message> heard;
    std::unique_ptr<channels::Channel> channel;
};

Utterance utterance(const QString &id, const QString &text, const QString &room = u"general"_s)
{
    return {room, id, {u"p-1"_s, u"Ann"_s}, text, jsonString(text)};
}

} // namespace

/// What every log of rooms does; here the one in memory.
class RoomLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theAnswerComesLaterAndNotToTheDead();
    void whatIsPostedIsNumberedAndSaid();
    void theSendersBytesAreKept();
    void whatWasSaidElsewhereSaysWhereAndWhen();
    void aKnownIdIsAnsweredAndNotSaidAgain();
    void anIdInCapitalsIsTheSame();
    void somebodyElsesIdIsRefused();
    void roomsHaveNumbersOfTheirOwn();
    void theLastOnesAreRead();
    void olderOnesAreReadPageByPage();
    void whatWasMissedIsRead_data();
    void whatWasMissedIsRead();
    void aForgottenRoomBeginsAnew();
    void bytesAreBounded();
    void theLongestMessagesAllFit();
    void theLargestRoomGivesWay();
    void amongManyRoomsTheLargestGivesWay();

private:
    static ChatMessage post(RoomLog &log, const Utterance &said);
    static RoomLog::Page last(RoomLog &log, int count, const QString &room = u"general"_s);
    static RoomLog::Page before(RoomLog &log, qint64 number, int count);
    static QStringList texts(const QList<ChatMessage> &messages);
    static QStringList texts(const RoomLog::Page &page) { return texts(page.messages); }
};

RoomLog::Page RoomLogTest::before(RoomLog &log, qint64 number, int count)
{
    QObject context;
    std::optional<RoomLog::Page> answer;
    log.before(u"general"_s, number, count, &context,
               [&](const Expected<RoomLog::Page> &page) { answer = *page; });
    (void)channels::waitFor([&] { return answer.has_value(); }, std::chrono::seconds(10));
    return answer.value_or(RoomLog::Page{});
}

QStringList RoomLogTest::texts(const QList<ChatMessage> &messages)
{
    QStringList all;
    for (const ChatMessage &message : messages)
        all.append(message.text);
    return all;
}

ChatMessage RoomLogTest::post(RoomLog &log, const Utterance &said)
{
    QObject context;
    std::optional<ChatMessage> answer;
    log.post(said, &context, [&](const Expected<ChatMessage> &kept) { answer = *kept; });
    (void)channels::waitFor([&] { return answer.has_value(); }, std::chrono::seconds(10));
    return answer.value_or(ChatMessage{});
}

RoomLog::Page RoomLogTest::last(RoomLog &log, int count, const QString &room)
{
    QObject context;
    std::optional<RoomLog::Page> answer;
    log.last(room, count, &context, [&](const Expected<RoomLog::Page> &page) { answer = *page; });
    (void)channels::waitFor([&] { return answer.has_value(); }, std::chrono::seconds(10));
    return answer.value_or(RoomLog::Page{});
}

void RoomLogTest::theAnswerComesLaterAndNotToTheDead()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    int answers = 0;
    auto context = std::make_unique<QObject>();
    const auto count = [&](const auto &) { ++answers; };
    log.post(utterance(u"1"_s, u"x"_s), context.get(), count);
    log.last(u"general"_s, 10, context.get(), count);
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 2);
    log.post(utterance(u"2"_s, u"x"_s), context.get(), count);
    log.last(u"general"_s, 10, context.get(), count);
    context.reset();
    channels::settle();
    QCOMPARE(answers, 2);
}

void RoomLogTest::whatIsPostedIsNumberedAndSaid()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const Listener listener(layer, u"chat_general"_s);
    const QString epoch = log.position(u"general"_s).epoch;
    QVERIFY(!log.hasHistory(u"general"_s));
    const ChatMessage first = post(log, utterance(u"1"_s, u"one"_s));
    const ChatMessage second = post(log, utterance(u"2"_s, u"two"_s));
    QCOMPARE(first.number, 1);
    QCOMPARE(second.number, 2);
    QCOMPARE(second.epoch, epoch);
    QCOMPARE(log.position(u"general"_s).number, 2);
    QVERIFY(log.hasHistory(u"general"_s));
    QCOMPARE(listener.heard.size(), 2);
    QCOMPARE(listener.heard.last().type(), u"chat.message"_s);
    QCOMPARE(chatMessageOf(listener.heard.last()).value_or(ChatMessage{}), second);
}

void RoomLogTest::theSendersBytesAreKept()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(log, {u"general"_s, u"1"_s, {}, u"{\"b\":1.50}"_s, "{\"b\" : 1.50}"});
    const channels::Message message = listener.heard.first();
    QCOMPARE(plainEncoding(message), QByteArray("{\"message\": {\"b\" : 1.50}}"));
    // What another process gets of it, over a layer that carries values.
    QCOMPARE(message.value(u"message"_s).toMap().value(u"b"_s).toDouble(), 1.5);
    QCOMPARE(chatMessageOf(message).value_or(ChatMessage{}).text, u"{\"b\":1.50}"_s);
}

void RoomLogTest::whatWasSaidElsewhereSaysWhereAndWhen()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const Listener listener(layer, u"chat_general"_s);
    Utterance said = utterance(u"1"_s, u"one"_s);
    said.origin = u"5f0c2a"_s;
    said.time = 1795343932481;
    const ChatMessage kept = post(log, said);
    QCOMPARE(kept.time, said.time);
    QCOMPARE(listener.heard.first().value(u"host"_s).toString(), said.origin);
    QCOMPARE(chatMessageOf(listener.heard.first()).value_or(ChatMessage{}), kept);
    post(log, utterance(u"2"_s, u"two"_s));
    QVERIFY(!listener.heard.last().body().contains(u"host"_s));
}

void RoomLogTest::aKnownIdIsAnsweredAndNotSaidAgain()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {3});
    const Listener listener(layer, u"chat_general"_s);
    const ChatMessage first = post(log, utterance(u"1"_s, u"one"_s));
    QCOMPARE(post(log, utterance(u"1"_s, u"changed"_s)), first);
    QCOMPARE(listener.heard.size(), 1);
    for (int i = 2; i <= 4; ++i)
        post(log, utterance(QString::number(i), u"more"_s));
    QCOMPARE(post(log, utterance(u"3"_s, u"again"_s)).number, 3);
    QCOMPARE(post(log, utterance(u"1"_s, u"one"_s)).number, 5); // it was forgotten
}

void RoomLogTest::anIdInCapitalsIsTheSame()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {1});
    const ChatMessage first = post(log, utterance(u"0B0E7C6E"_s, u"one"_s));
    QCOMPARE(first.id, u"0B0E7C6E"_s); // as the client knows it
    QCOMPARE(post(log, utterance(u"0b0e7c6e"_s, u"one"_s)), first);
    post(log, utterance(u"2"_s, u"two"_s));
    QCOMPARE(post(log, utterance(u"0b0e7c6e"_s, u"one"_s)).number, 3); // it was forgotten
}

void RoomLogTest::somebodyElsesIdIsRefused()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(log, utterance(u"1"_s, u"Ann's"_s));
    Utterance bens = utterance(u"1"_s, u"Ben's"_s);
    bens.sender = {u"p-2"_s, u"Ben"_s};
    QString code;
    log.post(bens, this, [&](const Expected<ChatMessage> &kept) { code = kept.error().code; });
    QTRY_COMPARE(code, u"bad_id"_s);
    QCOMPARE(listener.heard.size(), 1);
    QCOMPARE(log.position(u"general"_s).number, 1);
}

void RoomLogTest::roomsHaveNumbersOfTheirOwn()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const Listener listener(layer, u"chat_general"_s);
    post(log, utterance(u"1"_s, u"here"_s));
    QCOMPARE(post(log, utterance(u"1"_s, u"there"_s, u"attic"_s)).number, 1);
    QCOMPARE(listener.heard.size(), 1);
    QVERIFY(log.position(u"general"_s).epoch != log.position(u"attic"_s).epoch);
}

void RoomLogTest::theLastOnesAreRead()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    for (int i = 1; i <= 250; ++i)
        post(log, utterance(QString::number(i), QString::number(i)));
    const auto page = last(log, 1000);
    QCOMPARE(page.messages.size(), 200);
    QCOMPARE(page.messages.first().number, 51);
    QCOMPARE(page.end.number, 250);
    QCOMPARE(last(log, 3).messages.first().number, 248);
    QVERIFY(last(log, 0).messages.isEmpty());
    QVERIFY(last(log, 10, u"attic"_s).messages.isEmpty());
}

void RoomLogTest::olderOnesAreReadPageByPage()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    for (int n = 1; n <= 5; ++n)
        post(log, utterance(newUuid(), QString::number(n)));
    QCOMPARE(texts(before(log, 6, 2)), (QStringList{u"4"_s, u"5"_s}));
    QVERIFY(before(log, 6, 2).hasOlder);
    QCOMPARE(texts(before(log, 4, 3)), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(!before(log, 4, 3).hasOlder);
    QCOMPARE(texts(before(log, 2, 9)), QStringList{u"1"_s});
    for (const qint64 number : {qint64(1), qint64(0), qint64(-7)})
        QVERIFY(before(log, number, 9).messages.isEmpty());
    QCOMPARE(before(log, 99, 1).end.number, 5);
    QVERIFY(before(log, 3, -1).messages.isEmpty());
}

void RoomLogTest::whatWasMissedIsRead_data()
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

void RoomLogTest::whatWasMissedIsRead()
{
    QFETCH(qint64, number);
    QFETCH(bool, isSameEpoch);
    QFETCH(int, count);
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {.messagesPerRoom = 3});
    for (int n = 1; n <= 5; ++n)
        post(log, utterance(newUuid(), QString::number(n)));
    const QString epoch = isSameEpoch ? log.position(u"general"_s).epoch : u"e-other"_s;
    QObject context;
    std::optional<RoomLog::Catchup> missed;
    log.since(u"general"_s, {epoch, number}, count, &context,
              [&](const Expected<RoomLog::Catchup> &caughtUp) { missed = *caughtUp; });
    QVERIFY2(!missed, "in a later turn");
    QVERIFY(channels::waitFor([&] { return missed.has_value(); }, std::chrono::seconds(10)));
    QTEST(texts(missed->messages), "missed");
    QTEST(missed->isLost, "isLost");
    QTEST(missed->hasMore, "hasMore");
    QCOMPARE(missed->end, log.position(u"general"_s));
}

void RoomLogTest::aForgottenRoomBeginsAnew()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const ChatMessage first = post(log, utterance(u"1"_s, u"x"_s));
    log.forget(u"general"_s);
    log.forget(u"never was"_s);
    QVERIFY(!log.hasHistory(u"general"_s));
    const ChatMessage again = post(log, utterance(u"1"_s, u"x"_s));
    QCOMPARE(again.number, 1);
    QVERIFY(again.epoch != first.epoch);
}

void RoomLogTest::bytesAreBounded()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1000, 1'000'000});
    for (int i = 1; i <= 10; ++i)
        post(log, utterance(QString::number(i), QString(100, u'x')));
    QCOMPARE(last(log, 200).messages.size(), 5);
    post(log, utterance(u"large"_s, QString(5000, u'x')));
    QCOMPARE(last(log, 200).messages.size(), 1);
    QCOMPARE(last(log, 200).messages.first().number, 11);
}

void RoomLogTest::theLongestMessagesAllFit()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer);
    const QString longest = QString(u"\U0001F44B"_s).repeated(4000);
    for (int i = 1; i <= 201; ++i)
        post(log, utterance(QString::number(i), longest));
    QCOMPARE(last(log, 1000).messages.size(), 200);
}

void RoomLogTest::theLargestRoomGivesWay()
{
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1'000'000, 2000});
    post(log, utterance(u"1"_s, u"small"_s, u"attic"_s));
    for (int i = 1; i <= 20; ++i)
        post(log, utterance(QString::number(i), QString(100, u'x')));
    QVERIFY(log.hasHistory(u"attic"_s));
    QCOMPARE(last(log, 200).messages.size(), 9);
}

// Ten thousand rooms at the bound: each message drops one of the room that is the largest then.
void RoomLogTest::amongManyRoomsTheLargestGivesWay()
{
    constexpr int Rooms = 10'000;
    channels::InMemoryChannelLayer layer;
    MemoryRoomLog log(layer, {200, 1'000'000, 4 * Rooms + 2000});
    QObject context;
    const auto say = [&](int id, const QString &text, const QString &room) {
        log.post(utterance(QString::number(id), text, room), &context, [](const auto &) {});
    };
    for (int i = 0; i < 10; ++i)
        say(i, QString(100, u'x'), u"general"_s);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < Rooms; ++i)
            say(round, u"y"_s, QString::number(i));
    }
    QCOMPARE(last(log, 200).messages.size(), 10);
    say(10, u"z"_s, u"7"_s);
    QCOMPARE(last(log, 200).messages.size(), 9);
    log.forget(u"general"_s);
    say(11, QString(900, u'z'), u"7"_s);
    QCOMPARE(last(log, 200, u"7"_s).messages.size(), 4);
}

PARLOUR_TEST(RoomLogTest)
#include "tst_room_log.moc"
