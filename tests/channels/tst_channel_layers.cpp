// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/channel_layer_contract.h"
#include "channels/channel_layers.h"
#include "channels/in_memory_channel_layer.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;
using parlour::tests::Ear;

class ChannelLayersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLayerIsFoundByItsAlias()
    {
        ChannelLayers layers;
        QVERIFY(layers.add({}));
        QVERIFY(layers.add({.alias = u"jobs"_s, .options = {.capacity = 7}}));
        QCOMPARE(layers.aliases(), (QStringList{u"default"_s, u"jobs"_s}));
        QVERIFY(layers.layer());
        QVERIFY(layers.layer() != layers.layer(u"jobs"_s));
        QVERIFY(!layers.layer(u"elsewhere"_s));
        QCOMPARE(Ear(*layers.layer(u"jobs"_s)).channel->info().capacity, 7);
    }

    void layersKeepApart()
    {
        ChannelLayers layers;
        QVERIFY(layers.add({}));
        QVERIFY(layers.add({.alias = u"jobs"_s}));
        Ear ann(*layers.layer());
        Ear ben(*layers.layer(u"jobs"_s));
        QVERIFY(layers.layer()->groupAdd(u"g"_s, *ann.channel));
        QVERIFY(layers.layer(u"jobs"_s)->groupAdd(u"g"_s, *ben.channel));
        QVERIFY(layers.layer()->groupSend(u"g"_s, Message(u"x"_s, {{u"n"_s, 1}})));
        QVERIFY(layers.layer(u"jobs"_s)->groupSend(u"g"_s, Message(u"x"_s, {{u"n"_s, 2}})));
        layers.deliverPending();
        QCOMPARE(ann.heard, QList{1});
        QCOMPARE(ben.heard, QList{2});
    }

    void anotherBackendIsMadeFromItsSettings()
    {
        ChannelLayers layers;
        QVariantMap seen;
        layers.addBackend(u"radio"_s, [&](const ChannelLayerSettings &settings) {
            seen = settings.config;
            return Expected<std::unique_ptr<ChannelLayer>>(
                std::make_unique<InMemoryChannelLayer>(settings.options));
        });
        QVERIFY(layers.add({.backend = u"radio"_s, .config = {{u"wave"_s, 49}}}));
        QVERIFY(layers.layer());
        QCOMPARE(seen.value(u"wave"_s).toInt(), 49);
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QString>("alias");
        QTest::addColumn<QString>("backend");
        QTest::addColumn<QVariantMap>("config");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("offender");
        QTest::newRow("backend") << u"default"_s << u"redis"_s << QVariantMap()
                                 << u"unknown_backend"_s << u"\"redis\""_s;
        QTest::newRow("setting") << u"default"_s << u"memory"_s
                                 << QVariantMap{{u"hosts"_s, u"localhost"_s}}
                                 << u"unknown_setting"_s << u"\"hosts\""_s;
        QTest::newRow("alias twice")
            << u"taken"_s << u"memory"_s << QVariantMap() << u"alias_in_use"_s << u"\"taken\""_s;
    }

    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QString, alias);
        QFETCH(QString, backend);
        QFETCH(QVariantMap, config);
        QFETCH(QString, offender);
        ChannelLayers layers;
        QVERIFY(layers.add({.alias = u"taken"_s}));
        const auto added = layers.add({.alias = alias, .backend = backend, .config = config});
        QVERIFY(!added);
        QTEST(added.error().code, "code");
        QVERIFY2(added.error().message.contains(offender), qPrintable(added.error().message));
        QCOMPARE(layers.aliases(), QStringList{u"taken"_s});
    }
};

PARLOUR_TEST(ChannelLayersTest)
#include "tst_channel_layers.moc"
