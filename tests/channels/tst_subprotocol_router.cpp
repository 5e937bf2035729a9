// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/refusal.h"
#include "channels/subprotocol_router.h"
#include "channels/testing/websocket_communicator.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

class SubprotocolRouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesWhatTheClientPrefers_data()
    {
        QTest::addColumn<QStringList>("offered");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("none") << QStringList() << QByteArray("plain");
        QTest::newRow("unknown") << QStringList{u"mqtt"_s} << QByteArray("plain");
        QTest::newRow("known") << QStringList{u"parlour.v1"_s} << QByteArray("one");
        QTest::newRow("unknown first")
            << QStringList{u"mqtt"_s, u"parlour.v2"_s} << QByteArray("two");
        QTest::newRow("the client's order")
            << QStringList{u"parlour.v2"_s, u"parlour.v1"_s} << QByteArray("two");
        QTest::newRow("other case") << QStringList{u"Parlour.V1"_s} << QByteArray("plain");
    }

    void choosesWhatTheClientPrefers()
    {
        QFETCH(QStringList, offered);
        const SubprotocolRouter router(
            {{"parlour.v1", refusal(403, "one")}, {"parlour.v2", refusal(403, "two")}},
            refusal(403, "plain"));
        WebsocketCommunicator socket(router, u"/"_s, {}, offered);
        QTEST(socket.connect().body, "chosen");
    }
};

PARLOUR_TEST(SubprotocolRouterTest)
#include "tst_subprotocol_router.moc"
