// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/vectors.h"
#include "redis/fernet.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parlour::redis;
using parlour::tests::vectors;

namespace {

FernetSources fixed(qint64 now, const QByteArray &vector = QByteArray(16, '\0'))
{
    return {[now] { return now; }, [vector] { return vector; }};
}

QByteArray hexOf(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

void addVectors(QLatin1StringView kind)
{
    QTest::addColumn<QJsonObject>("vector");
    int row = 0;
    for (const auto &value : vectors(u"fernet"_s)[kind].toArray())
        QTest::addRow("%d %s", row++, qPrintable(value["name"_L1].toString())) << value.toObject();
    QVERIFY(row >= 5);
}

} // namespace

class FernetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesPythonsTokens_data() { addVectors("tokens"_L1); }
    void makesPythonsTokens()
    {
        QFETCH(QJsonObject, vector);
        const Fernet fernet({vector["key"_L1].toString()},
                            fixed(vector["time"_L1].toInteger(), hexOf(vector["iv_hex"_L1])));
        const auto token = fernet.encrypt(hexOf(vector["plaintext_hex"_L1]));
        QVERIFY(token);
        QCOMPARE(*token, vector["token"_L1].toString().toLatin1());
        QCOMPARE(*fernet.decrypt(*token), hexOf(vector["plaintext_hex"_L1]));
    }

    void judgesTokensAsPythonDoes_data() { addVectors("decrypt"_L1); }
    void judgesTokensAsPythonDoes()
    {
        QFETCH(QJsonObject, vector);
        const Fernet fernet(vector["keys"_L1].toVariant().toStringList(),
                            fixed(vector["now"_L1].toInteger()));
        std::optional<std::chrono::seconds> maxAge;
        if (vector["ttl"_L1].isDouble())
            maxAge = std::chrono::seconds(vector["ttl"_L1].toInteger());
        const auto plain = fernet.decrypt(vector["token"_L1].toString().toLatin1(), maxAge);
        QCOMPARE(plain.hasValue(), vector.contains("ok"_L1));
        if (plain)
            QCOMPARE(*plain, hexOf(vector["ok"_L1]));
        else
            QCOMPARE(plain.error().code, u"bad_token"_s);
    }

    void everyKeyOfTheVectorsIsItsOwn()
    {
        QStringList keys;
        for (const auto &value : vectors(u"fernet"_s)["keys"_L1].toArray())
            keys.append(value["key"_L1].toString());
        for (const QString &key : keys) {
            const auto token = Fernet({key}).encrypt("hello");
            for (const QString &other : keys)
                QCOMPARE(Fernet({other}).decrypt(*token).hasValue(), key == other);
            QVERIFY(Fernet(keys).decrypt(*token));
        }
    }

    void noTwoTokensAreEqual()
    {
        const Fernet fernet({u"secret-one"_s});
        QVERIFY(*fernet.encrypt("hello") != *fernet.encrypt("hello"));
    }

    void noOtherTokenPasses()
    {
        const Fernet fernet({u"secret-one"_s}, fixed(1'700'000'000));
        const QByteArray token = *fernet.encrypt("hello");
        const QByteArray bytes = QByteArray::fromBase64(token, QByteArray::Base64UrlEncoding);
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            QByteArray altered = bytes;
            altered[i] = char(altered.at(i) ^ 1);
            QVERIFY2(!fernet.decrypt(altered.toBase64(QByteArray::Base64UrlEncoding)),
                     qPrintable(QString::number(i)));
            QVERIFY(!fernet.decrypt(bytes.first(i).toBase64(QByteArray::Base64UrlEncoding)));
        }
        QVERIFY(!fernet.decrypt(token + "AAAA"));
        QVERIFY(!fernet.decrypt("!" + token));
        QVERIFY(!fernet.decrypt(bytes));
    }

    void theEndOfTimeIsNoTrap()
    {
        const QByteArray last =
            *Fernet({u"k"_s}, fixed(std::numeric_limits<qint64>::max())).encrypt("hello");
        const QByteArray beyond = *Fernet({u"k"_s}, fixed(-1)).encrypt("hello");
        const Fernet now({u"k"_s}, fixed(1'700'000'000));
        for (const QByteArray &token : {last, beyond}) {
            QVERIFY(!now.decrypt(token, 70s));
            QVERIFY2(now.decrypt(token), "without an age the clock is not asked");
        }
    }
};

PARLOUR_TEST(FernetTest)
#include "tst_fernet.moc"
