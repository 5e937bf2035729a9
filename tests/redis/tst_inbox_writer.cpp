// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// How messages are put where their readers are, and what is done where they do not fit.
#include "channels/testing/waiting.h"
#include "redis/core_sources.h"
#include "redis/fake_redis.h"
#include "redis/inbox_writer.h"
#include "support/runner.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;
using namespace parlour::redis;
using namespace parlour::tests;

namespace {

constexpr auto Enough = 20s;
using Causes = QMap<QString, qint64>;

QByteArray stamped(int n, qsizetype size)
{
    return QByteArray::number(n).rightJustified(12, '0') + QByteArray(size, 'x');
}

/// A writer, and a Redis whose inboxes have the room that the test gives them.
struct Writing : QObject {
    explicit Writing(const InboxWriter::Options &options = {})
        : redis([this](const FakeRedis::Heard &heard) { return answer(heard); })
        , host(redis.address(), {}, CoreSources::ofTheSystem().time)
        , writer(host, options, tally)
    {
        connect(&writer, &InboxWriter::failed, this,
                [this](const QByteArray &stamp) { failed.append(stamp.toInt()); });
        connect(&writer, &InboxWriter::blocked, this,
                [this](const QByteArray &key) { blocked.append(key); });
        host.open();
        waitFor([this] { return host.isPrompt(); }, Enough);
    }

    void store(const QByteArrayList &keys, bool withOwn = false)
    {
        QList<InboxCopy> copies;
        const auto expires = std::chrono::steady_clock::now() + 60s;
        if (withOwn)
            copies.append({{"asgi-own!", stamped(++last, size), 100}, true, expires});
        for (const QByteArray &key : keys)
            copies.append({{key, stamped(++last, size), 100}, false, expires});
        writer.store(copies);
    }
    bool areOut(int messages)
    {
        return waitFor([&] { return tally.messagesOut == messages; }, Enough);
    }
    bool isStored(const QByteArray &key, const QList<int> &numbers)
    {
        return waitFor([&] { return stored[key].size() >= numbers.size(); }, Enough)
            && stored[key] == numbers;
    }

    QByteArray answer(const FakeRedis::Heard &heard)
    {
        if (heard.words.constFirst() != "EVAL")
            return heard.words.constFirst() == "TIME" ? "-ERR unknown command\r\n" : ":0\r\n";
        ++scripts;
        if (isSilent)
            return {};
        if (!error.isEmpty())
            return error;
        const int keys = heard.words.at(2).toInt();
        QByteArray answer = '*' + QByteArray::number(keys) + "\r\n";
        for (int n = 3; n < 3 + keys; ++n) {
            const QByteArray &key = heard.words.at(n);
            const bool hasRoom = !room.contains(key) || room[key]-- > 0;
            if (hasRoom)
                stored[key].append(heard.words.at(n + keys).first(12).toInt());
            answer += told.contains(key) ? told.value(key) : hasRoom ? ":0\r\n"_ba : ":1\r\n"_ba;
        }
        return answer;
    }

    QHash<QByteArray, int> room; ///< without an entry there is enough
    QHash<QByteArray, QByteArray> told; ///< of a key, instead of 0 or 1
    QByteArray error; ///< of the script
    bool isSilent = false;
    int scripts = 0;
    std::map<QByteArray, QList<int>> stored;
    QList<int> failed;
    QByteArrayList blocked;
    int last = 0;
    qsizetype size = 10; ///< of each body
    FakeRedis redis;
    SharingTally tally;
    CoreHost host;
    InboxWriter writer;
};

} // namespace

class InboxWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesMeanwhileGoesOutTogether()
    {
        Writing writing;
        for (int n = 0; n < 200; ++n)
            writing.store({"asgi-a!"});
        QVERIFY(writing.areOut(200));
        QCOMPARE(writing.stored["asgi-a!"].size(), 200);
        QVERIFY(std::is_sorted(writing.stored["asgi-a!"].begin(), writing.stored["asgi-a!"].end()));
        QCOMPARE(writing.scripts, 1 + 4); // of at most 64
        QCOMPARE(writing.writer.waiting(), 0);
    }

    void theCopiesOfOneMessageAreNotParted()
    {
        Writing writing;
        writing.store({"asgi-a!"});
        for (int n = 0; n < 63; ++n)
            writing.store({"asgi-a!"});
        writing.store({"asgi-a!", "asgi-b!", "asgi-c!"});
        QVERIFY(writing.areOut(65));
        QCOMPARE(writing.scripts, 2);
    }

    void whatFindsNoRoomWaitsAndIsNotOvertaken()
    {
        Writing writing({.patience = 60s});
        writing.room["asgi-full!"] = 2;
        for (int n = 0; n < 3; ++n)
            writing.store({"asgi-full!", "asgi-other!"});
        QVERIFY2(writing.isStored("asgi-other!", {2, 4, 6}), "others do not wait for it");
        QVERIFY(waitFor([&] { return writing.writer.waiting() == 1; }, Enough));
        for (int n = 0; n < 3; ++n)
            writing.store({"asgi-full!", "asgi-other!"});
        QVERIFY(writing.isStored("asgi-other!", {2, 4, 6, 8, 10, 12}));
        writing.room["asgi-full!"] = 3;
        QVERIFY(writing.isStored("asgi-full!", {1, 3, 5, 7, 9}));
        writing.room["asgi-full!"] = 3;
        writing.store({"asgi-full!"});
        QVERIFY(writing.isStored("asgi-full!", {1, 3, 5, 7, 9, 11, 13}));
        QVERIFY(writing.areOut(7));
        QCOMPARE(writing.tally.notShared, Causes());
    }

    void roomIsNotWaitedForWithoutEnd_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("patience");
        QTest::newRow("a moment") << 100ms;
        QTest::newRow("not at all") << 0ms;
    }
    void roomIsNotWaitedForWithoutEnd()
    {
        QFETCH(std::chrono::milliseconds, patience);
        Writing writing({.patience = patience});
        writing.room["asgi-full!"] = 0;
        writing.store({"asgi-full!", "asgi-other!"});
        writing.store({"asgi-full!"});
        QVERIFY(waitFor(
            [&] {
                return writing.tally.notShared == Causes{{u"capacity"_s, 2}};
            },
            Enough));
        QCOMPARE(writing.tally.messagesOut, 1);
        QCOMPARE(writing.writer.waiting(), 0);
        writing.room["asgi-full!"] = 1;
        writing.store({"asgi-full!"});
        QVERIFY(writing.isStored("asgi-full!", {4}));
    }

    void aRedisThatTakesNoWritesIsWaitedForByOthers_data()
    {
        QTest::addColumn<QByteArray>("error");
        for (const char *error :
             {"OOM command not allowed", "MISCONF Errors writing to disk",
              "READONLY You can't write", "LOADING Redis is loading", "MASTERDOWN Link is down",
              "NOREPLICAS Not enough good", "BUSY Redis is busy running a script"})
            QTest::newRow(QByteArray(error).split(' ').constFirst().constData())
                << '-' + QByteArray(error) + "\r\n";
    }
    void aRedisThatTakesNoWritesIsWaitedForByOthers()
    {
        QFETCH(QByteArray, error);
        Writing writing({.patience = 0ms});
        writing.error = error;
        for (int n = 0; n < 3; ++n)
            writing.store({"asgi-a!"}, true);
        QVERIFY(waitFor([&] { return writing.failed.size() == 3; }, Enough));
        QVERIFY2(writing.failed == (QList{1, 3, 5}), "people here do not wait");
        QCOMPARE(writing.writer.waiting(), 3);
        writing.error.clear();
        QVERIFY(writing.isStored("asgi-a!", {2, 4, 6}));
        QCOMPARE(writing.tally.notShared, Causes());
    }

    void whatIsRefusedForGoodIsCounted_data()
    {
        QTest::addColumn<QByteArray>("error"); ///< of the script
        QTest::addColumn<QByteArray>("told"); ///< of the one inbox
        QTest::addColumn<QString>("cause");
        QTest::newRow("no rights") << "-NOPERM no permission\r\n"_ba
                                   << ""_ba << u"refused"_s;
        QTest::newRow("no answer of a script") << "+OK\r\n"_ba
                                               << ""_ba << u"refused"_s;
        QTest::newRow("too short an answer") << "*0\r\n"_ba
                                             << ""_ba << u"refused"_s;
        QTest::newRow("anything else") << ""_ba
                                       << "+OK\r\n"_ba << u"refused"_s;
        QTest::newRow("no rights to that key") << ""_ba
                                               << "-NOPERM no\r\n"_ba << u"refused"_s;
        QTest::newRow("another type") << ""_ba
                                      << "-WRONGTYPE no\r\n"_ba << u"wrong_type"_s;
    }
    void whatIsRefusedForGoodIsCounted()
    {
        QFETCH(QByteArray, error);
        QFETCH(QByteArray, told);
        QFETCH(QString, cause);
        Writing writing;
        writing.error = error;
        if (!told.isEmpty())
            writing.told["asgi-bad!"] = told;
        writing.store({"asgi-bad!"}, true);
        QVERIFY(waitFor([&] { return writing.tally.notShared == Causes{{cause, 1}}; }, Enough));
        QCOMPARE(writing.failed, error.isEmpty() ? QList<int>() : QList{1});
        QCOMPARE(writing.blocked,
                 cause == u"wrong_type" ? QByteArrayList{"asgi-bad!"} : QByteArrayList());
    }

    void whoeverTriesWhenTheLineIsCutLetsTheOthersFollow()
    {
        Writing writing({.patience = 60s});
        writing.room["asgi-full!"] = 0;
        for (int n = 0; n < 3; ++n)
            writing.store({"asgi-full!"});
        QVERIFY(waitFor([&] { return writing.scripts > 2; }, Enough));
        writing.isSilent = true;
        const int scripts = writing.scripts;
        QVERIFY(waitFor([&] { return writing.scripts > scripts; }, Enough));
        writing.room.remove("asgi-full!");
        writing.isSilent = false;
        writing.redis.hangUp(0);
        QVERIFY(writing.isStored("asgi-full!", {2, 3}));
        QCOMPARE(writing.tally.notShared, (Causes{{u"unconfirmed"_s, 1}}));
    }

    void whatWaitsForOthersHasAnEnd()
    {
        Writing writing;
        writing.isSilent = true;
        for (int n = 0; n < 50'000; ++n)
            writing.store({"asgi-a!"}, true);
        QVERIFY2(writing.tally.notShared.isEmpty(), "a burst is nothing");
        writing.size = 1024 * 1024;
        for (int n = 0; n < 40; ++n)
            writing.store({"asgi-a!"});
        QCOMPARE(writing.tally.notShared.keys(), QStringList{u"queue_full"_s});
        const int waiting = writing.writer.waiting();
        writing.store({}, true);
        QVERIFY2(writing.writer.waiting() == waiting + 1, "our own are bounded elsewhere");
        writing.writer.flush();
        QCOMPARE(writing.writer.waiting(), 0);
    }
};

PARLOUR_TEST(InboxWriterTest)
#include "tst_inbox_writer.moc"
