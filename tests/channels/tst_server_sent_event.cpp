// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/server_sent_event.h"
#include "support/runner.h"

#include <QObject>
#include <QTest>

using parlour::channels::serverSentEvent;

class ServerSentEventTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFieldsAndEndsWithAnEmptyLine_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("written");
        const QByteArray none;
        QTest::newRow("data") << QByteArray("hi") << none << none << QByteArray("data: hi\n\n");
        QTest::newRow("all") << QByteArray("hi") << QByteArray("note") << QByteArray("7")
                             << QByteArray("event: note\nid: 7\ndata: hi\n\n");
        QTest::newRow("lines of every kind")
            << QByteArray("a\nb\r\nc\rd") << none << none
            << QByteArray("data: a\ndata: b\ndata: c\ndata: d\n\n");
        QTest::newRow("empty") << none << none << none << QByteArray("data: \n\n");
        QTest::newRow("no field slips in")
            << QByteArray("hi") << QByteArray("a\ndata: forged") << QByteArray("1\r\n\0002", 5)
            << QByteArray("event: adata: forged\nid: 12\ndata: hi\n\n");
    }

    void writesFieldsAndEndsWithAnEmptyLine()
    {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, event);
        QFETCH(QByteArray, id);
        QTEST(serverSentEvent(data, event, id), "written");
    }
};

PARLOUR_TEST(ServerSentEventTest)
#include "tst_server_sent_event.moc"
