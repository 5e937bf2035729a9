// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/reactions.h"
#include "chat/text_rules.h"
#include "support/runner.h"
#include "talk.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {

/// Ann, who says something, and Ben, both in "general".
struct Two {
    Two()
        : ann(host)
        , ben(host)
    {
        ann.hello(u"Ann"_s);
        ann.join();
        ben.hello(u"Ben"_s);
        ben.join();
        ann.drain();
        said = ann.say(u"hello"_s);
        ann.drain();
        ben.drain();
    }
    ChangedFrame edit(const QString &text)
    {
        ann.send(EditFrame{u"general"_s, newUuid(), said, text});
        return ann.next<ChangedFrame>();
    }

    ChatHost host;
    V1Client ann;
    V1Client ben;
    QString said; ///< the id
};

} // namespace

/// Edits, deletions, reactions and replies, from one client to the others.
class ChangingMessagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emojiAreTold_data();
    void emojiAreTold();
    void reactionsHaveLimits();
    void everybodySeesWhatIsChanged();
    void aDeletedMessageIsEmpty();
    void aReplyIsShownWithItsQuote();
    void whatIsRefusedSaysWhy_data();
    void whatIsRefusedSaysWhy();
    void theOwnerDeletesAnybodys();
    void whatChangesNothingIsForItsSenderAlone();
    void plainClientsSeeMessagesAlone();
    void whoComesBackGetsWhatWasChanged();
    void aChangeWhileCatchingUpIsAcknowledged();
    void tooFastNamesTheChange();
};

void ChangingMessagesTest::emojiAreTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("thumb") << u"👍"_s << true;
    QTest::newRow("with a skin") << u"👍🏽"_s << true;
    QTest::newRow("a heart with its selector") << u"❤️"_s << true;
    QTest::newRow("a family") << u"👩‍👩‍👧‍👦"_s << true;
    QTest::newRow("a flag") << u"🇷🇺"_s << true;
    QTest::newRow("a keycap") << u"1️⃣"_s << true;
    QTest::newRow("sixteen") << u"👍"_s.repeated(16) << true;
    QTest::newRow("seventeen") << u"👍"_s.repeated(17) << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("a letter") << u"x"_s << false;
    QTest::newRow("a space") << u"👍 👍"_s << false;
    QTest::newRow("a line") << u"👍\n"_s << false;
    QTest::newRow("turned around") << u"\u202e👍"_s << false;
    QTest::newRow("invisible") << u"\u200d\ufe0f"_s << false;
    QTest::newRow("half a character") << QString(QChar(0xD83D)) << false;
}

void ChangingMessagesTest::emojiAreTold()
{
    QFETCH(QString, text);
    QTEST(isEmoji(text), "isOne");
}

void ChangingMessagesTest::reactionsHaveLimits()
{
    QList<Reaction> different;
    for (int i = 0; i < ReactionLimits::Different; ++i)
        QVERIFY(react(different, QChar(0x2600 + i), {u"p"_s, u"P"_s}, true));
    QCOMPARE(react(different, u"👍"_s, {u"p"_s, u"P"_s}, true).error().code,
             u"too_many_reactions"_s);
    QVERIFY(react(different, QChar(0x2600), {u"q"_s, u"Q"_s}, true).valueOr(false));
    QList<Reaction> all;
    for (int i = 0; i < ReactionLimits::InAll; ++i)
        QVERIFY(react(all, u"👍"_s, {QString::number(i), u"P"_s}, true));
    QCOMPARE(react(all, u"👍"_s, {u"p"_s, u"P"_s}, true).error().code, u"too_many_reactions"_s);
    QVERIFY(!react(all, u"👍"_s, {u"7"_s, u"P"_s}, true).valueOr(true)); // it is there
    QVERIFY(react(all, u"👍"_s, {u"7"_s, u"P"_s}, false).valueOr(false));
    QVERIFY(react(all, u"🎉"_s, {u"7"_s, u"P"_s}, true).valueOr(false));
    QCOMPARE(reactionsOf(jsonOf(all)), all);
    for (const char *broken : {"", "7", "[{}]", "[1", "[],\"x\":["})
        QCOMPARE(reactionsOf(broken), QList<Reaction>());
}

void ChangingMessagesTest::everybodySeesWhatIsChanged()
{
    Two two;
    const QString id = newUuid();
    two.ann.send(EditFrame{u"general"_s, id, two.said, u"hello, all"_s});
    const auto seen = two.ben.next<ChangedFrame>();
    QCOMPARE(seen.id, id);
    QCOMPARE(seen.number, 2);
    QCOMPARE(seen.what, u"edit"_s);
    QCOMPARE(seen.by.name, u"Ann"_s);
    QCOMPARE(seen.message.id, two.said);
    QCOMPARE(seen.message.text, u"hello, all"_s);
    QVERIFY(seen.message.edited > 0);
    QCOMPARE(two.ann.next<ChangedFrame>().id, id);
    QVERIFY(two.ann.socket.receivesNothing()); // once

    two.ben.send(ReactFrame{u"general"_s, newUuid(), two.said, u"👍"_s, true});
    const auto reacted = two.ann.next<ChangedFrame>();
    QCOMPARE(reacted.what, u"react"_s);
    QCOMPARE(reacted.message.reactions, (QList<Reaction>{{u"👍"_s, {reacted.by}}}));
    QCOMPARE(reacted.by.name, u"Ben"_s);
    V1Client late(two.host);
    late.hello(u"Cid"_s);
    const auto history = late.join();
    QCOMPARE(history.messages, QList<ChatMessage>{reacted.message});
    QCOMPARE(history.first, 1);
    QCOMPARE(history.number, 3);
}

void ChangingMessagesTest::aDeletedMessageIsEmpty()
{
    Two two;
    two.ann.send(DeleteFrame{u"general"_s, newUuid(), two.said});
    const auto seen = two.ben.next<ChangedFrame>();
    QCOMPARE(seen.what, u"delete"_s);
    QVERIFY(seen.message.isDeleted && seen.message.text.isEmpty());
    QCOMPARE(two.ann.next<ChangedFrame>().message, seen.message);
    two.ann.send(EditFrame{u"general"_s, newUuid(), two.said, u"back"_s});
    QCOMPARE(two.ann.next<ErrorFrame>().code, u"no_such_message"_s);
}

void ChangingMessagesTest::aReplyIsShownWithItsQuote()
{
    Two two;
    two.ben.send(SayFrame{u"general"_s, newUuid(), u"hi"_s, two.said});
    const auto reply = two.ann.next<MessageFrame>().message.reply;
    QVERIFY(reply);
    QCOMPARE(reply->id, two.said);
    QCOMPARE(reply->number, 1);
    QCOMPARE(reply->sender.name, u"Ann"_s);
    QCOMPARE(reply->text, u"hello"_s);
    two.ben.drain();
    const QString unknown = newUuid();
    two.ben.send(SayFrame{u"general"_s, newUuid(), u"hi"_s, unknown});
    QCOMPARE(two.ben.next<MessageFrame>().message.reply, Quote{unknown});
    two.ben.send(SayFrame{u"general"_s, newUuid(), u"hi"_s, u"no UUID"_s});
    QCOMPARE(two.ben.next<ErrorFrame>().code, u"bad_id"_s);
}

void ChangingMessagesTest::whatIsRefusedSaysWhy_data()
{
    QTest::addColumn<ClientFrame>("frame");
    QTest::addColumn<QString>("code");
    const QString id = newUuid();
    const QString of = u"of"_s; // stands for the message
    const QString room = u"general"_s;
    const auto row = [](const char *name, const ClientFrame &frame, const QString &code) {
        QTest::newRow(name) << frame << code;
    };
    row("no UUID", EditFrame{room, u"7"_s, of, u"x"_s}, u"bad_id"_s);
    row("of no UUID", EditFrame{room, id, u"7"_s, u"x"_s}, u"bad_id"_s);
    row("of no message", DeleteFrame{room, id, newUuid()}, u"no_such_message"_s);
    row("another room", DeleteFrame{u"attic"_s, id, of}, u"not_a_member"_s);
    row("an empty text", EditFrame{room, id, of, u" \n"_s}, u"bad_text"_s);
    row("a long text", EditFrame{room, id, of, QString(4001, u'x')}, u"text_too_long"_s);
    row("somebody else's text", EditFrame{room, id, of, u"x"_s}, u"not_allowed"_s);
    row("somebody else's message", DeleteFrame{room, id, of}, u"not_allowed"_s);
    row("no emoji", ReactFrame{room, id, of, u"yes"_s, true}, u"bad_emoji"_s);
    row("the message's own id", ReactFrame{room, of, of, u"👍"_s, true}, u"bad_id"_s);
}

void ChangingMessagesTest::whatIsRefusedSaysWhy()
{
    QFETCH(ClientFrame, frame);
    QFETCH(QString, code);
    Two two;
    QString id;
    std::visit(
        [&](auto &change) {
            if constexpr (requires { change.of; }) {
                for (QString *field : {&change.of, &change.id})
                    *field = *field == "of"_L1 ? two.said : *field;
                id = change.id;
            }
        },
        frame);
    two.ben.send(frame);
    const auto error = two.ben.next<ErrorFrame>();
    QCOMPARE(error.code, code);
    QCOMPARE(error.id, id);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(two.ann.socket.receivesNothing());
    QCOMPARE(two.host.log.position(u"general"_s).number, 1);
}

void ChangingMessagesTest::theOwnerDeletesAnybodys()
{
    Two two;
    V1Client owner(two.host, u"/ws/parlour/"_s, ownerHeaders());
    owner.hello(u"Olga"_s);
    owner.join();
    owner.send(EditFrame{u"general"_s, newUuid(), two.said, u"x"_s});
    QCOMPARE(owner.next<ErrorFrame>().code, u"not_allowed"_s);
    owner.send(DeleteFrame{u"general"_s, newUuid(), two.said});
    QVERIFY(owner.next<ChangedFrame>().message.isDeleted);
    QCOMPARE(two.ann.next<ChangedFrame>().by.name, u"Olga"_s);
}

void ChangingMessagesTest::whatChangesNothingIsForItsSenderAlone()
{
    Two two;
    const ChangedFrame edit = two.edit(u"hello, all"_s);
    two.ben.drain();
    two.ann.send(EditFrame{u"general"_s, edit.id, two.said, u"hello, all"_s}); // once more
    QCOMPARE(two.ann.next<ChangedFrame>().number, 2);
    const ChangedFrame same = two.edit(u"hello, all"_s);
    QVERIFY(same.id != edit.id);
    QCOMPARE(same.number, 2);
    QVERIFY(two.ann.socket.receivesNothing());
    QVERIFY(two.ben.socket.receivesNothing());
}

void ChangingMessagesTest::plainClientsSeeMessagesAlone()
{
    Two two;
    channels::WebsocketCommunicator plain(two.host.application, u"/ws/chat/general/"_s,
                                          localHeaders());
    QVERIFY(plain.connect().accepted);
    two.edit(u"hello, all"_s);
    two.ann.send(TypingFrame{u"general"_s, true});
    two.ann.send(SayFrame{u"general"_s, newUuid(), u"bye"_s, two.said});
    QCOMPARE(plain.receiveText().value_or("nothing"), QByteArray(R"({"message": "bye"})"));
    QVERIFY(plain.receivesNothing());
    QVERIFY(two.host.layer.dropped().isEmpty());
}

void ChangingMessagesTest::whoComesBackGetsWhatWasChanged()
{
    Two two;
    two.edit(u"first"_s);
    two.ann.say(u"and this"_s);
    two.edit(u"second"_s);
    V1Client cid(two.host);
    cid.hello(u"Cid"_s);
    const auto parts = cid.catchUp({two.host.log.position(u"general"_s).epoch, 1});
    QCOMPARE(parts.size(), 1);
    QCOMPARE(parts.first().messages.size(), 1);
    QCOMPARE(parts.first().changed.size(), 1);
    QCOMPARE(parts.first().changed.first().text, u"second"_s);
    QCOMPARE(parts.first().first, 2);
    QCOMPARE(parts.first().number, 4);
    QVERIFY(!parts.first().lost);
    two.edit(u"third"_s);
    QCOMPARE(cid.next<ChangedFrame>().number, 5);
}

// It is in a part, and the room's own frame does not come: the answer comes when the client has
// all.
void ChangingMessagesTest::aChangeWhileCatchingUpIsAcknowledged()
{
    Talk talk(2);
    const QString own = talk.ann.say(u"1"_s);
    talk.ann.drain();
    talk.said = 1;
    talk.say(5);
    talk.ann.send(JoinFrame{u"general"_s, Position{talk.epoch, 0}});
    auto part = talk.ann.next<HistoryFrame>();
    QVERIFY(part.more);
    const QString id = newUuid();
    talk.ann.send(EditFrame{u"general"_s, id, own, u"first"_s});
    int acknowledged = 0;
    QStringList changed;
    while (part.more) {
        talk.ann.askForNextPart(part);
        part = talk.ann.next<HistoryFrame>();
        for (const ChatMessage &message : part.changed)
            changed.append(message.text);
    }
    QCOMPARE(changed, QStringList{u"first"_s});
    while (!talk.ann.socket.receivesNothing()) {
        const ServerFrame frame = talk.ann.next();
        if (const auto *answer = std::get_if<ChangedFrame>(&frame); answer && answer->id == id)
            ++acknowledged;
    }
    QCOMPARE(acknowledged, 1);
}

void ChangingMessagesTest::tooFastNamesTheChange()
{
    Two two;
    const QString id = newUuid();
    two.ann.socket.sendOverRate(encode(ClientFrame{DeleteFrame{u"general"_s, id, two.said}}),
                                std::chrono::seconds(1));
    const auto error = two.ann.next<ErrorFrame>();
    QCOMPARE(error.code, u"too_fast"_s);
    QCOMPARE(error.room, u"general"_s);
    QCOMPARE(error.id, id);
}

PARLOUR_TEST(ChangingMessagesTest)
#include "tst_changing_messages.moc"
