// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QMap>
#include <QString>

namespace parlour::redis {

/// What a layer has shared with other processes, as channels::BridgeInfo shows it. Counters only
/// grow.
struct SharingTally {
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 undecodable = 0;
    QMap<QString, qint64> notShared; ///< by cause
};

/// The cause under which a command is counted that a RedisConnection could not have answered.
inline QString causeOf(const channels::Error &error)
{
    if (error.code == QLatin1StringView("interrupted"))
        return QStringLiteral("unconfirmed");
    if (error.code == QLatin1StringView("redis_away")) // nothing is left of its patience
        return QStringLiteral("expired");
    return error.code;
}

} // namespace parlour::redis
