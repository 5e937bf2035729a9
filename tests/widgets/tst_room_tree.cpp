// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using models::RoomTreeModel;
using widgets::RoomTree;
using widgets::Theme;

namespace {

class PaintCount : public QObject
{
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }

    int paints = 0;
};

} // namespace

/// The list of hosts and rooms, without the window around it.
class RoomTreeTest : public QObject
{
    Q_OBJECT

    Theme m_theme{*qApp, Theme::Mode::Light};

private Q_SLOTS:
    void countsDownByItself()
    {
        RoomTreeModel model;
        model.addHost(u"studio"_s, u"Studio North"_s);
        RoomTree tree(m_theme);
        tree.setModel(&model);
        tree.resize(260, 200);
        chat::Link link;
        link.state = chat::LinkState::Waiting;
        link.retryIn = std::chrono::hours(1);
        model.setLink(u"studio"_s, link); // before it is seen
        tree.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        const QModelIndex host = model.index(0, 0);
        const auto seconds = [&] { return host.data(RoomTreeModel::RetryRole).toInt(); };
        const int before = seconds();
        PaintCount count;
        tree.viewport()->installEventFilter(&count);
        QTRY_VERIFY_WITH_TIMEOUT(count.paints >= 2 && seconds() < before, 20000);
    }

    void saysTheNextTryInTheRow()
    {
        RoomTreeModel model;
        model.addHost(u"studio"_s, u"Studio North"_s);
        RoomTree tree(m_theme);
        tree.setModel(&model);
        tree.resize(260, 200);
        const auto drawn = [&](std::chrono::milliseconds retryIn) {
            chat::Link link;
            link.state = chat::LinkState::Waiting;
            link.retryIn = retryIn;
            model.setLink(u"studio"_s, link);
            return tree.grab().toImage();
        };
        QVERIFY(drawn(std::chrono::hours(100)) != drawn(std::chrono::hours(1)));
    }
};

PARLOUR_TEST(RoomTreeTest)
#include "tst_room_tree.moc"
