// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/export/room_export.h"

namespace parlour::chat {

/// Why no host can have said, changed or kept that; empty: it can. For files from anywhere.
QString whatNoLogHolds(const ExportEntry &entry);

} // namespace parlour::chat
