// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "wiring/data_folder.h"
#include "wiring/host_identity.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace parlour;
using namespace parlour::wiring;
using namespace Qt::StringLiterals;

using server::Transport;

class HostIdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_parent = std::make_unique<QTemporaryDir>();
        m_folder = DataFolder::open(m_parent->path()).valueOr({});
        QVERIFY(m_folder);
    }

    void speaksTlsWhereItIsAsked_data()
    {
        QTest::addColumn<Encryption>("encryption");
        QTest::addColumn<bool>("onLoopback");
        QTest::addColumn<bool>("onNetwork");
        QTest::newRow("neither") << Encryption::OnNetwork << false << true;
        QTest::newRow("--plain") << Encryption::Never << false << false;
        QTest::newRow("--tls") << Encryption::Always << true << true;
    }

    void speaksTlsWhereItIsAsked()
    {
        QFETCH(const Encryption, encryption);
        HostConfig config;
        config.encryption = encryption;
        const auto isTls = [&](const QString &address) {
            config.listen = {{address, 1}};
            const bool tls = transportAt(config, config.listen.first()) == Transport::Tls;
            return tls == needsIdentity(config) ? std::optional(tls) : std::nullopt;
        };
        for (const auto &address : {u"127.0.0.1"_s, u"127.1.2.3"_s, u"::1"_s})
            QTEST(isTls(address).value(), "onLoopback");
        for (const auto &address : {u"0.0.0.0"_s, u"::"_s, u"192.168.1.20"_s, u"fe80::1%1"_s})
            QTEST(isTls(address).value(), "onNetwork");
    }

    void keepsOneOfItsOwn()
    {
        const auto first = hostIdentity({}, m_folder.get());
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        QVERIFY(server::checkTlsIdentity(*first));
        QCOMPARE(QFileInfo(path(u"tls.key"_s)).permissions()
                     & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(hostIdentity({}, m_folder.get()).valueOr({}) == *first);
    }

    void leavesNothingBehindWithoutAFolder()
    {
        const auto identity = hostIdentity({}, nullptr);
        QVERIFY(identity && server::checkTlsIdentity(*identity));
        QVERIFY(!QFile::exists(path(u"tls.key"_s)));
    }

    void takesWhatItIsGiven()
    {
        const auto given = hostIdentity({}, m_folder.get());
        QVERIFY(given);
        HostConfig config;
        config.certificateFile = path(u"tls.crt"_s);
        config.keyFile = path(u"tls.key"_s);
        QVERIFY(hostIdentity(config, nullptr).valueOr({}) == *given);
    }

    void namesTheFileAtFault_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content"); // null: there is none
        QTest::addColumn<QString>("says");
        const QByteArray otherKey = server::makeTlsIdentity({}).valueOr({}).key;
        QTest::newRow("broken certificate")
            << u"tls.crt"_s << QByteArray("nothing") << u"no certificate"_s;
        QTest::newRow("missing certificate") << u"tls.crt"_s << QByteArray() << u"cannot be read"_s;
        QTest::newRow("broken key") << u"tls.key"_s << QByteArray("nothing") << u"no private key"_s;
        QTest::newRow("missing key") << u"tls.key"_s << QByteArray() << u"cannot be read"_s;
        QTest::newRow("another's key") << u"tls.key"_s << otherKey << u"does not belong"_s;
        QTest::newRow("no such thing")
            << u"tls.key"_s << QByteArray(1024 * 1024 + 1, 'x') << u"too big"_s;
    }

    void namesTheFileAtFault()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, says);
        QVERIFY(hostIdentity({}, m_folder.get()));
        QVERIFY(QFile::remove(path(file)));
        if (!content.isNull()) {
            QFile broken(path(file));
            QVERIFY(broken.open(QIODevice::WriteOnly));
            broken.write(content);
        }
        HostConfig given;
        given.certificateFile = path(u"tls.crt"_s);
        given.keyFile = path(u"tls.key"_s);
        for (const HostConfig &config : {HostConfig{}, given}) {
            const auto identity = hostIdentity(config, m_folder.get());
            QVERIFY(!identity);
            QCOMPARE(identity.error().code, u"data"_s);
            const QString &message = identity.error().message;
            QVERIFY2(message.startsWith(path(file) + u": "_s), qPrintable(message));
            QVERIFY2(message.contains(says), qPrintable(message));
        }
        QCOMPARE(QFile::exists(path(file)), !content.isNull()); // nothing took its place
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_parent;
    std::shared_ptr<DataFolder> m_folder;
};

PARLOUR_TEST(HostIdentityTest)
#include "tst_host_identity.moc"
