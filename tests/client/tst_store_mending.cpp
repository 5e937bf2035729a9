// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/host_store.h"
#include "client/store_database.h"
#include "support/runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostStore;

namespace {

const QString Place = u"127.0.0.1:8765"_s;
const QString Den = u"den"_s;
const QString Former = u"e-1"_s;
const QString Present = u"e-2"_s;

std::atomic<qint64> sqliteSteps = 0;

/// What a statement has cost, once it ends.
int countSteps(unsigned, void *, void *statement, void *)
{
    sqliteSteps +=
        sqlite3_stmt_status(static_cast<sqlite3_stmt *>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

int traceConnection(sqlite3 *connection, char **, const sqlite3_api_routines *)
{
    return sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, countSteps, nullptr);
}

using Routine = void (*)();

QList<ChatMessage> said(qint64 first, qint64 last, const QString &epoch, qint64 number)
{
    QList<ChatMessage> messages;
    for (qint64 known = first; known <= last; ++known)
        messages.append({Den,
                         u"m-%1"_s.arg(known),
                         epoch,
                         number + known - first,
                         {u"p-1"_s, u"Ann"_s},
                         1000 + known,
                         u"text"_s});
    return messages;
}

} // namespace

/// What it costs to keep what a host tells again under other numbers.
class StoreMendingTest : public QObject
{
    Q_OBJECT

    void keep(HostStore &host, const QList<ChatMessage> &page,
              const std::optional<Position> &position = {})
    {
        host.keep(Den, page, position);
        host.cover(Den, page.constFirst().epoch,
                   {page.constFirst().number, page.constLast().number});
        (void)host.last(Den, 1); // what was heard is in the file
    }

    /// Of a room with so many messages, some of which are told anew: the last page of them, one
    /// further up, and the one between. The last entry is how many messages are here then.
    QList<qint64> stepsForPages(qint64 count)
    {
        const QTemporaryDir folder;
        const auto store = ClientStore::open(folder.filePath(u"history.db"_s), {100'000});
        HostStore host(**store, Place);
        keep(host, said(1, count, Former, 1), Position{Former, count});
        QList<qint64> steps;
        const auto told = [&](qint64 first, qint64 last, const std::optional<Position> &position) {
            sqliteSteps = 0;
            keep(host, said(first, last, Present, first), position);
            steps.append(sqliteSteps);
        };
        told(count - 19, count, Position{Present, count});
        told(count - 59, count - 40, {});
        told(count - 39, count - 20, {});
        steps.append(host.last(Den, int(2 * count)).size());
        return steps;
    }

private Q_SLOTS:
    void initTestCase() { sqlite3_auto_extension(reinterpret_cast<Routine>(traceConnection)); }
    void cleanupTestCase() { sqlite3_reset_auto_extension(); }

    void aPageCostsWhatItIsLong()
    {
        const QList<qint64> ofFew = stepsForPages(400);
        const QList<qint64> ofMany = stepsForPages(8000);
        for (int page = 0; page < 3; ++page) {
            const QString steps = u"%1 and %2 steps"_s.arg(ofFew.at(page)).arg(ofMany.at(page));
            QVERIFY2(ofFew.at(page) > 0, "they are not counted");
            QVERIFY2(ofMany.at(page) < 2 * ofFew.at(page), qPrintable(steps));
        }
        QCOMPARE(ofFew.last(), 400); // none is doubled
        QCOMPARE(ofMany.last(), 8000);
    }
};

PARLOUR_TEST(StoreMendingTest)
#include "tst_store_mending.moc"
