// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/host/bridge_sheet.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/shell_sheets.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::widgets;

class BridgeSheetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheRestOnlyOfABridgeThatIsOn();
    void givesBackWhatItWasGiven();
    void saysTheResultOfATestInPlace_data();
    void saysTheResultOfATestInPlace();
    void aChangedAddressDropsTheTest();
    void closingDropsTheTest();
    void staysOpenWithAProblem();
    void saysWhenItTakesEffect_data();
    void saysWhenItTakesEffect();
    void showsWhatTheCommandLineGivesAndKeepsTheChoice();
    void showsNoPassword();
    void putsPasswordsBack_data();
    void putsPasswordsBack();
    void takesThePrefixesOfDjango();
    void eachControlHasANameOfItsOwn();

private:
    template <typename Control>
    Control *shown(const QString &name) const
    {
        for (Control *control : m_window->findChildren<Control *>()) {
            if (control->accessibleName() == name && control->isVisible())
                return control;
        }
        return nullptr;
    }
    QString result() const { return shown<QLabel>(u"Result of the test"_s)->text(); }
    void open(const BridgeChoice &choice, const BridgeNotes &notes = {});

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void BridgeSheetTest::init()
{
    m_window.reset();
    m_theme = std::make_unique<Theme>(*qApp, Theme::Mode::Light);
    m_window = std::make_unique<MainWindow>(*m_theme);
    m_window->show();
    m_window->showRooms();
}

void BridgeSheetTest::open(const BridgeChoice &choice, const BridgeNotes &notes)
{
    m_window->setBridge(choice, notes);
    m_window->openBridge();
}

void BridgeSheetTest::showsTheRestOnlyOfABridgeThatIsOn()
{
    open({});
    auto *share = shown<QCheckBox>(u"Share rooms with other servers"_s);
    QVERIFY(share && !share->isChecked());
    QCOMPARE(m_window->focusWidget(), share);
    QVERIFY(!shown<QLineEdit>(u"Address of Redis"_s));
    share->click();
    auto *address = shown<QLineEdit>(u"Address of Redis"_s);
    QVERIFY(address);
    QCOMPARE(m_window->focusWidget(), address);
    QCOMPARE(shown<QLineEdit>(u"Prefix"_s)->text(), u"asgi"_s);
    QCOMPARE(shown<QSpinBox>(u"Capacity"_s)->value(), 100);
    QCOMPARE(shown<QSpinBox>(u"Expiry"_s)->value(), 60);
    QCOMPARE(shown<QLineEdit>(u"Encryption key"_s)->echoMode(), QLineEdit::Password);
}

void BridgeSheetTest::givesBackWhatItWasGiven()
{
    const BridgeChoice choice{.isOn = true,
                              .addresses = u"redis://a:6379 unix:///run/redis.sock"_s,
                              .backend = BridgeChoice::Backend::Core,
                              .prefix = u"site"_s,
                              .capacity = 20000,
                              .expiry = 5,
                              .key = u" a key "_s};
    open(choice);
    QSignalSpy saves(m_window.get(), &MainWindow::bridgeSaveRequested);
    shown<QPushButton>(u"Save"_s)->click();
    QCOMPARE(saves.value(0).value(0).value<BridgeChoice>(), choice);
    m_window->sheets().finish();
    QVERIFY(!m_window->sheets().isOpen());

    open(choice);
    shown<QRadioButton>(u"Pub/sub"_s)->click();
    shown<QLineEdit>(u"Prefix"_s)->clear(); // as in channels_redis: asgi
    shown<QPushButton>(u"Save"_s)->click();
    const auto saved = saves.value(1).value(0).value<BridgeChoice>();
    QCOMPARE(saved.backend, BridgeChoice::Backend::PubSub);
    QVERIFY(!shown<QRadioButton>(u"Core"_s)->isChecked());
    QCOMPARE(saved.prefix, u"asgi"_s);
}

void BridgeSheetTest::saysTheResultOfATestInPlace_data()
{
    QTest::addColumn<bool>("isGood");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("tone");
    QTest::newRow("it answers") << true << u"Connected, 1.8 ms."_s << u"ok"_s;
    QTest::newRow("it does not") << false << u"Nobody listens at this address."_s << u"bad"_s;
}

void BridgeSheetTest::saysTheResultOfATestInPlace()
{
    QFETCH(const bool, isGood);
    QFETCH(const QString, sentence);
    open({.isOn = true, .addresses = u"redis://a"_s});
    QSignalSpy tests(m_window.get(), &MainWindow::bridgeTestRequested);
    auto *test = shown<QPushButton>(u"Test connection"_s);
    test->click();
    QCOMPARE(tests.value(0).value(0).value<BridgeChoice>().addresses, u"redis://a"_s);
    QVERIFY(!test->isEnabled());
    m_window->sheets().showBridgeTest(isGood, sentence);
    QVERIFY(test->isEnabled());
    QCOMPARE(result(), sentence);
    QTEST(shown<QLabel>(u"Result of the test"_s)->property("tone").toString(), "tone");
    QVERIFY(m_window->sheets().isOpen());
}

void BridgeSheetTest::aChangedAddressDropsTheTest()
{
    open({.isOn = true, .addresses = u"redis://a"_s});
    QSignalSpy drops(m_window.get(), &MainWindow::bridgeTestDropped);
    auto *test = shown<QPushButton>(u"Test connection"_s);
    test->click();
    QTest::keyClicks(shown<QLineEdit>(u"Address of Redis"_s), u"b"_s);
    QCOMPARE(drops.size(), 1);
    QVERIFY(test->isEnabled());
    m_window->sheets().showBridgeTest(true, u"late"_s); // of another address
    QCOMPARE(result(), QString());
}

void BridgeSheetTest::closingDropsTheTest()
{
    open({.isOn = true});
    QSignalSpy drops(m_window.get(), &MainWindow::bridgeTestDropped);
    shown<QPushButton>(u"Test connection"_s)->click();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Escape);
    QVERIFY(!m_window->sheets().isOpen());
    QCOMPARE(drops.size(), 1);
    m_window->sheets().showBridgeTest(true, u"late"_s);
}

void BridgeSheetTest::staysOpenWithAProblem()
{
    open({.isOn = true, .addresses = u"nonsense"_s});
    auto *save = shown<QPushButton>(u"Save"_s);
    save->click();
    QVERIFY(!save->isEnabled());
    QVERIFY(m_window->sheets().setProblem(u"This is no address."_s));
    QVERIFY(save->isEnabled());
    auto *address = shown<QLineEdit>(u"Address of Redis"_s);
    QVERIFY(address->property("error").toBool());
    QTest::keyClicks(address, u"x"_s); // being mended
    QVERIFY(!address->property("error").toBool());
    QVERIFY(!shown<QLabel>(u"Problem"_s));
}

void BridgeSheetTest::saysWhenItTakesEffect_data()
{
    QTest::addColumn<bool>("isHosting");
    QTest::addColumn<BridgeNotes>("notes");
    QTest::addColumn<QString>("sentence");
    const QString later = u"Takes effect when you host again."_s;
    const QString given = u"What is greyed out was set when Parlour was started."_s;
    QTest::newRow("while hosting") << true << BridgeNotes() << later;
    QTest::newRow("overruled by the command line")
        << true << BridgeNotes{.isOverruled = true}
        << u"Parlour was started with options for Redis, and they win."_s;
    QTest::newRow("a capacity was given") << false << BridgeNotes{.capacity = 500} << given;
    QTest::newRow("an expiry was given") << false << BridgeNotes{.expiry = 5} << given;
    QTest::newRow("one was given, the others wait") << true << BridgeNotes{.expiry = 5} << later;
}

void BridgeSheetTest::saysWhenItTakesEffect()
{
    QFETCH(const bool, isHosting);
    QFETCH(const BridgeNotes, notes);
    QFETCH(const QString, sentence);
    if (isHosting)
        m_window->setHosting(HostingState());
    open({}, notes);
    const auto labels = m_window->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text() == sentence;
    }));
}

void BridgeSheetTest::showsWhatTheCommandLineGivesAndKeepsTheChoice()
{
    open({.isOn = true, .capacity = 20, .expiry = 30}, {.capacity = 500});
    auto *capacity = shown<QSpinBox>(u"Capacity"_s);
    QCOMPARE(capacity->value(), 500);
    QVERIFY(!capacity->isEnabled());
    auto *expiry = shown<QSpinBox>(u"Expiry"_s);
    QVERIFY(expiry->isEnabled());
    expiry->setValue(31);
    QSignalSpy saves(m_window.get(), &MainWindow::bridgeSaveRequested);
    shown<QPushButton>(u"Save"_s)->click();
    const auto saved = saves.value(0).value(0).value<BridgeChoice>();
    QCOMPARE(saved.capacity, 20);
    QCOMPARE(saved.expiry, 31);
}

void BridgeSheetTest::showsNoPassword()
{
    open({.isOn = true, .addresses = u"redis://ann:secret@a.lan/2 unix://:secret@/run/r"_s});
    auto *address = shown<QLineEdit>(u"Address of Redis"_s);
    QCOMPARE(address->text(), u"redis://ann:••••@a.lan/2 unix://:••••@/run/r"_s);
    QAccessibleInterface *read = QAccessible::queryAccessibleInterface(address);
    QCOMPARE(read->text(QAccessible::Value), address->text());
    QSignalSpy tests(m_window.get(), &MainWindow::bridgeTestRequested);
    shown<QPushButton>(u"Test connection"_s)->click();
    QCOMPARE(tests.value(0).value(0).value<BridgeChoice>().addresses,
             u"redis://ann:secret@a.lan/2 unix://:secret@/run/r"_s);
}

void BridgeSheetTest::putsPasswordsBack_data()
{
    QTest::addColumn<QString>("edited");
    QTest::addColumn<QString>("addresses");
    QTest::newRow("unchanged") << u"redis://:••••@a redis://b rediss://ann:••••@c"_s
                               << u"redis://:one@a redis://b rediss://ann:t:w@o@c"_s;
    QTest::newRow("another host") << u"redis://:••••@x redis://b rediss://ann:••••@c"_s
                                  << u"redis://:one@x redis://b rediss://ann:t:w@o@c"_s;
    QTest::newRow("another password") << u"redis://:new@a redis://b rediss://ann:••••@c"_s
                                      << u"redis://:new@a redis://b rediss://ann:t:w@o@c"_s;
    QTest::newRow("one less") << u"rediss://ann:••••@c"_s << u"rediss://ann:t:w@o@c"_s;
    QTest::newRow("in another order")
        << u" rediss://ann:••••@c  redis://:••••@a "_s << u"rediss://ann:t:w@o@c redis://:one@a"_s;
    QTest::newRow("no password") << u"redis://a rediss://ann:••••@c"_s
                                 << u"redis://a rediss://ann:t:w@o@c"_s;
    QTest::newRow("more dots than passwords")
        << u"redis://:••••@a redis://:••••@b rediss://ann:••••@c redis://:••••@d"_s
        << u"redis://:one@a redis://:••••@b rediss://ann:t:w@o@c redis://:••••@d"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void BridgeSheetTest::putsPasswordsBack()
{
    QFETCH(const QString, edited);
    const HiddenPasswords passwords(u"redis://:one@a redis://b rediss://ann:t:w@o@c"_s);
    QCOMPARE(passwords.shown(), u"redis://:••••@a redis://b rediss://ann:••••@c"_s);
    QTEST(passwords.putBack(edited), "addresses");
}

void BridgeSheetTest::takesThePrefixesOfDjango()
{
    open({.isOn = true, .prefix = {}});
    QSignalSpy saves(m_window.get(), &MainWindow::bridgeSaveRequested);
    auto *prefix = shown<QLineEdit>(u"Prefix"_s);
    prefix->insert(u"my: сайт 🎈 "_s);
    prefix->insert(u"\u202e"_s); // nobody could see it
    shown<QPushButton>(u"Save"_s)->click();
    QCOMPARE(saves.value(0).value(0).value<BridgeChoice>().prefix, u"my: сайт 🎈"_s);
}

void BridgeSheetTest::eachControlHasANameOfItsOwn()
{
    open({.isOn = true});
    QStringList names;
    for (const QWidget *control : m_window->findChild<BridgeSheet *>()->findChildren<QWidget *>()) {
        if (control->objectName().startsWith("qt_"_L1)) // Qt's own part of a number field
            continue;
        if ((control->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && control->isVisible())
            names << control->accessibleName();
    }
    QVERIFY(!names.contains(QString()));
    QCOMPARE(names.removeDuplicates(), 0);
    QVERIFY(names.size() >= 10);
}

PARLOUR_TEST(BridgeSheetTest)
#include "tst_bridge_sheet.moc"
