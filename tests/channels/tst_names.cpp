// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/names.h"
#include "channels/vectors.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::channels;

namespace {

const parlour::tests::Differences &differences()
{
    static const char *const digits =
        "Python's \\d takes digits of every script; Redis keys stay ASCII";
    static const char *const letters = "Python's \\w takes letters of every script after the '!'";
    static const char *const lineFeed = "Python's $ matches before a final line feed";
    static const parlour::tests::Differences all{
        {u"٣"_s, digits},        {u"chat_٣"_s, digits},    {u"０"_s, digits},
        {u"a!٣"_s, digits},      {u"a!привет"_s, letters}, {u"a!é"_s, letters},
        {u"chat\n"_s, lineFeed}, {u"a!b\n"_s, lineFeed},
    };
    return all;
}

/// Where shared channels alone differ.
const parlour::tests::Differences &sharedDifferences()
{
    static const parlour::tests::Differences all{
        {u"a!"_s, "what ends with '!' is the process's own channel, which its layer alone reads"},
    };
    return all;
}

} // namespace

class NamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesAsChannelsDoes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("channel");
        QTest::addColumn<bool>("shared");
        QTest::addColumn<bool>("group");
        int row = 0;
        for (const auto &value : parlour::tests::vectors(u"names"_s)["cases"_L1].toArray()) {
            const auto object = value.toObject();
            const QString name = object["name"_L1].toString();
            QTest::addRow("%d %s", row++, name.left(40).toUtf8().toPercentEncoding().constData())
                << name << object["channel_for_send"_L1].toBool()
                << object["channel_for_receive_single"_L1].toBool() << object["group"_L1].toBool();
        }
        QCOMPARE(row, 41);
    }

    void judgesAsChannelsDoes()
    {
        QFETCH(QString, name);
        QFETCH(bool, channel);
        QFETCH(bool, shared);
        QFETCH(bool, group);
        const bool isShared = checkSharedChannelName(name).hasValue();
        if (const char *why = differences().value(name)) {
            QVERIFY2(!isChannelName(name) && !isShared && !isGroupName(name), why);
            QVERIFY2(channel || shared || group, "no difference any more");
            return;
        }
        QCOMPARE(isChannelName(name), channel);
        QCOMPARE(isGroupName(name), group);
        if (const char *why = sharedDifferences().value(name))
            QVERIFY2(shared && !isShared, why);
        else
            QCOMPARE(isShared, shared);
    }

    void theErrorNamesTheOffender()
    {
        const auto group = checkGroupName(u"chat lobby"_s);
        QVERIFY(!group);
        QCOMPARE(group.error().code, u"bad_name"_s);
        QVERIFY(group.error().message.contains(u"\"chat lobby\" is no group name"_s));
        const auto channel = checkChannelName(QString(500, u'x'));
        QVERIFY(!channel);
        QVERIFY(channel.error().message.contains(u"channel name"_s));
        QVERIFY2(channel.error().message.size() < 300, "a hostile name does not flood a log");
    }
};

PARLOUR_TEST(NamesTest)
#include "tst_names.moc"
