// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "widgets/shell/idle_watch.h"

#include <QGuiApplication>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace std::chrono_literals;
using parlour::widgets::IdleWatch;

namespace {

constexpr int Deadline = 20000; // ms

} // namespace

class IdleWatchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodySitsThereAfterAWhile();
    void somebodyIsBack_data();
    void somebodyIsBack();
    void whatNobodyDidIsNoUse();
};

void IdleWatchTest::nobodySitsThereAfterAWhile()
{
    IdleWatch watch(1ms);
    QSignalSpy changes(&watch, &IdleWatch::changed);
    QVERIFY(!watch.isIdle());
    QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, Deadline);
    QVERIFY(changes.first().first().toBool());
    QVERIFY(watch.isIdle());
}

void IdleWatchTest::somebodyIsBack_data()
{
    QTest::addColumn<std::function<void(QLineEdit &)>>("use");
    const auto row = [](const char *name, const std::function<void(QLineEdit &)> &use) {
        QTest::newRow(name) << use;
    };
    row("types", [](QLineEdit &edit) { QTest::keyClick(&edit, Qt::Key_A); });
    row("clicks", [](QLineEdit &edit) { QTest::mouseClick(&edit, Qt::LeftButton); });
    row("moves the mouse", [](QLineEdit &edit) { QTest::mouseMove(edit.windowHandle(), {3, 3}); });
    row("comes back from another program", [](QLineEdit &) {
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationInactive);
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
    });
}

void IdleWatchTest::somebodyIsBack()
{
    QFETCH(const std::function<void(QLineEdit &)>, use);
    QLineEdit edit;
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    IdleWatch watch(1ms);
    QTRY_VERIFY_WITH_TIMEOUT(watch.isIdle(), Deadline);
    QSignalSpy changes(&watch, &IdleWatch::changed);
    use(edit);
    QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), Deadline);
    QVERIFY(!changes.first().first().toBool());
    QTRY_VERIFY_WITH_TIMEOUT(watch.isIdle(), Deadline); // and gone again
}

void IdleWatchTest::whatNobodyDidIsNoUse()
{
    QLineEdit edit;
    IdleWatch watch(1ms);
    QTRY_VERIFY_WITH_TIMEOUT(watch.isIdle(), Deadline);
    const QSignalSpy changes(&watch, &IdleWatch::changed);
    QMouseEvent move(QEvent::MouseMove, QPointF(1, 1), QPointF(1, 1), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(&edit, &move);
    Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationInactive);
    QCOMPARE(changes.size(), 0);
}

PARLOUR_TEST(IdleWatchTest)
#include "tst_idle_watch.moc"
