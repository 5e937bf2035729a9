// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace Qt::StringLiterals;
using models::RoomTreeModel;

namespace {

chat::RoomState room(const QString &name, const QString &topic = {})
{
    return {.room = name, .title = name, .topic = topic, .epoch = u"e-1"_s};
}

chat::Link link(chat::LinkState state)
{
    chat::Link link;
    link.state = state;
    return link;
}

void furnish(RoomTreeModel &model)
{
    model.addHost(u"studio"_s, u"Studio North"_s);
    model.addHost(u"games"_s, u"Board games"_s);
    model.setRoom(u"studio"_s, room(u"general"_s));
    model.setRoom(u"studio"_s, room(u"design"_s));
    model.setRoom(u"games"_s, room(u"general"_s));
}

} // namespace

class RoomTreeModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsHostsAndTheirRooms();
    void changesARoomInPlace();
    void keepsRoomsApartThatHaveOneName();
    void countsUnreadOfRoomAndHost();
    void removesAHostWithItsRooms();
    void passesOverWhatItDoesNotKnow();
    void saysARowInWords();
    void countsDownToTheNextTry();
    void saysWhatWaitsAndWhatStillComes();
    void saysWhatWasNotSent();
    void leavesOutRoomsBeyondTheBound();
};

void RoomTreeModelTest::holdsHostsAndTheirRooms()
{
    RoomTreeModel model;
    const QAbstractItemModelTester tester(&model);
    furnish(model);
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex studio = model.indexOf(u"studio"_s);
    QCOMPARE(model.rowCount(studio), 2);
    QVERIFY(studio.data(RoomTreeModel::IsHostRole).toBool());
    const QModelIndex design = model.index(1, 0, studio);
    QCOMPARE(design.data().toString(), u"design"_s);
    QCOMPARE(design.parent(), studio);
    QCOMPARE(design.data(RoomTreeModel::HostIdRole).toString(), u"studio"_s);
    QCOMPARE(design.data(RoomTreeModel::RoomIdRole).toString(), u"design"_s);
}

void RoomTreeModelTest::changesARoomInPlace()
{
    RoomTreeModel model;
    const QAbstractItemModelTester tester(&model);
    furnish(model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRoom(u"studio"_s, room(u"design"_s, u"Covers"_s));
    model.setRoom(u"studio"_s, room(u"design"_s, u"Covers"_s));
    model.setJoined(u"studio"_s, u"design"_s, true);
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(changed.count(), 2);
    const QModelIndex design = model.indexOf(u"studio"_s, u"design"_s);
    QCOMPARE(design.data(RoomTreeModel::TopicRole).toString(), u"Covers"_s);
    QVERIFY(design.data(RoomTreeModel::JoinedRole).toBool());
}

void RoomTreeModelTest::keepsRoomsApartThatHaveOneName()
{
    RoomTreeModel model;
    furnish(model);
    model.setUnread(u"games"_s, u"general"_s, 1);
    QCOMPARE(model.indexOf(u"studio"_s, u"general"_s).data(RoomTreeModel::UnreadRole).toInt(), 0);
    QCOMPARE(model.indexOf(u"games"_s, u"general"_s).data(RoomTreeModel::UnreadRole).toInt(), 1);
}

void RoomTreeModelTest::countsUnreadOfRoomAndHost()
{
    RoomTreeModel model;
    furnish(model);
    model.setUnread(u"studio"_s, u"general"_s, 3);
    model.setUnread(u"studio"_s, u"design"_s, 1);
    QCOMPARE(model.indexOf(u"studio"_s).data(RoomTreeModel::UnreadRole).toInt(), 4);
    QCOMPARE(model.unread(), 4);
    model.setUnread(u"studio"_s, u"general"_s, 0);
    QCOMPARE(model.unread(), 1);
}

void RoomTreeModelTest::removesAHostWithItsRooms()
{
    RoomTreeModel model;
    const QAbstractItemModelTester tester(&model);
    furnish(model);
    const QPersistentModelIndex games = model.indexOf(u"games"_s, u"general"_s);
    model.removeHost(u"studio"_s);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(games.isValid());
    QCOMPARE(games.parent().row(), 0);
    model.removeRoom(u"games"_s, u"general"_s);
    QVERIFY(!games.isValid());
}

void RoomTreeModelTest::passesOverWhatItDoesNotKnow()
{
    RoomTreeModel model;
    furnish(model);
    model.setRoom(u"nowhere"_s, room(u"general"_s));
    model.setJoined(u"studio"_s, u"cellar"_s, true);
    model.setUnread(u"studio"_s, u"cellar"_s, 1);
    model.removeRoom(u"studio"_s, u"cellar"_s);
    model.removeHost(u"nowhere"_s);
    QCOMPARE(model.unread(), 0);
    QVERIFY(!model.indexOf(u"studio"_s, u"cellar"_s).isValid());
    QCOMPARE(model.rowCount(), 2);
}

void RoomTreeModelTest::saysARowInWords()
{
    RoomTreeModel model;
    furnish(model);
    model.setHostedHere(u"studio"_s, true);
    model.setLink(u"studio"_s, link(chat::LinkState::Online));
    model.setLink(u"games"_s, link(chat::LinkState::Waiting));
    model.setUnread(u"studio"_s, u"design"_s, 3);
    const auto spoken = [](const QModelIndex &index) {
        return index.data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(spoken(model.indexOf(u"studio"_s)), u"Studio North, hosted here"_s);
    QCOMPARE(spoken(model.indexOf(u"games"_s)), u"Board games, reconnecting"_s);
    QCOMPARE(spoken(model.indexOf(u"studio"_s, u"design"_s)),
             u"design, 3 unread, Studio North, hosted here"_s);
    model.setUnread(u"studio"_s, u"design"_s, 3, 2);
    model.setDraft(u"studio"_s, u"design"_s, true);
    QCOMPARE(spoken(model.indexOf(u"studio"_s, u"design"_s)),
             u"design, 3 unread, 2 mentions, draft, Studio North, hosted here"_s);
    QVERIFY(model.indexOf(u"studio"_s, u"design"_s).data(RoomTreeModel::DraftRole).toBool());
    QCOMPARE(model.indexOf(u"studio"_s, u"design"_s).data(RoomTreeModel::MentionsRole), 2);
    model.setJoined(u"studio"_s, u"design"_s, true);
    model.setJoined(u"studio"_s, u"design"_s, false); // the draft went with the room
    QVERIFY(!model.indexOf(u"studio"_s, u"design"_s).data(RoomTreeModel::DraftRole).toBool());
}

void RoomTreeModelTest::countsDownToTheNextTry()
{
    RoomTreeModel model;
    furnish(model);
    const auto of = [&](int role) { return model.indexOf(u"games"_s).data(role); };
    chat::Link waiting = link(chat::LinkState::Waiting);
    waiting.retryIn = std::chrono::hours(1);
    model.setLink(u"games"_s, waiting);
    const int left = of(RoomTreeModel::RetryRole).toInt();
    QVERIFY(left > 0 && left <= 3600'000);
    QVERIFY(model.indexOf(u"games"_s, u"general"_s).data(RoomTreeModel::RetryRole).toInt() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(of(RoomTreeModel::RetryRole).toInt() < left, 20000);
    QVERIFY(of(Qt::AccessibleDescriptionRole).toString().startsWith(u"next try in 3"_s));
    QCOMPARE(of(Qt::AccessibleTextRole).toString(), u"Board games, reconnecting"_s);
    waiting.retryIn = {};
    model.setLink(u"games"_s, waiting);
    QCOMPARE(of(Qt::AccessibleDescriptionRole).toString(), u"trying now"_s);
    model.setLink(u"games"_s, link(chat::LinkState::Online));
    QCOMPARE(of(RoomTreeModel::RetryRole).toInt(), 0);
    QCOMPARE(of(Qt::AccessibleDescriptionRole).toString(), QString());
}

void RoomTreeModelTest::saysWhatWaitsAndWhatStillComes()
{
    RoomTreeModel model;
    furnish(model);
    const auto design = [&] { return model.indexOf(u"studio"_s, u"design"_s); };
    const auto waiting = [&] { return design().data(RoomTreeModel::WaitingRole).toInt(); };
    model.setLink(u"studio"_s, link(chat::LinkState::Online));
    model.setWaiting(u"studio"_s, u"design"_s, 3);
    QCOMPARE(waiting(), 0); // it is on its way
    model.setLink(u"studio"_s, link(chat::LinkState::Waiting));
    QCOMPARE(waiting(), 3);
    model.setLink(u"studio"_s, link(chat::LinkState::Online));
    model.setCatchingUp(u"studio"_s, u"design"_s, true);
    QCOMPARE(waiting(), 3);
    QVERIFY(design().parent().data(RoomTreeModel::CatchingUpRole).toBool());
    QCOMPARE(design().parent().data(Qt::AccessibleTextRole).toString(),
             u"Studio North, catching up"_s);
    QCOMPARE(design().data(Qt::AccessibleTextRole).toString(),
             u"design, 3 waiting, Studio North"_s);
    model.setCatchingUp(u"studio"_s, u"design"_s, false);
    QVERIFY(!design().parent().data(RoomTreeModel::CatchingUpRole).toBool());
    QCOMPARE(waiting(), 0);
}

void RoomTreeModelTest::saysWhatWasNotSent()
{
    RoomTreeModel model;
    furnish(model);
    const auto design = [&] { return model.indexOf(u"studio"_s, u"design"_s); };
    const auto failed = [&] { return design().data(RoomTreeModel::FailedRole).toInt(); };
    model.setLink(u"studio"_s, link(chat::LinkState::Online));
    model.setJoined(u"studio"_s, u"design"_s, true);
    const QSignalSpy changed(&model, &RoomTreeModel::dataChanged);
    model.setFailed(u"studio"_s, u"design"_s, 2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(failed(), 2);
    QCOMPARE(design().data(Qt::AccessibleTextRole).toString(),
             u"design, 2 not sent, Studio North"_s);
    model.setJoined(u"studio"_s, u"design"_s, false);
    QCOMPARE(failed(), 0);
}

void RoomTreeModelTest::leavesOutRoomsBeyondTheBound()
{
    RoomTreeModel model;
    model.addHost(u"studio"_s, u"Studio North"_s);
    for (int i = 0; i < RoomTreeModel::MaxRooms + 2; ++i) {
        model.setRoom(u"studio"_s, room(QString::number(i)));
    }
    QCOMPARE(model.rowCount(model.indexOf(u"studio"_s)), RoomTreeModel::MaxRooms);
    QCOMPARE(model.leftOut(), 2);
}

PARLOUR_TEST(RoomTreeModelTest)
#include "tst_room_tree_model.moc"
