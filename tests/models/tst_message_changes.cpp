// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/mentions.h"
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::models::MessageListModel;
using parlour::models::ShownReaction;
using Model = MessageListModel;

namespace {

const Sender Ann{u"p-ann"_s, u"Анна"_s};
const Sender Priya{u"p-priya"_s, u"Priya"_s};
const QString Epoch = u"e-1"_s;

ChatMessage said(qint64 number, const QString &text = u"text"_s, const Sender &sender = Priya)
{
    return {u"hall"_s, u"m-%1"_s.arg(number), Epoch, number, sender, 1795262460000, text};
}

ChatMessage reply(qint64 number, const ChatMessage &to)
{
    ChatMessage message = said(number);
    message.reply = Quote{to.id, to.number, to.sender, to.text};
    return message;
}

ChatMessage removed(qint64 number)
{
    ChatMessage message = said(number, {});
    message.isDeleted = true;
    return message;
}

} // namespace

/// What becomes of messages after they were said.
class MessageChangesTest : public QObject
{
    Q_OBJECT

    QVariant at(int row, int role) const { return m_model->index(row).data(role); }
    QString spoken(int row) const { return at(row, Qt::AccessibleTextRole).toString(); }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<Model>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setSelf(Ann.id);
        m_model->setNames(Ann.name, {u"Priya"_s, u"Анна Шмидт"_s});
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void anEditReplacesTheText()
    {
        m_model->append(said(1));
        ChatMessage edited = said(1, u"better"_s);
        edited.edited = 7;
        m_model->change(edited);
        QCOMPARE(at(0, Model::TextRole).toString(), u"better"_s);
        QCOMPARE(at(0, Model::EditedRole).toLongLong(), 7);
        QVERIFY2(spoken(0).endsWith(u": better, edited"_s), qPrintable(spoken(0)));
    }

    void aRemovedMessageLeavesItsPlace()
    {
        m_model->append(said(1));
        m_model->append(said(2));
        m_model->append(said(3));
        m_model->change(removed(2));
        QVERIFY(at(1, Model::DeletedRole).toBool());
        QVERIFY2(at(2, Model::StartsGroupRole).toBool(), "a row between them says no name");
        QVERIFY2(spoken(1).endsWith(u": message removed"_s), qPrintable(spoken(1)));
        QVERIFY(!m_model->quoteOf(u"m-2"_s));
    }

    void quotesFollowTheirMessage()
    {
        const ChatMessage first = said(1, u"helo"_s);
        m_model->append(first);
        m_model->append(reply(2, first));
        m_model->change(said(1, u"hello"_s));
        QCOMPARE(at(1, Model::ReplyRole).value<Quote>().text, u"hello"_s);
        QVERIFY2(spoken(1).contains(u"a reply to Priya"_s), qPrintable(spoken(1)));
        m_model->change(removed(1));
        QCOMPARE(at(1, Model::ReplyRole).value<Quote>().text, QString());
    }

    void aQuotedMessageNeedNotBeHere()
    {
        const ChatMessage first = said(1, u"helo"_s);
        m_model->append(reply(2, first));
        m_model->change(said(1, u"hello"_s));
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(at(0, Model::ReplyRole).value<Quote>().text, u"hello"_s);
    }

    void ownReactionsAreMarked()
    {
        ChatMessage message = said(1);
        message.reactions = {{u"👍"_s, {Priya, Ann}}, {u"🎉"_s, {Priya}}};
        m_model->append(message);
        const auto shown = at(0, Model::ReactionsRole).value<QList<ShownReaction>>();
        QCOMPARE(shown.size(), 2);
        QCOMPARE(shown.at(0), (ShownReaction{u"👍"_s, {u"Priya"_s, u"Анна"_s}, true}));
        QVERIFY(!shown.at(1).isOwn);
        QVERIFY2(spoken(0).contains(u"2 reactions"_s), qPrintable(spoken(0)));
    }

    void mentionsAreFoundByNameAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Sender>("sender");
        QTest::addColumn<bool>("isMentioned");
        QTest::newRow("in any case of letters") << u"@анна, hi"_s << Priya << true;
        QTest::newRow("somebody of a longer name") << u"@Анна Шмидт, hi"_s << Priya << false;
        QTest::newRow("part of a word") << u"@Анналия"_s << Priya << false;
        QTest::newRow("somebody else") << u"@Priya"_s << Priya << false;
        QTest::newRow("by oneself") << u"@Анна"_s << Ann << false;
    }

    void mentionsAreFoundByNameAlone()
    {
        QFETCH(QString, text);
        QFETCH(Sender, sender);
        QFETCH(bool, isMentioned);
        m_model->append(said(1, text, sender));
        QCOMPARE(at(0, Model::MentionsSelfRole).toBool(), isMentioned);
        QCOMPARE(spoken(0).contains(u"mentions you"_s), isMentioned);
    }

    void aNewNameIsLookedForInWhatIsHere()
    {
        m_model->append(said(1, u"@Nora?"_s));
        QVERIFY(!at(0, Model::MentionsSelfRole).toBool());
        m_model->setNames(u"Nora"_s, {});
        QVERIFY(at(0, Model::MentionsSelfRole).toBool());
        QCOMPARE(at(0, Model::MentionsRole).value<QList<Mention>>().size(), 1);
    }

    void unreadAreThoseOfOthersAfterAPosition()
    {
        m_model->append(said(1));
        m_model->append(said(2, u"@Анна"_s));
        m_model->append(said(3, u"mine"_s, Ann));
        m_model->append(said(4));
        QCOMPARE(m_model->unreadAfter(Epoch, 1), (Model::Unread{2, 1}));
        m_model->change(removed(2));
        QCOMPARE(m_model->unreadAfter(Epoch, 1), (Model::Unread{1, 0}));
        QCOMPARE(m_model->unreadAfter(Epoch, 4), Model::Unread());
        QCOMPARE(m_model->unreadAfter(u"of before"_s, 90), (Model::Unread{2, 0}));
    }

    void numbersOfChangesAreNoGap()
    {
        m_model->append(said(1));
        m_model->cover(Epoch, {2, 4});
        m_model->append(said(5));
        m_model->append(said(8));
        QVERIFY(!at(1, Model::GapRole).toBool());
        QVERIFY(at(2, Model::GapRole).toBool());
    }

    void theLatestStateOfAMessageCounts()
    {
        m_model->setHistory(Epoch, {said(1), said(2)});
        m_model->setHistory(Epoch, {removed(1)});
        QVERIFY(at(0, Model::DeletedRole).toBool());
        QCOMPARE(m_model->rowCount(), 2);
    }

    void theLastOwnMessageIsOneThatStands()
    {
        m_model->append(said(1, u"a"_s, Ann));
        m_model->append(said(2, u"b"_s, Ann));
        m_model->append(said(3));
        QCOMPARE(m_model->lastOwnId(), u"m-2"_s);
        ChatMessage gone = said(2, {}, Ann);
        gone.isDeleted = true;
        m_model->change(gone);
        QCOMPARE(m_model->lastOwnId(), u"m-1"_s);
    }

private:
    std::unique_ptr<Model> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

PARLOUR_TEST(MessageChangesTest)
#include "tst_message_changes.moc"
