// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

namespace parlour::widgets {

/// What a person has not said yet, in a room or at a host.
struct Unsaid {
    int messages = 0; ///< that are not sent
    bool hasDraft = false;
    bool isKept = false; ///< outlives that the person leaves, and is sent later; else it is deleted

    bool isEmpty() const { return messages == 0 && !hasDraft; }
};

/// Asks before a room or a host is left where something is unsaid. "Stay" is the default and closes
/// the sheet; the other button accepts it.
class LeaveSheet final : public Sheet
{
    Q_OBJECT
public:
    /// `title`: of the room or host. `unsaid` is not empty.
    LeaveSheet(const Theme &theme, const QString &title, const Unsaid &unsaid);
};

} // namespace parlour::widgets
