// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/shell_sheets.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::widgets;
using namespace Qt::StringLiterals;

/// What the window has for rooms as files: two actions, and a sheet that says how far it is.
class RoomTransferTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void exportsTheShownRoom();
    void importsOnlyWhileHosting();
    void showsHowFarItIs();
    void closingCancels();
    void whatIsThereIsNotCancelled();
    void whatWentWrongIsRead();
    void asksForAnotherName();

private:
    QAction *action(const QString &text) const
    {
        for (QAction *action : m_window->findChildren<QAction *>())
            if (action->text() == text)
                return action;
        return nullptr;
    }
    QDialog *sheet(const QString &title) const
    {
        for (QDialog *dialog : m_window->findChildren<QDialog *>())
            if (dialog->windowTitle() == title && dialog->isVisible())
                return dialog;
        return nullptr;
    }
    static QPushButton *button(const QDialog *sheet, const QString &text)
    {
        for (auto *button : sheet->findChildren<QPushButton *>())
            if (button->text() == text)
                return button;
        return nullptr;
    }
    static bool says(const QDialog *sheet, const QString &text)
    {
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            if (label->isVisible() && label->text() == text)
                return true;
        return false;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<models::RoomTreeModel> m_tree;
    std::unique_ptr<MainWindow> m_window;
};

void RoomTransferTest::init()
{
    m_theme = std::make_unique<Theme>(*qApp, Theme::Mode::Light);
    m_tree = std::make_unique<models::RoomTreeModel>();
    m_window = std::make_unique<MainWindow>(*m_theme);
    m_window->setRoomTree(m_tree.get());
    m_window->setConversation(new QPlainTextEdit);
    m_window->resize(1360, 900);
    m_window->show();
    m_window->showRooms();
    m_window->showRoom(RoomView{u"studio"_s, u"Studio North"_s, u"general"_s, u"general"_s, {}});
}

void RoomTransferTest::exportsTheShownRoom()
{
    const QSignalSpy wanted(m_window.get(), &MainWindow::exportRequested);
    QVERIFY(action(u"Export…"_s));
    action(u"Export…"_s)->trigger();
    QCOMPARE(wanted.value(0), (QList<QVariant>{u"studio"_s, u"general"_s}));
}

void RoomTransferTest::importsOnlyWhileHosting()
{
    const QSignalSpy wanted(m_window.get(), &MainWindow::importRequested);
    QAction *import = action(u"Import a room…"_s);
    QVERIFY(import && !import->isEnabled());
    HostingState state;
    state.title = u"Studio North"_s;
    state.addresses = QStringList{u"192.168.1.5:8765"_s};
    m_window->setHosting(state);
    QVERIFY(import->isEnabled());
    import->trigger();
    QCOMPARE(wanted.size(), 1);
}

void RoomTransferTest::showsHowFarItIs()
{
    m_window->sheets().openTransfer(u"Exporting"_s);
    const QDialog *open = sheet(u"Exporting"_s);
    QVERIFY(open);
    auto *bar = open->findChild<QProgressBar *>();
    m_window->sheets().showTransfer({}, 250, 1000);
    QCOMPARE(bar->value(), bar->maximum() / 4);
    QVERIFY(says(open, u"25% done"_s));
    m_window->sheets().showTransfer(u"Waiting"_s, 0, 0);
    QVERIFY(says(open, u"Waiting"_s));
}

void RoomTransferTest::closingCancels()
{
    const QSignalSpy cancelled(&m_window->sheets(), &ShellSheets::transferCancelled);
    m_window->sheets().openTransfer(u"Exporting"_s);
    button(sheet(u"Exporting"_s), u"Cancel"_s)->click();
    QCOMPARE(cancelled.size(), 1);
    m_window->sheets().openTransfer(u"Again"_s);
    QTRY_VERIFY(sheet(u"Again"_s));
    QTest::keyClick(sheet(u"Again"_s), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 2);
}

void RoomTransferTest::whatIsThereIsNotCancelled()
{
    const QSignalSpy cancelled(&m_window->sheets(), &ShellSheets::transferCancelled);
    m_window->sheets().openTransfer(u"Exporting"_s);
    m_window->sheets().endTransfer();
    QVERIFY(!sheet(u"Exporting"_s));
    QCOMPARE(cancelled.size(), 0);
}

void RoomTransferTest::whatWentWrongIsRead()
{
    const QSignalSpy cancelled(&m_window->sheets(), &ShellSheets::transferCancelled);
    m_window->sheets().openTransfer(u"Exporting"_s);
    m_window->sheets().endTransfer(u"The disk is full."_s);
    const QDialog *open = sheet(u"Exporting"_s);
    QVERIFY(open);
    QVERIFY(says(open, u"The disk is full."_s));
    QVERIFY(!open->findChild<QProgressBar *>()->isVisible());
    button(open, u"Close"_s)->click();
    QVERIFY(!sheet(u"Exporting"_s));
    QCOMPARE(cancelled.size(), 0);
}

void RoomTransferTest::asksForAnotherName()
{
    const QSignalSpy named(&m_window->sheets(), &ShellSheets::importNamed);
    m_window->sheets().openImportAs(u"general"_s);
    QDialog *open = sheet(u"Import under another name"_s);
    QVERIFY(open);
    auto *name = open->findChild<QLineEdit *>();
    QCOMPARE(name->text(), u"general"_s);
    name->setText(u"attic"_s);
    button(open, u"Import"_s)->click();
    QCOMPARE(named.value(0).value(0).toString(), u"attic"_s);
    QVERIFY(!sheet(u"Import under another name"_s));
}

PARLOUR_TEST(RoomTransferTest)
#include "tst_room_transfer.moc"
