// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/admission.h"
#include "support/runner.h"

#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

class AdmissionTest final : public QObject
{
    Q_OBJECT

    const QString m_here = u"10.0.0.1"_s;
    const QString m_there = u"10.0.0.2"_s;
    quint64 m_number = 0;

private Q_SLOTS:
    void refusesTooManyInAll()
    {
        ServerOptions options;
        options.maxConnections = 2;
        Admission admission(options);
        admission.entered(m_here, ++m_number);
        QVERIFY(!admission.refusal(m_there));
        admission.entered(m_there, ++m_number);
        QCOMPARE(admission.refusal(m_here).value_or(HttpRefusal{}).status, 503);
        admission.left(m_there, 2);
        QVERIFY(!admission.refusal(m_here));
    }

    void refusesTooManyFromOneAddress()
    {
        ServerOptions options;
        options.maxPerAddress = 2;
        Admission admission(options);
        admission.entered(m_here, ++m_number);
        admission.entered(m_here, ++m_number);
        QCOMPARE(admission.refusal(m_here).value_or(HttpRefusal{}).status, 429);
        QVERIFY(!admission.refusal(m_there));
        admission.left(m_here, 1);
        QVERIFY(!admission.refusal(m_here));
    }

    void zeroIsNoLimit()
    {
        ServerOptions options;
        options.maxConnections = 0;
        options.maxPerAddress = 0;
        Admission admission(options);
        for (int i = 0; i < 30000; ++i)
            admission.entered(m_here, ++m_number);
        QVERIFY(!admission.refusal(m_here));
        QCOMPARE(admission.connections(), 30000);
    }

    void cutsTheOldestSlowHeadOfAnAddress()
    {
        ServerOptions options;
        options.maxUnfinishedHeadsPerAddress = 2;
        Admission admission(options);
        for (int i = 0; i < 4; ++i)
            admission.entered(m_here, ++m_number);
        admission.entered(m_there, ++m_number);
        QVERIFY(!admission.headIsSlow(m_here, 1));
        QVERIFY(!admission.headIsSlow(m_here, 2));
        QVERIFY(!admission.headIsSlow(m_there, 3));
        QCOMPARE(admission.headIsSlow(m_here, 4), quint64(1));
        admission.headIsDone(m_here, 2);
        QVERIFY(!admission.headIsSlow(m_here, 5));
        admission.left(m_here, 4);
        QVERIFY(!admission.headIsSlow(m_here, 6));
        QCOMPARE(admission.headIsSlow(m_here, 7), quint64(5));
    }

    void aProxysConnectionsCountForItsClients()
    {
        ServerOptions options;
        options.maxPerAddress = 1;
        options.maxUnfinishedHeadsPerAddress = 1;
        options.trustedProxies = {AddressRange::parse(m_here).value()};
        Admission admission(options);
        for (const quint64 connection : {1U, 2U, 3U}) {
            QVERIFY(!admission.refusal(m_here));
            admission.entered(m_here, connection);
            QVERIFY(!admission.headIsSlow(m_here, connection));
        }
        QVERIFY(admission.carries(1, m_there));
        QCOMPARE(admission.refusal(m_there).value_or(HttpRefusal{}).status, 429);
        QVERIFY(admission.carries(1, m_there)); // the same client again
        QVERIFY(!admission.carries(2, m_there));
        QVERIFY(admission.carries(3, u"10.0.0.3"_s));
        QVERIFY(admission.carries(1, {})); // answered
        QVERIFY(admission.carries(2, m_there));
        admission.left(m_here, 2);
        QVERIFY(!admission.refusal(m_there));
        QCOMPARE(admission.connections(), 2);
        admission.entered(m_there, 4);
        QVERIFY(admission.carries(4, u"10.0.0.9"_s)); // no proxy: nothing happens
        QCOMPARE(admission.refusal(m_there).value_or(HttpRefusal{}).status, 429);
    }

    void aProxyThatNamesNoClientIsNotLimited()
    {
        ServerOptions options;
        options.maxPerAddress = 1;
        options.trustedProxies = {AddressRange::parse(m_here).value()};
        Admission admission(options);
        for (const quint64 connection : {1U, 2U, 3U}) {
            admission.entered(m_here, connection);
            QVERIFY(admission.carries(connection, m_here));
        }
        QVERIFY(!admission.refusal(m_here));
    }

    void whoWasGoneBeforeItsAddressWasAskedIsCountedOut()
    {
        ServerOptions options;
        options.trustedProxies = {AddressRange::parse(m_here).value()};
        Admission admission(options);
        admission.entered({}, 1);
        admission.entered(m_here, 2);
        QVERIFY(admission.carries(2, m_there));
        QVERIFY(admission.carries(2, {}));
        QVERIFY(admission.carries(2, {}));
        admission.left(m_here, 2);
        admission.left({}, 1);
        QCOMPARE(admission.connections(), 0);
    }

    void strangersAreForgottenWithoutHarm()
    {
        const ServerOptions options;
        Admission admission(options);
        admission.left(m_here, 1);
        admission.headIsDone(m_here, 1);
        QVERIFY(!admission.headIsSlow(m_here, 1));
        QCOMPARE(admission.connections(), 0);
    }
};

PARLOUR_TEST(AdmissionTest)

#include "tst_admission.moc"
