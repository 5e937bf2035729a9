// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <Qt>

/// What the monitor's models say about a cell besides its text. The delegates turn it into looks.
namespace parlour::models {

enum MonitorRole {
    SortRole = Qt::UserRole, ///< the value behind the text, in a type that sorts
    FilterRole, ///< in column 0: all that a filter field looks through
    KeyRole, ///< in column 0: what the row is known by; it never changes
    CellRole, ///< a CellKind as int
    ToneRole, ///< a CellTone as int
    FillRole, ///< of a Meter: 0 to 1
    PersonIdRole, ///< of a Person: the id behind the avatar's colour
};

/// What a model of tiles says of a number besides what it is called (DisplayRole).
enum TileRole {
    ValueRole = Qt::UserRole + 32, ///< text of the number
    UnitRole,
    NoteRole,
    HistoryRole, ///< QList<double>, at most TileHistory, the newest last; empty: no spark line
};
constexpr int TileHistory = 40;

enum class CellKind {
    Text,
    Code, ///< a name of the machine's: fixed width
    Person, ///< has an avatar
    Number, ///< to the right
    Meter, ///< how full something is, and the number
};

enum class CellTone { Plain, Quiet, Good, Warn, Bad };

} // namespace parlour::models
