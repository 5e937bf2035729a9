// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/close_codes.h"
#include "room_member.h"
#include "storage/damaged_file.h"
#include "support/raw_client.h"
#include "support/runner.h"
#include "wiring/host_service.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour;
using namespace parlour::tests;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared
constexpr int Restarting = 4012;
const QString firstId = u"7d0f0c2e-3d8f-4a0e-8d3c-53f1f3b1a001"_s;
const QString secondId = u"7d0f0c2e-3d8f-4a0e-8d3c-53f1f3b1a002"_s;

/// It was told ahead, before the damage was met.
bool hasSecond(const RoomMember &member)
{
    return member.last(u"message"_s).value("id"_L1) == secondId;
}

} // namespace

Q_DECLARE_METATYPE(parlour::server::Engine)

/// A host whose file is damaged while it runs: it begins anew in place.
class HostRepairTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void goesOnWithAllThatCanBeRead_data();
    void goesOnWithAllThatCanBeRead();
    void tellsWhatIsLost();
    void keepsWhatItCouldNotWrite_data();
    void keepsWhatItCouldNotWrite();
    void endsRoomsThatItCouldNotRemove();
    void doesSoOnceInAWhile_data();
    void doesSoOnceInAWhile();
    void triesAgainWhereItCannot();
    void saysThatItCannot();
    void endsWhereItIsStoppedBetweenAttempts();
    void endsWhereItIsStoppedMeanwhile();
    void leavesItToTheNextStartWhereItIsToStop();

private:
    QString path() const { return m_folder->filePath(u"parlour.db"_s); }
    void start(server::Engine engine = server::Engine::Native);
    /// Somebody who has said something.
    std::unique_ptr<RoomMember> ann();
    /// Nobody who comes before it listens again tries a second time.
    void awaitReturn(const RoomMember &member) const;
    /// The first page of a table or index, under the host's hands.
    void damage(const QString &name) const;
    /// Meets damage; nothing can be saved of it as long as a folder is in the way of the new file.
    void damageForGood(RoomMember &member);
    QString inTheWay() const { return path() + u".salvaging"_s; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostService> m_host;
    HostConfig m_config;
    std::stop_source m_stop;
    quint16 m_port = 0;
    QStringList m_troubles;
    std::optional<storage::Damage> m_damage;
    std::optional<channels::Error> m_error;
    int m_stopped = 0;
};

void HostRepairTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_config = {};
    m_stop = std::stop_source();
    m_config.listen = {{u"127.0.0.1"_s, 0}};
    m_config.title = u"Test"_s;
    m_config.dataFolder = m_folder->path();
    m_troubles.clear();
    m_damage.reset();
    m_error.reset();
    m_stopped = 0;
}

void HostRepairTest::cleanup()
{
    m_host.reset();
}

void HostRepairTest::start(server::Engine engine)
{
    m_config.server.engine = engine;
    m_host = std::make_unique<HostService>(m_config);
    m_host->setStop(m_stop.get_token());
    connect(m_host.get(), &HostService::keepingFailed, this,
            [this](const QString &cause) { m_troubles.append(cause); });
    connect(m_host.get(), &HostService::damaged, this,
            [this](const storage::Damage &damage) { m_damage = damage; });
    connect(m_host.get(), &HostService::restartFailed, this,
            [this](const channels::Error &error) { m_error = error; });
    connect(m_host.get(), &HostService::stopped, this, [this] { ++m_stopped; });
    const auto bound = m_host->start();
    QVERIFY2(bound, bound ? "" : qPrintable(bound.error().message));
    m_port = bound->constFirst().port;
}

std::unique_ptr<RoomMember> HostRepairTest::ann()
{
    auto member = std::make_unique<RoomMember>(m_port, u"Ann"_s);
    [&] {
        QTRY_VERIFY_WITH_TIMEOUT(member->has(u"members"_s), Patience);
        member->say(firstId, u"one"_s);
        QTRY_VERIFY_WITH_TIMEOUT(member->has(u"message"_s), Patience);
        // It is told ahead of that.
        QTRY_COMPARE_WITH_TIMEOUT(rowsIn(path(), u"SELECT id FROM entries"_s).size(), 1, Patience);
    }();
    return member;
}

void HostRepairTest::awaitReturn(const RoomMember &member) const
{
    QTRY_COMPARE_WITH_TIMEOUT(member.closeCode(), Restarting, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_troubles.contains(QString()), Patience);
}

// What another program wrote is not what the host has in memory, so it reads it all again.
void HostRepairTest::damage(const QString &name) const
{
    sqlite::Connection other(path(), sqlite::Connection::Access::Write, 60s);
    QVERIFY(other.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    const DamagedFile file(path());
    const int page = file.rootOf(name);
    QVERIFY(page > 1);
    file.damage(page);
    QVERIFY(other.execute(u"UPDATE host SET value = value"_s));
}

void HostRepairTest::goesOnWithAllThatCanBeRead_data()
{
    QTest::addColumn<server::Engine>("engine");
    QTest::newRow("native engine") << server::Engine::Native;
    QTest::newRow("qt engine") << server::Engine::Qt;
}

void HostRepairTest::goesOnWithAllThatCanBeRead()
{
    QFETCH(server::Engine, engine);
    start(engine);
    const auto before = ann();
    damage(u"entries_by_id"_s);
    before->say(secondId, u"two"_s);
    awaitReturn(*before);
    QVERIFY2(!before->has(u"error"_s), "nobody has refused it: it is said again");

    RoomMember after(m_port, u"Ann"_s, before->token());
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"members"_s), Patience);
    QCOMPARE(after.id(), before->id());
    const QJsonArray history = after.last(u"history"_s).value("messages"_L1).toArray();
    QCOMPARE(history.size(), (hasSecond(*before) ? 2 : 1));
    QCOMPARE(history.at(0)["id"_L1].toString(), firstId);
    after.say(secondId, u"two"_s);
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"message"_s), Patience);
    const QJsonObject second = after.last(u"message"_s);
    QCOMPARE(second.value("number"_L1).toInt(), 2);
    QCOMPARE(second.value("epoch"_L1), before->last(u"message"_s).value("epoch"_L1));
    QVERIFY(!m_damage); // an index costs nothing
    QCOMPARE(m_troubles, QStringList{QString()});
    QCOMPARE(m_stopped, 0);
}

void HostRepairTest::tellsWhatIsLost()
{
    start();
    const auto before = ann();
    damage(u"entries"_s);
    before->say(secondId, u"two"_s);
    QTRY_COMPARE_WITH_TIMEOUT(before->closeCode(), Restarting, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_damage, Patience);
    QCOMPARE(m_damage->lost, 1);
    QCOMPARE(m_damage->roomsWithGaps, 1);
}

void HostRepairTest::keepsWhatItCouldNotWrite_data()
{
    QTest::addColumn<bool>("isToStop");
    QTest::newRow("while nobody stops it") << false;
    QTest::newRow("and is waited for by who stops it") << true;
}

// Ben's token is for the table that is damaged.
void HostRepairTest::keepsWhatItCouldNotWrite()
{
    QFETCH(bool, isToStop);
    start();
    const auto before = ann();
    damage(u"tokens"_s);
    if (isToStop)
        m_stop.request_stop();
    const RoomMember ben(m_port, u"Ben"_s);
    awaitReturn(ben);
    QVERIFY(!ben.token().isEmpty());
    const RoomMember again(m_port, u"Ben"_s, ben.token());
    QTRY_VERIFY_WITH_TIMEOUT(again.has(u"welcome"_s), Patience);
    QCOMPARE(again.id(), ben.id());
}

// Nobody is in it any more, and nothing was said there.
void HostRepairTest::endsRoomsThatItCouldNotRemove()
{
    const auto logs = [this] { return rowsIn(path(), u"SELECT room FROM logs ORDER BY room"_s); };
    const QList<QStringList> general{{u"general"_s}};
    start();
    const auto before = ann();
    auto ben = std::make_unique<RoomMember>(m_port, u"Ben"_s, QString(), u"attic"_s);
    QTRY_VERIFY_WITH_TIMEOUT(ben->has(u"members"_s), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(logs().size(), 2, Patience);
    damage(u"forgotten"_s);
    ben.reset();
    awaitReturn(*before);
    QCOMPARE(logs(), general);
}

void HostRepairTest::doesSoOnceInAWhile_data()
{
    QTest::addColumn<bool>("isSoon");
    QTest::newRow("not again within the hour") << true;
    QTest::newRow("again after that") << false;
}

void HostRepairTest::doesSoOnceInAWhile()
{
    QFETCH(bool, isSoon);
    if (!isSoon)
        m_config.repairInterval = 500ms;
    start();
    const auto before = ann();
    damage(u"entries_by_id"_s);
    before->say(secondId, u"two"_s);
    awaitReturn(*before);
    RoomMember after(m_port, u"Ann"_s, before->token());
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"members"_s), Patience);
    damage(u"entries_by_id"_s);
    after.say(secondId, u"two"_s);
    if (!isSoon) {
        QTRY_COMPARE_WITH_TIMEOUT(after.closeCode(), Restarting, Patience);
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"error"_s), Patience);
    QCOMPARE(after.last(u"error"_s).value("cause"_L1).toString(), u"corrupt"_s);
    QCOMPARE(m_troubles, (QStringList{QString(), u"corrupt"_s}));
    QVERIFY(after.isOpen());
    QVERIFY2(QFile::exists(path() + u".damaged"_s), "for the next start");
}

void HostRepairTest::damageForGood(RoomMember &member)
{
    QVERIFY(QDir().mkpath(inTheWay()));
    damage(u"entries_by_id"_s);
    member.say(secondId, u"two"_s);
}

void HostRepairTest::triesAgainWhereItCannot()
{
    m_config.repairPause = 1ms;
    start();
    const auto before = ann();
    connect(m_host.get(), &HostService::keepingFailed, this,
            [this](const QString &) { QDir().rmdir(inTheWay()); });
    damageForGood(*before);
    QTRY_COMPARE_WITH_TIMEOUT(m_troubles, (QStringList{u"corrupt"_s, QString()}), Patience);
    QVERIFY(!m_error);
    RoomMember after(m_port, u"Ann"_s, before->token());
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"members"_s), Patience);
    QCOMPARE(after.id(), before->id());
}

void HostRepairTest::saysThatItCannot()
{
    m_config.repairPause = 1ms;
    start();
    const auto before = ann();
    damageForGood(*before);
    QTRY_VERIFY_WITH_TIMEOUT(m_error, Patience);
    QCOMPARE(m_error->code, u"data"_s);
    QCOMPARE(m_stopped, 0);
}

void HostRepairTest::endsWhereItIsStoppedBetweenAttempts()
{
    m_config.repairPause = 1h;
    start();
    const auto before = ann();
    damageForGood(*before);
    QTRY_COMPARE_WITH_TIMEOUT(m_troubles, QStringList{u"corrupt"_s}, Patience);
    m_host->setLimits(m_config.server);
    m_host->stop(channels::close_code::GoingAway, {});
    QCOMPARE(m_stopped, 1);
    QVERIFY2(QFile::exists(path() + u".damaged"_s), "for the next start");
}

// Somebody who does not answer holds up its leaving.
void HostRepairTest::endsWhereItIsStoppedMeanwhile()
{
    m_config.server.closeTimeout = std::chrono::milliseconds(Patience);
    start();
    const auto before = ann();
    RawClient silent(m_port);
    QCOMPARE(silent.open("/ws/chat/general/").status, 101);
    silent.readNoMoreThan(1);
    damage(u"entries_by_id"_s);
    before->say(secondId, u"two"_s);
    QTRY_COMPARE_WITH_TIMEOUT(before->closeCode(), Restarting, Patience);
    m_host->stop(channels::close_code::GoingAway, {});
    QCOMPARE(m_stopped, 0);
    silent.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_stopped, 1, Patience);
    QVERIFY2(QFile::exists(path() + u".damaged"_s), "for the next start");
}

// Whoever quits the app does not wait for it.
void HostRepairTest::leavesItToTheNextStartWhereItIsToStop()
{
    start();
    int opened = 0;
    m_host->whenOpening([&](bool isOpening) { opened += isOpening ? 0 : 1; });
    const auto before = ann();
    m_stop.request_stop();
    damage(u"entries_by_id"_s);
    before->say(secondId, u"two"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened, 1, Patience);
    m_host->stop(channels::close_code::GoingAway, {});
    QCOMPARE(m_stopped, 1);
    QCOMPARE(m_troubles, QStringList());
    m_stop = std::stop_source();
    start();
    const RoomMember after(m_port, u"Ann"_s, before->token());
    QTRY_VERIFY_WITH_TIMEOUT(after.has(u"members"_s), Patience);
    QCOMPARE(after.last(u"history"_s).value("messages"_L1).toArray().size(),
             (hasSecond(*before) ? 2 : 1));
    QCOMPARE(QDir(m_folder->path()).entryList({u"*.corrupt-*"_s}).size(), 1);
}

PARLOUR_TEST(HostRepairTest)
#include "tst_host_repair.moc"
