// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_options.h"
#include "channels/vectors.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::channels;

class ChannelLayerOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDefaultsAreThoseOfChannels()
    {
        const ChannelLayerOptions options;
        QCOMPARE(options.capacityOf(u"anything"_s), 100);
        QVERIFY(options.expiry == 60s);
        QVERIFY(options.groupExpiry == 86400s);
    }

    void capacitiesFollowPatternsAsInChannels_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<int>("capacity");
        for (const auto &value : parlour::tests::vectors(u"capacity"_s)["cases"_L1].toArray()) {
            const QString channel = value["channel"_L1].toString();
            QTest::addRow("%s", qPrintable(channel)) << channel << value["capacity"_L1].toInt();
        }
    }

    void capacitiesFollowPatternsAsInChannels()
    {
        QFETCH(QString, channel);
        const auto vectors = parlour::tests::vectors(u"capacity"_s);
        ChannelLayerOptions options;
        options.capacity = vectors["default"_L1].toInt();
        for (const auto &entry : vectors["channel_capacity_in_order"_L1].toArray()) {
            const QString text = entry[1].toString();
            const ChannelPattern pattern = entry[0] == "glob"_L1
                ? ChannelPattern(text)
                : ChannelPattern(QRegularExpression(text));
            options.channelCapacity.append({pattern, entry[2].toInt()});
        }
        QTEST(options.capacityOf(channel), "capacity");
    }

    void aGlobTakesTheWholeNameAndCaseCounts()
    {
        QVERIFY(ChannelPattern(u"a[!b]c"_s).matches(u"axc"_s));
        QVERIFY(!ChannelPattern(u"a[!b]c"_s).matches(u"abc"_s));
        QVERIFY(!ChannelPattern(u"spec"_s).matches(u"specific"_s));
        QVERIFY(!ChannelPattern(u"Spec*"_s).matches(u"specific"_s));
    }

    void anExpressionTakesABeginning()
    {
        QVERIFY(ChannelPattern(QRegularExpression(u"spec"_s)).matches(u"specific"_s));
        QVERIFY(!ChannelPattern(QRegularExpression(u"cific"_s)).matches(u"specific"_s));
    }
};

PARLOUR_TEST(ChannelLayerOptionsTest)
#include "tst_channel_layer_options.moc"
