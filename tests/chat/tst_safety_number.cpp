// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/safety_number.h"
#include "support/runner.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

/// The number that people compare.
class SafetyNumberTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Python: f = hashlib.sha256(b"parlour").digest()
    //         " ".join("%05d" % (int.from_bytes(f[5*i:5*i+5], "big") % 100000) for i in range(6))
    void isSixGroupsOfFiveDigits()
    {
        const auto fingerprint = QCryptographicHash::hash("parlour", QCryptographicHash::Sha256);
        QCOMPARE(safetyNumber(fingerprint), u"57101 19480 24660 52054 76096 63181"_s);
        QCOMPARE(safetyNumber(QByteArray(32, '\0')), u"00000 00000 00000 00000 00000 00000"_s);
        QCOMPARE(safetyNumberGroups(QByteArray(32, '\xff')).size(), 6);
    }

    void everyOfThirtyBytesCounts()
    {
        const QByteArray fingerprint(32, 'x');
        for (qsizetype at = 0; at < 30; ++at) {
            QByteArray other = fingerprint;
            other[at] = 'y';
            QVERIFY(safetyNumber(other) != safetyNumber(fingerprint));
        }
    }

    void whatIsNoFingerprintHasNone()
    {
        QCOMPARE(safetyNumber({}), QString());
        QCOMPARE(safetyNumber(QByteArray(31, 'x')), QString());
    }
};

PARLOUR_TEST(SafetyNumberTest)
#include "tst_safety_number.moc"
