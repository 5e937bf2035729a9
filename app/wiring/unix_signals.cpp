// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/unix_signals.h"

#include "wiring/exit_codes.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace parlour::wiring {

namespace {

// A handler may only touch what is async-signal-safe: it writes the number into this pipe.
std::array<int, 2> pipeEnds{-1, -1};
volatile std::sig_atomic_t endsAtOnce = 0;

void handle(int number)
{
    if (endsAtOnce && number != SIGHUP)
        ::_exit(exit_code::Ended);
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
    if (number == SIGTERM || number == SIGINT)
        ::signal(number, SIG_DFL);
}

} // namespace

UnixSignals::UnixSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals: the process has too many open files");
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &UnixSignals::read);
    struct sigaction action = {};
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
}

UnixSignals::~UnixSignals()
{
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::signal(number, SIG_DFL);
    for (int &end : pipeEnds)
        ::close(std::exchange(end, -1));
}

void UnixSignals::endAtOnce(bool isAtOnce)
{
    endsAtOnce = isAtOnce;
}

void UnixSignals::read()
{
    char byte = 0;
    while (::read(pipeEnds[0], &byte, 1) == 1) {
        if (byte == SIGHUP)
            Q_EMIT reload();
        else
            Q_EMIT terminate();
    }
}

} // namespace parlour::wiring
