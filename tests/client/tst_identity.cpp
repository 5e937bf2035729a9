// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/identity.h"
#include "support/runner.h"
#include "tls/signatures.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using parlour::client::Identity;
using parlour::server::isEd25519Signature;

namespace {

constexpr auto ForOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
    | QFileDevice::WriteOther;

} // namespace

/// The person's own key.
class IdentityTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString file(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(content), content.size());
    }

private Q_SLOTS:
    void isMadeAtFirstAndStays()
    {
        const auto first = Identity::open(file(u"person.key"_s));
        QVERIFY(first);
        QCOMPARE(first->publicKey().size(), 32);
        QVERIFY(!(QFileInfo(file(u"person.key"_s)).permissions() & ForOthers));
        const auto again = Identity::open(file(u"person.key"_s));
        QVERIFY(again);
        QCOMPARE(again->publicKey(), first->publicKey());
        const auto other = Identity::open(file(u"other.key"_s));
        QVERIFY(other);
        QVERIFY(other->publicKey() != first->publicKey());
    }

    void signsWhatItsPublicKeyVerifies()
    {
        const auto identity = Identity::open(file(u"signing.key"_s));
        QVERIFY(identity);
        const QByteArray signature = identity->sign("message");
        QVERIFY(isEd25519Signature(identity->publicKey(), "message", signature));
        QVERIFY(!isEd25519Signature(identity->publicKey(), "another", signature));
    }

    void aFileThatOthersCouldReadIsShutToThem()
    {
        QVERIFY(Identity::open(file(u"open.key"_s)));
        QVERIFY(QFile::setPermissions(file(u"open.key"_s),
                                      ForOthers | QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(Identity::open(file(u"open.key"_s)));
        QVERIFY(!(QFileInfo(file(u"open.key"_s)).permissions() & ForOthers));
    }

    void whatIsNoKeyIsNamed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("rubbish") << QByteArray(100000, 'x');
        QTest::newRow("no PEM inside")
            << QByteArray("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        // openssl genpkey -algorithm X25519
        QTest::newRow("another kind of key")
            << QByteArray("-----BEGIN PRIVATE KEY-----\n"
                          "MC4CAQAwBQYDK2VuBCIEIHi6ihTGmqbGOeXVXWHbvF5QNRNYbmIvgHtFOJXHEmpA\n"
                          "-----END PRIVATE KEY-----\n");
    }

    void whatIsNoKeyIsNamed()
    {
        QFETCH(QByteArray, content);
        write(u"bad.key"_s, content);
        const auto identity = Identity::open(file(u"bad.key"_s));
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, u"data"_s);
        QVERIFY(identity.error().message.contains(file(u"bad.key"_s)));
        QFile kept(file(u"bad.key"_s));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), content);
    }

    void aFolderThatIsMissingIsNamed()
    {
        const auto identity = Identity::open(file(u"nowhere/person.key"_s));
        QVERIFY(!identity);
        QVERIFY(identity.error().message.contains(u"nowhere"_s));
    }
};

PARLOUR_TEST(IdentityTest)
#include "tst_identity.moc"
