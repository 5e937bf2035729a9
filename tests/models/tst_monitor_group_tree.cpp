// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/group_tree_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::GroupTreeModel;

namespace {

/// "general: a b" – a group and the channels in it.
channels::Snapshot snapshot(const QStringList &groups, qint64 time = 1000)
{
    channels::Snapshot snapshot;
    snapshot.time = time;
    QMap<QString, QStringList> groupsOf;
    for (const QString &line : groups) {
        const QString name = line.section(u':', 0, 0);
        const QStringList members = line.section(u':', 1).split(u' ', Qt::SkipEmptyParts);
        channels::GroupInfo info;
        info.name = name;
        info.members = int(members.size());
        snapshot.groups << info;
        for (const QString &member : members)
            groupsOf[member] << name;
    }
    for (auto it = groupsOf.cbegin(); it != groupsOf.cend(); ++it) {
        channels::ChannelInfo channel;
        channel.name = it.key();
        channel.groups = it.value();
        snapshot.channels << channel;
    }
    return snapshot;
}

QString shape(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex group = model.index(row, 0);
        QStringList members;
        for (int child = 0; child < model.rowCount(group); ++child)
            members << model.index(child, 0, group).data().toString();
        lines << group.data().toString() + u':' + members.join(u' ');
    }
    return lines.join(u", "_s);
}

} // namespace

class MonitorGroupTreeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsExactlyTheGroupsAndMembers_data();
    void showsExactlyTheGroupsAndMembers();
    void membersStayChosenWhileGroupsComeAndGo();
    void aFilterFindsMembersToo();
    void speedComesFromTwoSnapshots();
    void personsAreShownByName();
};

void MonitorGroupTreeTest::showsExactlyTheGroupsAndMembers_data()
{
    QTest::addColumn<QStringList>("next");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing changed") << QStringList{u"x:a b"_s, u"y:b"_s} << u"x:a b, y:b"_s;
    QTest::newRow("a member left") << QStringList{u"x:b"_s, u"y:b"_s} << u"x:b, y:b"_s;
    QTest::newRow("a member came") << QStringList{u"x:a b"_s, u"y:a b"_s} << u"x:a b, y:b a"_s;
    QTest::newRow("a group died") << QStringList{u"y:b"_s} << u"y:b"_s;
    QTest::newRow("a group was born")
        << QStringList{u"z:c"_s, u"x:a b"_s, u"y:b"_s} << u"x:a b, y:b, z:c"_s;
    QTest::newRow("all are gone") << QStringList{} << QString();
}

void MonitorGroupTreeTest::showsExactlyTheGroupsAndMembers()
{
    QFETCH(const QStringList, next);
    GroupTreeModel model;
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setSnapshot(snapshot({u"x:a b"_s, u"y:b"_s}));
    model.setSnapshot(snapshot(next));
    QTEST(shape(model), "shown");
    QCOMPARE(resets.size(), 0);
}

void MonitorGroupTreeTest::membersStayChosenWhileGroupsComeAndGo()
{
    GroupTreeModel model;
    model.setSnapshot(snapshot({u"x:a"_s, u"y:a b c"_s}));
    const QPersistentModelIndex c = model.index(2, 0, model.index(1, 0));
    const QPersistentModelIndex inX = model.index(0, 0, model.index(0, 0));

    model.setSnapshot(snapshot({u"z:d"_s, u"y:b c"_s}));

    QVERIFY(!inX.isValid());
    QVERIFY(c.isValid());
    QCOMPARE(c.row(), 1);
    QCOMPARE(c.parent().data().toString(), u"y"_s);
    QCOMPARE(c.data().toString(), u"c"_s);
}

void MonitorGroupTreeTest::aFilterFindsMembersToo()
{
    GroupTreeModel model;
    QSortFilterProxyModel filter;
    filter.setSourceModel(&model);
    filter.setFilterRole(models::FilterRole);
    filter.setRecursiveFilteringEnabled(true);
    model.setSnapshot(snapshot({u"x:ann bob"_s, u"y:carl"_s}));
    filter.setFilterFixedString(u"bob"_s);
    QCOMPARE(shape(filter), u"x:bob"_s);
}

void MonitorGroupTreeTest::speedComesFromTwoSnapshots()
{
    GroupTreeModel model;
    channels::Snapshot first = snapshot({u"x:a"_s}, 1000);
    first.groups[0].messages = 100;
    model.setSnapshot(first);
    const QModelIndex rate = model.index(0, GroupTreeModel::Rate);
    QCOMPARE(rate.data().toString(), u"0"_s); // 100 in a past that nobody saw

    channels::Snapshot second = snapshot({u"x:a"_s}, 2000);
    second.groups[0].messages = 122;
    model.setSnapshot(second);
    QCOMPARE(rate.data().toString(), u"22"_s);
    QCOMPARE(model.index(0, GroupTreeModel::Messages).data().toString(), u"122"_s);

    channels::Snapshot restarted = snapshot({u"x:a"_s}, 3000);
    model.setSnapshot(restarted);
    QCOMPARE(rate.data().toString(), u"0"_s); // never below zero
}

void MonitorGroupTreeTest::personsAreShownByName()
{
    GroupTreeModel model;
    channels::Snapshot named = snapshot({u"x:a"_s});
    model.setSnapshot(named);
    const QModelIndex member = model.index(0, 0, model.index(0, 0));
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    named.channels[0].person = u"Ирина"_s;

    model.setSnapshot(named);

    QCOMPARE(member.data().toString(), u"Ирина"_s);
    QCOMPARE(member.siblingAtColumn(GroupTreeModel::Channel).data().toString(), u"a"_s);
    QCOMPARE(changes.size(), 1);
}

PARLOUR_TEST(MonitorGroupTreeTest)
#include "tst_monitor_group_tree.moc"
