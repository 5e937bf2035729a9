// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "storage/house_file.h"

#include <QStringList>

namespace parlour::storage {

/// What a store could not write any more, for the one that comes after it.
struct Unwritten {
    HouseChanges house;
    QStringList endedLogs; ///< rooms; one that was there again has a log without an entry

    bool isEmpty() const { return house.isEmpty() && endedLogs.isEmpty(); }
};

} // namespace parlour::storage
