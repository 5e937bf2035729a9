// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::chat::ChatMessage;
using parlour::models::MessageListModel;

namespace {

QList<ChatMessage> past(qint64 first, qint64 last, const QString &epoch = u"e-1"_s)
{
    QList<ChatMessage> list;
    for (qint64 number = first; number <= last; ++number)
        list.append({u"general"_s,
                     epoch + u'-' + QString::number(number),
                     epoch,
                     number,
                     {u"p-ann"_s, u"Ann"_s},
                     1795262460000 + number,
                     u"x"_s});
    return list;
}

/// The numbers of a model's rows, in their order.
QList<qint64> numbersOf(const MessageListModel &model)
{
    QList<qint64> numbers;
    for (int row = 0; row < model.rowCount(); ++row)
        numbers.append(model.index(row)
                           .data(MessageListModel::IdRole)
                           .toString()
                           .section(u'-', 2)
                           .toLongLong());
    return numbers;
}

QList<qint64> allFrom(qint64 first, qint64 last)
{
    QList<qint64> numbers;
    for (qint64 number = first; number <= last; ++number)
        numbers.append(number);
    return numbers;
}

} // namespace

/// What stands above the first row, and how it gets there.
class OlderMessagesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<MessageListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void areAskedForOnceAtATime()
    {
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->wantOlder();
        QVERIFY2(wanted.isEmpty(), "nothing is here yet");
        m_model->setHistory(u"e-1"_s, past(301, 500));
        m_model->wantOlder();
        m_model->wantOlder();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(0).toString(), u"e-1"_s);
        QCOMPARE(wanted.first().at(1).toLongLong(), 301);
        m_model->addOlder(301, {u"e-1"_s, past(201, 300)});
        QCOMPARE(numbersOf(*m_model), allFrom(201, 500));
        m_model->wantOlder();
        QCOMPARE(wanted.last().at(1).toLongLong(), 201);
    }

    void endAtTheBeginning()
    {
        const QSignalSpy wanted(m_model.get(), &MessageListModel::olderWanted);
        m_model->setHistory(u"e-1"_s, past(1, 5));
        m_model->wantOlder();
        m_model->addOlder(1, {u"e-1"_s});
        m_model->wantOlder();
        m_model->addOlder(1, {u"e-1"_s, {}, 0, 0, false});
        m_model->wantOlder();
        QCOMPARE(wanted.size(), 2);
    }

    void takeThePlaceOfTheNewest()
    {
        m_model->setHistory(u"e-1"_s, past(1801, 2300));
        for (qint64 first = 1701; first > 0; first -= 100) {
            m_model->setReading(0);
            m_model->addOlder(first + 100, {u"e-1"_s, past(first, first + 99)});
        }
        QVERIFY(m_model->isDetached());
        QCOMPARE(numbersOf(*m_model), allFrom(1, 500));
        m_model->showLatest();
        QCOMPARE(numbersOf(*m_model), allFrom(1801, 2300));
    }

    void comeTooLateForARowThatIsGone()
    {
        m_model->setHistory(u"e-1"_s, past(1, 500));
        m_model->append(past(501, 501).first());
        m_model->addOlder(1, {u"e-1"_s, past(-99, 0)});
        QCOMPARE(numbersOf(*m_model), allFrom(2, 501));
    }

    void ofAnEarlierEpochStandAboveAGap()
    {
        m_model->setHistory(u"e-2"_s, past(1, 3, u"e-2"_s));
        m_model->addOlder(1, {u"e-1"_s, past(8, 9)});
        QCOMPARE(numbersOf(*m_model), (QList<qint64>{8, 9, 1, 2, 3}));
        QList<bool> gaps;
        for (int row = 0; row < m_model->rowCount(); ++row)
            gaps.append(m_model->index(row).data(MessageListModel::GapRole).toBool());
        QCOMPARE(gaps, (QList<bool>{false, false, true, false, false}));
    }

    void fillAGap()
    {
        m_model->setHistory(u"e-1"_s, past(1, 2));
        m_model->append(past(9, 9).first());
        QVERIFY(m_model->index(2).data(MessageListModel::GapRole).toBool());
        m_model->setHistory(u"e-1"_s, past(3, 8));
        QCOMPARE(numbersOf(*m_model), allFrom(1, 9));
        for (int row = 0; row < m_model->rowCount(); ++row)
            QVERIFY(!m_model->index(row).data(MessageListModel::GapRole).toBool());
    }
};

PARLOUR_TEST(OlderMessagesTest)
#include "tst_older_messages.moc"
