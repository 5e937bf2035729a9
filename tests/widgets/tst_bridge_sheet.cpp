// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/host/bridge_sheet.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/shell_sheets.h"

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
    void open(const BridgeChoice &choice, bool isOverruled = false);

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

void BridgeSheetTest::open(const BridgeChoice &choice, bool isOverruled)
{
    m_window->setBridge(choice, isOverruled);
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
    QTest::addColumn<bool>("isOverruled");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("while hosting") << true << false << u"Takes effect when you host again."_s;
    QTest::newRow("overruled by the command line")
        << true << true << u"Parlour was started with options for Redis, and they win."_s;
}

void BridgeSheetTest::saysWhenItTakesEffect()
{
    QFETCH(const bool, isHosting);
    QFETCH(const bool, isOverruled);
    QFETCH(const QString, sentence);
    if (isHosting)
        m_window->setHosting(HostingState());
    open({}, isOverruled);
    const auto labels = m_window->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text() == sentence;
    }));
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
