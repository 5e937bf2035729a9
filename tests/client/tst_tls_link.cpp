// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/close_codes.h"
#include "chat/safety_number.h"
#include "client/fake_host.h"
#include "support/runner.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour;
using chat::LinkState;
using client::HostAddress;
using client::HostClient;
using client::KnownHosts;
using tests::base64Url;
using tests::FakeHost;
using tests::quickOptions;

namespace {

constexpr int Patience = 20000;

server::TlsIdentity newIdentity()
{
    return server::makeTlsIdentity({}).valueOr({});
}

QByteArray fingerprintOf(const server::TlsIdentity &identity)
{
    return server::publicKeyFingerprint(identity.certificate).valueOr({});
}

QStringList v1()
{
    return {u"parlour.v1"_s};
}

/// 0.0.0.0 reaches this computer on Linux, but its address does not tell so.
HostAddress asOfANeighbour(HostAddress address)
{
    address.host = u"0.0.0.0"_s;
    return address;
}

} // namespace

/// A client and hosts with TLS, over real sockets.
class TlsLinkTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<KnownHosts> m_known;
    server::TlsIdentity m_identity = newIdentity();
    server::TlsIdentity m_other = newIdentity();

    client::ClientOptions options() const
    {
        auto options = quickOptions();
        options.trust.known = m_known;
        return options;
    }
    void know(const HostAddress &address, const QByteArray &fingerprint) const
    {
        m_known->remember(address.display(), {fingerprint, 7, false});
    }
    static bool becomes(const HostClient &client, LinkState state)
    {
        return QTest::qWaitFor([&] { return client.link().state == state; }, Patience);
    }

private Q_SLOTS:
    void init() { m_known = std::make_shared<KnownHosts>(); }

    void aHostWithTlsIsFoundAndItsKeyRemembered()
    {
        FakeHost host(v1(), m_identity);
        HostClient client(host.address(), options());
        client.open();
        QVERIFY2(becomes(client, LinkState::Online), qPrintable(client.link().problem));
        QCOMPARE(client.link().key.fingerprint, fingerprintOf(m_identity));
        QVERIFY(client.link().isNewKey);
        QVERIFY(!client.link().isReadable);
        QCOMPARE(m_known->find(host.address().display())->fingerprint, fingerprintOf(m_identity));

        HostClient again(host.address(), options());
        again.open();
        QVERIFY(becomes(again, LinkState::Online));
        QVERIFY(!again.link().isNewKey);
        QCOMPARE(again.link().key, client.link().key);
    }

    // The end of the connection comes in one read with the Close frame.
    void aHostThatSaysGoodbyeIsHeard()
    {
        FakeHost host(v1(), m_identity);
        HostClient client(host.address(), options());
        client.open();
        QVERIFY(becomes(client, LinkState::Online));
        QStringList problems;
        connect(&client, &HostClient::linkChanged, this,
                [&](const chat::Link &link) { problems.append(link.problem); });
        host.closeAndEnd(chat::close_code::GoingAway, "The host stopped.");
        QVERIFY(QTest::qWaitFor([&] { return !problems.isEmpty(); }, Patience));
        QVERIFY2(problems.first().startsWith(u"The host stopped."_s), qPrintable(problems.first()));
    }

    void aChangedKeyIsRefusedWithBothNumbers()
    {
        FakeHost host(v1(), m_other);
        know(host.address(), fingerprintOf(m_identity));
        auto options = this->options();
        options.ownerToken = "00ff";
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(becomes(client, LinkState::Refused));
        const chat::Link link = client.link();
        QVERIFY(link.keyBefore);
        QCOMPARE(*link.keyBefore, (chat::HostKey{fingerprintOf(m_identity), 7}));
        QCOMPARE(link.key.fingerprint, fingerprintOf(m_other));
        for (const auto &identity : {m_identity, m_other})
            QVERIFY(link.problem.contains(chat::safetyNumber(fingerprintOf(identity))));
        QVERIFY2(host.connections() == 0, "no handshake, no token");
        QCOMPARE(m_known->find(host.address().display())->fingerprint, fingerprintOf(m_identity));

        know(host.address(), link.key.fingerprint); // a person has compared it
        client.retryNow();
        QVERIFY(becomes(client, LinkState::Online));
        QVERIFY(!client.link().keyBefore);
    }

    void aKnownHostIsNeverCalledWithoutTls_data()
    {
        QTest::addColumn<bool>("isNeighbour");
        QTest::newRow("this computer") << false;
        QTest::newRow("over the network") << true;
    }

    void aKnownHostIsNeverCalledWithoutTls()
    {
        QFETCH(bool, isNeighbour);
        FakeHost host;
        const auto address = isNeighbour ? asOfANeighbour(host.address()) : host.address();
        know(address, fingerprintOf(m_identity));
        HostClient client(address, options());
        client.open();
        QVERIFY(becomes(client, LinkState::Refused));
        QVERIFY2(client.link().problem.contains(u"encrypted before"_s),
                 qPrintable(client.link().problem));
        QCOMPARE(host.connections(), 0);
    }

    void anHttpsLinkIsNeverCalledWithoutTls()
    {
        FakeHost host;
        auto address = host.address();
        address.secure = true;
        HostClient client(address, options());
        client.open();
        QVERIFY(becomes(client, LinkState::Refused));
        QVERIFY2(client.link().problem.contains(u"https://"_s), qPrintable(client.link().problem));
        QCOMPARE(host.connections(), 0);
    }

    void aNeighbourWithoutTlsIsJoinedAndCalledReadable()
    {
        FakeHost host;
        HostClient client(asOfANeighbour(host.address()), options());
        client.open();
        QVERIFY2(becomes(client, LinkState::Online), qPrintable(client.link().problem));
        QVERIFY(client.link().isReadable);
        QCOMPARE(client.link().key, chat::HostKey());
        FakeHost own;
        HostClient here(own.address(), options());
        here.open();
        QVERIFY(becomes(here, LinkState::Online));
        QVERIFY2(!here.link().isReadable, "nothing leaves this computer");
    }

    void aNeighbourThatIsSilentIsTriedWithoutTls()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        QList<QByteArray> firsts;
        connect(&silent, &QTcpServer::newConnection, this, [&] {
            auto *socket = silent.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket,
                    [&firsts, socket] { firsts.append(socket->readAll().first(1)); });
        });
        auto options = this->options();
        options.socket.connectTimeout = std::chrono::milliseconds(200);
        HostClient client(HostAddress{u"0.0.0.0"_s, silent.serverPort(), false, {}}, options);
        client.open();
        QTRY_VERIFY_WITH_TIMEOUT(firsts.size() >= 2, Patience);
        QCOMPARE(firsts.first(2), (QList<QByteArray>{"\x16", "G"}));
    }

    void theOwnHostsKeyIsTheOnlyOne()
    {
        FakeHost host(v1(), m_identity);
        auto options = this->options();
        options.trust.onlyKey = fingerprintOf(m_identity);
        HostClient client(host.address(), options);
        client.open();
        QVERIFY(becomes(client, LinkState::Online));
        QVERIFY2(!m_known->find(host.address().display()), "its port may be another's tomorrow");
        options.trust.onlyKey = fingerprintOf(m_other);
        HostClient deceived(host.address(), options);
        deceived.open();
        QVERIFY(becomes(deceived, LinkState::Refused));
    }

    void aProofNamesTheKeyThatWasSeen_data()
    {
        QTest::addColumn<QByteArray>("named");
        QTest::addColumn<bool>("isSigned");
        QTest::newRow("the one that was seen") << fingerprintOf(m_identity) << true;
        QTest::newRow("another") << fingerprintOf(m_other) << false;
        QTest::newRow("none, behind a proxy") << QByteArray() << true;
    }

    void aProofNamesTheKeyThatWasSeen()
    {
        QFETCH(QByteArray, named);
        QFETCH(bool, isSigned);
        const QTemporaryDir folder;
        const auto identity = client::Identity::open(folder.filePath(u"person.key"_s));
        QVERIFY(identity);
        FakeHost host(v1(), m_identity);
        host.setAnswer([&](FakeHost &self, const QJsonObject &frame) {
            QJsonObject challenge{{u"type"_s, u"challenge"_s},
                                  {u"nonce"_s, base64Url(tests::Nonce)}};
            if (!named.isEmpty())
                challenge.insert(u"fingerprint"_s, base64Url(named));
            if (frame["type"_L1] == u"hello"_s)
                self.send(challenge);
        });
        auto options = this->options();
        options.identity = *identity;
        HostClient client(host.address(), options);
        client.open();
        if (isSigned)
            QTRY_COMPARE_WITH_TIMEOUT(host.received(u"proof"_s).size(), 1, Patience);
        else
            QVERIFY(becomes(client, LinkState::Refused));
        QCOMPARE(host.received(u"proof"_s).size(), isSigned ? 1 : 0);
        QVERIFY2(!m_known->find(host.address().display()), "it has not welcomed us");
    }
};

PARLOUR_TEST(TlsLinkTest)
#include "tst_tls_link.moc"
