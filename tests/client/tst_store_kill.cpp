// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/host_store.h"
#include "support/runner.h"

#include <QObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostStore;

namespace {

/// What a killed process said that it had taken.
QStringList takenUntilKilled(const QString &file, int count)
{
    QProcess writer;
    writer.start(QStringLiteral(STORE_WRITER), {file});
    QStringList taken;
    while (taken.size() < count && writer.waitForReadyRead(30000)) {
        while (writer.canReadLine())
            taken.append(QString::fromUtf8(writer.readLine().trimmed()));
    }
    writer.kill();
    writer.waitForFinished();
    while (writer.canReadLine())
        taken.append(QString::fromUtf8(writer.readLine().trimmed()));
    return taken;
}

} // namespace

/// A process that is killed at any moment.
class StoreKillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingThatItTookAndDoublesNothing()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"history.db"_s);
        QStringList taken;
        QStringList unheard; // may or may not have been taken: the kill was in between
        for (int kill = 0; kill < 20; ++kill) {
            const auto seen = takenUntilKilled(file, QRandomGenerator::global()->bounded(1, 120));
            QVERIFY(!seen.isEmpty());
            taken += seen;

            const auto store = ClientStore::open(file);
            QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
            HostStore host(**store, u"host:1"_s);
            QStringList kept;
            qint64 number = 0;
            const auto messages = host.last(u"workshop"_s, 1000000);
            for (const ChatMessage &message : messages) {
                QCOMPARE(message.number, ++number);
                kept.append(message.id);
            }
            const auto rooms = host.rooms();
            QCOMPARE(rooms.isEmpty() ? 0 : rooms.first().position->number, number);
            const auto waiting = host.waiting();
            for (const auto &entry : waiting)
                kept.append(entry.id);
            kept.removeIf([&](const QString &id) { return unheard.contains(id); });
            for (const QString &id : std::as_const(kept).mid(taken.size()))
                unheard.append(id);
            QVERIFY2(kept.size() <= taken.size() + 1, "one at most was not told any more");
            QCOMPARE(kept.first(taken.size()), taken); // all, once, in the order of their saying
        }
    }
};

PARLOUR_TEST(StoreKillTest)
#include "tst_store_kill.moc"
