// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "damaged_file.h"
#include "host_file.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::storage;
using namespace parlour::tests;

namespace {
constexpr int Said = 300; ///< on several pages
const QStringList Hosts{u"aaaaaaaaaaaaaaaa"_s, u"bbbbbbbbbbbbbbbb"_s, QString()}; // in turn
} // namespace

/// What is lost of other hosts with a page of the file can be had of them again.
class SalvagedHolesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void othersAreAskedBehindWhatIsBeforeAGap();
    void anEarlierHoleStays_data();
    void anEarlierHoleStays();

private:
    StoreOptions shared() const
    {
        StoreOptions options;
        options.isShared = true;
        return options;
    }
    /// The page with that message is lost; the holes that are known then.
    QHash<QString, KeptHole> damage(int number);

    std::unique_ptr<HostFile> m_file;
    channels::InMemoryChannelLayer m_layer;
    QList<Utterance> m_said;
};

void SalvagedHolesTest::init()
{
    m_file = std::make_unique<HostFile>();
    m_said.clear();
    const auto store = m_file->open(shared());
    QVERIFY2(store, qPrintable(m_file->error.message));
    SqliteRoomLog log(*store, m_layer);
    for (int n = 0; n < Said; ++n) {
        Utterance said = utterance(newUuid(), u"text %1"_s.arg(n) + QString(100, u'.'));
        said.origin = Hosts.at(n % Hosts.size());
        said.time = 1'790'000'000'000 + n;
        m_said.append(said);
        log.post(said, this, [](const auto &) {});
    }
    (void)post(log, utterance(newUuid(), u"the last"_s));
}

QHash<QString, KeptHole> SalvagedHolesTest::damage(int number)
{
    const DamagedFile file(m_file->path());
    file.damage(file.find(DamagedFile::TableLeaf, m_said.at(number - 1).id));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parlour.db was damaged: "_s));
    const auto store = m_file->open(shared());
    QHash<QString, KeptHole> holes;
    if (!store || !store->damage() || store->damage()->isNothingLost())
        return holes;
    const auto known = store->memory().holes;
    for (const KeptHole &hole : known)
        holes.insert(hole.host, hole);
    return holes;
}

void SalvagedHolesTest::othersAreAskedBehindWhatIsBeforeAGap()
{
    const auto holes = damage(Said / 2);
    const auto left = rowsIn(m_file->path(), u"SELECT id FROM entries"_s);
    const auto isLeft = [&](int index) { return left.contains({m_said.at(index).id}); };
    int lost = 0; // the first one
    while (isLeft(lost))
        ++lost;
    QVERIFY(lost > int(Hosts.size()) && !isLeft(Said / 2 - 1) && isLeft(Said - 1));
    QCOMPARE(holes.size(), 2);
    for (int n = lost - 3; n < lost; ++n) {
        const Utterance &last = m_said.at(n);
        if (last.origin.isEmpty())
            continue;
        const KeptHole hole = holes.value(last.origin);
        QCOMPARE(hole.room, u"general"_s);
        QCOMPARE(hole.after, last.id);
        QCOMPARE(hole.time, last.time);
        QVERIFY(hole.since > last.time);
    }
}

void SalvagedHolesTest::anEarlierHoleStays_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<bool>("stays");
    QTest::newRow("of before the gap") << qint64(1'790'000'000'001) << true;
    QTest::newRow("of behind it") << qint64(1'790'000'000'290) << false;
}

void SalvagedHolesTest::anEarlierHoleStays()
{
    QFETCH(qint64, time);
    QFETCH(bool, stays);
    const QString after = newUuid();
    QVERIFY(OtherProgram(m_file->path())
                .execute(u"INSERT INTO holes VALUES ('%1', 'general', '%2', %3, %3)"_s.arg(
                    Hosts.constFirst(), after, QString::number(time))));
    const auto holes = damage(Said / 2);
    QCOMPARE(holes.value(Hosts.constFirst()).after == after, stays);
}

PARLOUR_TEST(SalvagedHolesTest)
#include "tst_salvaged_holes.moc"
