// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// A host that is terminated with a full house and started again at once, and the app's own clients
// that come back to it: bench_restart PARLOURD [CLIENTS [OPTION…]], with further options of
// parlourd. Prints when the last client was told, when the host had ended, and when all were back.
#include "client/host_client.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace parlour;

namespace {

constexpr int Patience = 60000; // ms
const QString Room = u"general"_s;

/// A parlourd that keeps what it knows, at the port that it got first.
class Host
{
public:
    Host(QString program, QStringList options)
        : m_program(std::move(program))
        , m_options(std::move(options))
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }
    ~Host()
    {
        m_process.kill();
        m_process.waitForFinished(Patience);
    }
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;

    bool start()
    {
        m_process.start(m_program,
                        QStringList{u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port), u"--data"_s,
                                    m_data.path(), u"--log-level"_s, u"error"_s}
                            + m_options);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(Patience)) { }
        static const QRegularExpression line(u"^listening on ((https?)://.*:(\\d+))/\n$"_s);
        const auto match = line.match(QString::fromUtf8(m_process.readLine()));
        m_port = match.captured(3).toUShort();
        address = match.captured(1);
        return match.hasMatch();
    }
    void terminate() const { ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }

    QString address;

private:
    QString m_program;
    QStringList m_options;
    QTemporaryDir m_data;
    QProcess m_process;
    quint16 m_port = 0;
};

bool waitUntil(const std::function<bool()> &condition)
{
    const QDeadlineTimer deadline(Patience);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return condition();
}

/// When something happened to each client, in ms since the clock was started.
struct Times {
    std::vector<qint64> all;

    bool isWhole(size_t clients) const { return all.size() == clients; }
    void print(const char *what)
    {
        std::sort(all.begin(), all.end());
        std::printf("%-18s first %5lld  median %5lld  last %5lld ms\n", what,
                    static_cast<long long>(all.front()),
                    static_cast<long long>(all[all.size() / 2]),
                    static_cast<long long>(all.back()));
    }
};

/// The app's own clients in one room, and what happened to them.
class Crowd
{
public:
    Crowd(const client::HostAddress &address, int count)
    {
        for (int i = 0; i < count; ++i)
            add(address, u"Guest %1"_s.arg(i));
    }

    bool waitForAll() const
    {
        const Times &waitedFor = m_clock.isValid() ? back : joined;
        return waitUntil([&] { return waitedFor.isWhole(m_clients.size()); });
    }
    /// From now on it is told how long things take.
    void startClock() { m_clock.start(); }
    qint64 elapsed() const { return m_clock.elapsed(); }

    Times joined;
    Times told;
    Times back;
    QMap<QString, int> words; ///< what they were told, and how many of them

private:
    void add(const client::HostAddress &address, const QString &name)
    {
        client::ClientOptions options; // as the app has them, its delays as well
        options.name = name;
        m_clients.push_back(std::make_unique<client::HostClient>(address, options));
        client::HostClient *one = m_clients.back().get();
        QObject::connect(one, &client::HostClient::joined, one, [this](const chat::RoomState &) {
            if (m_clock.isValid())
                back.all.push_back(elapsed());
            else
                joined.all.push_back(0);
        });
        QObject::connect(one, &client::HostClient::linkChanged, one,
                         [this, wasOnline = false](const chat::Link &link) mutable {
                             const bool isOnline = link.state == chat::LinkState::Online;
                             if (m_clock.isValid() && wasOnline && !isOnline) {
                                 told.all.push_back(elapsed());
                                 ++words[link.problem];
                             }
                             wasOnline = isOnline;
                         });
        one->join(Room);
        one->open();
    }

    QElapsedTimer m_clock;
    std::vector<std::unique_ptr<client::HostClient>> m_clients;
};

int fail(const char *what)
{
    std::fprintf(stderr, "bench_restart: %s\n", what);
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int count = arguments.value(2, u"200"_s).toInt();
    Host host(arguments.value(1), arguments.mid(3));
    if (count < 1 || !host.start())
        return fail("PARLOURD [CLIENTS [OPTION…]]: no host, or no clients");
    const auto address = client::HostAddress::parse(host.address);
    if (!address)
        return fail("the host names no address");
    Crowd crowd(*address, count);
    if (!crowd.waitForAll())
        return fail("not all clients came in");

    crowd.startClock();
    host.terminate();
    if (!waitUntil([&] { return host.hasEnded(); }))
        return fail("the host did not end");
    const qint64 ended = crowd.elapsed();
    if (!host.start())
        return fail("the host did not come back");
    const qint64 started = crowd.elapsed();
    if (!crowd.waitForAll())
        return fail("not all clients came back");

    std::printf("%d clients of %s\n", count, qPrintable(host.address));
    crowd.told.print("told");
    std::printf("%-18s after %lld ms, and listened again after %lld ms\n", "the host ended",
                static_cast<long long>(ended), static_cast<long long>(started));
    crowd.back.print("back in the room");
    for (auto it = crowd.words.cbegin(); it != crowd.words.cend(); ++it)
        std::printf("%5d heard \"%s\"\n", it.value(), qPrintable(it.key()));
    return 0;
}
