// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/client_store.h"
#include "client/host_store.h"
#include "client/store_database.h"
#include "support/runner.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;
using parlour::client::ClientStore;
using parlour::client::HostStore;
using parlour::client::Outbox;
using parlour::client::StoreLimits;

namespace {

const QString Place = u"127.0.0.1:8765"_s;
const QString Den = u"den"_s;

QList<ChatMessage> saidFrom(qint64 first, qint64 last, const QString &epoch = u"e-1"_s)
{
    QList<ChatMessage> messages;
    for (qint64 number = first; number <= last; ++number)
        messages.append({Den,
                         epoch + QString::number(number),
                         epoch,
                         number,
                         {u"p-1"_s, u"Ann"_s},
                         1000 + number,
                         u"Ёжик %1"_s.arg(number)});
    return messages;
}

QStringList numbersOf(const QList<ChatMessage> &messages)
{
    QStringList numbers;
    for (const ChatMessage &message : messages)
        numbers.append(message.epoch + u':' + QString::number(message.number));
    return numbers;
}

QStringList idsOf(const QList<Outbox::Entry> &entries)
{
    QStringList ids;
    for (const Outbox::Entry &entry : entries)
        ids.append(entry.id);
    return ids;
}

Outbox::Entry unsent(const QString &id, const QString &why = {})
{
    return {Den, id, u"text of "_s + id, 7, why};
}

HostInfo hostOf(const QString &id)
{
    return {id, u"Studio North"_s, u"0.1.0"_s};
}

} // namespace

/// What the app keeps of its hosts.
class HostStoreTest : public QObject
{
    Q_OBJECT

    QString file() const { return m_folder->filePath(u"history.db"_s); }
    std::unique_ptr<ClientStore> open(const StoreLimits &limits = {}) const
    {
        auto store = ClientStore::open(file(), limits);
        return store ? std::move(*store) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everythingComesBack()
    {
        const Person ann{u"p-1"_s, u"Ann"_s, {}, {}};
        {
            const auto store = open();
            HostStore host(*store, Place);
            host.setHost(hostOf(u"h-1"_s), ann);
            host.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
            RoomState room;
            room.room = Den;
            room.topic = u"Type"_s;
            host.setRoom(room);
            host.addWaiting(unsent(u"a"_s));
            host.addFailed(unsent(u"b"_s, u"full"_s));
        }
        const auto store = open();
        HostStore host(*store, Place);
        QCOMPARE(host.host().host.id, u"h-1"_s);
        QCOMPARE(host.host().host.title, u"Studio North"_s);
        QCOMPARE(host.host().self.name, u"Ann"_s);
        const auto rooms = host.rooms();
        QCOMPARE(rooms.size(), 1);
        QCOMPARE(rooms.first().state.topic, u"Type"_s);
        QCOMPARE(rooms.first().position, (Position{u"e-1"_s, 3}));
        QCOMPARE(host.last(Den, 10), saidFrom(1, 3));
        QCOMPARE(host.waiting().size(), 1);
        QCOMPARE(host.waiting().first().text, u"text of a"_s);
        QCOMPARE(host.waiting().first().time, 7);
        QCOMPARE(host.failed().first().why, u"full"_s);
        HostStore other(*store, u"elsewhere:1"_s);
        QVERIFY(other.rooms().isEmpty() && other.waiting().isEmpty());
    }

    void othersCannotReadIt()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.addWaiting(unsent(u"a"_s));
        const auto others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        for (const QString &name : {file(), file() + u"-wal"_s})
            QVERIFY2((QFile::permissions(name) & others) == QFile::Permissions(), qPrintable(name));
    }

    void epochsStandInTheOrderInWhichTheyCame()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.keep(Den, saidFrom(8, 9, u"z"_s), Position{u"z"_s, 9});
        host.keep(Den, saidFrom(1, 2, u"a"_s), Position{u"a"_s, 2});
        host.keep(Den, saidFrom(6, 7, u"z"_s)); // older ones, later
        QCOMPARE(numbersOf(host.last(Den, 5)),
                 (QStringList{u"z:7"_s, u"z:8"_s, u"z:9"_s, u"a:1"_s, u"a:2"_s}));
        QCOMPARE(numbersOf(host.before(Den, {u"a"_s, 1}, 2)), (QStringList{u"z:8"_s, u"z:9"_s}));
        QCOMPARE(numbersOf(host.before(Den, {u"z"_s, 8}, 9)), (QStringList{u"z:6"_s, u"z:7"_s}));
        QVERIFY(host.before(Den, {u"unknown"_s, 8}, 9).isEmpty());
        QCOMPARE(*host.rooms().first().position, (Position{u"a"_s, 2}));
    }

    void theOutboxKeepsItsOrder()
    {
        const auto store = open();
        HostStore host(*store, Place);
        for (const QString &id : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            host.addWaiting(unsent(id));
        host.addFailed(unsent(u"b"_s, u"full"_s));
        QCOMPARE(idsOf(host.waiting()), (QStringList{u"a"_s, u"c"_s, u"d"_s}));
        host.addWaiting(unsent(u"b"_s)); // again, behind the others
        host.removeSent(u"a"_s);
        host.remove(u"d"_s);
        QCOMPARE(idsOf(host.waiting()), (QStringList{u"c"_s, u"b"_s}));
        QVERIFY(host.failed().isEmpty());
    }

    void aRoomKeepsItsLastMessages()
    {
        StoreLimits limits;
        limits.messagesPerRoom = 100;
        limits.messageText = 10;
        const auto store = open(limits);
        HostStore host(*store, Place);
        for (int turn = 0; turn < 10; ++turn)
            host.keep(Den, saidFrom(turn * 60 + 1, turn * 60 + 60),
                      Position{u"e-1"_s, turn * 60 + 60});
        host.keep(Den, saidFrom(1, 3, u"e-2"_s), Position{u"e-2"_s, 3});
        const auto kept = host.last(Den, 10000);
        QVERIFY(kept.size() >= 100 && kept.size() <= 100 + 250 + 60);
        QCOMPARE(kept.last().epoch, u"e-2"_s);
        QCOMPARE(kept.last().text.size(), 6);
    }

    void aRoomThatWasLeftIsForgotten()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
        host.addWaiting(unsent(u"a"_s));
        host.forget(Den);
        QVERIFY(host.rooms().isEmpty() && host.waiting().isEmpty());
        QVERIFY(host.last(Den, 9).isEmpty());
    }

    void aHostWithANewIdIsTheSameOne()
    {
        const auto store = open();
        HostStore host(*store, Place);
        host.setHost(hostOf(u"h-1"_s), {});
        host.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
        host.setHost(hostOf(u"h-2"_s), {});
        QCOMPARE(host.last(Den, 9).size(), 3);
        QCOMPARE(host.host().host.id, u"h-2"_s);
    }

    void aHostAtANewAddressIsTheSameOne()
    {
        const auto store = open();
        HostStore before(*store, Place);
        before.setHost(hostOf(u"h-1"_s), {});
        before.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
        before.addWaiting(unsent(u"a"_s));
        HostStore after(*store, u"192.168.1.20:8765"_s);
        after.addWaiting(unsent(u"b"_s));
        QVERIFY(before.last(Den, 9).size() == 3 && after.last(Den, 9).isEmpty());
        after.setHost(hostOf(u"h-1"_s), {});
        QCOMPARE(after.last(Den, 9).size(), 3);
        QCOMPARE(idsOf(after.waiting()), (QStringList{u"a"_s, u"b"_s}));
    }

    void theHostsUsedLongestAgoMakePlace()
    {
        StoreLimits limits;
        limits.hosts = 2;
        const auto store = open(limits);
        for (int n = 0; n < 5; ++n) {
            HostStore host(*store, u"host-%1:1"_s.arg(n));
            host.setHost(hostOf(u"h-%1"_s.arg(n)), {});
            host.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
            if (n == 0)
                host.addWaiting(unsent(u"a"_s));
            const qint64 used = QDateTime::currentMSecsSinceEpoch();
            QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > used); // they are told apart by it
        }
        QCOMPARE(HostStore(*store, u"host-4:1"_s).last(Den, 9).size(), 3);
        QCOMPARE(HostStore(*store, u"host-1:1"_s).last(Den, 9).size(), 0);
        QCOMPARE(HostStore(*store, u"host-0:1"_s).last(Den, 9).size(), 3); // it has unsent ones
    }

    void whatCannotBeUsedIsSaidInWords_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        QTest::newRow("another file") << QByteArray(5000, 'x') << u"not a database"_s;
        QTest::newRow("a folder") << QByteArray() << u"cannot be written"_s;
    }

    void whatCannotBeUsedIsSaidInWords()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        if (content.isEmpty()) {
            QVERIFY(QDir().mkpath(file()));
        } else {
            QFile other(file());
            QVERIFY(other.open(QFile::WriteOnly) && other.write(content) == content.size());
        }
        const auto store = ClientStore::open(file());
        QVERIFY(!store);
        QVERIFY2(store.error().message.contains(words), qPrintable(store.error().message));
        QVERIFY(store.error().message.contains(file()));
    }

    void aFullDiskIsToldOnceAndLosesNoPosition()
    {
        const auto store = open();
        const QSignalSpy failed(store.get(), &ClientStore::failed);
        HostStore host(*store, Place);
        host.keep(Den, saidFrom(1, 3), Position{u"e-1"_s, 3});
        QCOMPARE(host.last(Den, 9).size(), 3);
        makeFull(*store);
        host.keep(Den, saidFrom(4, 400), Position{u"e-1"_s, 400});
        QCOMPARE(host.last(Den, 999).size(), 3);
        host.keep(Den, saidFrom(401, 402), Position{u"e-1"_s, 402});
        QCOMPARE(*host.rooms().first().position, (Position{u"e-1"_s, 3}));
        QCOMPARE(failed.size(), 1);
    }

private:
    static void makeFull(ClientStore &store)
    {
        auto &database = store.database();
        const auto pages = database.run(u"PRAGMA page_count"_s)->first().first().toInt();
        (void)database.run(u"PRAGMA max_page_count=%1"_s.arg(pages));
    }
};

PARLOUR_TEST(HostStoreTest)
#include "tst_host_store.moc"
