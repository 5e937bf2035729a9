// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/host_store.h"
#include "client/store_database.h"
#include "sqlite/connection.h"
#include "support/runner.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostStore;
using parlour::client::Outbox;

namespace {

const QString Place = u"127.0.0.1:8765"_s;
const QString Den = u"den"_s;
const QString Epoch = u"e-1"_s;
const Sender Ann{u"p-1"_s, u"Ann"_s};

ChatMessage message(qint64 number, const QString &text)
{
    return {Den, u"m-%1"_s.arg(number), Epoch, number, Ann, 1000 + number, text};
}

ChatMessage reply(qint64 number, const ChatMessage &to)
{
    ChatMessage answer = message(number, u"yes"_s);
    answer.reply = Quote{to.id, to.number, to.sender, to.text};
    return answer;
}

} // namespace

/// The store keeps messages as they are now, and nothing of how they were.
class HostStoreChangesTest : public QObject
{
    Q_OBJECT

    QString file() const { return m_folder->filePath(u"history.db"_s); }
    std::unique_ptr<ClientStore> open() const
    {
        auto store = ClientStore::open(file());
        return store ? std::move(*store) : nullptr;
    }
    bool isOnDisk(const QByteArray &text) const
    {
        const QStringList names = QDir(m_folder->path()).entryList(QDir::Files);
        return std::any_of(names.begin(), names.end(), [&](const QString &name) {
            QFile part(m_folder->filePath(name));
            return part.open(QFile::ReadOnly) && part.readAll().contains(text);
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    /// The host said 101 to 107; it has lost 102, 103 and 107, and numbered the others anew. Then
    /// 108 and 109 were said.
    static void keepWhatWasNumberedAnew(HostStore &host)
    {
        QList<ChatMessage> first;
        for (qint64 number = 101; number <= 107; ++number)
            first.append(message(number, u"text"_s));
        host.keep(Den, first, Position{Epoch, 107});
        host.setRead(Den, {Epoch, 105});
        QList<ChatMessage> anew;
        for (const qint64 known : {99, 100, 101, 104, 105, 106, 108, 109}) {
            anew.append(message(known, u"text, edited"_s));
            anew.last().epoch = u"e-2"_s;
            anew.last().number = 20 + anew.size();
        }
        host.keep(Den, anew, Position{u"e-2"_s, 28});
        host.cover(Den, u"e-2"_s, {21, 28});
    }
    void keepWhatWasNumberedAnew()
    {
        const auto store = open();
        HostStore host(*store, Place);
        keepWhatWasNumberedAnew(host);
    }
    static QString inWords(const QList<ChatMessage> &messages)
    {
        QStringList words;
        for (const ChatMessage &one : messages)
            words.append(one.id.mid(2) + (one.text == "text"_L1 ? u"*"_s : QString()));
        return words.join(u' ');
    }

    void whatTheHostLostStandsInItsPlace()
    {
        keepWhatWasNumberedAnew();
        for (int start = 0; start < 2; ++start) {
            const auto store = open();
            HostStore host(*store, Place);
            QVERIFY(host.rooms().constFirst().read == (Position{u"e-2"_s, 25}));
            const QList<ChatMessage> all = host.last(Den, 20);
            QCOMPARE(inWords(all), u"99 100 101 102* 103* 104 105 106 107* 108 109"_s);
            QVERIFY(std::is_sorted(all.begin(), all.end(), [](const auto &one, const auto &other) {
                return one.number < other.number;
            }));
            QVERIFY(std::all_of(all.begin(), all.end(),
                                [](const auto &one) { return one.epoch == "e-2"_L1; }));
        }
    }

    void whatTheHostToldAgainIsRepeatedByNoPage()
    {
        const auto store = open();
        HostStore host(*store, Place);
        keepWhatWasNumberedAnew(host);
        QCOMPARE(inWords(host.before(Den, {u"e-2"_s, 24}, 20)), u"99 100 101 102* 103*"_s);
        QCOMPARE(inWords(host.before(Den, {u"e-2"_s, 21}, 20)), QString());
        QVERIFY(host.rooms().constFirst().read == (Position{u"e-2"_s, 25}));
    }

    /// Pages of the past come as somebody wants them, not in their order.
    void whatMayBeToldAgainIsNotLost()
    {
        const auto store = open();
        HostStore host(*store, Place);
        const auto keepAnew = [&](qint64 first, qint64 last, qint64 number,
                                  const std::optional<Position> &position = {}) {
            QList<ChatMessage> page;
            for (qint64 known = first; known <= last; ++known, ++number) {
                page.append(message(known, u"text, edited"_s));
                page.last().epoch = u"e-2"_s;
                page.last().number = number;
            }
            host.keep(Den, page, position);
            host.cover(Den, u"e-2"_s, {number - page.size(), number - 1});
        };
        QList<ChatMessage> first;
        for (qint64 number = 1; number <= 9; ++number)
            first.append(message(number, u"text"_s));
        host.keep(Den, first, Position{Epoch, 9});
        keepAnew(8, 9, 7, Position{u"e-2"_s, 8});
        QCOMPARE(inWords(host.last(Den, 20)), u"1* 2* 3* 4* 5* 6* 7* 8 9"_s);
        keepAnew(2, 2, 2);
        (void)host.last(Den, 1); // what was heard is in the file
        keepAnew(4, 7, 3);
        QCOMPARE(inWords(host.last(Den, 20)), u"1* 2 3* 4 5 6 7 8 9"_s);
    }

    /// Else a page would skip it, and nobody would know.
    void somethingIsMissingWhereItStood()
    {
        const auto store = open();
        HostStore host(*store, Place);
        QList<ChatMessage> first;
        for (qint64 number = 1; number <= 9; ++number)
            first.append(message(number, u"text"_s));
        host.keep(Den, first, Position{Epoch, 9});
        QList<ChatMessage> anew = first.sliced(3, 3) + first.last(1);
        for (ChatMessage &one : anew) {
            one.epoch = u"e-2"_s;
            one.number -= 1;
        }
        host.keep(Den, anew.last(1), Position{u"e-2"_s, 8});
        host.keep(Den, anew.first(3));
        QCOMPARE(inWords(host.before(Den, {Epoch, 6}, 20)), u"1* 2* 3*"_s);
        const NumberRanges known = host.ranges(Den, Epoch);
        QVERIFY(known.hold(1, 3) && known.hold(6, 8));
        QVERIFY(!known.hold(3, 6) && !known.hold(8, 9));
    }

    void whatTheHostLostIsSkippedByNoPage_data()
    {
        QTest::addColumn<int>("count");
        for (int count = 1; count < 12; ++count)
            QTest::addRow("pages of %d", count) << count;
    }

    void whatTheHostLostIsSkippedByNoPage()
    {
        QFETCH(int, count);
        keepWhatWasNumberedAnew();
        const auto store = open();
        HostStore host(*store, Place);
        (void)host.rooms();
        const QString all = inWords(host.last(Den, 20));
        QList<ChatMessage> up = host.last(Den, count);
        for (auto page = up; !page.isEmpty(); up = page + up)
            page = host.before(Den, {u"e-2"_s, up.constFirst().number}, count);
        QCOMPARE(inWords(up), all);
        QList<ChatMessage> down;
        qint64 number = 0; // as a window does, which takes each once
        for (auto page = host.behind(Den, {u"e-2"_s, 1}, count); !page.isEmpty();
             page = host.behind(Den, {u"e-2"_s, number}, count)) {
            for (const ChatMessage &one : page)
                if (!inWords(down).contains(one.id.mid(2)))
                    down.append(one);
            if (std::exchange(number, page.constLast().number) == number)
                break;
        }
        QCOMPARE(inWords(down), all);
    }

    void everyPartOfAMessageComesBack()
    {
        ChatMessage first = message(1, u"hello"_s);
        first.edited = 77;
        first.reactions = {{u"👍"_s, {Ann, {u"p-2"_s, u"Боб"_s}}}, {u"🎉"_s, {Ann}}};
        ChatMessage gone = message(3, {});
        gone.isDeleted = true;
        const QList<ChatMessage> all{first, reply(2, first), gone};
        {
            const auto store = open();
            HostStore(*store, Place).keep(Den, all, Position{Epoch, 3});
        }
        const auto store = open();
        QCOMPARE(HostStore(*store, Place).last(Den, 9), all);
    }

    void aChangeReachesTheMessageAndItsQuotes()
    {
        const auto store = open();
        HostStore host(*store, Place);
        const ChatMessage first = message(1, u"helo"_s);
        host.keep(Den, {first, reply(2, first)}, Position{Epoch, 2});
        ChatMessage edited = first;
        edited.text = u"hello"_s;
        edited.edited = 9;
        host.change(Den, edited, Position{Epoch, 3});
        const auto now = host.last(Den, 9);
        QCOMPARE(now.first(), edited);
        QCOMPARE(now.last().reply->text, u"hello"_s);
        QCOMPARE(*host.rooms().first().position, (Position{Epoch, 3}));
    }

    /// By a host that was brought back from an older copy.
    void aNumberThatIsGivenAgainIsTheLaterMessages()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.keep(Den, {message(1, u"of Ann"_s)}, Position{Epoch, 1});
        ChatMessage other = message(1, u"of Bob"_s);
        other.id = u"m-9"_s;
        other.sender = {u"p-2"_s, u"Bob"_s};
        other.time = 5000;
        host.keep(Den, {other}, Position{Epoch, 1});
        QCOMPARE(host.last(Den, 9), QList{other});
    }

    void aChangeOfWhatIsNotHereAddsNothing()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.keep(Den, {message(5, u"x"_s)}, Position{Epoch, 5});
        host.change(Den, message(1, u"old"_s), Position{Epoch, 6});
        QCOMPARE(host.last(Den, 9).size(), 1);
    }

    void aDeletedTextIsGoneFromTheDisk()
    {
        const auto store = open();
        HostStore host(*store, Place);
        const ChatMessage first = message(1, u"a very secret word"_s);
        host.keep(Den, {first, reply(2, first)}, Position{Epoch, 2});
        QCOMPARE(host.last(Den, 9).size(), 2);
        QVERIFY(isOnDisk("very secret"));
        ChatMessage gone = message(1, {});
        gone.isDeleted = true;
        host.change(Den, gone, Position{Epoch, 3});
        QVERIFY(host.last(Den, 9).first().isDeleted);
        QTRY_VERIFY_WITH_TIMEOUT(!isOnDisk("very secret"), 20000);
    }

    void numbersOfChangesAreCovered()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.keep(Den, {message(1, u"a"_s), message(4, u"b"_s)}, Position{Epoch, 4});
        QVERIFY(!host.ranges(Den, Epoch).hold(1, 4));
        host.cover(Den, Epoch, {1, 6});
        QVERIFY(host.ranges(Den, Epoch).hold(1, 6));
        QVERIFY(!host.ranges(Den, u"another"_s).hold(1, 1));
    }

    void whatWaitsKeepsWhatItIs()
    {
        const Outbox::Entry react{Den,      u"r"_s, {},  7, {}, Outbox::What::React,
                                  u"m-1"_s, u"👍"_s, true};
        {
            const auto store = open();
            HostStore(*store, Place).addWaiting(react);
        }
        const auto store = open();
        QCOMPARE(HostStore(*store, Place).waiting(), QList<Outbox::Entry>{react});
    }

    void aFileOfTheFirstVersionIsTakenOver()
    {
        makeFirstVersion();
        const auto store = open();
        QVERIFY(store);
        HostStore host(*store, Place);
        QCOMPARE(host.last(Den, 9).size(), 4);
        const auto known = host.ranges(Den, Epoch);
        QVERIFY(known.hold(1, 2) && known.hold(5, 6) && !known.hold(2, 5));
        QCOMPARE(host.waiting().first().text, u"unsent"_s);
    }

private:
    void makeFirstVersion() const
    {
        const QStringList statements{
            u"CREATE TABLE hosts (key INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE,"
            " id TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',"
            " person TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',"
            " used INTEGER NOT NULL DEFAULT 0)"_s,
            u"CREATE TABLE rooms (key INTEGER PRIMARY KEY, host INTEGER NOT NULL, room TEXT NOT"
            " NULL, topic TEXT NOT NULL DEFAULT '', listed INTEGER NOT NULL DEFAULT 1,"
            " epoch TEXT, number INTEGER, UNIQUE (host, room))"_s,
            u"CREATE TABLE epochs (key INTEGER PRIMARY KEY AUTOINCREMENT, room INTEGER NOT NULL,"
            " epoch TEXT NOT NULL, UNIQUE (room, epoch))"_s,
            u"CREATE TABLE messages (room INTEGER NOT NULL, epoch INTEGER NOT NULL,"
            " number INTEGER NOT NULL, id TEXT NOT NULL, sender TEXT NOT NULL, name TEXT NOT NULL,"
            " time INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (room, epoch, number))"
            " WITHOUT ROWID"_s,
            u"CREATE TABLE outbox (place INTEGER PRIMARY KEY AUTOINCREMENT, host INTEGER NOT NULL,"
            " room TEXT NOT NULL, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL,"
            " time INTEGER NOT NULL, failed INTEGER NOT NULL DEFAULT 0,"
            " why TEXT NOT NULL DEFAULT '')"_s,
            u"INSERT INTO hosts (key, address) VALUES (1, '127.0.0.1:8765')"_s,
            u"INSERT INTO rooms (key, host, room, epoch, number) VALUES (1, 1, 'den', 'e-1', 6)"_s,
            u"INSERT INTO epochs VALUES (1, 1, 'e-1')"_s,
            u"INSERT INTO messages VALUES (1, 1, 1, 'a', 'p', 'Ann', 1, 'x'),"
            " (1, 1, 2, 'b', 'p', 'Ann', 1, 'x'), (1, 1, 5, 'c', 'p', 'Ann', 1, 'x'),"
            " (1, 1, 6, 'd', 'p', 'Ann', 1, 'x')"_s,
            u"INSERT INTO outbox (host, room, id, text, time) VALUES (1, 'den', 'o', 'unsent', 1)"_s,
            u"PRAGMA user_version=1"_s};
        parlour::sqlite::Connection connection(file(), parlour::sqlite::Connection::Access::Write,
                                               1s);
        for (const QString &statement : statements)
            QVERIFY(connection.execute(statement));
    }
};

PARLOUR_TEST(HostStoreChangesTest)
#include "tst_host_store_changes.moc"
