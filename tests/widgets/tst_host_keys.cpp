// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/safety_number.h"
#include "models/room_tree_model.h"
#include "support/runner.h"
#include "widgets/common/sheet.h"
#include "widgets/host/host_bar.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/rooms/privacy_strip.h"
#include "widgets/shell/centre_pane.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/room_page.h"
#include "widgets/shell/shell_sheets.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace parlour;
using namespace parlour::widgets;
using namespace Qt::StringLiterals;

namespace {

const QByteArray OldKey(32, 'o');
const QByteArray NewKey(32, 'n');

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

/// What a label under a fixed name says.
QString said(const QWidget &root, const QString &name)
{
    const auto *label = named<QLabel>(root, name);
    return label == nullptr ? QString() : label->text().replace(u'\n', u' ');
}

chat::Link online()
{
    chat::Link link;
    link.state = chat::LinkState::Online;
    return link;
}

chat::Link changed()
{
    chat::Link link;
    link.state = chat::LinkState::Refused;
    link.problem = u"Another key."_s;
    link.key = {NewKey, 1};
    link.keyBefore = chat::HostKey{OldKey, 1795343932481};
    return link;
}

/// A window in a room of a host.
struct Shell {
    Theme theme{*qApp, Theme::Mode::Light};
    models::RoomTreeModel tree;
    MainWindow window{theme};

    Shell()
    {
        tree.addHost(u"studio"_s, u"Studio North"_s);
        window.setRoomTree(&tree);
        window.setConversation(new QPlainTextEdit);
        window.resize(1360, 900);
        window.show();
        window.showRooms();
        window.showRoom(RoomView{.hostId = u"studio"_s,
                                 .hostTitle = u"Studio North"_s,
                                 .room = u"general"_s,
                                 .title = u"general"_s,
                                 .topic = {}});
    }

    PrivacyStrip &strip() const { return window.rooms().centre().privacyStrip(); }
    void ask() { window.askAboutKey(u"studio"_s, u"Studio North"_s, changed()); }
};

} // namespace

/// What the window says of keys, and what people can do about them.
class HostKeysTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChangedKeyShowsBothNumbers()
    {
        Shell shell;
        shell.ask();
        QCOMPARE(said(shell.window, u"Known number"_s), chat::safetyNumber(OldKey));
        QCOMPARE(said(shell.window, u"Number shown now"_s), chat::safetyNumber(NewKey));
    }

    void notToJoinIsTheAnswerOfEnterAndEsc_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Enter") << int(Qt::Key_Return);
        QTest::newRow("Esc") << int(Qt::Key_Escape);
        QTest::newRow("space") << int(Qt::Key_Space);
    }

    void notToJoinIsTheAnswerOfEnterAndEsc()
    {
        QFETCH(int, key);
        Shell shell;
        const QSignalSpy trusted(&shell.window, &MainWindow::trustRequested);
        shell.ask();
        auto *leave = named<QAbstractButton>(shell.window, u"Do not join"_s);
        QVERIFY(leave != nullptr);
        QTRY_VERIFY(leave->hasFocus() || !shell.window.isActiveWindow());
        QTest::keyClick(leave, Qt::Key(key));
        QTRY_VERIFY(!shell.window.sheets().isOpen());
        QCOMPARE(trusted.size(), 0);
    }

    void theNewKeyIsTrustedOnlyAfterItWasReadOut()
    {
        Shell shell;
        const QSignalSpy trusted(&shell.window, &MainWindow::trustRequested);
        shell.ask();
        auto *trust = named<QAbstractButton>(shell.window, u"Trust the new key"_s);
        auto *told = named<QAbstractButton>(shell.window, u"The new number was read out to me"_s);
        QVERIFY(trust != nullptr && told != nullptr);
        QVERIFY(told->text().contains(chat::safetyNumber(NewKey)));
        QVERIFY(!trust->isEnabled());
        told->click();
        QVERIFY(trust->isEnabled());
        told->click();
        QVERIFY(!trust->isEnabled());
        told->click();
        trust->click();
        QCOMPARE(trusted.size(), 1);
        QCOMPARE(trusted.first().at(0).toString(), u"studio"_s);
        QCOMPARE(trusted.first().at(1).toByteArray(), NewKey);
        QTRY_VERIFY(!shell.window.sheets().isOpen());
    }

    void theStripOfAnOpenRoomLeadsToTheNumbers()
    {
        Shell shell;
        const QSignalSpy retried(&shell.window, &MainWindow::retryRequested);
        shell.window.setLink(changed());
        auto *compare = named<QAbstractButton>(shell.window, u"Compare…"_s);
        QVERIFY(compare != nullptr);
        compare->click();
        QCOMPARE(said(shell.window, u"Number shown now"_s), chat::safetyNumber(NewKey));
        QCOMPARE(retried.size(), 0);
    }

    void saysThatAConnectionIsNotEncrypted()
    {
        Shell shell;
        chat::Link link = online();
        shell.window.setLink(link);
        QVERIFY(!shell.strip().isVisible());
        link.isReadable = true;
        shell.window.setLink(link);
        QVERIFY(shell.strip().isVisible());
        QCOMPARE(shell.strip().head(), u"Not encrypted"_s);
        QVERIFY(shell.strip().sentence().contains(u"Studio North"_s));
        link.state = chat::LinkState::Waiting;
        shell.window.setLink(link);
        QVERIFY(!shell.strip().isVisible());
    }

    void showsTheNumberAtTheFirstVisitUntilItIsSeen()
    {
        Shell shell;
        chat::Link link = online();
        link.key = {NewKey, 1};
        shell.window.setLink(link);
        QVERIFY2(!shell.strip().isVisible(), "known of earlier");
        link.isNewKey = true;
        shell.window.setLink(link);
        QVERIFY(shell.strip().isVisible());
        QVERIFY(shell.strip().sentence().contains(chat::safetyNumber(NewKey)));
        named<QAbstractButton>(shell.window, u"Got it"_s)->click();
        QVERIFY(!shell.strip().isVisible());
        link.lostAt = 1;
        shell.window.setLink(link);
        QVERIFY(!shell.strip().isVisible());
    }

    void whoHostsReadsTheOwnNumberAndCopiesIt()
    {
        Shell shell;
        HostingState state;
        state.title = u"Studio North"_s;
        state.addresses = QStringList{u"https://192.168.1.5:8765/"_s};
        shell.window.setHosting(state);
        QVERIFY(named<QAbstractButton>(shell.window, u"Safety number"_s) == nullptr);
        state.key = {NewKey, 0};
        shell.window.setHosting(state);
        auto *number = named<QAbstractButton>(shell.window, u"Safety number"_s);
        QVERIFY(number != nullptr);
        number->click();
        QCOMPARE(said(shell.window, u"Safety number"_s), chat::safetyNumber(NewKey));
        const QSignalSpy copied(&shell.window, &MainWindow::copyRequested);
        auto *copy = named<QAbstractButton>(shell.window, u"Copy safety number"_s);
        copy->click();
        QCOMPARE(copied.first().first().toString(), chat::safetyNumber(NewKey));
        QCOMPARE(copy->accessibleDescription(), u"Copied"_s);
    }

    void whoHostsHearsThatTheAddressIsCopied()
    {
        Shell shell;
        HostingState state;
        state.title = u"Studio North"_s;
        state.addresses = QStringList{u"https://192.168.1.5:8765/"_s};
        shell.window.setHosting(state);
        auto *copy = named<QAbstractButton>(shell.window, u"Copy address"_s);
        QVERIFY(copy != nullptr);
        copy->click();
        QCOMPARE(copy->accessibleDescription(), u"Copied"_s);
        QTRY_COMPARE_WITH_TIMEOUT(copy->accessibleDescription(), QString(), 20000);
    }
};

PARLOUR_TEST(HostKeysTest)
#include "tst_host_keys.moc"
