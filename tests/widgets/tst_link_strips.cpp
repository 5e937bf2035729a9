// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/monitor/link_strip.h"
#include "widgets/rooms/link_strip.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parlour;
using widgets::Theme;

namespace {

chat::Link waiting()
{
    chat::Link link;
    link.state = chat::LinkState::Waiting;
    link.retryIn = std::chrono::hours(1);
    return link;
}

/// Whether it wakes the program for the next second.
bool isCounting(const QWidget &strip)
{
    const auto timers = strip.findChildren<QTimer *>();
    return std::any_of(timers.begin(), timers.end(), [](const QTimer *timer) {
        return timer->isActive() && timer->intervalAsDuration() <= std::chrono::seconds(1);
    });
}

/// Hides and shows the window of a strip that counts.
void verifyCountsWhileSeen(QWidget &window, const QWidget &strip)
{
    QVERIFY(strip.isVisible());
    QVERIFY(isCounting(strip));
    window.hide();
    QVERIFY(!isCounting(strip));
    window.show();
    QVERIFY(isCounting(strip));
    QHideEvent minimised; // the window is as visible as before
    QCoreApplication::sendEvent(const_cast<QWidget *>(&strip), &minimised);
    QVERIFY(!isCounting(strip));
}

} // namespace

/// What stands above a room or the monitor's pages while a host is away.
class LinkStripsTest : public QObject
{
    Q_OBJECT

    Theme m_theme{*qApp, Theme::Mode::Light};

private Q_SLOTS:
    void theRoomsCountsWhileItIsSeen()
    {
        QWidget window;
        auto *strip = new widgets::LinkStrip(m_theme, &window);
        strip->setPatience(std::chrono::hours(1));
        window.show();
        strip->setLink(u"Studio North"_s, waiting());
        QVERIFY(strip->isHidden());
        QVERIFY(!isCounting(*strip));
        QVERIFY(strip->sentence().startsWith(u"Next try in 3"_s));
        strip->show();
        verifyCountsWhileSeen(window, *strip);
        strip->setLink(u"Studio North"_s, waiting());
        QVERIFY(!isCounting(*strip));
    }

    void theMonitorsToo()
    {
        QWidget window;
        auto *strip = new widgets::monitor::LinkStrip(m_theme, &window);
        strip->showTrouble(waiting(), 0);
        QVERIFY(!isCounting(*strip)); // the window is not there
        window.show();
        verifyCountsWhileSeen(window, *strip);
        strip->showTrouble(waiting(), 0);
        QVERIFY(!isCounting(*strip));
    }

    void aRefusalIsNotCounted()
    {
        QWidget window;
        auto *strip = new widgets::monitor::LinkStrip(m_theme, &window);
        window.show();
        strip->showTrouble(waiting(), 0);
        strip->showRefusal(u"no"_s);
        QVERIFY(!isCounting(*strip));
        window.hide();
        window.show();
        QVERIFY(!isCounting(*strip));
    }
};

PARLOUR_TEST(LinkStripsTest)
#include "tst_link_strips.moc"
