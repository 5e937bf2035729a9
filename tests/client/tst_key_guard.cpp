// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/host_key.h"
#include "client/key_guard.h"
#include "support/runner.h"
#include "tls/tls_identity.h"

#include <QSslConfiguration>
#include <QTest>

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

/// While it lives the system's authorities are these.
class Authorities
{
public:
    explicit Authorities(const QList<QSslCertificate> &certificates)
        : m_before(QSslConfiguration::defaultConfiguration())
    {
        auto configuration = m_before;
        configuration.setCaCertificates(certificates);
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    ~Authorities() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Authorities(const Authorities &) = delete;
    Authorities &operator=(const Authorities &) = delete;

private:
    QSslConfiguration m_before;
};

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
};

PARLOUR_TEST(KeyGuardTest)
#include "tst_key_guard.moc"
