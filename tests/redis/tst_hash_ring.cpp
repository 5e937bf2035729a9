// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/vectors.h"
#include "redis/hash_ring.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::redis::hostIndex;

class HashRingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesAsChannelsRedisDoes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("hosts");
        QTest::addColumn<int>("index");
        const auto cases = parlour::tests::vectors(u"hash_ring"_s)["cases"_L1].toArray();
        QVERIFY(cases.size() > 10);
        for (const auto &value : cases) {
            const auto object = value.toObject();
            const QString name = object["name"_L1].toString();
            const auto indexes = object["index_by_hosts"_L1].toObject();
            for (auto it = indexes.begin(); it != indexes.end(); ++it)
                QTest::addRow("%s of %s", name.left(40).toUtf8().toPercentEncoding().constData(),
                              qPrintable(it.key()))
                    << name << it.key().toInt() << it->toInt();
        }
    }

    void choosesAsChannelsRedisDoes()
    {
        QFETCH(QString, name);
        QFETCH(int, hosts);
        QTEST(hostIndex(name.toUtf8(), hosts), "index");
    }
};

PARLOUR_TEST(HashRingTest)
#include "tst_hash_ring.moc"
