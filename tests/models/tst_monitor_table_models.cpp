// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/channel_table_model.h"
#include "models/monitor/connection_table_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::ChannelTableModel;
using models::ConnectionTableModel;

namespace {

channels::ChannelInfo channel(const QString &name, qint64 delivered = 0)
{
    channels::ChannelInfo info;
    info.name = name;
    info.kind = u"socket"_s;
    info.consumer = u"ChatConsumer"_s;
    info.groups = {u"chat_general"_s};
    info.capacity = 100;
    info.delivered = delivered;
    return info;
}

QList<channels::ChannelInfo> channelsNamed(const QStringList &names)
{
    QList<channels::ChannelInfo> list;
    for (const QString &name : names)
        list << channel(name);
    return list;
}

QString names(const QAbstractItemModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row, 0).data().toString();
    return list.join(u' ');
}

} // namespace

class MonitorTableModelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsKeepTheirPlaceWhileTheyLive_data();
    void rowsKeepTheirPlaceWhileTheyLive();
    void onlyChangedCellsAreTold();
    void neighboursThatChangeAlikeAreToldAtOnce();
    void aNameThatComesTwiceIsOneRow();
    void aSortedViewFollowsTheNumbers();
    void foreignTextStaysOnItsLine();
    void aFullQueueSaysSo();
    void aConnectionIsNamedByItsChannel();
};

void MonitorTableModelsTest::rowsKeepTheirPlaceWhileTheyLive_data()
{
    QTest::addColumn<QStringList>("next");
    QTest::addColumn<QString>("shown");
    QTest::newRow("the same in another order")
        << QStringList{u"c"_s, u"b"_s, u"a"_s, u"d"_s} << u"a b c d"_s;
    QTest::newRow("first, middle and last leave") << QStringList{u"c"_s} << u"c"_s;
    QTest::newRow("some come, some go")
        << QStringList{u"x"_s, u"d"_s, u"b"_s, u"y"_s} << u"b d x y"_s;
    QTest::newRow("all are gone") << QStringList{} << QString();
    QTest::newRow("all are others") << QStringList{u"x"_s, u"y"_s} << u"x y"_s;
}

void MonitorTableModelsTest::rowsKeepTheirPlaceWhileTheyLive()
{
    QFETCH(const QStringList, next);
    ChannelTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setChannels(channelsNamed({u"a"_s, u"b"_s, u"c"_s, u"d"_s}), 0);
    const QPersistentModelIndex c = model.index(2, 0);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

    model.setChannels(channelsNamed(next), 0);

    QTEST(names(model), "shown");
    QCOMPARE(resets.size(), 0);
    QCOMPARE(c.isValid(), next.contains(u"c"_s));
    if (c.isValid())
        QCOMPARE(c.data().toString(), u"c"_s);
    for (const QString &name : next)
        QCOMPARE(model.channel(name)->name, name);
    QVERIFY(!model.channel(u"nobody"_s));
}

void MonitorTableModelsTest::onlyChangedCellsAreTold()
{
    ChannelTableModel model;
    model.setChannels({channel(u"a"_s, 1), channel(u"b"_s, 1)}, 0);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

    model.setChannels({channel(u"a"_s, 1), channel(u"b"_s, 1)}, 250);
    QCOMPARE(changes.size(), 0);

    model.setChannels({channel(u"a"_s, 1), channel(u"b"_s, 2)}, 500);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex(), model.index(1, ChannelTableModel::Delivered));
    QCOMPARE(changes.at(0).at(1).toModelIndex(), model.index(1, ChannelTableModel::Delivered));
}

void MonitorTableModelsTest::neighboursThatChangeAlikeAreToldAtOnce()
{
    QList<channels::ChannelInfo> thousand;
    for (int i = 0; i < 1000; ++i)
        thousand << channel(QString::number(i));
    ChannelTableModel model;
    model.setChannels(thousand, 0);
    for (channels::ChannelInfo &info : thousand)
        info.delivered++;
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

    model.setChannels(thousand, 250);

    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), 0);
    QCOMPARE(changes.at(0).at(1).toModelIndex().row(), 999);
}

void MonitorTableModelsTest::aNameThatComesTwiceIsOneRow()
{
    ChannelTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setChannels({channel(u"a"_s, 1), channel(u"a"_s, 2), channel(u"b"_s)}, 0);
    QCOMPARE(names(model), u"a b"_s);
    QCOMPARE(model.channel(u"a"_s)->delivered, 1);
    model.setChannels({channel(u"b"_s), channel(u"b"_s), channel(u"c"_s), channel(u"c"_s)}, 0);
    QCOMPARE(names(model), u"b c"_s);
}

void MonitorTableModelsTest::aSortedViewFollowsTheNumbers()
{
    ChannelTableModel model;
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(models::SortRole);
    sorted.sort(ChannelTableModel::Delivered, Qt::DescendingOrder);
    model.setChannels({channel(u"a"_s, 9), channel(u"b"_s, 10)}, 0);
    QCOMPARE(names(sorted), u"b a"_s); // by number, not by text
    const QPersistentModelIndex b = sorted.index(0, 0);

    model.setChannels({channel(u"a"_s, 11), channel(u"b"_s, 10)}, 0);

    QCOMPARE(names(sorted), u"a b"_s);
    QCOMPARE(b.row(), 1);
}

void MonitorTableModelsTest::foreignTextStaysOnItsLine()
{
    channels::ChannelInfo info = channel(u"a"_s);
    info.person = u"Ann\n\u202Enoitidart\u0007"_s;
    ChannelTableModel model;
    model.setChannels({info}, 0);
    QCOMPARE(model.index(0, ChannelTableModel::Person).data().toString(),
             u"Ann⏎\uFFFDnoitidart\uFFFD"_s);
}

void MonitorTableModelsTest::aFullQueueSaysSo()
{
    channels::ChannelInfo info = channel(u"a"_s);
    info.queued = 64;
    ChannelTableModel model;
    model.setChannels({info}, 0);
    const QModelIndex cell = model.index(0, ChannelTableModel::Queue);
    QCOMPARE(cell.data().toString(), u"64 of 100"_s);
    QCOMPARE(cell.data(models::FillRole).toDouble(), 0.64);
    QCOMPARE(cell.data(models::ToneRole).toInt(), int(models::CellTone::Bad));

    info.capacity = 0; // no capacity: never a division
    model.setChannels({info}, 0);
    QCOMPARE(cell.data(models::FillRole).toDouble(), 0.0);
}

void MonitorTableModelsTest::aConnectionIsNamedByItsChannel()
{
    channels::Snapshot snapshot;
    snapshot.connections.resize(2);
    snapshot.connections[0].id = 4;
    snapshot.connections[1].id = 5;
    snapshot.channels = {channel(u"a"_s)};
    snapshot.channels[0].connection = 5;
    snapshot.channels[0].person = u"Анна"_s;
    ConnectionTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSnapshot(snapshot);

    QCOMPARE(model.index(0, ConnectionTableModel::Person).data().toString(), QString());
    QCOMPARE(model.index(1, ConnectionTableModel::Person).data().toString(), u"Анна"_s);
    QCOMPARE(model.connection(5)->person, u"Анна"_s);

    snapshot.connections.removeFirst();
    snapshot.connections[0].roundTripMs = 12;
    model.setSnapshot(snapshot);
    QVERIFY(!model.connection(4));
    QCOMPARE(model.index(0, ConnectionTableModel::RoundTrip).data().toString(), u"12 ms"_s);
}

PARLOUR_TEST(MonitorTableModelsTest)
#include "tst_monitor_table_models.moc"
