// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"

namespace parlour::widgets {

/// Asks before a message is deleted. "Keep" is the default and closes the sheet; "Delete" accepts
/// it.
class DeleteSheet final : public Sheet
{
    Q_OBJECT
public:
    explicit DeleteSheet(const Theme &theme);
};

} // namespace parlour::widgets
