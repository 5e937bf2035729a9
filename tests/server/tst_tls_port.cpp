// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/served.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTest>

#include <sys/resource.h>
#include <sys/socket.h>
#include <vector>

using namespace parlour;
using namespace parlour::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

/// The first message of a client that knows no more than this version of TLS.
QByteArray clientHello(char minor)
{
    const QByteArray body =
        QByteArray("\x03") + minor + QByteArray(32, 'r') + QByteArray("\0\0\x02\xc0\x0a\x01\0", 7);
    return QByteArray("\x16\x03\x01\0\x2d\x01\0\0\x29", 9) + body;
}

QSslCertificate shownAt(const Port &port)
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, port.number);
    (void)QTest::qWaitFor([&] { return socket.isEncrypted(); }, patience);
    return socket.peerCertificate();
}

} // namespace

/// What holds at a TLS port beyond what holds over any transport.
class TlsPortTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersPlainText_data()
    {
        QTest::addColumn<Stack>("stack");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location"); // or a word of the answer
        const auto row = [](const char *what, const QByteArray &bytes, int status,
                            const QByteArray &word) {
            for (const auto &[name, stack] : stacks()) {
                if (stack.transport == server::Transport::Tls)
                    QTest::addRow("%s: %s", name.constData(), what)
                        << stack << bytes << status << word;
            }
        };
        row("GET", "GET /chat/?a=b HTTP/1.1\r\nHost: a.lan:80\r\n\r\n", 308,
            "https://a.lan:80/chat/?a=b");
        row("HEAD", "HEAD / HTTP/1.1\r\nHost: [::1]:8765\r\n\r\n", 308, "https://[::1]:8765/");
        row("POST", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400, "https://");
        row("WebSocket", handshake("/echo/"), 400, "wss://");
        row("an odd host", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, "https://");
        row("no head", "hello?\r\n", 400, "https://");
    }

    void answersPlainText()
    {
        QFETCH(const Stack, stack);
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, location);
        Served served(optionsOf(stack));
        RawClient client(Port(served.port.number, false));
        client.send(bytes);
        const auto answer = client.waitForAnswer();
        QTEST(answer.status, "status");
        if (answer.status == 308)
            QVERIFY(answer.head.contains("\r\nlocation: " + location + "\r\n"));
        else
            QVERIFY2(answer.body.contains(location), answer.body.constData());
        QVERIFY(client.waitForEnd());
        QVERIFY(!client.wasReset());
        QVERIFY(served.isAlive());
    }

    void refusesOldVersions_data() { addTlsStacks(); }
    void refusesOldVersions()
    {
        QFETCH(const Stack, stack);
        Served served(optionsOf(stack));
        RawClient old(Port(served.port.number, false));
        old.send(clientHello(2));
        QVERIFY(old.waitForEnd());
        QVERIFY(old.received().startsWith("\x15\x03"));
        QCOMPARE(old.received().sliced(5), "\x02\x46"); // fatal: protocol_version
        RawClient sound(Port(served.port.number, false));
        sound.send(clientHello(3)); // the same words, TLS 1.2: no fault of the version
        QVERIFY(sound.waitUntil([&] { return sound.received().size() >= 7; }));
        QVERIFY(!sound.received().endsWith("\x02\x46"));
        QVERIFY(served.isAlive());
    }

    void cutsSlowHandshakes_data() { addTlsStacks(); }
    void cutsSlowHandshakes()
    {
        QFETCH(const Stack, stack);
        StackOptions options = optionsOf(stack);
        options.tlsHandshakeTimeout = 200ms;
        Served served(options);
        RawClient silent(Port(served.port.number, false));
        RawClient half(Port(served.port.number, false));
        half.send(clientHello(3).first(20));
        QVERIFY(silent.waitForEnd());
        QVERIFY(half.waitForEnd());
        RawClient inTime(served.port);
        QCOMPARE(inTime.open("/echo/").status, 101);
        QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 1, patience);
        QVERIFY(served.server.connections().first().secure);
    }

    void endsABrokenSession_data() { addTlsStacks(); }
    void endsABrokenSession()
    {
        QFETCH(const Stack, stack);
        Served served(optionsOf(stack));
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, served.port.number);
        QTRY_VERIFY_WITH_TIMEOUT(socket.isEncrypted(), patience);
        const QByteArray forged = QByteArray("\x17\x03\x03\0\x20", 5) + QByteArray(32, 'z');
        QCOMPARE(
            ::send(int(socket.socketDescriptor()), forged.constData(), size_t(forged.size()), 0),
            forged.size());
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, patience);
        QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), patience);
        QVERIFY(served.isAlive());
    }

    void showsAnotherCertificateToNewClients_data() { addTlsStacks(); }
    void showsAnotherCertificateToNewClients()
    {
        QFETCH(const Stack, stack);
        Served served(optionsOf(stack));
        RawClient before(served.port);
        QCOMPARE(before.open("/echo/").status, 101);
        QCOMPARE(shownAt(served.port), QSslCertificate(testIdentity().certificate));
        const auto other = server::makeTlsIdentity({}).valueOr({});
        QVERIFY(served.server.setTlsIdentity(other));
        QCOMPARE(shownAt(served.port), QSslCertificate(other.certificate));
        const auto mixed = served.server.setTlsIdentity({other.certificate, testIdentity().key});
        QCOMPARE(mixed.error().code, u"key"_s);
        QCOMPARE(shownAt(served.port), QSslCertificate(other.certificate));
        before.send(clientFrame(1, "still here"));
        QCOMPARE(before.waitForFrame().value_or(Frame{}).payload, "still here");
    }

    void doesNotListenWithoutAnIdentity_data() { addTlsStacks(); }
    void doesNotListenWithoutAnIdentity()
    {
        QFETCH(const Stack, stack);
        Served served(optionsOf({stack.engine, server::Transport::Plain}));
        QVERIFY(!served.server.setTlsIdentity({}));
        const auto bound = served.server.listen(u"127.0.0.1"_s, 0, server::Transport::Tls);
        QCOMPARE(bound.error().code, u"tls"_s);
    }

    void bringsEveryByteToAReaderWhoPauses_data() { addTlsStacks(); }
    void bringsEveryByteToAReaderWhoPauses()
    {
        QFETCH(const Stack, stack);
        constexpr int count = 10000;
        StackOptions options = optionsOf(stack);
        options.messagesPerSecond = 0;
        options.maxUnreadOutput = 64 * 1024 * 1024;
        Served served(options);
        RawClient client(served.port);
        QCOMPARE(client.open("/echo/").status, 101);
        client.readNoMoreThan(1000);
        const auto message = [](int i) {
            return QByteArray::number(i) + QByteArray(i % 10 == 0 ? 5000 : i % 200, 'x');
        };
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all += clientFrame(2, message(i));
        client.send(all);
        const auto queued = [&] { return served.server.connections().value(0).queuedBytes; };
        QTRY_VERIFY_WITH_TIMEOUT(queued() > 100000, patience);
        client.readNoMoreThan(0);
        for (int i = 0; i < count; ++i) {
            const auto frame = client.waitForFrame();
            QVERIFY(frame);
            QCOMPARE(frame->payload, message(i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(queued(), 0, patience);
    }

    // Turns are counted, not time: nobody wakes the loop but who says something.
    void isNotWokenByIdleConnections()
    {
        constexpr int idle = 2000;
        constexpr int exchanges = 20;
        rlimit files{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
        const rlimit wide{files.rlim_max, files.rlim_max};
        if (files.rlim_max < 2 * idle + 200)
            QSKIP("this machine allows too few open files");
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &wide), 0);
        StackOptions options = optionsOf({server::Engine::Native, server::Transport::Tls});
        options.maxPerAddress = 0;
        options.maxUnfinishedHeadsPerAddress = idle; // the clients share a thread with the server
        options.tlsHandshakeTimeout = 5min;
        options.headTimeout = 5min;
        Served served(options);
        std::vector<std::unique_ptr<QSslSocket>> others;
        int open = 0;
        for (int i = 0; i < idle; ++i) {
            QSslSocket *other = others.emplace_back(std::make_unique<QSslSocket>()).get();
            other->setPeerVerifyMode(QSslSocket::VerifyNone);
            connect(other, &QSslSocket::encrypted, other,
                    [other] { other->write(handshake("/echo/")); });
            connect(other, &QIODevice::readyRead, other,
                    [&, other] { open += other->readAll().startsWith("HTTP/1.1 101 ") ? 1 : 0; });
            other->connectToHostEncrypted(u"127.0.0.1"_s, served.port.number);
        }
        QTRY_COMPARE_WITH_TIMEOUT(open, idle, 5 * patience);
        RawClient client(served.port);
        QCOMPARE(client.open("/echo/").status, 101);
        QCOMPARE(served.server.connections().size(), idle + 1);
        QSignalSpy turns(&served.server, &server::Server::turnEnding);
        for (int i = 0; i < exchanges; ++i) {
            client.send(clientFrame(1, "hello"));
            QVERIFY(client.waitForFrame());
        }
        QVERIFY2(turns.count() < 4 * exchanges, QByteArray::number(turns.count()).constData());
    }

private:
    static void addTlsStacks()
    {
        QTest::addColumn<Stack>("stack");
        for (const auto &[name, stack] : stacks()) {
            if (stack.transport == server::Transport::Tls)
                QTest::newRow(name.constData()) << stack;
        }
    }
};

PARLOUR_TEST(TlsPortTest)

#include "tst_tls_port.moc"
