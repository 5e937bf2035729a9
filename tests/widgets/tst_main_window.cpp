// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/member_list_model.h"
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/firstrun/first_run_page.h"
#include "widgets/host/host_bar.h"
#include "widgets/rooms/bridge_strip.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/rooms/member_pane.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::widgets;
using namespace Qt::StringLiterals;

namespace {

template <typename Control>
Control *named(const QWidget &root, const QString &name)
{
    for (Control *control : root.findChildren<Control *>()) {
        if (control->accessibleName() == name && control->isVisible()) {
            return control;
        }
    }
    return nullptr;
}

chat::Link linkOf(chat::LinkState state)
{
    chat::Link link;
    link.state = state;
    return link;
}

/// A window with a host and two of its rooms.
struct Shell {
    Theme theme{*qApp, Theme::Mode::Light};
    models::RoomTreeModel tree;
    models::MemberListModel members;
    MainWindow window{theme};

    Shell()
    {
        tree.addHost(u"studio"_s, u"Studio North"_s);
        for (const QString &room : {u"general"_s, u"design"_s}) {
            chat::RoomState state;
            state.room = room;
            state.title = room;
            tree.setRoom(u"studio"_s, state);
        }
        window.setRoomTree(&tree);
        window.setMembers(&members);
        window.setConversation(new QPlainTextEdit);
        window.resize(1360, 900);
        window.show();
        window.showRooms();
    }

    void enterGeneral()
    {
        window.showRoom(RoomView{.hostId = u"studio"_s,
                                 .hostTitle = u"Studio North"_s,
                                 .room = u"general"_s,
                                 .title = u"general"_s,
                                 .topic = {}});
    }

    void host()
    {
        HostingState state;
        state.title = u"Studio North"_s;
        state.addresses = QStringList{u"192.168.1.5:8765"_s};
        window.setHosting(state);
    }
};

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostsFromTheFirstPageByOneClick();
    void movesOnToHostByEnterWithoutHosting();
    void joinsFromTheFirstPageAndKeepsWhatWasTyped();
    void asksForANameFirst();
    void choosesRoomsByMouseAndKeyboard();
    void keepsTheJoinSheetOpenUntilTheRoomIsReached();
    void asksBeforeClosingWhileHosting();
    void closesAtOnceWhenNothingIsHosted();
    void saysAddressAndCopiesIt();
    void saysWhatIsWrongWithTheHost_data();
    void saysWhatIsWrongWithTheHost();
    void saysThatTheHistoryWasDamaged();
    void saysTheStateOfTheConnection();
    void saysWhenOtherHostsAreOutOfReach();
    void keepsTabInsideASheet();
    void givesWayInANarrowWindow();
    void restoresOnlyALayoutOfItsOwn();
};

void MainWindowTest::hostsFromTheFirstPageByOneClick()
{
    Shell shell;
    shell.window.showFirstRun();
    shell.window.firstRun().setName(u"Anna"_s);
    QSignalSpy hosting(&shell.window, &MainWindow::hostRequested);
    QSignalSpy naming(&shell.window, &MainWindow::renameRequested);
    named<QAbstractButton>(shell.window, u"Host a room"_s)->click();
    QCOMPARE(hosting.count(), 1);
    QCOMPARE(naming.value(0).value(0).toString(), u"Anna"_s);
}

void MainWindowTest::movesOnToHostByEnterWithoutHosting()
{
    Shell shell;
    shell.window.showFirstRun();
    QSignalSpy hosting(&shell.window, &MainWindow::hostRequested);
    auto *name = named<QLineEdit>(shell.window, u"Your name"_s);
    QTest::keyClicks(name, u"Anna"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(hosting.count(), 0);
    QCOMPARE(shell.window.focusWidget(), named<QAbstractButton>(shell.window, u"Host a room"_s));
}

void MainWindowTest::joinsFromTheFirstPageAndKeepsWhatWasTyped()
{
    Shell shell;
    FirstRunPage &page = shell.window.firstRun();
    shell.window.showFirstRun();
    page.setName(u"Anna"_s);
    auto *join = named<QAbstractButton>(shell.window, u"Join"_s);
    QVERIFY(!join->isEnabled());
    auto *address = named<QLineEdit>(shell.window, u"Address or invite"_s);
    QSignalSpy joining(&shell.window, &MainWindow::joinRequested);
    QTest::keyClicks(address, u" 10.0.0.7:8765 "_s);
    join->click();
    QCOMPARE(joining.value(0).value(0).toString(), u"10.0.0.7:8765"_s);
    QVERIFY(!join->isEnabled());
    page.setJoinProblem(u"No room answers."_s);
    QVERIFY(join->isEnabled());
    QCOMPARE(address->text(), u" 10.0.0.7:8765 "_s);
}

void MainWindowTest::asksForANameFirst()
{
    Shell shell;
    shell.window.showFirstRun();
    shell.window.firstRun().setName({});
    QSignalSpy hosting(&shell.window, &MainWindow::hostRequested);
    named<QAbstractButton>(shell.window, u"Host a room"_s)->click();
    QCOMPARE(hosting.count(), 0);
}

void MainWindowTest::choosesRoomsByMouseAndKeyboard()
{
    Shell shell;
    RoomTree &tree = shell.window.rooms().sidebar().tree();
    QSignalSpy chosen(&shell.window, &MainWindow::roomActivated);
    const QModelIndex design = shell.tree.indexOf(u"studio"_s, u"design"_s);
    QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualRect(design).center());
    QCOMPARE(chosen.value(0), (QVariantList{u"studio"_s, u"design"_s}));
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_Up);
    QTest::keyClick(&tree, Qt::Key_Return);
    QCOMPARE(chosen.value(1), (QVariantList{u"studio"_s, u"general"_s}));
    QCOMPARE(chosen.count(), 2);
}

void MainWindowTest::keepsTheJoinSheetOpenUntilTheRoomIsReached()
{
    Shell shell;
    QSignalSpy joining(&shell.window, &MainWindow::joinRequested);
    named<QAbstractButton>(shell.window, u"Join"_s)->click();
    auto *address = named<QLineEdit>(shell.window, u"Address or invite"_s);
    QVERIFY(address != nullptr);
    QTest::keyClicks(address, u"10.0.0.7"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QCOMPARE(joining.count(), 1);
    QVERIFY(shell.window.sheets().setProblem(u"No room answers."_s));
    QCOMPARE(named<QLabel>(shell.window, u"Problem"_s)->text(), u"No room answers."_s);
    QCOMPARE(address->text(), u"10.0.0.7"_s);
    QTest::keyClick(address, Qt::Key_Return);
    shell.window.sheets().finish();
    QVERIFY(!shell.window.sheets().isOpen());
}

void MainWindowTest::asksBeforeClosingWhileHosting()
{
    Shell shell;
    shell.host();
    QSignalSpy quitting(&shell.window, &MainWindow::stopAndQuitRequested);
    QVERIFY(!shell.window.close());
    shell.window.sheets().finish(); // what was asked elsewhere does not answer this question
    QTest::keyClick(shell.window.focusWidget(), Qt::Key_Return); // "Keep running" is the default
    QVERIFY(shell.window.isVisible());
    QCOMPARE(quitting.count(), 0);
    QVERIFY(!shell.window.close());
    named<QAbstractButton>(shell.window, u"Stop and quit"_s)->click();
    QCOMPARE(quitting.count(), 1);
    shell.window.setHosting({});
    QVERIFY(shell.window.close());
}

void MainWindowTest::closesAtOnceWhenNothingIsHosted()
{
    Shell shell;
    QVERIFY(shell.window.close());
}

void MainWindowTest::saysAddressAndCopiesIt()
{
    Shell shell;
    shell.host();
    QSignalSpy copying(&shell.window, &MainWindow::copyRequested);
    QCOMPARE(named<QLabel>(shell.window, u"Hosting"_s)->text(), u"Hosting Studio North"_s);
    QCOMPARE(named<QLabel>(shell.window, u"Address"_s)->accessibleDescription(),
             u"192.168.1.5:8765"_s);
    named<QAbstractButton>(shell.window, u"Copy address"_s)->click();
    QCOMPARE(copying.value(0).value(0).toString(), u"192.168.1.5:8765"_s);
    QVERIFY(named<QAbstractButton>(shell.window, u"Stop hosting"_s) != nullptr);
    QVERIFY(named<QAbstractButton>(shell.window, u"Monitor"_s) != nullptr);
}

void MainWindowTest::saysWhatIsWrongWithTheHost_data()
{
    QTest::addColumn<QString>("trouble");
    QTest::addColumn<bool>("isReadable");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QString() << false << QString();
    QTest::newRow("not encrypted") << QString() << true << u"Not encrypted"_s;
    QTest::newRow("the disk is full") << u"disk_full"_s << false << u"the disk is full"_s;
    QTest::newRow("locked") << u"locked"_s << false << u"another program holds"_s;
    QTest::newRow("damaged") << u"corrupt"_s << false << u"is damaged"_s;
    QTest::newRow("not writable") << u"read_only"_s << false << u"cannot be written"_s;
    QTest::newRow("several things: the worst first")
        << u"disk_full"_s << true << u"the disk is full"_s;
}

void MainWindowTest::saysWhatIsWrongWithTheHost()
{
    QFETCH(QString, trouble);
    QFETCH(bool, isReadable);
    QFETCH(QString, said);
    Shell shell;
    HostingState state;
    state.title = u"Studio North"_s;
    state.trouble = trouble;
    state.isReadable = isReadable;
    shell.window.setHosting(state);
    const auto *notice = named<TextLabel>(shell.window, u"Warning"_s);
    if (said.isEmpty()) {
        QVERIFY(notice == nullptr || !notice->isVisible());
        return;
    }
    QVERIFY(notice != nullptr && notice->isVisible());
    QVERIFY2(notice->text().contains(said), qPrintable(notice->text()));
    state.trouble.clear();
    state.isReadable = false;
    shell.window.setHosting(state);
    QVERIFY(!notice->isVisible());
}

void MainWindowTest::saysThatTheHistoryWasDamaged()
{
    Shell shell;
    HostingState state;
    state.title = u"Studio North"_s;
    state.isReadable = true;
    const QDate day(2026, 12, 3);
    state.damage = {1990, u"parlour.db.corrupt-1"_s, day};
    shell.window.setHosting(state);
    const QString copy =
        state.damage.file + u" until "_s + QLocale().toString(day, QLocale::ShortFormat);
    const auto *notice = named<TextLabel>(shell.window, u"Warning"_s);
    QVERIFY(notice != nullptr && notice->isVisible());
    QCOMPARE(notice->accessibleDescription(),
             u"The history was damaged: %1 messages were saved, the rest is in %2. Not encrypted: "
             "anyone on this network can read along"_s.arg(QLocale().toString(1990), copy));
    state.isReadable = false;
    state.damage.saved = 0;
    shell.window.setHosting(state);
    QCOMPARE(notice->accessibleDescription(),
             u"The history was damaged and could not be read. It is in "_s + copy);
    state.trouble = u"disk_full"_s; // which is worse
    shell.window.setHosting(state);
    QVERIFY(notice->accessibleDescription().contains(u"the disk is full"_s));
}

void MainWindowTest::saysTheStateOfTheConnection()
{
    Shell shell;
    shell.enterGeneral();
    LinkStrip &strip = shell.window.rooms().centre().linkStrip();
    shell.window.setLink(linkOf(chat::LinkState::Online));
    QVERIFY(strip.isHidden());
    QCOMPARE(strip.sentence(), u"Connected"_s);

    strip.setPatience(std::chrono::milliseconds(0));
    chat::Link lost = linkOf(chat::LinkState::Waiting);
    lost.retryIn = std::chrono::milliseconds(600000);
    lost.lostAt = 1;
    shell.window.setLink(lost);
    QTRY_VERIFY_WITH_TIMEOUT(strip.isVisible(), 15000);
    QCOMPARE(strip.head(), u"Reconnecting to Studio North"_s);
    QVERIFY(strip.sentence().startsWith(u"Next try in "));
    shell.window.setKept(3);
    QVERIFY(strip.sentence().endsWith(u"3 messages are kept and will go out in order."_s));
    QSignalSpy retrying(&shell.window, &MainWindow::retryRequested);
    named<QAbstractButton>(shell.window, u"Retry now"_s)->click();
    QCOMPARE(retrying.value(0).value(0).toString(), u"studio"_s);
}

void MainWindowTest::saysWhenOtherHostsAreOutOfReach()
{
    Shell shell;
    shell.enterGeneral();
    BridgeStrip &strip = shell.window.rooms().centre().bridgeStrip();
    strip.setPatience(std::chrono::hours(1));
    shell.window.setBridgeAway(true);
    QVERIFY(strip.isHidden()); // a short break is nobody's business
    shell.window.setBridgeAway(false);
    strip.setPatience(std::chrono::milliseconds(0));
    shell.window.setBridgeAway(true);
    QTRY_VERIFY_WITH_TIMEOUT(strip.isVisible(), 15000);
    QCOMPARE(strip.head(), u"Redis does not answer. The room goes on here."_s);
    shell.window.setBridgeAway(true); // said again: it stays
    QVERIFY(strip.isVisible());
    shell.window.setBridgeAway(false);
    QVERIFY(strip.isHidden());
    shell.window.setBridgeAway(true);
    shell.window.showRoom(std::nullopt); // no room, no strip
    QTest::qWait(0);
    QVERIFY(strip.isHidden());
}

void MainWindowTest::keepsTabInsideASheet()
{
    Shell shell;
    shell.window.sheets().openName(u"Anna"_s);
    auto *field = named<QLineEdit>(shell.window, u"Your name"_s);
    QCOMPARE(shell.window.focusWidget(), field);
    QWidget *sheet = field;
    while (qobject_cast<QDialog *>(sheet) == nullptr) {
        sheet = sheet->parentWidget();
    }
    for (int i = 0; i < 4; ++i) { // field, two buttons, the cross, and round again
        QWidget *const now = shell.window.focusWidget();
        QVERIFY(sheet->isAncestorOf(now));
        QTest::keyClick(now, Qt::Key_Tab);
    }
    QCOMPARE(shell.window.focusWidget(), field);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!shell.window.sheets().isOpen());
}

void MainWindowTest::givesWayInANarrowWindow()
{
    Shell shell;
    shell.enterGeneral();
    RoomPage &page = shell.window.rooms();
    QVERIFY(page.sidebar().isVisible() && page.centre().isVisible() && page.members().isVisible());
    shell.window.resize(760, 700);
    QTRY_VERIFY_WITH_TIMEOUT(!page.members().isVisible(), 15000);
    QVERIFY(page.sidebar().isVisible());
    shell.window.resize(500, 700);
    QTRY_VERIFY_WITH_TIMEOUT(!page.sidebar().isVisible(), 15000);
    page.setTreeInFront(true);
    QVERIFY(page.sidebar().isVisible() && !page.centre().isVisible());
    shell.window.resize(1360, 900);
    QTRY_VERIFY_WITH_TIMEOUT(page.members().isVisible() && page.centre().isVisible(), 15000);
}

void MainWindowTest::restoresOnlyALayoutOfItsOwn()
{
    Shell shell;
    shell.window.restoreLayout("rubbish");
    shell.window.restoreLayout({});
    QCOMPARE(shell.window.size(), QSize(1360, 900));
    shell.window.restoreLayout(shell.window.saveLayout());
    QVERIFY(shell.window.rooms().sidebar().isVisible());
}

PARLOUR_TEST(MainWindowTest)
#include "tst_main_window.moc"
