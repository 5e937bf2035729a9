// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/shared_message.h"
#include "support/runner.h"

#include <QDateTime>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::chat;
using parlour::channels::Message;

namespace {

constexpr AdoptionRules Rules{1024, 1min};

Expected<Utterance> heard(const QVariant &message)
{
    return utteranceOf(Message(u"chat.message"_s, {{u"message"_s, message}}), u"general"_s, Rules);
}

QVariant nested(int depth)
{
    QVariant value = 1;
    for (int level = 0; level < depth; ++level)
        value = QVariantList{value};
    return value;
}

} // namespace

/// What becomes of a message of another process.
class SharedMessageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatCannotBeJsonIsRefused_data();
    void whatCannotBeJsonIsRefused();
    void allElseIsHeard_data();
    void allElseIsHeard();
    void isEditedAsItsHostSays_data();
    void isEditedAsItsHostSays();
};

void SharedMessageTest::whatCannotBeJsonIsRefused_data()
{
    QTest::addColumn<QVariant>("message");
    QTest::newRow("bytes") << QVariant(QByteArray("x"));
    QTest::newRow("not a number") << QVariant(std::nan(""));
    QTest::newRow("infinity") << QVariant(-std::numeric_limits<double>::infinity());
    QTest::newRow("not a number in a list") << QVariant(QVariantList{1, std::nan("")});
    QTest::newRow("bytes in a map") << QVariant(QVariantMap{{u"a"_s, QByteArray("x")}});
    QTest::newRow("nested too deep") << nested(100);
}

void SharedMessageTest::whatCannotBeJsonIsRefused()
{
    QFETCH(QVariant, message);
    const auto utterance = heard(message);
    QVERIFY(!utterance);
    QCOMPARE(utterance.error().code, u"malformed"_s);
}

void SharedMessageTest::allElseIsHeard_data()
{
    QTest::addColumn<QVariant>("message");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("a text") << QVariant(u"ж"_s) << QByteArray("\"ж\"");
    QTest::newRow("null") << QVariant::fromValue(nullptr) << QByteArray("null");
    QTest::newRow("numbers") << QVariant(QVariantList{-1, 1.5, 18446744073709551615ULL, true})
                             << QByteArray("[-1,1.5,18446744073709551615,true]");
    QTest::newRow("deep") << nested(3) << QByteArray("[[[1]]]");
}

void SharedMessageTest::allElseIsHeard()
{
    QFETCH(QVariant, message);
    QFETCH(QByteArray, json);
    const auto utterance = heard(message);
    QVERIFY(utterance);
    QCOMPARE(utterance->json, json);
}

void SharedMessageTest::isEditedAsItsHostSays_data()
{
    QTest::addColumn<qint64>("hoursAhead");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("lately") << qint64(-1) << true;
    QTest::newRow("as a wrong clock says") << qint64(23) << true;
    QTest::newRow("further ahead than clocks differ") << qint64(25) << false;
}

void SharedMessageTest::isEditedAsItsHostSays()
{
    QFETCH(qint64, hoursAhead);
    QFETCH(bool, isTaken);
    const qint64 edited =
        QDateTime::currentDateTimeUtc().addSecs(hoursAhead * 3600).toMSecsSinceEpoch();
    const auto utterance = utteranceOf(
        Message(u"chat.message"_s,
                {{u"message"_s, u"hello"_s}, {u"host"_s, u"5f0c2a"_s}, {u"edited"_s, edited}}),
        u"general"_s, Rules);
    QVERIFY(utterance);
    QCOMPARE(utterance->text, u"hello"_s);
    QCOMPARE(utterance->edited, isTaken ? edited : 0);
}

PARLOUR_TEST(SharedMessageTest)
#include "tst_shared_message.moc"
