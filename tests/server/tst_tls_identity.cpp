// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "tls/tls_identity.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>
#include <QTest>

using namespace parlour::server;
using namespace Qt::StringLiterals;

namespace {

TlsIdentity made(const TlsSubject &subject = {})
{
    return makeTlsIdentity(subject).valueOr({});
}

TlsIdentity madeFor(qint64 fromDays, qint64 toDays)
{
    TlsSubject subject;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    subject.notBefore = now.addDays(fromDays);
    subject.notAfter = now.addDays(toDays);
    return made(subject);
}

QByteArray vector(const QString &name)
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/vectors/tls/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TlsIdentityTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesOneThatAnybodyCanRead()
    {
        TlsSubject subject;
        subject.title = u"Студия Север"_s;
        subject.names = {u"Studio.LAN"_s,         u"192.168.1.20"_s, u"fe80::1%eth0"_s,
                         u"a,DNS:evil.example"_s, u"студия"_s,       u"localhost"_s};
        const TlsIdentity identity = made(subject);
        const QSslCertificate certificate(identity.certificate);
        QVERIFY(certificate.isSelfSigned());
        QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName),
                 QStringList{u"Студия Север"_s});
        const auto names = certificate.subjectAlternativeNames();
        QCOMPARE(names.values(QSsl::DnsEntry).size(), 2);
        QVERIFY(names.contains(QSsl::DnsEntry, u"localhost"_s));
        QVERIFY(names.contains(QSsl::DnsEntry, u"studio.lan"_s));
        const auto addresses = names.values(QSsl::IpAddressEntry);
        QCOMPARE(QSet<QString>(addresses.begin(), addresses.end()),
                 QSet<QString>({u"127.0.0.1"_s, u"::1"_s, u"192.168.1.20"_s, u"fe80::1"_s}));
        QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTimeUtc());
        QVERIFY(certificate.expiryDate() > QDateTime::currentDateTimeUtc().addYears(19));
        QCOMPARE(certificateExpiry(identity.certificate).valueOr({}), certificate.expiryDate());
        const QSslKey key(identity.key, QSsl::Ec);
        QVERIFY(!key.isNull());
        QCOMPARE(key.length(), 256);
        QVERIFY(checkTlsIdentity(identity));
        QVERIFY(identity != made(subject));
    }

    void cutsALongTitle()
    {
        TlsSubject subject;
        subject.title = u"x"_s.repeated(63) + u"🙂"_s;
        const QSslCertificate certificate(made(subject).certificate);
        QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName),
                 QStringList{u"x"_s.repeated(63)});
    }

    void fingerprintsTheKeyAndNotTheCertificate()
    {
        const TlsIdentity identity = made();
        const auto fingerprint = publicKeyFingerprint(identity.certificate);
        QVERIFY(fingerprint);
        const QSslKey publicKey = QSslCertificate(identity.certificate).publicKey();
        QCOMPARE(*fingerprint,
                 QCryptographicHash::hash(publicKey.toDer(), QCryptographicHash::Sha256));
        QVERIFY(publicKeyFingerprint(made().certificate).valueOr({}) != *fingerprint);
        QCOMPARE(publicKeyFingerprint(vector(u"rsa.crt"_s)).valueOr({}).toHex(),
                 vector(u"rsa.sha256"_s).trimmed());
        QCOMPARE(publicKeyFingerprint("no certificate").error().code, u"certificate"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("atFault");
        QTest::addColumn<QString>("says");
        const TlsIdentity good = made();
        const TlsIdentity other = made();
        const TlsIdentity late = madeFor(-2, -1);
        const TlsIdentity early = madeFor(1, 2);
        const QByteArray rsa = vector(u"rsa.crt"_s);

        const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
        row("good") << good.certificate << good.key << QString() << QString();
        row("RSA, its key in the old form")
            << rsa << vector(u"rsa.key"_s) << QString() << QString();
        row("a chain") << good.certificate + rsa << good.key << QString() << QString();
        row("nothing") << QByteArray() << QByteArray() << u"certificate"_s << u"no certificate"_s;
        row("a certificate cut off") << good.certificate.first(200) << good.key << u"certificate"_s
                                     << u"certificate 1 in it cannot be read"_s;
        row("a broken second certificate")
            << good.certificate + good.certificate.first(200) << good.key << u"certificate"_s
            << u"certificate 2 in it cannot be read"_s;
        row("a certificate with other bytes")
            << QByteArray("-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n")
            << good.key << u"certificate"_s << u"cannot be read"_s;
        row("too many certificates")
            << good.certificate.repeated(17) << good.key << u"certificate"_s << u"more than 16"_s;
        row("the key for the certificate")
            << good.key << good.key << u"certificate"_s << u"no certificate"_s;
        row("no key") << good.certificate << QByteArray() << u"key"_s << u"no private key"_s;
        row("a key cut off") << good.certificate << good.key.first(100) << u"key"_s << u"read"_s;
        row("a key with a password") << rsa << vector(u"locked.key"_s) << u"key"_s << u"password"_s;
        row("another key") << good.certificate << other.key << u"key"_s << u"does not belong"_s;
        row("expired") << late.certificate << late.key << u"certificate"_s << u"has expired on"_s;
        row("not yet valid") << early.certificate << early.key << u"certificate"_s
                             << u"not valid before"_s;
        row("RSA of 1024 bits") << vector(u"weak.crt"_s) << vector(u"weak.key"_s)
                                << u"certificate"_s << u"key too small"_s;
        row("for clients alone") << vector(u"client.crt"_s) << vector(u"rsa.key"_s)
                                 << u"certificate"_s << u"not meant for servers"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QString, atFault);
        QFETCH(const QString, says);
        const auto checked = checkTlsIdentity({certificate, key});
        if (atFault.isEmpty()) {
            QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message));
            return;
        }
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, atFault);
        QVERIFY2(checked.error().message.contains(says), qPrintable(checked.error().message));
    }
};

PARLOUR_TEST(TlsIdentityTest)

#include "tst_tls_identity.moc"
