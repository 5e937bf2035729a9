// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/close_codes.h"
#include "support/runner.h"
#include "wiring/host_thread.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;

namespace {
constexpr int Patience = 60000; ///< ms; machines are shared
} // namespace

/// A host in a thread of its own, as the window sees it.
class HostThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAndEnds();
    void saysWhyItCannotBegin_data();
    void saysWhyItCannotBegin();
};

void HostThreadTest::beginsAndEnds()
{
    const QTemporaryDir folder;
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.dataFolder = folder.path();
    HostThread host;
    const QSignalSpy started(&host, &HostThread::started);
    const QSignalSpy stopped(&host, &HostThread::stopped);
    for (int times = 1; times <= 2; ++times) {
        host.start(config);
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), times, Patience);
        host.stop(channels::close_code::GoingAway, {});
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), times, Patience);
        QVERIFY(!host.isRunning());
    }
}

void HostThreadTest::saysWhyItCannotBegin_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("while it is waited for") << false;
    QTest::newRow("not where it was stopped meanwhile") << true;
}

// There is no such folder.
void HostThreadTest::saysWhyItCannotBegin()
{
    QFETCH(bool, isStopped);
    const QTemporaryDir folder;
    HostConfig config;
    config.listen = {{u"127.0.0.1"_s, 0}};
    config.dataFolder = folder.filePath(u"none"_s);
    HostThread host;
    const QSignalSpy failed(&host, &HostThread::failed);
    const QSignalSpy stopped(&host, &HostThread::stopped);
    host.start(config);
    if (isStopped)
        host.stop(channels::close_code::GoingAway, {});
    QTRY_VERIFY_WITH_TIMEOUT(!host.isRunning(), Patience);
    QCOMPARE(failed.size(), isStopped ? 0 : 1);
    QCOMPARE(stopped.size(), isStopped ? 1 : 0);
}

PARLOUR_TEST(HostThreadTest)
#include "tst_host_thread.moc"
