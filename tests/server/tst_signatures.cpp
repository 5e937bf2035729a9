// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "tls/signatures.h"

#include <QTest>

using parlour::server::isEd25519Signature;

namespace {

struct Vector {
    QByteArray key;
    QByteArray message;
    QByteArray signature;
};

/// RFC 8032, section 7.1.
Vector test3()
{
    return {
        QByteArray::fromHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
        QByteArray::fromHex("af82"),
        QByteArray::fromHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")};
}

Vector test1()
{
    return {
        QByteArray::fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
        {},
        QByteArray::fromHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")};
}

} // namespace

/// Ed25519 signatures of clients.
class SignaturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theStandardsVectorsHold()
    {
        for (const Vector &vector : {test1(), test3()})
            QVERIFY(isEd25519Signature(vector.key, vector.message, vector.signature));
    }

    void everyChangedByteIsNoticed()
    {
        const Vector good = test3();
        for (qsizetype at = 0; at < good.signature.size(); ++at) {
            Vector bad = good;
            bad.signature[at] = char(bad.signature.at(at) ^ 1);
            QVERIFY(!isEd25519Signature(bad.key, bad.message, bad.signature));
        }
        for (qsizetype at = 0; at < good.key.size(); ++at) {
            Vector bad = good;
            bad.key[at] = char(bad.key.at(at) ^ 1);
            QVERIFY(!isEd25519Signature(bad.key, bad.message, bad.signature));
        }
        QVERIFY(!isEd25519Signature(good.key, "\xaf\x83", good.signature));
    }

    void whatIsNoKeyOrSignatureIsRefused()
    {
        const Vector good = test3();
        QVERIFY(!isEd25519Signature({}, good.message, good.signature));
        QVERIFY(!isEd25519Signature(good.key.first(31), good.message, good.signature));
        QVERIFY(!isEd25519Signature(good.key, good.message, {}));
        QVERIFY(!isEd25519Signature(good.key, good.message, good.signature.first(63)));
        QVERIFY(!isEd25519Signature(good.key, good.message, good.signature + '\0'));
        QVERIFY(isEd25519Signature(good.key, good.message, good.signature));
    }
};

PARLOUR_TEST(SignaturesTest)
#include "tst_signatures.moc"
