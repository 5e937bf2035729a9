// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_key.h"
#include "client/key_guard.h"
#include "support/runner.h"
#include "tls/tls_identity.h"

#include <QFile>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/x509.h>

using namespace Qt::StringLiterals;
using namespace parlour;
using client::HostAddress;
using client::KeyGuard;
using client::KnownHosts;

namespace {

QList<QSslCertificate> newChain()
{
    const auto identity = server::makeTlsIdentity({});
    return identity ? QSslCertificate::fromData(identity->certificate) : QList<QSslCertificate>();
}

/// While it lives the system's authorities are these: in a folder, by the hashes of their names, or
/// in one file (OpenSSL's two ways).
class Authorities
{
public:
    explicit Authorities(const QList<QSslCertificate> &certificates, bool inOneFile = false)
    {
        QByteArray all;
        for (const QSslCertificate &certificate : certificates) {
            all += certificate.toPem();
            if (!inOneFile)
                write(hashedName(certificate), certificate.toPem());
        }
        if (inOneFile)
            write(u"authorities.pem"_s, all);
        qputenv("SSL_CERT_DIR", m_folder.path().toLocal8Bit());
        qputenv("SSL_CERT_FILE", m_folder.filePath(u"authorities.pem"_s).toLocal8Bit());
    }
    ~Authorities()
    {
        qunsetenv("SSL_CERT_DIR");
        qunsetenv("SSL_CERT_FILE");
    }
    Authorities(const Authorities &) = delete;
    Authorities &operator=(const Authorities &) = delete;

private:
    static QString hashedName(const QSslCertificate &certificate)
    {
        const QByteArray der = certificate.toDer();
        const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
        X509 *parsed = d2i_X509(nullptr, &in, der.size());
        const auto hash = X509_subject_name_hash(parsed);
        X509_free(parsed);
        return u"%1.0"_s.arg(hash, 8, 16, QChar(u'0'));
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no place for a file");
    }

    QTemporaryDir m_folder;
};

QList<QSslCertificate> vector(const QString &name)
{
    return QSslCertificate::fromPath(QStringLiteral(TEST_SOURCE_DIR "/vectors/") + name);
}

const HostAddress Host{u"127.0.0.1"_s, 8765, false, {}};

} // namespace

/// Which keys of a host are accepted.
class KeyGuardTest : public QObject
{
    Q_OBJECT

    QList<QSslCertificate> m_one = newChain();
    QList<QSslCertificate> m_other = newChain();
    std::shared_ptr<KnownHosts> m_known;

private Q_SLOTS:
    void init() { m_known = std::make_shared<KnownHosts>(); }

    void theFingerprintIsTheServers()
    {
        const auto pem = m_one.constFirst().toPem();
        QCOMPARE(client::keyFingerprint(m_one.constFirst()),
                 server::publicKeyFingerprint(pem).valueOr({}));
        QCOMPARE(client::keyFingerprint(QSslCertificate()), QByteArray());
    }

    void theFirstKeyIsHeldTo()
    {
        KeyGuard guard(Host, {m_known, {}});
        QVERIFY(!guard.isPinned());
        QVERIFY(guard.accept(m_one));
        QVERIFY2(!guard.isPinned(), "it may be no Parlour host");
        guard.remember();
        QVERIFY(guard.isPinned());
        QVERIFY(guard.isNew());

        KeyGuard later(Host, {m_known, {}});
        QVERIFY(later.accept(m_one));
        later.remember();
        QVERIFY(!later.isNew());
        QCOMPARE(later.shown(), guard.shown());
        later.forgetShown();
        QVERIFY(!later.accept(m_other));
        QCOMPARE(later.before().value_or(chat::HostKey()), guard.shown());
        QCOMPARE(later.shown().fingerprint, client::keyFingerprint(m_other.constFirst()));
        later.forgetShown();
        QVERIFY(!later.before());
        QVERIFY(later.accept(m_one));
    }

    void whoRemembersFirstIsHeldTo()
    {
        KeyGuard first(Host, {m_known, {}});
        KeyGuard second(Host, {m_known, {}});
        QVERIFY(first.accept(m_one));
        QVERIFY(second.accept(m_other)); // nothing was known at that time
        QVERIFY(first.remember());
        QVERIFY(!second.remember());
        QCOMPARE(m_known->find(Host.display())->fingerprint,
                 client::keyFingerprint(m_one.constFirst()));
    }

    void anotherPortIsAnotherHost()
    {
        KeyGuard guard(Host, {m_known, {}});
        QVERIFY(guard.accept(m_one));
        guard.remember();
        HostAddress neighbour = Host;
        neighbour.port = 9000;
        QVERIFY(KeyGuard(neighbour, {m_known, {}}).accept(m_other));
    }

    void theOwnHostHasOneKeyThatIsNotRemembered()
    {
        KeyGuard guard(Host, {m_known, client::keyFingerprint(m_one.constFirst())});
        QVERIFY(guard.isPinned());
        QVERIFY(!guard.accept(m_other));
        QVERIFY(guard.accept(m_one));
        guard.remember();
        QVERIFY(!m_known->find(Host.display()));
        QVERIFY(!guard.isNew());
    }

    void nothingIsNoKey()
    {
        KeyGuard guard(Host, {m_known, {}});
        QVERIFY(!guard.accept({}));
        guard.remember();
        QVERIFY(!guard.isPinned());
    }

    void aVouchedKeyMayBeRenewedByAVouchedOne_data()
    {
        QTest::addColumn<bool>("wasVouched");
        QTest::addColumn<bool>("isVouched");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("both") << true << true << true;
        QTest::newRow("the first alone") << true << false << false;
        QTest::newRow("the second alone") << false << true << false;
    }

    void aVouchedKeyMayBeRenewedByAVouchedOne()
    {
        QFETCH(bool, wasVouched);
        QFETCH(bool, isVouched);
        QFETCH(bool, isAccepted);
        {
            const Authorities authorities(wasVouched ? m_one : QList<QSslCertificate>());
            KeyGuard guard(Host, {m_known, {}});
            QVERIFY(guard.accept(m_one));
            guard.remember();
            QCOMPARE(m_known->find(Host.display())->isVouched, wasVouched);
        }
        const Authorities authorities(isVouched ? m_other : QList<QSslCertificate>());
        KeyGuard guard(Host, {m_known, {}});
        QCOMPARE(guard.accept(m_other), isAccepted);
        guard.remember();
        const auto kept = isAccepted ? m_other : m_one;
        QCOMPARE(m_known->find(Host.display())->fingerprint,
                 client::keyFingerprint(kept.constFirst()));
    }

    void anAuthorityStandsForAChainAndAName_data()
    {
        QTest::addColumn<QString>("chain");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isVouched");
        // chain.pem: for host.example, *.wild.example and 192.0.2.7, by way of another authority
        QTest::newRow("its name") << u"chain.pem"_s << u"host.example"_s << true;
        QTest::newRow("its name in capitals") << u"chain.pem"_s << u"HOST.example"_s << true;
        QTest::newRow("a name below its star") << u"chain.pem"_s << u"a.wild.example"_s << true;
        QTest::newRow("two names below") << u"chain.pem"_s << u"a.b.wild.example"_s << false;
        QTest::newRow("its address") << u"chain.pem"_s << u"192.0.2.7"_s << true;
        QTest::newRow("another name") << u"chain.pem"_s << u"other.example"_s << false;
        QTest::newRow("another address") << u"chain.pem"_s << u"192.0.2.8"_s << false;
        QTest::newRow("no name") << u"chain.pem"_s << QString() << false;
        QTest::newRow("no name at all") << u"chain.pem"_s << u"."_s << false;
        QTest::newRow("without what is between") << u"leaf.pem"_s << u"host.example"_s << false;
        QTest::newRow("its time is over") << u"old.pem"_s << u"host.example"_s << false;
        QTest::newRow("for clients alone") << u"client.pem"_s << u"host.example"_s << false;
    }

    void anAuthorityStandsForAChainAndAName()
    {
        QFETCH(QString, chain);
        QFETCH(QString, name);
        const auto shown = vector(chain);
        QVERIFY(!shown.isEmpty());
        for (const bool inOneFile : {false, true}) {
            const Authorities authorities(vector(u"authority.pem"_s), inOneFile);
            QTEST(client::isVouched(shown, name), "isVouched");
        }
        const Authorities strangers(m_one);
        QVERIFY(!client::isVouched(shown, name));
        QVERIFY(!client::isVouched({}, name));
    }
};

PARLOUR_TEST(KeyGuardTest)
#include "tst_key_guard.moc"
