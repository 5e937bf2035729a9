// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/monitor/roles.h"
#include "support/runner.h"
#include "widgets/monitor/monitor_window.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parlour;
using channels::BridgeInfo;
using widgets::MonitorWindow;

namespace {

constexpr int BridgeSection = 5;

BridgeInfo bridge(const QList<BridgeInfo::State> &states)
{
    BridgeInfo bridge;
    bridge.layer = u"redis-pubsub"_s;
    for (const BridgeInfo::State state : states) {
        BridgeInfo::Host host;
        host.address = u"redis://redis.lan:6379/0"_s;
        host.state = state;
        bridge.hosts << host;
    }
    return bridge;
}

template <typename Widget>
Widget *shownBy(const MonitorWindow &window, const QString &name)
{
    for (Widget *widget : window.findChildren<Widget *>()) {
        if (widget->isVisibleTo(&window) && widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

bool says(const MonitorWindow &window, const QString &text)
{
    const auto labels = window.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisibleTo(&window) && label->text() == text;
    });
}

QAbstractItemView &sections(const MonitorWindow &window)
{
    return *shownBy<QAbstractItemView>(window, u"Sections"_s);
}

QVariant ofSection(const MonitorWindow &window, int role)
{
    return sections(window).model()->index(BridgeSection, 0).data(role);
}

} // namespace

class BridgePageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theOwnHostLeadsToTheSettings();
    void anotherHostSaysWhatStartsIt();
    void whileRedisAnswersNothingIsSaidAboveTheTiles();
    void whileRedisIsAwayTheBannerAndTheDotSaySo();
    void aRowForEachOfSeveralServers();
    void whatWasNotSharedIsATable();

private:
    void show(const std::optional<BridgeInfo> &bridge);

    std::unique_ptr<widgets::Theme> m_theme;
    std::unique_ptr<MonitorWindow> m_window;
};

void BridgePageTest::init()
{
    m_window.reset();
    m_theme = std::make_unique<widgets::Theme>(*qApp);
    m_window = std::make_unique<MonitorWindow>(*m_theme);
    chat::Link online;
    online.state = chat::LinkState::Online;
    m_window->setLink(online);
}

void BridgePageTest::show(const std::optional<BridgeInfo> &bridge)
{
    chat::MonitorSnapshot snapshot;
    snapshot.snapshot.time = 100'000;
    snapshot.snapshot.started = 1;
    snapshot.snapshot.bridge = bridge;
    m_window->setSnapshot(snapshot);
    QAbstractItemView &list = sections(*m_window);
    list.setCurrentIndex(list.model()->index(BridgeSection, 0));
}

void BridgePageTest::theOwnHostLeadsToTheSettings()
{
    m_window->setOwn(true);
    show(std::nullopt);
    auto *settings = shownBy<QPushButton>(*m_window, u"Settings"_s);
    QVERIFY(settings);
    QVERIFY(says(*m_window, u"Rooms live in this app only"_s));
    QSignalSpy wishes(m_window.get(), &MonitorWindow::bridgeSettingsRequested);
    settings->click();
    QCOMPARE(wishes.size(), 1);
    QCOMPARE(ofSection(*m_window, Qt::AccessibleDescriptionRole).toString(), QString());
}

void BridgePageTest::anotherHostSaysWhatStartsIt()
{
    show(std::nullopt);
    QVERIFY(!shownBy<QPushButton>(*m_window, u"Settings"_s));
    QVERIFY(says(*m_window, u"Rooms live on this host only"_s));
}

void BridgePageTest::whileRedisAnswersNothingIsSaidAboveTheTiles()
{
    show(bridge({BridgeInfo::State::Up}));
    QVERIFY(!shownBy<QLabel>(*m_window, u"Bridge state"_s));
    QVERIFY(!shownBy<QAbstractItemView>(*m_window, u"Redis servers"_s));
    QVERIFY(says(*m_window, u"Nothing. Other servers got all that was said here."_s));
    QCOMPARE(ofSection(*m_window, Qt::AccessibleDescriptionRole).toString(), u"Connected"_s);
}

void BridgePageTest::whileRedisIsAwayTheBannerAndTheDotSaySo()
{
    show(bridge({BridgeInfo::State::Away}));
    QVERIFY(says(*m_window, u"Redis does not answer. The room goes on here."_s));
    QVERIFY(shownBy<QLabel>(*m_window, u"Bridge state"_s));
    QCOMPARE(ofSection(*m_window, Qt::AccessibleDescriptionRole).toString(), u"No answer"_s);
    QCOMPARE(ofSection(*m_window, Qt::DisplayRole).toString(), u"Redis bridge"_s);
    show(bridge({BridgeInfo::State::Up}));
    QVERIFY(!shownBy<QLabel>(*m_window, u"Bridge state"_s));
}

void BridgePageTest::aRowForEachOfSeveralServers()
{
    using enum BridgeInfo::State;
    show(bridge({Up, Away, Up}));
    auto *servers = shownBy<QAbstractItemView>(*m_window, u"Redis servers"_s);
    QVERIFY(servers);
    QCOMPARE(servers->model()->rowCount(), 3);
}

void BridgePageTest::whatWasNotSharedIsATable()
{
    BridgeInfo lossy = bridge({BridgeInfo::State::Up});
    lossy.notShared = {{u"expired"_s, 41}};
    show(lossy);
    auto *table = shownBy<QAbstractItemView>(*m_window, u"Not shared"_s);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 1);
}

PARLOUR_TEST(BridgePageTest)
#include "tst_bridge_page.moc"
