// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "server/exchanges.h"
#include "server/known_failures.h"
#include "server/served.h"
#include "server/witness.h"
#include "support/runner.h"

#include <QRegularExpression>
#include <QTest>

#include <array>
#include <cerrno>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace parlour;
using namespace parlour::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 30000; // ms
constexpr int Said = 50; ///< messages of one turn, under the capacity of a channel
/// What TLS 1.3 puts around the bytes of a record: head, kind and seal (RFC 8446, 5.2).
constexpr quint64 AroundARecord = 5 + 1 + 16;
constexpr quint64 MaxRecord = 16384;

/// What the system counts of a socket.
tcp_info figuresOf(int descriptor)
{
    tcp_info figures{};
    socklen_t size = sizeof figures;
    ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &figures, &size);
    return figures;
}

/// The descriptor that listens at this port in this process; -1: none does.
int listenerAt(quint16 port)
{
    for (int descriptor = 0; descriptor < ::getdtablesize(); ++descriptor) {
        int listens = 0;
        socklen_t size = sizeof listens;
        if (::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || !listens)
            continue;
        sockaddr_in bound{};
        size = sizeof bound;
        ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&bound), &size);
        if (bound.sin_port == htons(port))
            return descriptor;
    }
    return -1;
}

/// A client that the system connects without the server's help.
class EarlyClient
{
public:
    explicit EarlyClient(quint16 port)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_isConnected =
            ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }
    ~EarlyClient() { ::close(m_descriptor); }
    EarlyClient(const EarlyClient &) = delete;
    EarlyClient &operator=(const EarlyClient &) = delete;

    bool isConnected() const { return m_isConnected; }
    void send(const QByteArray &bytes) const
    {
        ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    }
    /// All that came so far. It never ends its own side.
    const QByteArray &received()
    {
        std::array<char, 4096> some{};
        ssize_t size = 0;
        while ((size = ::recv(m_descriptor, some.data(), some.size(), MSG_DONTWAIT)) > 0)
            m_received.append(some.data(), size);
        m_wasReset = m_wasReset || (size < 0 && errno == ECONNRESET);
        m_hasEnded = m_hasEnded || m_wasReset || size == 0;
        return m_received;
    }
    /// As far as received() saw it.
    bool hasEnded() const { return m_hasEnded; }
    bool wasReset() const { return m_wasReset; }

private:
    int m_descriptor;
    bool m_isConnected;
    QByteArray m_received;
    bool m_hasEnded = false;
    bool m_wasReset = false;
};

} // namespace

/// What the system saw of a server: no time is measured, its counters are read.
class TcpFiguresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensWithTheBacklogThatIsSet_data();
    void listensWithTheBacklogThatIsSet();
    void missesNobodyWhoCameWhileItWasBusy_data() { addStacks(); }
    void missesNobodyWhoCameWhileItWasBusy();
    void cutsWhoNeverEnds_data();
    void cutsWhoNeverEnds();
    void breaksAnAnswerThatEndsWithItsConnection_data() { cutsWhoNeverEnds_data(); }
    void breaksAnAnswerThatEndsWithItsConnection();
    void writesOnceATurn_data();
    void writesOnceATurn();
};

void TcpFiguresTest::listensWithTheBacklogThatIsSet_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<int>("backlog");
    for (const auto &[name, stack] : stacks()) {
        for (const int backlog : {1, 7, 300})
            QTest::addRow("%s: %d", name.constData(), backlog) << stack << backlog;
    }
}

void TcpFiguresTest::listensWithTheBacklogThatIsSet()
{
    QFETCH(const Stack, stack);
    QFETCH(const int, backlog);
    StackOptions options = optionsOf(stack);
    options.listenBacklog = backlog;
    const Served served(options);
    const int listener = listenerAt(served.port);
    QVERIFY(listener >= 0);
    QCOMPARE(int(figuresOf(listener).tcpi_sacked), backlog); // of a socket that listens: its limit
}

// The server shares this thread, so it is busy as long as no event loop runs here.
void TcpFiguresTest::missesNobodyWhoCameWhileItWasBusy()
{
    QFETCH(const Stack, stack);
    constexpr int Crowd = 20;
    StackOptions options = optionsOf(stack);
    options.listenBacklog = Crowd;
    Served served(options);
    const int listener = listenerAt(served.port);
    std::vector<std::unique_ptr<EarlyClient>> clients;
    for (int i = 0; i < Crowd; ++i) {
        clients.push_back(std::make_unique<EarlyClient>(served.port));
        QVERIFY(clients.back()->isConnected());
    }
    QCOMPARE(int(figuresOf(listener).tcpi_unacked), Crowd); // of one that listens: who waits there
    QVERIFY(served.server.connections().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), Crowd, Patience);
    QVERIFY(served.isAlive());
}

void TcpFiguresTest::cutsWhoNeverEnds_data()
{
    QTest::addColumn<Stack>("stack");
    for (const char *name : {"native", "qt"})
        QTest::newRow(name) << stacks().at(name);
}

// Neither answers the Close frame nor the end of TCP.
void TcpFiguresTest::cutsWhoNeverEnds()
{
    QFETCH(const Stack, stack);
    StackOptions options = optionsOf(stack);
    options.closeTimeout = 7s;
    Witness witness;
    Served served(options, [&](const auto &app) { return witness.watch(app); });
    served.stopTime();
    EarlyClient client(served.port);
    client.send(handshake("/close/4000/"));
    // The server is done with the application in the turn from which on it waits.
    QTRY_VERIFY_WITH_TIMEOUT(
        client.received().contains(closePayload(4000)) && witness.living() == 0, Patience);
    served.turn(6999ms);
    QVERIFY(served.isAlive());
    QTRY_COMPARE_WITH_TIMEOUT(served.server.connections().size(), 1, Patience);
    QCOMPARE(served.server.connections().first().path, u"/close/4000/"_s);
    served.turn(1ms);
    QTRY_VERIFY_WITH_TIMEOUT(served.server.connections().isEmpty(), Patience);
}

// An HTTP/1.0 client would take an end in good order for the answer's own.
void TcpFiguresTest::breaksAnAnswerThatEndsWithItsConnection()
{
    QFETCH(const Stack, stack);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"failed: half-way"_s));
    Served served(optionsOf(stack));
    EarlyClient whole(served.port);
    whole.send("GET /parts HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(whole.received().endsWith("three") && whole.hasEnded(), Patience);
    QVERIFY(!whole.wasReset());
    EarlyClient broken(served.port);
    broken.send("GET /broken HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT((broken.received(), broken.hasEnded()), Patience);
    QVERIFY(broken.wasReset());
    QVERIFY(served.isAlive());
}

void TcpFiguresTest::writesOnceATurn_data()
{
    QTest::addColumn<Stack>("stack");
    QTest::addColumn<bool>("isAnswer"); ///< to as many messages, which came together
    QTest::addColumn<int>("bytes"); ///< of each message
    QTest::addColumn<quint64>("records"); ///< of TLS
    for (const auto &[name, stack] : stacks()) {
        const auto row = [&, over = name](const char *what, bool isAnswer, int bytes,
                                          quint64 records) {
            QTest::addRow("%s: %s", over.constData(), what)
                << stacks().at(over) << isAnswer << bytes << records;
        };
        row("what the application said", false, 100, 1);
        row("more than a record holds", false, 400, 2);
        row("answers to what came together", true, 100, 1);
    }
}

// Had it been written in several calls, the system would have sent as many segments: nothing holds
// them back (TCP_NODELAY), and within a machine one takes up to 32 KiB.
void TcpFiguresTest::writesOnceATurn()
{
    QFETCH(const Stack, stack);
    QFETCH(const bool, isAnswer);
    QFETCH(const int, bytes);
    QFETCH(const quint64, records);
    Served served(optionsOf(stack));
    RawClient client(served.port);
    QCOMPARE(client.open(isAnswer ? "/echo/" : "/room/").status, 101);
    QTRY_COMPARE_WITH_TIMEOUT(served.layer.groups().size(), isAnswer ? 0 : 1, Patience);
    const tcp_info before = figuresOf(client.descriptor());
    const QByteArray words(bytes, 'w');
    if (isAnswer)
        client.send(text(words).repeated(Said));
    for (int i = 0; !isAnswer && i < Said; ++i)
        QVERIFY(served.layer.groupSend(u"room"_s,
                                       channels::Message(u"room.said"_s, {{u"text"_s, words}})));
    for (int i = 0; i < Said; ++i)
        QCOMPARE(client.waitForFrame().value_or(Frame{}).payload, words);
    const tcp_info after = figuresOf(client.descriptor());
    if (const char *reason = knownFailure(QTest::currentDataTag()))
        QEXPECT_FAIL("", reason, Abort);
    QCOMPARE(after.tcpi_data_segs_in - before.tcpi_data_segs_in, 1U);
    const quint64 frames = quint64(Said) * quint64(bytes + (bytes < 126 ? 2 : 4));
    const bool isTls = stack.transport == server::Transport::Tls;
    QCOMPARE(records, (frames + MaxRecord - 1) / MaxRecord);
    QCOMPARE(quint64(after.tcpi_bytes_received - before.tcpi_bytes_received),
             frames + (isTls ? records * AroundARecord : 0));
}

PARLOUR_TEST(TcpFiguresTest)
#include "tst_tcp_figures.moc"
