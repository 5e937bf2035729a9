// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "support/runner.h"
#include "tls/tls_identity.h"
#include "wiring/parlourd_process.h"

#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace parlour::tests;
using namespace Qt::StringLiterals;

/// The program as scripts use it: options, exit codes, output, signals.
class ParlourdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void endsWithACode_data();
    void endsWithACode();
    void refusesAPortInUse();
    void refusesADataFolderInUse();
    void refusesAStoreThatCannotBeOpened();
    void remembersWhatItWasKilledWith();
    void saysWhereItListens();
    void answersHealthReadinessAndMetrics();
    void closesSocketsWhenItIsTerminated_data();
    void closesSocketsWhenItIsTerminated();
    void readsLimitsAgain();
    void speaksTls_data() { closesSocketsWhenItIsTerminated_data(); }
    void speaksTls();
    void speaksTlsToTheNetworkByItself_data() { closesSocketsWhenItIsTerminated_data(); }
    void speaksTlsToTheNetworkByItself();
    void readsTheCertificateAgain();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ParlourdTest::endsWithACode_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");

    QTest::newRow("version") << QStringList{u"--version"_s} << 0 << QByteArray("parlourd 0.");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0 << QByteArray("--listen ADDRESS:PORT");
    QTest::newRow("an unknown option") << QStringList{u"--fast"_s} << 2 << QByteArray("--fast:");
    QTest::newRow("an option of a later version")
        << QStringList{u"--no-discovery"_s} << 2 << QByteArray("--no-discovery:");
    QTest::newRow("a bad value") << QStringList{u"--max-message=0"_s} << 2
                                 << QByteArray("--max-message:");
    const QStringList ephemeral{u"--ephemeral"_s, u"--listen"_s, u"127.0.0.1:0"_s};
    QTest::newRow("plain and TLS at once")
        << ephemeral + QStringList{u"--plain"_s, u"--tls"_s} << 2 << QByteArray("--tls:");
    QTest::newRow("a certificate without its key")
        << ephemeral + QStringList{u"--tls"_s, u"--certificate=a.crt"_s} << 2
        << QByteArray("--certificate: needs --key");
    QTest::newRow("a key without its certificate")
        << ephemeral + QStringList{u"--tls"_s, u"--key=a.key"_s} << 2
        << QByteArray("--key: needs --certificate");
    QTest::newRow("a certificate that nobody would see")
        << ephemeral + QStringList{u"--certificate=a.crt"_s, u"--key=a.key"_s} << 2
        << QByteArray("--certificate: no address speaks TLS");
    QTest::newRow("a certificate that is not there") << ephemeral
            + QStringList{u"--tls"_s, u"--certificate=/nowhere/a.crt"_s, u"--key=/nowhere/a.key"_s}
                                                     << 4 << QByteArray("/nowhere/a.crt:");
    QTest::newRow("a key that is none") << ephemeral
            + QStringList{u"--tls"_s, u"--certificate"_s,
                          QStringLiteral(TEST_SOURCE_DIR "/../server/vectors/tls/rsa.crt"),
                          u"--key"_s, QStringLiteral(TEST_SOURCE_DIR "/CMakeLists.txt")}
                                        << 4 << QByteArray("CMakeLists.txt: holds no private key");
    QTest::newRow("a config file that is not there")
        << QStringList{u"--config"_s, u"/nowhere/parlour.ini"_s} << 2
        << QByteArray("/nowhere/parlour.ini");
    QTest::newRow("an address of another machine")
        << QStringList{u"--ephemeral"_s, u"--listen"_s, u"192.0.2.1:0"_s} << 3
        << QByteArray("192.0.2.1");
    QTest::newRow("a data folder that cannot be made")
        << QStringList{u"--data"_s, u"/dev/null/data"_s} << 4 << QByteArray("/dev/null/data");
}

void ParlourdTest::endsWithACode()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Ended ended = runParlourd(arguments);
    QCOMPARE(ended.code, code);
    const QByteArray &text = code == 0 ? ended.out : ended.err;
    QVERIFY2(text.contains(says), ended.err.constData());
    if (code != 0)
        QCOMPARE(ended.err.count('\n'), 1);
}

void ParlourdTest::refusesAPortInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString address = u"127.0.0.1:%1"_s.arg(other.serverPort());
    const Ended ended = runParlourd({u"--ephemeral"_s, u"--listen"_s, address});
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.err.contains(address.toUtf8()), ended.err.constData());
    QVERIFY(ended.out.isEmpty());
}

void ParlourdTest::refusesADataFolderInUse()
{
    const Daemon first({u"--data"_s, m_folder->path()});
    QVERIFY(first.port != 0);
    const Ended second =
        runParlourd({u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, m_folder->path()});
    QCOMPARE(second.code, 4);
    QVERIFY2(second.err.contains(m_folder->path().toUtf8()), second.err.constData());
}

void ParlourdTest::refusesAStoreThatCannotBeOpened()
{
    const QString store = m_folder->filePath(u"parlour.db"_s);
    QVERIFY(QDir().mkpath(store));
    const Ended ended =
        runParlourd({u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, m_folder->path()});
    QCOMPARE(ended.code, 4);
    QVERIFY2(ended.err.contains(store.toUtf8() + ':'), ended.err.constData());
    QVERIFY(ended.out.isEmpty());
}

// kill_test.py does so while people talk.
void ParlourdTest::remembersWhatItWasKilledWith()
{
    const QStringList arguments{u"--data"_s, m_folder->path()};
    {
        const Daemon host(arguments);
        QWebSocket plain;
        QStringList heard;
        connect(&plain, &QWebSocket::textMessageReceived, this,
                [&](const QString &text) { heard.append(text); });
        connect(&plain, &QWebSocket::connected, this,
                [&] { plain.sendTextMessage(u"{\"message\": \"here\"}"_s); });
        plain.open(QUrl(u"ws://127.0.0.1:%1/ws/chat/attic/"_s.arg(host.port)));
        QTRY_COMPARE_WITH_TIMEOUT(heard, QStringList{u"{\"message\": \"here\"}"_s}, Patience);
        QVERIFY(host.get("/metrics").contains("\nparlour_history_rows 1\n"));
    }
    const Daemon host(arguments);
    QVERIFY(host.get("/metrics").contains("\nparlour_history_rows 1\n"));
    QVERIFY(host.get("/metrics").contains("\nparlour_rooms 2\n"));
    QVERIFY(host.get("/readyz").startsWith("HTTP/1.1 200 "));
}

void ParlourdTest::saysWhereItListens()
{
    Daemon host({u"--ephemeral"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY2(QRegularExpression(uR"(\Alistening on http://127\.0\.0\.1:\d+/\n\z)"_s)
                 .match(host.line)
                 .hasMatch(),
             qPrintable(host.line));
    while (!host.process.canReadLine() && host.process.waitForReadyRead(Patience)) { }
    QVERIFY(host.process.readLine().startsWith("listening on http://127.0.0.1:"));
}

void ParlourdTest::answersHealthReadinessAndMetrics()
{
    const Daemon host({u"--ephemeral"_s});
    QVERIFY(host.get("/healthz").startsWith("HTTP/1.1 200 "));
    QVERIFY(host.get("/readyz").startsWith("HTTP/1.1 200 "));
    const QByteArray metrics = host.get("/metrics");
    QVERIFY(metrics.startsWith("HTTP/1.1 200 "));
    QVERIFY(metrics.contains("# TYPE parlour_"));
    QVERIFY(host.get("/chat/").startsWith("HTTP/1.1 200 "));
    QVERIFY(host.get("/nowhere/").startsWith("HTTP/1.1 404 "));
}

void ParlourdTest::closesSocketsWhenItIsTerminated_data()
{
    QTest::addColumn<QString>("engine");
    QTest::newRow("native engine") << u"native"_s;
    QTest::newRow("qt engine") << u"qt"_s;
}

void ParlourdTest::closesSocketsWhenItIsTerminated()
{
    QFETCH(QString, engine);
    Daemon host({u"--data"_s, m_folder->path(), u"--engine"_s, engine});
    QWebSocket client;
    client.open(QUrl(u"ws://127.0.0.1:%1/ws/chat/general/"_s.arg(host.port)));
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::ConnectedState, Patience);
    host.signal(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(int(client.closeCode()), 1001, Patience);
    QTRY_COMPARE_WITH_TIMEOUT(host.process.state(), QProcess::NotRunning, Patience);
    QCOMPARE(host.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(host.process.exitCode(), 0);
    QCOMPARE(runParlourd({u"--version"_s, u"--data"_s, m_folder->path()}).code, 0);
}

void ParlourdTest::readsLimitsAgain()
{
    QFile config(m_folder->filePath(u"parlour.ini"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("max-message = 10\nephemeral = true\n");
    config.close();
    Daemon host({u"--config"_s, config.fileName(), u"--echo"_s});
    const auto closeCode = [&](const QString &text) {
        QWebSocket client;
        QString heard;
        connect(&client, &QWebSocket::textMessageReceived, &client,
                [&](const QString &back) { heard = back; });
        connect(&client, &QWebSocket::connected, &client, [&] { client.sendTextMessage(text); });
        client.open(QUrl(u"ws://127.0.0.1:%1/ws/echo/"_s.arg(host.port)));
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(
                heard == text || client.state() == QAbstractSocket::UnconnectedState, Patience);
        }();
        return heard == text ? 0 : int(client.closeCode());
    };
    const QString message(11, u'x');
    QCOMPARE(closeCode(message), 1009);

    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("max-message = 11\nephemeral = true\n");
    config.close();
    host.signal(SIGHUP);
    host.process.setReadChannel(QProcess::StandardError);
    QByteArray log; // what is read once is not there when the condition is looked at again
    QTRY_VERIFY_WITH_TIMEOUT(log.append(host.process.readAll()).contains("limits were read again"),
                             Patience);
    QCOMPARE(closeCode(message), 0);
}

namespace {

/// The certificate that a host shows, and its answer to a request.
std::pair<QSslCertificate, QByteArray> askOverTls(quint16 port, const QByteArray &path)
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
    if (!socket.waitForEncrypted(Patience))
        return std::pair(QSslCertificate(), QByteArray());
    socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
                 + "\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead(Patience)) { }
    return {socket.peerCertificate(), socket.readAll()};
}

} // namespace

void ParlourdTest::speaksTls()
{
    QFETCH(QString, engine);
    const Daemon host({u"--data"_s, m_folder->path(), u"--tls"_s, u"--engine"_s, engine});
    QVERIFY2(host.line.startsWith(u"listening on https://127.0.0.1:"_s), qPrintable(host.line));
    const auto [certificate, answer] = askOverTls(host.port, "/metrics");
    QFile kept(m_folder->filePath(u"tls.crt"_s));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(certificate, QSslCertificate(kept.readAll()));
    QVERIFY(answer.startsWith("HTTP/1.1 200 "));
    QVERIFY(answer.contains("\nparlour_tls_expiry_seconds "));
    QVERIFY(!answer.toLower().contains("strict-transport-security"));
    QVERIFY(host.get("/chat/").contains(
        "\r\nlocation: https://127.0.0.1:" + QByteArray::number(host.port) + "/chat/\r\n"));
}

// Without an option that says so: what is not loopback is encrypted.
void ParlourdTest::speaksTlsToTheNetworkByItself()
{
    QFETCH(QString, engine);
    const Daemon host({u"--data"_s, m_folder->path(), u"--engine"_s, engine}, u"0.0.0.0:0"_s);
    QVERIFY2(host.line.startsWith(u"listening on https://"_s), qPrintable(host.line));
    QVERIFY(host.port != 0);
    const auto [certificate, answer] = askOverTls(host.port, "/healthz");
    QVERIFY(!certificate.isNull());
    QVERIFY(answer.startsWith("HTTP/1.1 200 "));
    const QByteArray plain = host.get("/chat/");
    QVERIFY2(plain.startsWith("HTTP/1.1 308 "), plain.constData());
    QVERIFY2(plain.contains("This port speaks TLS: use https:// in place of http://."),
             plain.constData());
    QCOMPARE(QFile::permissions(m_folder->filePath(u"tls.key"_s)),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
}

void ParlourdTest::readsTheCertificateAgain()
{
    const auto write = [&](const QString &name, const QByteArray &content) {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    const auto put = [&](const parlour::server::TlsIdentity &identity) {
        return write(u"a.crt"_s, identity.certificate) && write(u"a.key"_s, identity.key);
    };
    const auto first = parlour::server::makeTlsIdentity({}).valueOr({});
    const auto second = parlour::server::makeTlsIdentity({}).valueOr({});
    QVERIFY(put(first));
    Daemon host({u"--ephemeral"_s, u"--tls"_s, u"--certificate"_s, m_folder->filePath(u"a.crt"_s),
                 u"--key"_s, m_folder->filePath(u"a.key"_s)});
    host.process.setReadChannel(QProcess::StandardError);
    const auto shown = [&] { return askOverTls(host.port, "/healthz").first.toPem(); };
    QCOMPARE(shown(), QSslCertificate(first.certificate).toPem());

    const auto reload = [&](const char *says) {
        QByteArray log;
        host.signal(SIGHUP);
        return QTest::qWaitFor([&] { return log.append(host.process.readAll()).contains(says); },
                               Patience);
    };
    QVERIFY(write(u"a.key"_s, second.key));
    QVERIFY(reload("a.key: does not belong to the certificate"));
    QCOMPARE(shown(), QSslCertificate(first.certificate).toPem());

    QSslSocket before;
    before.setPeerVerifyMode(QSslSocket::VerifyNone);
    before.connectToHostEncrypted(u"127.0.0.1"_s, host.port);
    QVERIFY(before.waitForEncrypted(Patience));
    QVERIFY(put(second));
    QVERIFY(reload("the certificate was read again"));
    QCOMPARE(shown(), QSslCertificate(second.certificate).toPem());
    before.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(before.bytesAvailable() > 0, Patience);
}

PARLOUR_TEST(ParlourdTest)
#include "tst_parlourd.moc"
