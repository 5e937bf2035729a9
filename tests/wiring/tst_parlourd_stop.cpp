// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/raw_client.h"
#include "support/runner.h"
#include "wiring/exit_codes.h"
#include "wiring/parlourd_process.h"
#include "wiring/unix_signals.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int Crowd = 200;
constexpr int Talkers = 40;
constexpr int TextFrame = 1;
constexpr int CloseFrame = 8;
/// Three seconds are promised. Where a machine is busy with other things as well that says little
/// of the host, so the test fails at five times as much and prints what it saw.
/// bench_restart (tests/bench) has the figures of a machine that does nothing else.
constexpr qint64 Promised = 3000; // ms
constexpr qint64 Allowed = 5 * Promised;

using Clients = std::vector<std::unique_ptr<RawClient>>;

QByteArray saying(const QByteArray &words)
{
    return clientFrame(TextFrame, "{\"message\": \"" + words + "\"}");
}

/// The next thing that is said.
QByteArray heard(RawClient &client)
{
    const auto frame = client.waitForFrame().value_or(Frame{});
    return QJsonDocument::fromJson(frame.payload)[u"message"_s].toString().toUtf8();
}

} // namespace

/// A host that is terminated with a full house, in which people are talking.
class ParlourdStopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsInTimeAndLosesNothing_data();
    void stopsInTimeAndLosesNothing();
    void endsAtOnceWhileItOpensItsFile();

private:
    static Clients crowdAt(const Daemon &host, bool isTls);
};

void ParlourdStopTest::stopsInTimeAndLosesNothing_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("transport");
    QTest::addColumn<bool>("isPolite"); // who answers the Close frame
    for (const QString &engine : {u"native"_s, u"qt"_s}) {
        for (const QString &transport : {u"plain"_s, u"tls"_s}) {
            for (const bool isPolite : {true, false})
                QTest::addRow("%s, %s, %s", qPrintable(engine), qPrintable(transport),
                              isPolite ? "all answer" : "nobody answers")
                    << engine << transport << isPolite;
        }
    }
}

/// All of them are in the room and have heard so.
Clients ParlourdStopTest::crowdAt(const Daemon &host, bool isTls)
{
    Clients clients;
    for (int i = 0; i < Crowd; ++i) {
        clients.push_back(std::make_unique<RawClient>(Port(host.port, isTls)));
        if (clients.back()->open("/ws/chat/general/").status != 101)
            return {};
    }
    clients.front()->send(saying("all are here"));
    for (const auto &client : clients) {
        if (heard(*client) != "all are here")
            return {};
    }
    return clients;
}

void ParlourdStopTest::stopsInTimeAndLosesNothing()
{
    QFETCH(const QString, engine);
    QFETCH(const QString, transport);
    QFETCH(const bool, isPolite);
    const QTemporaryDir folder;
    const QStringList arguments{u"--data"_s, folder.path(), u"--engine"_s, engine,
                                u"--"_s + transport};
    qsizetype said = 1;
    {
        Daemon host(arguments);
        const Clients clients = crowdAt(host, transport == "tls"_L1);
        QCOMPARE(clients.size(), size_t(Crowd));
        for (int i = 0; i < Talkers; ++i)
            clients[size_t(i)]->send(saying(QByteArray::number(i)));
        const QByteArray first = heard(*clients.back());
        QVERIFY(!first.isEmpty());
        QElapsedTimer timer;
        timer.start();
        host.signal(SIGTERM);

        QByteArrayList all;
        for (const auto &client : clients) {
            QByteArrayList mine;
            if (client == clients.back())
                mine.append(first);
            auto frame = client->waitForFrame();
            for (; frame && frame->opcode == TextFrame; frame = client->waitForFrame())
                mine.append(frame->payload.split('"').value(3));
            QVERIFY(frame && frame->opcode == CloseFrame);
            QCOMPARE(frame->closeCode(), 1001);
            QCOMPARE(frame->closeReason(), "The host stopped.");
            if (isPolite)
                client->send(clientFrame(CloseFrame, frame->payload));
            if (all.isEmpty())
                all = mine;
            QCOMPARE(mine, all);
        }
        const qint64 told = timer.elapsed();
        QTRY_COMPARE_WITH_TIMEOUT(host.process.state(), QProcess::NotRunning, Patience);
        const qint64 taken = timer.elapsed();
        qInfo("all %d clients told after %lld ms, ended after %lld ms (%lld are promised), "
              "%lld of %d last words said",
              Crowd, told, taken, Promised, qint64(all.size()), Talkers);
        QCOMPARE(host.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(host.process.exitCode(), 0);
        QVERIFY2(taken < Allowed, QByteArray::number(taken).constData());
        said += all.size();
    }
    // What was kept and came too late to be said is in the file as well.
    const Daemon again({u"--data"_s, folder.path()});
    static const QRegularExpression rows(u"\nparlour_history_rows (\\d+)\n"_s);
    const auto kept = rows.match(QString::fromUtf8(again.get("/metrics"))).captured(1).toInt();
    QVERIFY2(kept >= said, QByteArray::number(kept).constData());
    QVERIFY(kept <= 1 + Talkers);
}

// As one that saves what it can of a damaged file, for longer than is promised.
void ParlourdStopTest::endsAtOnceWhileItOpensItsFile()
{
    const wiring::UnixSignals unixSignals;
    wiring::UnixSignals::endAtOnce(true);
    const pid_t child = ::fork();
    if (child == 0) {
        ::raise(SIGTERM);
        ::_exit(7); // nobody hears the signal
    }
    wiring::UnixSignals::endAtOnce(false);
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), wiring::exit_code::Ended);
}

PARLOUR_TEST(ParlourdStopTest)
#include "tst_parlourd_stop.moc"
