// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/transport_plan.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using parlour::client::HostAddress;
using parlour::client::TransportPlan;

/// With TLS or without, in which order.
class TransportPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triesInThisOrder_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isPinned");
        QTest::addColumn<QString>("order");
        QTest::newRow("a neighbour") << u"192.168.1.20"_s << false << u"TLS plain"_s;
        QTest::newRow("a neighbour's http link")
            << u"http://192.168.1.20/chat/"_s << false << u"TLS plain"_s;
        QTest::newRow("a neighbour that is known") << u"192.168.1.20"_s << true << u"TLS"_s;
        QTest::newRow("an https link") << u"https://studio.local"_s << false << u"TLS"_s;
        QTest::newRow("this computer") << u"127.0.0.1"_s << false << u"plain TLS"_s;
        QTest::newRow("this computer, known") << u"localhost"_s << true << u"TLS"_s;
        QTest::newRow("this computer's https link") << u"https://[::1]:8765"_s << false << u"TLS"_s;
    }

    void triesInThisOrder()
    {
        QFETCH(QString, typed);
        QFETCH(bool, isPinned);
        QFETCH(QString, order);
        const auto address = HostAddress::parse(typed);
        QVERIFY(address);
        TransportPlan plan(*address);
        for (int attempt = 0; attempt < 2; ++attempt) {
            plan.begin(isPinned);
            QStringList tried{plan.isTls() ? u"TLS"_s : u"plain"_s};
            while (plan.fallBack())
                tried.append(plan.isTls() ? u"TLS"_s : u"plain"_s);
            QCOMPARE(tried.join(u' '), order);
        }
    }
};

PARLOUR_TEST(TransportPlanTest)
#include "tst_transport_plan.moc"
