// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace parlour::redis {

/// Where the core layer takes time, names and chance from; a test gives them.
struct CoreSources {
    /// Seconds since 1970, UTC, by this machine.
    std::function<double()> time;
    /// 32 hex digits that nobody else has.
    std::function<QString()> uuid;
    /// 12 bytes in front of every stored message, by which it differs from all others. Each sorts
    /// behind those before it: where two messages have the same score, Redis goes by the bytes.
    std::function<QByteArray()> stamp;
    /// 16 bytes that nobody can guess, for encryption.
    std::function<QByteArray()> initialisationVector;

    static CoreSources ofTheSystem();
};

} // namespace parlour::redis
