// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace parlour::storage {

/// A host's file was found damaged at its opening; this is what became of it.
struct Damage {
    QString putAside; ///< where the damaged file is now
    QDateTime keptUntil = {}; ///< when that is removed
    qint64 saved = 0; ///< messages that the new file has
    qint64 lost = 0; ///< messages that it has not, as far as is known
    bool isLostKnown = true; ///< else there may have been more
    int roomsWithGaps = 0; ///< whose logs begin anew, with what is left of them
    bool isHouseWhole = true; ///< nothing is missing of what the host knows besides its logs

    /// Nobody needs to know.
    bool isNothingLost() const
    {
        return lost == 0 && isLostKnown && roomsWithGaps == 0 && isHouseWhole;
    }

    friend bool operator==(const Damage &, const Damage &) = default;
};

} // namespace parlour::storage

Q_DECLARE_METATYPE(parlour::storage::Damage)
