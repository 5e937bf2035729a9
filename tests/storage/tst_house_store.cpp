// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/house.h"
#include "chat/text_rules.h"
#include "host_file.h"
#include "storage/damage_mark.h"
#include "storage/sqlite_house_store.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

/// A host between one start and the next, without a server.
struct Life {
    explicit Life(HostFile &file, const ChatOptions &options = {}, const StoreOptions &storing = {})
        : store(file.open(storing))
        , log(*store, layer)
        , houseStore(*store)
        , house(options, log, houseStore)
    {
    }
    /// Waits until all is in the file; what then happens is the host's sudden death.
    void write()
    {
        bool isWritten = false;
        log.close(&house, [&] { houseStore.close(&house, [&] { isWritten = true; }); });
        (void)QTest::qWaitFor([&] { return isWritten; }, Patience);
    }

    Rooms &rooms() { return house.rooms(); }

    channels::InMemoryChannelLayer layer;
    std::unique_ptr<Store> store;
    SqliteRoomLog log;
    SqliteHouseStore houseStore;
    House house;
};

HelloFrame hello(const QString &name, const QString &token = {})
{
    return {name, token, u"browser"_s, {}};
}

} // namespace

/// What a host remembers of itself over its restarts.
class HouseStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_file = std::make_unique<HostFile>(); }

    void aHostIsTheSameAgain();
    void itIsKnownSinceWhenAHostShares();
    void roomsAreThereAgain();
    void aRoomNobodyComesBackToEnds();
    void forgottenRoomsStayForgotten();
    void anUnlistedRoomStaysUnlisted();
    void aLogWithoutItsRoomGetsOne();
    void aTokenBringsThePersonBack();
    void theLeastRecentlyUsedTokensAreForgotten();
    void whatWasReadIsKnownAgain();
    void whatIsMissingOfOthersIsKnownAgain();
    void whatCouldNotBeWrittenIsWrittenLater();
    void whatWasReadOfALogThatGoesOnIsTakenAlong();
    void aRoomThatCouldNotBeRemovedIsRemovedLater_data();
    void aRoomThatCouldNotBeRemovedIsRemovedLater();

private:
    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
};

void HouseStoreTest::aHostIsTheSameAgain()
{
    const QString id = Life(*m_file).house.info().id;
    QCOMPARE(id.size(), 16);
    QCOMPARE(Life(*m_file).house.info().id, id);
    HostFile other;
    QVERIFY(Life(other).house.info().id != id);
}

void HouseStoreTest::itIsKnownSinceWhenAHostShares()
{
    const auto sharesSince = [this](std::optional<bool> isShared) {
        StoreOptions options;
        options.isShared = isShared;
        const auto store = m_file->open(options);
        return SqliteHouseStore(*store).memory().sharesSince;
    };
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const auto isOver = [](qint64 time) {
        return QTest::qWaitFor([&] { return QDateTime::currentMSecsSinceEpoch() > time; },
                               Patience);
    };
    QCOMPARE(sharesSince(false), 0);
    const qint64 first = sharesSince(true);
    QVERIFY(first >= before);
    QVERIFY(isOver(first));
    QCOMPARE(sharesSince(true), first);
    QCOMPARE(sharesSince({}), first); // a room is imported, say
    QCOMPARE(sharesSince(true), first);
    QVERIFY(OtherProgram(m_file->path()) // a clock that was ahead
                .execute(u"UPDATE host SET value = value + 1000000 WHERE name = 'shares_since'"_s));
    QCOMPARE(sharesSince(true), first + 1000000);
    QCOMPARE(sharesSince(false), 0);
    QVERIFY(sharesSince(true) > first);
}

void HouseStoreTest::roomsAreThereAgain()
{
    QList<RoomState> before;
    {
        Life life(*m_file);
        const auto ann = life.house.people().arrive(hello(u"Ann"_s), false);
        QVERIFY(life.rooms().create(u"attic"_s, u"Old things"_s, u"p-1"_s));
        const auto cellar = life.rooms().create(u"cellar"_s, {}, u"p-2"_s);
        (*cellar)->enter(ann->stay->presence());
        life.rooms().setTopic(*life.rooms().find(u"general"_s), u"All"_s, u"Ann"_s);
        post(life.log, utterance(u"1"_s, u"x"_s, u"attic"_s));
        before = life.rooms().listed();
        QCOMPARE(before.size(), 3);
        before[2].people = 0; // she is gone
        life.write();
    }
    Life life(*m_file);
    QCOMPARE(life.rooms().listed(), before);
    QCOMPARE(life.rooms().find(u"attic"_s)->creator(), u"p-1"_s);
    const auto again = life.rooms().create(u"attic"_s, {}, u"p-3"_s);
    QCOMPARE(again.error().code, u"room_exists"_s);
}

void HouseStoreTest::aRoomNobodyComesBackToEnds()
{
    {
        Life life(*m_file);
        const auto ann = life.house.people().arrive(hello(u"Ann"_s), false);
        for (const QString &title : {u"attic"_s, u"cellar"_s})
            (*life.rooms().create(title, {}, u"p-1"_s))->enter(ann->stay->presence());
        life.write();
    }
    ChatOptions options;
    options.comeback = 1ms;
    Life life(*m_file, options);
    const auto arrival = life.house.people().arrive(hello(u"Ann"_s), false);
    life.rooms().find(u"attic"_s)->enter(arrival->stay->presence());
    QTRY_VERIFY_WITH_TIMEOUT(!life.rooms().find(u"cellar"_s), Patience);
    QVERIFY(life.rooms().find(u"attic"_s));
    QVERIFY(life.rooms().find(u"general"_s));
    life.rooms().find(u"attic"_s)->leave(arrival->stay->presence());
}

void HouseStoreTest::forgottenRoomsStayForgotten()
{
    {
        Life life(*m_file);
        QVERIFY(life.rooms().open(u"attic"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!life.rooms().find(u"attic"_s), Patience);
        life.write();
    }
    Life life(*m_file);
    QVERIFY(!life.rooms().find(u"attic"_s));
    QCOMPARE(life.rooms().count(), 1);
}

void HouseStoreTest::anUnlistedRoomStaysUnlisted()
{
    {
        Life life(*m_file);
        QVERIFY(life.rooms().open(u"attic"_s));
        life.rooms().setTopic(**life.rooms().open(u"attic"_s), u"Old things"_s, u"Ann"_s);
        post(life.log, utterance(u"1"_s, u"x"_s, u"attic"_s));
        life.write();
    }
    Life life(*m_file);
    QCOMPARE(life.rooms().listed().size(), 1);
    QVERIFY(life.rooms().find(u"attic"_s));
    QCOMPARE(life.rooms().find(u"attic"_s)->topic(), u"Old things"_s);
    QCOMPARE(life.rooms().state(*life.rooms().find(u"attic"_s)).number, 1);
}

void HouseStoreTest::aLogWithoutItsRoomGetsOne()
{
    {
        Life life(*m_file);
        post(life.log, utterance(u"1"_s, u"x"_s, u"attic"_s));
        (void)life.log.position(u"empty"_s);
        life.write();
    }
    Life life(*m_file);
    QVERIFY(life.rooms().find(u"attic"_s));
    QVERIFY(!life.rooms().find(u"empty"_s));
}

void HouseStoreTest::aTokenBringsThePersonBack()
{
    QString token;
    QString id;
    {
        Life life(*m_file);
        const auto arrival = life.house.people().arrive(hello(u"Ann"_s), false);
        token = arrival->token;
        id = arrival->stay->person().id;
        life.write();
    }
    {
        OtherProgram other(m_file->path());
        const auto kept = other.value(u"SELECT hash FROM tokens"_s).toByteArray();
        QCOMPARE(kept.size(), 32);
        QVERIFY(kept != QByteArray::fromBase64(token.toLatin1(), QByteArray::Base64UrlEncoding));
    }
    Life life(*m_file);
    const auto again = life.house.people().arrive(hello(u"Ann"_s, token), false);
    QCOMPARE(again->stay->person().id, id);
    QCOMPARE(again->token, token);
    const auto stranger = life.house.people().arrive(hello(u"Ben"_s, u"forged"_s), false);
    QVERIFY(stranger->stay->person().id != id);
}

void HouseStoreTest::theLeastRecentlyUsedTokensAreForgotten()
{
    ChatOptions options;
    options.maxPeople = 2;
    QStringList tokens;
    const auto come = [](Life &life, const QString &token) {
        return life.house.people().arrive(hello(u"Ann"_s, token), false)->token;
    };
    {
        Life life(*m_file, options);
        for (int n = 0; n < 3; ++n)
            tokens.append(come(life, {}));
        life.write();
    }
    Life life(*m_file, options);
    QCOMPARE(come(life, tokens.at(2)), tokens.at(2));
    QCOMPARE(come(life, tokens.at(1)), tokens.at(1));
    QVERIFY(come(life, tokens.at(0)) != tokens.at(0));
    OtherProgram other(m_file->path());
    QTRY_COMPARE_WITH_TIMEOUT(other.value(u"SELECT count(*) FROM tokens"_s).toInt(), 2, Patience);
}

void HouseStoreTest::whatWasReadIsKnownAgain()
{
    {
        Life first(*m_file);
        first.house.reads().advance(u"p-1"_s, u"general"_s, {u"e-77"_s, 12});
        first.house.reads().advance(u"p-1"_s, u"attic"_s, {u"e-78"_s, 3});
        first.write();
        first.house.reads().advance(u"p-1"_s, u"general"_s, {u"e-77"_s, 13});
        first.write();
    }
    ChatOptions options;
    options.maxReadPositions = 2;
    {
        Life second(*m_file, options);
        QCOMPARE(second.house.reads().of(u"p-1"_s, u"general"_s), (Position{u"e-77"_s, 13}));
        QCOMPARE(second.house.reads().all(u"p-1"_s).size(), 2);
        second.house.reads().advance(u"p-2"_s, u"general"_s, {u"e-77"_s, 1}); // and p-1 goes
        second.write();
    }
    Life third(*m_file, options);
    QVERIFY(third.house.reads().all(u"p-1"_s).isEmpty());
    QCOMPARE(third.house.reads().of(u"p-2"_s, u"general"_s), (Position{u"e-77"_s, 1}));
}

// As long as the host goes on sharing its rooms.
void HouseStoreTest::whatIsMissingOfOthersIsKnownAgain()
{
    const auto start = [this](bool isShared) {
        StoreOptions options;
        options.isShared = isShared;
        return std::make_unique<Life>(*m_file, ChatOptions(), options);
    };
    const KeptHole hole{u"0123456789abcdef"_s, u"general"_s, {}, 1000, 2000};
    const KeptHole other{u"fedcba9876543210"_s, u"general"_s, newUuid(), 2000, 3000};
    auto life = start(true);
    life->house.holes().keep(hole);
    life->house.holes().keep(other);
    life->write();
    life = nullptr;
    life = start(true);
    QCOMPARE(life->house.holes().of(hole.host, hole.room), hole);
    QCOMPARE(life->house.holes().of(other.host, other.room), other);
    life->house.holes().close(other.host, other.room);
    life->write();
    life = nullptr;
    life = start(true);
    QCOMPARE(life->store->memory().holes, QList<KeptHole>{hole});
    life = nullptr;
    life = start(false);
    QVERIFY(life->store->memory().holes.isEmpty());
    life->house.holes().keep(hole); // without a history, say
    life->write();
    life = nullptr;
    QVERIFY(start(true)->store->memory().holes.isEmpty());
}

void HouseStoreTest::whatCouldNotBeWrittenIsWrittenLater()
{
    StoreOptions impatient;
    impatient.patience = 1ms;
    const auto store = m_file->open(impatient);
    SqliteHouseStore houseStore(*store, 10ms);
    OtherProgram other(m_file->path());
    QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
    QTest::ignoreMessage(
        QtWarningMsg,
        QRegularExpression(u"rooms, tokens, what was read and what others owe are kept later"_s));
    houseStore.keepRoom({u"attic"_s, {}, {}, true});
    bool closed = false;
    houseStore.close(this, [&] { closed = true; }); // a host that stops waits no longer
    QTRY_VERIFY_WITH_TIMEOUT(closed, Patience);
    QVERIFY(other.execute(u"ROLLBACK"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other.value(u"SELECT title FROM rooms"_s).toString(), u"attic"_s,
                              Patience);
}

void HouseStoreTest::whatWasReadOfALogThatGoesOnIsTakenAlong()
{
    QString epoch;
    StoreOptions options;
    {
        const auto store = m_file->open();
        SqliteRoomLog log(*store, m_layer);
        epoch = post(log, utterance(u"1"_s, u"x"_s)).epoch;
        SqliteHouseStore house(*store);
        house.keepRead({u"p-1"_s, u"general"_s, {epoch, 1}});
        house.keepRead({u"p-2"_s, u"general"_s, {u"e-before"_s, 7}});
        options.unwritten.house = house.takeUnwritten();
    }
    const auto reads = m_file->open(options)->memory().reads;
    QCOMPARE(reads.size(), 1);
    QCOMPARE(reads.constFirst().personId, u"p-1"_s);
    QCOMPARE(reads.constFirst().position, (Position{epoch, 1}));
}

void HouseStoreTest::aRoomThatCouldNotBeRemovedIsRemovedLater_data()
{
    QTest::addColumn<bool>("isThereAgain");
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("a room") << false << false;
    QTest::newRow("a room that is there again") << true << false;
    QTest::newRow("a room of a damaged file") << false << true;
    QTest::newRow("a room of a damaged file that is there again") << true << true;
}

void HouseStoreTest::aRoomThatCouldNotBeRemovedIsRemovedLater()
{
    QFETCH(bool, isThereAgain);
    QFETCH(bool, isDamaged);
    StoreOptions options;
    QString epoch;
    {
        Life life(*m_file);
        QVERIFY(life.rooms().create(u"attic"_s, {}, u"p-1"_s));
        epoch = post(life.log, utterance(u"1"_s, u"old"_s, u"attic"_s)).epoch;
        post(life.log, utterance(u"2"_s, u"kept"_s));
        life.house.reads().advance(u"p-1"_s, u"attic"_s, {epoch, 1});
        life.write();
        life.log.forget(u"attic"_s);
        life.houseStore.forgetRoom(u"attic"_s);
        if (isThereAgain) {
            QVERIFY(life.log.position(u"attic"_s).epoch != epoch);
            life.houseStore.keepRoom({u"attic"_s, u"New things"_s, {}, true});
        }
        options.unwritten = {life.houseStore.takeUnwritten(), life.log.takeUnwritten()};
    }
    if (isDamaged) {
        markDamaged(m_file->path());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: all "_s));
    }
    const auto store = m_file->open(options);
    QVERIFY2(store, qPrintable(m_file->error.message));
    QVERIFY(!store->heads().contains(u"attic"_s));
    QCOMPARE(store->memory().rooms.size(), isThereAgain ? 2 : 1);
    SqliteRoomLog log(*store, m_layer); // which prunes
    QVERIFY(!log.hasHistory(u"attic"_s));
    OtherProgram other(m_file->path());
    QTRY_COMPARE_WITH_TIMEOUT(other.value(u"SELECT group_concat(text) FROM entries"_s).toString(),
                              u"kept"_s, Patience);
}

PARLOUR_TEST(HouseStoreTest)
#include "tst_house_store.moc"
