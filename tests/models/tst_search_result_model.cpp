// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/search_result_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::FoundMessage;
using models::SearchResultModel;
using Places = models::SearchResultModel::Places;

namespace {

FoundMessage found(const QString &host, const QString &id, qint64 time,
                   const QString &text = u"Ёжик в тумане"_s)
{
    return {host,
            u"Studio "_s + host,
            {u"general"_s, id, u"e-1"_s, time, {u"p-ann"_s, u"Ann"_s}, time, text}};
}

QStringList idsOf(const SearchResultModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row).data(SearchResultModel::IdRole).toString());
    return ids;
}

} // namespace

class SearchResultModelTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<SearchResultModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<SearchResultModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->begin({u"ежик"_s}, Places::Nothing);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void hostsAreMergedByTime()
    {
        m_model->add({found(u"a"_s, u"a-9"_s, 9), found(u"a"_s, u"a-3"_s, 3)});
        m_model->add({found(u"b"_s, u"b-7"_s, 7), found(u"b"_s, u"b-1"_s, 1)});
        QCOMPARE(idsOf(*m_model), (QStringList{u"a-9"_s, u"b-7"_s, u"a-3"_s, u"b-1"_s}));
    }

    void whatIsBeyondTheHorizonWaits()
    {
        m_model->setHorizon(5);
        m_model->add({found(u"a"_s, u"a-9"_s, 9), found(u"a"_s, u"a-5"_s, 5)});
        m_model->add({found(u"b"_s, u"b-7"_s, 7), found(u"b"_s, u"b-4"_s, 4),
                      found(u"b"_s, u"b-2"_s, 2), found(u"b"_s, u"b-1"_s, 1)});
        const QStringList shown{u"a-9"_s, u"b-7"_s, u"a-5"_s};
        QCOMPARE(idsOf(*m_model), shown);
        auto gone = found(u"b"_s, u"b-4"_s, 4, QString()).message;
        gone.isDeleted = true;
        m_model->change(u"b"_s, gone);
        m_model->change(u"b"_s, found(u"b"_s, u"b-2"_s, 2, u"Ёжик дома"_s).message);
        m_model->add({found(u"b"_s, u"b-2"_s, 2)}); // it waits already
        m_model->setHorizon(2); // of the host that has more, a page came
        QCOMPARE(idsOf(*m_model), shown + QStringList{u"b-2"_s});
        QCOMPARE(m_model->index(3).data(SearchResultModel::TextRole).toString(), u"Ёжик дома"_s);
        m_model->setHorizon(9); // what is shown stays
        QCOMPARE(m_model->rowCount(), 4);
        m_model->begin({u"ежик"_s}, Places::Nothing);
        m_model->add({found(u"b"_s, u"b-1"_s, 1)});
        QCOMPARE(idsOf(*m_model), QStringList{u"b-1"_s});
    }

    void whatComesTwiceIsThereOnce()
    {
        m_model->add({found(u"a"_s, u"m"_s, 9), found(u"a"_s, u"m"_s, 9)});
        m_model->add({found(u"b"_s, u"m"_s, 9)});
        QCOMPARE(m_model->rowCount(), 2);
        m_model->begin({u"ежик"_s}, Places::Nothing);
        QCOMPARE(m_model->rowCount(), 0);
        m_model->add({found(u"a"_s, u"m"_s, 9)});
        QCOMPARE(m_model->rowCount(), 1);
    }

    void noMoreThanItHolds()
    {
        QList<FoundMessage> many;
        for (int number = 0; number < SearchResultModel::MaxRows + 5; ++number)
            many.append(found(u"a"_s, QString::number(number), number));
        m_model->add(many);
        QCOMPARE(m_model->rowCount(), SearchResultModel::MaxRows);
        QVERIFY(m_model->isFull());
    }

    void changesAreShown_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("becomes"); // empty: it is deleted
        QTest::addColumn<QStringList>("ids");
        QTest::addColumn<QString>("text");
        const QString was = u"Ёжик в тумане"_s;
        const QStringList both{u"2"_s, u"1"_s};
        QTest::newRow("edited") << u"a"_s << u"2"_s << u"Ёжик дома"_s << both << u"Ёжик дома"_s;
        QTest::newRow("edited, without the word")
            << u"a"_s << u"2"_s << u"Медведь дома"_s << QStringList{u"1"_s} << was;
        QTest::newRow("deleted") << u"a"_s << u"2"_s << QString() << QStringList{u"1"_s} << was;
        QTest::newRow("not found") << u"a"_s << u"3"_s << QString() << both << was;
        QTest::newRow("of another host") << u"b"_s << u"2"_s << QString() << both << was;
    }

    void changesAreShown()
    {
        QFETCH(QString, host);
        QFETCH(QString, id);
        QFETCH(QString, becomes);
        m_model->add({found(u"a"_s, u"1"_s, 1), found(u"a"_s, u"2"_s, 2)});
        auto message = found(host, id, 2, becomes).message;
        message.isDeleted = becomes.isEmpty();
        m_model->change(host, message);
        QTEST(idsOf(*m_model), "ids");
        QTEST(m_model->index(0).data(SearchResultModel::TextRole).toString(), "text");
    }

    void theWordsAreMarked()
    {
        m_model->add({found(u"a"_s, u"m"_s, 9)});
        const auto ranges =
            m_model->index(0).data(SearchResultModel::RangesRole).value<QList<chat::TextRange>>();
        QCOMPARE(ranges, (QList<chat::TextRange>{{0, 4}}));
    }

    void saysWhereItWasFound_data()
    {
        QTest::addColumn<Places>("places");
        QTest::addColumn<QString>("place");
        QTest::newRow("in this room") << Places::Nothing << QString();
        QTest::newRow("in rooms of one host") << Places::Rooms << u"general"_s;
        QTest::newRow("at several hosts") << Places::RoomsAndHosts << u"general · Studio a"_s;
    }

    void saysWhereItWasFound()
    {
        QFETCH(Places, places);
        QFETCH(QString, place);
        m_model->begin({u"ежик"_s}, places);
        m_model->add({found(u"a"_s, u"m"_s, 9)});
        const QModelIndex row = m_model->index(0);
        QCOMPARE(row.data(SearchResultModel::PlaceRole).toString(), place);
        const QString spoken = row.data(Qt::AccessibleTextRole).toString();
        QVERIFY(spoken.startsWith(u"Ann, "_s) && spoken.endsWith(u": Ёжик в тумане"_s));
        QVERIFY(spoken.contains(place));
        QCOMPARE(row.data(SearchResultModel::PositionRole).value<chat::Position>(),
                 (chat::Position{u"e-1"_s, 9}));
    }
};

PARLOUR_TEST(SearchResultModelTest)
#include "tst_search_result_model.moc"
