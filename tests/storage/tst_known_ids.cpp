// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/text_rules.h"
#include "host_file.h"
#include "storage/known_ids.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour;
using namespace parlour::storage;
using namespace parlour::tests;

/// Which ids are certainly new.
class KnownIdsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void nothingIsNewUntilTheFileWasRead();
    void whatTheFileHasIsKnown();
    void whatIsNotedIsKnown();
    void caseMakesNoOtherId();
    void whatCameIntoTheFileIsLearned();
    void fewNewOnesAreTakenForKnown();
    void moreThanItIsForIsCrowded();

private:
    static constexpr int Said = 5000; ///< more than are read at once
    QString fill(); ///< the epoch

    std::unique_ptr<HostFile> m_file;
    std::unique_ptr<Store> m_store;
    channels::InMemoryChannelLayer m_layer;
};

namespace {

constexpr int Patience = 60000; ///< ms; machines are shared

bool isComplete(const KnownIds &ids)
{
    return QTest::qWaitFor([&] { return ids.isComplete(); }, Patience);
}

QString idOf(int n)
{
    return u"id-%1"_s.arg(n);
}

} // namespace

void KnownIdsTest::init()
{
    m_store.reset();
    m_file = std::make_unique<HostFile>();
    m_store = m_file->open();
}

QString KnownIdsTest::fill()
{
    SqliteRoomLog log(*m_store, m_layer);
    for (int n = 1; n < Said; ++n)
        log.post(utterance(idOf(n), u"x"_s), this, [](const auto &) {});
    return post(log, utterance(idOf(Said), u"x"_s)).epoch;
}

void KnownIdsTest::nothingIsNewUntilTheFileWasRead()
{
    KnownIds ids(*m_store, 1ms, 1s);
    QVERIFY(!ids.note(u"e-1"_s, u"a"_s));
    QVERIFY(isComplete(ids));
    QVERIFY(!ids.note(u"e-1"_s, u"a"_s));
    QVERIFY(ids.note(u"e-1"_s, u"b"_s));
}

void KnownIdsTest::whatTheFileHasIsKnown()
{
    const QString epoch = fill();
    KnownIds ids(*m_store, 1ms, 1s);
    QVERIFY(isComplete(ids));
    for (int n = 1; n <= Said; ++n)
        QVERIFY(!ids.note(epoch, idOf(n)));
    QVERIFY(ids.note(epoch, idOf(Said + 1)));
    QVERIFY(ids.note(u"e-other"_s, idOf(1)));
}

void KnownIdsTest::whatIsNotedIsKnown()
{
    KnownIds ids(*m_store, 1ms, 1s);
    QVERIFY(isComplete(ids));
    QVERIFY(ids.note(u"e-1"_s, u"a"_s));
    QVERIFY(!ids.note(u"e-1"_s, u"a"_s));
    QVERIFY(ids.note(u"e-2"_s, u"a"_s));
}

void KnownIdsTest::caseMakesNoOtherId()
{
    KnownIds ids(*m_store, 1ms, 1s);
    QVERIFY(isComplete(ids));
    QVERIFY(ids.note(u"e-1"_s, u"0f9c"_s));
    QVERIFY(!ids.note(u"e-1"_s, u"0F9C"_s));
}

void KnownIdsTest::whatCameIntoTheFileIsLearned()
{
    KnownIds ids(*m_store, 1ms, 1s);
    QVERIFY(isComplete(ids));
    const QString epoch = fill();
    ids.learn();
    QVERIFY(!ids.isComplete());
    ids.learn(); // while it does
    QVERIFY(isComplete(ids));
    QVERIFY(!ids.note(epoch, idOf(1)));
    QVERIFY(!ids.note(epoch, idOf(Said)));
}

void KnownIdsTest::fewNewOnesAreTakenForKnown()
{
    SeenIds ids;
    constexpr int Count = 100'000;
    for (int n = 0; n < Count; ++n)
        ids.add(SeenIds::hash(u"e-1"_s, chat::newUuid()));
    int taken = 0;
    for (int n = 0; n < Count; ++n)
        taken += ids.mayHave(SeenIds::hash(u"e-1"_s, chat::newUuid())) ? 1 : 0;
    QVERIFY2(taken < Count / 1000, qPrintable(QString::number(taken)));
}

void KnownIdsTest::moreThanItIsForIsCrowded()
{
    SeenIds ids;
    size_t hash = 0;
    while (!ids.isCrowded())
        ids.add(hash += 0x9e3779b97f4a7c15);
    QVERIFY(ids.count() > 1'000'000);
    ids.clear();
    QCOMPARE(ids.count(), 0);
    QVERIFY(!ids.mayHave(hash));
}

PARLOUR_TEST(KnownIdsTest)
#include "tst_known_ids.moc"
