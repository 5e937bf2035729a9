// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/monitor/monitor_window.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using widgets::MonitorWindow;

namespace {

chat::MonitorSnapshot snapshot()
{
    chat::MonitorSnapshot snapshot;
    snapshot.title = u"Studio North"_s;
    snapshot.snapshot.time = 2000;
    channels::ChannelInfo channel;
    channel.name = u"specific.a!b"_s;
    channel.person = u"Анна"_s;
    channel.connection = 4;
    channel.groups = {u"chat_general"_s};
    snapshot.snapshot.channels << channel;
    channels::ConnectionInfo connection;
    connection.id = 4;
    snapshot.snapshot.connections << connection;
    channels::GroupInfo group;
    group.name = u"chat_general"_s;
    group.members = 1;
    snapshot.snapshot.groups << group;
    return snapshot;
}

chat::Link link(chat::LinkState state)
{
    chat::Link link;
    link.state = state;
    return link;
}

template <typename Widget>
Widget *named(const QWidget &window, const QString &name)
{
    for (Widget *widget : window.findChildren<Widget *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

void open(MonitorWindow &window, int section)
{
    auto *sections = named<QAbstractItemView>(window, u"Sections"_s);
    sections->setCurrentIndex(sections->model()->index(section, 0));
}

} // namespace

class MonitorWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlsHaveTheirRolesAndNames_data();
    void controlsHaveTheirRolesAndNames();
    void cellsCanBeReadByScreenReaders();
    void titleNamesTheHost();
    void watchesOnlyWhileMessagesAreOpenAndSeen();
    void closingAConnectionNeedsTheBoxUntickedAndAYes();
    void nothingCanBeAskedWhileTheHostIsAway();
};

void MonitorWindowTest::controlsHaveTheirRolesAndNames_data()
{
    QTest::addColumn<int>("role");
    QTest::newRow("Sections") << int(QAccessible::List);
    QTest::newRow("Channels") << int(QAccessible::Table);
    QTest::newRow("Groups") << int(QAccessible::Tree);
    QTest::newRow("Connections") << int(QAccessible::Table);
    QTest::newRow("Live messages") << int(QAccessible::List);
    QTest::newRow("Pause") << int(QAccessible::Button);
    QTest::newRow("Read only") << int(QAccessible::CheckBox);
}

void MonitorWindowTest::controlsHaveTheirRolesAndNames()
{
    QFETCH(const int, role);
    const widgets::Theme theme(*qApp);
    const MonitorWindow window(theme);
    auto *control = named<QWidget>(window, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(control);
    const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(control);
    QVERIFY(interface);
    QCOMPARE(int(interface->role()), role);
}

void MonitorWindowTest::cellsCanBeReadByScreenReaders()
{
    const widgets::Theme theme(*qApp);
    MonitorWindow window(theme);
    window.setLink(link(chat::LinkState::Online));
    window.setSnapshot(snapshot());
    open(window, 1);
    window.show();
    auto *table = named<QAbstractItemView>(window, u"Channels"_s);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(table);
    QVERIFY(interface->tableInterface());
    QCOMPARE(interface->tableInterface()->rowCount(), 1);
    QCOMPARE(interface->tableInterface()->cellAt(0, 0)->text(QAccessible::Name), u"specific.a!b"_s);
    QCOMPARE(interface->tableInterface()->cellAt(0, 1)->text(QAccessible::Name), u"Анна"_s);
}

void MonitorWindowTest::titleNamesTheHost()
{
    const widgets::Theme theme(*qApp);
    MonitorWindow window(theme);
    window.setSnapshot(snapshot());
    QCOMPARE(window.windowTitle(), u"Monitor – Studio North – Parlour"_s);
}

void MonitorWindowTest::watchesOnlyWhileMessagesAreOpenAndSeen()
{
    const widgets::Theme theme(*qApp);
    MonitorWindow window(theme);
    QSignalSpy watches(&window, &MonitorWindow::watchRequested);
    window.setLink(link(chat::LinkState::Online));
    window.setSnapshot(snapshot());
    window.show();
    QCOMPARE(watches.size(), 0);
    open(window, 4);
    QCOMPARE(watches.size(), 1);
    QCOMPARE(watches.takeFirst().at(0).toBool(), true);
    named<QPushButton>(window, u"Pause"_s)->click(); // the list stands still, watching goes on
    QCOMPARE(watches.size(), 0);
    window.hide();
    QCOMPARE(watches.size(), 1);
    QCOMPARE(watches.takeFirst().at(0).toBool(), false);
    window.show();
    QCOMPARE(watches.size(), 1);
    QCOMPARE(watches.takeFirst().at(0).toBool(), true);
    open(window, 0);
    QCOMPARE(watches.size(), 1);
    QCOMPARE(watches.takeFirst().at(0).toBool(), false);
}

void MonitorWindowTest::closingAConnectionNeedsTheBoxUntickedAndAYes()
{
    const widgets::Theme theme(*qApp);
    MonitorWindow window(theme);
    QSignalSpy closes(&window, &MonitorWindow::closeConnectionRequested);
    window.setLink(link(chat::LinkState::Online));
    window.setSnapshot(snapshot());
    window.show();
    open(window, 3);
    auto *table = named<QAbstractItemView>(window, u"Connections"_s);
    table->setCurrentIndex(table->model()->index(0, 0));
    auto *close = named<QPushButton>(window, u"Close connection"_s);
    QVERIFY(!close->isEnabled());
    QVERIFY(!close->toolTip().isEmpty());

    named<QCheckBox>(window, u"Read only"_s)->click();
    QVERIFY(close->isEnabled());
    close->click();
    QCOMPARE(closes.size(), 0);
    auto *yes = named<QPushButton>(window, u"Close this connection"_s);
    QVERIFY(yes);
    yes->click();
    QCOMPARE(closes.size(), 1);
    QCOMPARE(closes.at(0).at(0).toULongLong(), quint64(4));
}

void MonitorWindowTest::nothingCanBeAskedWhileTheHostIsAway()
{
    const widgets::Theme theme(*qApp);
    MonitorWindow window(theme);
    window.setLink(link(chat::LinkState::Online));
    window.setSnapshot(snapshot());
    open(window, 3);
    auto *table = named<QAbstractItemView>(window, u"Connections"_s);
    table->setCurrentIndex(table->model()->index(0, 0));
    auto *ping = named<QPushButton>(window, u"Ping"_s);
    QVERIFY(ping->isEnabled());
    window.setLink(link(chat::LinkState::Waiting));
    QVERIFY(!ping->isEnabled());
    QCOMPARE(table->model()->rowCount(), 1); // the last numbers stay
}

PARLOUR_TEST(MonitorWindowTest)
#include "tst_monitor_window.moc"
