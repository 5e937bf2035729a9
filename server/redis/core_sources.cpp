// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/core_sources.h"

#include "channels/secrets.h"
#include "redis/fernet.h"

#include <QDateTime>
#include <QUuid>
#include <QtEndian>

#include <chrono>
#include <ctime>

namespace parlour::redis {

namespace {

/// As no clock that somebody sets. It goes on while the machine sleeps, as the clocks of the
/// servers do, where there is such a one.
double steadySeconds()
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
#endif
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// A counter, and chance against other processes that store the same at the same time.
QByteArray nextStamp(quint64 &counter)
{
    constexpr qsizetype CounterSize = 6;
    const quint64 bytes = qToBigEndian(++counter);
    return QByteArray(reinterpret_cast<const char *>(&bytes), sizeof(bytes)).last(CounterSize)
        + channels::randomSecret().first(CounterSize);
}

} // namespace

// The steady clock, set once: whoever turns the machine's clock back does not turn messages around.
CoreSources CoreSources::ofTheSystem()
{
    const double start = double(QDateTime::currentMSecsSinceEpoch()) / 1000 - steadySeconds();
    return {[start] { return start + steadySeconds(); },
            [] { return QString::fromLatin1(QUuid::createUuid().toRfc4122().toHex()); },
            [counter = quint64(0)]() mutable { return nextStamp(counter); },
            FernetSources::ofTheSystem().initialisationVector};
}

} // namespace parlour::redis
