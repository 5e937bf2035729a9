// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/common/sheet.h"
#include "widgets/rooms/room_tree.h"
#include "widgets/rooms/sidebar.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::widgets;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Address = u"http://192.168.1.5:8765/chat/#link=Zk3yq0c1Qe6mWn8u5tRbSg&name=Ann"_s;

/// A window at a host, whose menu offers the way on in a browser.
struct Linking {
    Theme theme{*qApp, Theme::Mode::Light};
    models::RoomTreeModel tree;
    MainWindow window{theme};
    QSignalSpy asked{&window.sheets(), &ShellSheets::linkRequested};

    Linking()
    {
        tree.addHost(u"studio"_s, u"Studio North"_s);
        window.setRoomTree(&tree);
        window.setConversation(new QPlainTextEdit);
        window.resize(1360, 900);
        window.show();
        window.showRooms();
    }

    /// As somebody does who opens the host's menu and chooses.
    void choose()
    {
        RoomTree &view = window.rooms().sidebar().tree();
        Q_EMIT view.menuRequested(tree.indexOf(u"studio"_s), window.mapToGlobal(QPoint(40, 200)));
        for (QMenu *menu : window.findChildren<QMenu *>())
            for (QAction *action : menu->actions())
                if (action->text() == u"Continue in a browser…"_s) {
                    action->trigger();
                    menu->close();
                }
    }
    void show(std::chrono::milliseconds lifetime = 5min, bool isOfThisComputer = false)
    {
        window.sheets().showLink(u"studio"_s, Address, lifetime, isOfThisComputer);
    }
    template <typename Control>
    Control *find(const QString &name) const
    {
        for (Control *control : window.findChildren<Control *>())
            if (control->accessibleName() == name && control->isVisible())
                return control;
        return nullptr;
    }
    bool isOffered(const QString &button) const
    {
        const auto *found = find<QAbstractButton>(button);
        return found && found->isEnabled();
    }
    void press(const QString &button) const
    {
        if (auto *found = find<QAbstractButton>(button))
            found->click();
    }
    QString address() const
    {
        const auto *field = find<QLineEdit>(u"Your address"_s);
        return field ? field->text() : u"no field"_s;
    }
    QString state() const
    {
        const auto *label = find<QLabel>(u"State"_s);
        return label ? label->text() : QString();
    }
    QString problem() const
    {
        const auto *sheet = window.findChild<Sheet *>();
        return sheet ? sheet->problem() : QString();
    }
};

} // namespace

/// The sheet by which a person goes on in a browser.
class LinkSheetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theMenuAsksForAnAddress()
    {
        Linking linking;
        linking.choose();
        QCOMPARE(linking.asked.size(), 1);
        QCOMPARE(linking.asked.first().first().toString(), u"studio"_s);
        QCOMPARE(linking.state(), u"Asking the host…"_s);
        QCOMPARE(linking.address(), QString());
        for (const auto &button : {u"Copy your address"_s, u"Open here"_s, u"New address"_s})
            QVERIFY2(!linking.isOffered(button), qPrintable(button));
    }

    void theAddressIsCopiedOrOpened()
    {
        Linking linking;
        linking.choose();
        const QSignalSpy copied(&linking.window, &MainWindow::copyRequested);
        const QSignalSpy opened(&linking.window.sheets(), &ShellSheets::pageRequested);
        linking.window.sheets().showLink(u"other"_s, u"http://other/"_s, 5min, false);
        QCOMPARE(linking.address(), QString());
        linking.show();
        QCOMPARE(linking.address(), Address);
        QVERIFY2(linking.state().contains(u"5:00"_s), qPrintable(linking.state()));
        linking.press(u"Copy your address"_s);
        linking.press(u"Open here"_s);
        QCOMPARE(copied.value(0).value(0).toString(), Address);
        QCOMPARE(opened.value(0).value(0).toString(), Address);
        linking.press(u"Done"_s);
        QTRY_VERIFY(!linking.window.sheets().isOpen());
        linking.show(); // nobody waits for it any more
    }

    void oneThatIsTooOldIsTakenAway()
    {
        Linking linking;
        linking.choose();
        linking.show(10ms);
        QTRY_VERIFY(linking.state().contains(u"too old"_s));
        QCOMPARE(linking.address(), QString());
        QVERIFY(!linking.isOffered(u"Copy your address"_s));
        QVERIFY(!linking.isOffered(u"Open here"_s));
        linking.press(u"New address"_s);
        QCOMPARE(linking.asked.size(), 2);
        QCOMPARE(linking.state(), u"Asking the host…"_s);
        linking.show();
        QCOMPARE(linking.address(), Address);
    }

    void whereItLeadsToIsSaid()
    {
        Linking linking;
        linking.choose();
        const auto isForOthers = [&linking] {
            for (const QLabel *label : linking.window.findChildren<QLabel *>())
                if (label->text().contains(u"on this computer or another one"_s))
                    return true;
            return false;
        };
        linking.show();
        QVERIFY(isForOthers());
        linking.show(5min, true);
        QVERIFY(!isForOthers());
    }

    void whatIsCopiedIsTold()
    {
        Linking linking;
        linking.choose();
        linking.show();
        auto *copy = linking.find<QAbstractButton>(u"Copy your address"_s);
        QVERIFY(copy != nullptr && copy->accessibleDescription().isEmpty());
        copy->click();
        QCOMPARE(copy->accessibleDescription(), u"Copied"_s);
        linking.show(); // another one
        QCOMPARE(copy->accessibleDescription(), QString());
    }

    void theKeysStayWhereTheyAskedForAnother()
    {
        Linking linking;
        linking.choose();
        linking.window.sheets().failLink(u"studio"_s, u"There is no connection to the host."_s);
        auto *again = linking.find<QAbstractButton>(u"New address"_s);
        QVERIFY(again != nullptr);
        linking.window.activateWindow();
        again->setFocus();
        QTRY_VERIFY(again->hasFocus());
        again->click();
        QVERIFY(linking.find<QLineEdit>(u"Your address"_s)->hasFocus());
        linking.window.sheets().failLink(u"studio"_s, u"There is no connection to the host."_s);
        QVERIFY(again->hasFocus());
        again->click();
        linking.show();
        QVERIFY(linking.find<QAbstractButton>(u"Open here"_s)->hasFocus());
    }

    void whatWentWrongIsSaid()
    {
        Linking linking;
        linking.choose();
        linking.window.sheets().failLink(u"studio"_s, u"There is no connection to the host."_s);
        QCOMPARE(linking.problem(), u"There is no connection to the host."_s);
        QVERIFY(!linking.isOffered(u"Open here"_s));
        linking.press(u"New address"_s);
        QCOMPARE(linking.problem(), QString());
        QCOMPARE(linking.asked.size(), 2);
    }

    void keysLeadThroughIt()
    {
        Linking linking;
        linking.choose();
        linking.show();
        auto *done = linking.find<QAbstractButton>(u"Done"_s);
        QVERIFY(done != nullptr);
        QTRY_VERIFY(done->hasFocus() || !linking.window.isActiveWindow());
        QTest::keyClick(done, Qt::Key_Escape);
        QTRY_VERIFY(!linking.window.sheets().isOpen());
    }
};

PARLOUR_TEST(LinkSheetTest)
#include "tst_link_sheet.moc"
