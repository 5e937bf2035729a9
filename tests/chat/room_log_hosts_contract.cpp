// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What every RoomLog tells other hosts.
#include "chat/json_writer.h"
#include "chat/room_log_contract.h"
#include "chat/text_rules.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace parlour::tests {

using channels::InMemoryChannelLayer;
using namespace chat;

namespace {

const QString FirstId = u"00000000-0000-4000-8000-000000000001"_s;
const QString SecondId = u"00000000-0000-4000-8000-000000000002"_s;
const QString ThirdId = u"00000000-0000-4000-8000-000000000003"_s;
const QString ForeignId = u"00000000-0000-4000-8000-000000000004"_s;

/// Three messages of this host, at 1000, 2000 and 3000, and one of another between them.
void talkOverHosts(RoomLog &log)
{
    qint64 time = 0;
    for (const QString &id : {FirstId, ForeignId, SecondId, ThirdId}) {
        Utterance said = utterance(id, id.right(1));
        said.origin = id == ForeignId ? u"south"_s : QString();
        said.time = id == ForeignId ? 1500 : time += 1000;
        QVERIFY(tryToPost(log, said));
    }
}

} // namespace

void RoomLogContract::whatWasSaidHereIsReadForOthers_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("texts");
    QTest::addColumn<bool>("hasMore");
    QTest::addColumn<bool>("isLost");
    QTest::newRow("behind a message") << FirstId << qint64(0) << 9 << u"2 3"_s << false << false;
    QTest::newRow("a part") << FirstId << qint64(0) << 1 << u"2"_s << true << false;
    QTest::newRow("behind the last") << ThirdId << qint64(0) << 9 << QString() << false << false;
    QTest::newRow("from a time on") << QString() << qint64(2000) << 9 << u"2 3"_s << false << false;
    QTest::newRow("behind an unknown one")
        << newUuid() << qint64(3000) << 9 << u"3"_s << false << true;
}

void RoomLogContract::whatWasSaidHereIsReadForOthers()
{
    QFETCH(QString, after);
    QFETCH(qint64, from);
    QFETCH(int, count);
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    talkOverHosts(*log);
    const RoomLog::SaidHere part = saidHere(*log, {after, from, count});
    QStringList texts;
    for (const auto &[message, json] : part.said) {
        texts.append(message.text);
        QCOMPARE(json, jsonString(message.text));
    }
    QTEST(texts.join(u' '), "texts");
    QTEST(part.hasMore, "hasMore");
    QTEST(part.isLost, "isLost");
}

void RoomLogContract::theLastOfAHostIsFound()
{
    InMemoryChannelLayer layer;
    const auto log = makeLog(layer);
    talkOverHosts(*log);
    QCOMPARE(lastFrom(*log, {}), ThirdId);
    QCOMPARE(lastFrom(*log, u"south"_s), ForeignId);
    QCOMPARE(lastFrom(*log, u"east"_s), QString());
}

} // namespace parlour::tests
