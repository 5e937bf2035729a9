// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/member_list_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace Qt::StringLiterals;
using models::MemberListModel;

namespace {

chat::Person person(const QString &name, const QString &role = u"member"_s)
{
    return {.id = u"p-"_s + name, .name = name, .role = role, .via = u"app"_s};
}

QStringList namesOf(const MemberListModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names << model.index(row).data(MemberListModel::NameRole).toString();
    }
    return names;
}

} // namespace

class MemberListModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsTheOwnerFirstAndSortsTheRestByName();
    void takesDifferencesOneByOne();
    void movesAPersonWhoHasANewName();
    void takesAPersonNamedTwiceOnce();
    void ignoresWhoLeftWithoutBeingThere();
    void marksWhoseWindowItIs();
    void saysARowInWords();
    void saysOfWhichHostPeopleAre();
    void keepsToItsBoundAndCountsTheRest();
};

void MemberListModelTest::putsTheOwnerFirstAndSortsTheRestByName()
{
    MemberListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPeople(
        {person(u"tom"_s), person(u"Priya"_s), person(u"Zoe"_s, u"owner"_s), person(u"anna"_s)});
    QCOMPARE(namesOf(model), (QStringList{u"Zoe"_s, u"anna"_s, u"Priya"_s, u"tom"_s}));
}

void MemberListModelTest::takesDifferencesOneByOne()
{
    MemberListModel model;
    const QAbstractItemModelTester tester(&model);
    QSignalSpy changed(&model, &MemberListModel::peopleChanged);
    model.apply({.room = u"general"_s,
                 .people = QList<chat::Person>{person(u"Anna"_s), person(u"Tom"_s)},
                 .joined = {},
                 .left = {},
                 .changed = {}});
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.apply({.room = u"general"_s,
                 .people = std::nullopt,
                 .joined = {person(u"Bram"_s)},
                 .left = {person(u"Tom"_s)},
                 .changed = {}});
    QCOMPARE(namesOf(model), (QStringList{u"Anna"_s, u"Bram"_s}));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changed.count(), 2);
}

void MemberListModelTest::movesAPersonWhoHasANewName()
{
    MemberListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPeople({person(u"Anna"_s), person(u"Tom"_s)});
    chat::Person renamed = person(u"Anna"_s);
    renamed.name = u"Zoe"_s;
    chat::Person stranger = person(u"Nobody"_s);
    model.apply(
        {.room = {}, .people = {}, .joined = {}, .left = {}, .changed = {renamed, stranger}});
    QCOMPARE(namesOf(model), (QStringList{u"Tom"_s, u"Zoe"_s}));
}

void MemberListModelTest::takesAPersonNamedTwiceOnce()
{
    MemberListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPeople({person(u"Anna"_s), person(u"Anna"_s)});
    model.apply(
        {.room = {}, .people = {}, .joined = {person(u"Anna"_s)}, .left = {}, .changed = {}});
    QCOMPARE(model.rowCount(), 1);
}

void MemberListModelTest::ignoresWhoLeftWithoutBeingThere()
{
    MemberListModel model;
    model.setPeople({person(u"Anna"_s)});
    model.apply(
        {.room = {}, .people = {}, .joined = {}, .left = {person(u"Tom"_s)}, .changed = {}});
    QCOMPARE(model.rowCount(), 1);
}

void MemberListModelTest::marksWhoseWindowItIs()
{
    MemberListModel model;
    model.setPeople({person(u"Anna"_s), person(u"Tom"_s)});
    QVERIFY(!model.index(1).data(MemberListModel::IsSelfRole).toBool());
    model.setSelf(u"p-Tom"_s);
    QVERIFY(model.index(1).data(MemberListModel::IsSelfRole).toBool());
}

void MemberListModelTest::saysARowInWords()
{
    MemberListModel model;
    chat::Person host = person(u"Anna"_s, u"owner"_s);
    host.via = u"browser"_s;
    model.setPeople({host});
    model.setSelf(host.id);
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             u"Anna, Host, in a browser, you"_s);
}

void MemberListModelTest::saysOfWhichHostPeopleAre()
{
    MemberListModel model;
    chat::Person ivo = person(u"Ivo"_s, u"owner"_s); // of his own host: a guest here
    ivo.host = u"Studio South"_s;
    ivo.away = true;
    model.setPeople({ivo, person(u"Anna"_s)});
    QCOMPARE(namesOf(model), (QStringList{u"Anna"_s, u"Ivo"_s}));
    QCOMPARE(model.index(1).data(MemberListModel::HostRole).toString(), u"Studio South"_s);
    QCOMPARE(model.index(1).data(MemberListModel::AwayRole).toBool(), true);
    QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
             u"Ivo, at Studio South, away"_s);
    QCOMPARE(model.index(0).data(MemberListModel::HostRole).toString(), QString());
}

void MemberListModelTest::keepsToItsBoundAndCountsTheRest()
{
    QList<chat::Person> crowd;
    for (int i = 0; i < MemberListModel::MaxPeople + 5; ++i) {
        crowd << person(QString::number(i));
    }
    MemberListModel model;
    model.setPeople(crowd);
    QCOMPARE(model.rowCount(), MemberListModel::MaxPeople);
    QCOMPARE(model.leftOut(), 5);
    model.apply(
        {.room = {}, .people = {}, .joined = {person(u"late"_s)}, .left = {}, .changed = {}});
    QCOMPARE(model.rowCount(), MemberListModel::MaxPeople);
    QCOMPARE(model.leftOut(), 6);
}

PARLOUR_TEST(MemberListModelTest)
#include "tst_member_list_model.moc"
