// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

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

} // namespace parlour::redis
