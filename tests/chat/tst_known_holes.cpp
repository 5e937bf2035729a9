// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/peer_holes.h"
#include "chat/text_rules.h"
#include "holes_store.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using namespace parlour::chat;
using namespace parlour::tests;

namespace {
const QString General = u"general"_s;
const QString East = u"east"_s;
} // namespace

/// The list of what other hosts owe.
class KnownHolesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aHostHasOneInARoom();
    void theOldestMakesWay();
};

void KnownHolesTest::aHostHasOneInARoom()
{
    HolesStore store;
    PeerHoles holes(store);
    const KeptHole first{East, General, newUuid(), 1, 1};
    const KeptHole west{u"west"_s, General, {}, 4, 4};
    holes.keep(first);
    holes.keep({East, General, newUuid(), 2, 2});
    holes.keep({East, u"attic"_s, newUuid(), 3, 3});
    holes.keep(west);
    QCOMPARE(store.holes.size(), 3);
    const PeerHoles next(store); // of the next start
    QCOMPARE(next.of(East, General), first);
    holes.close(East, General);
    QVERIFY(!holes.of(East, General));
    holes.forgetIf([](const KeptHole &hole) { return hole.room == u"attic"_s; });
    QCOMPARE(store.holes, QList<KeptHole>{west});
}

void KnownHolesTest::theOldestMakesWay()
{
    HolesStore store;
    PeerHoles holes(store, 2);
    holes.keep({u"host-1"_s, General, {}, 1, 10});
    holes.keep({u"host-2"_s, General, {}, 1, 5});
    holes.keep({u"host-3"_s, General, {}, 1, 20});
    QCOMPARE(store.holes.size(), 2);
    QVERIFY(!holes.of(u"host-2"_s, General));
}

PARLOUR_TEST(KnownHolesTest)
#include "tst_known_holes.moc"
