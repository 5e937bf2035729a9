// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

/// All that chooses an application. Counterpart: the module channels.routing.
#include "channels/channel_name_router.h" // IWYU pragma: export
#include "channels/protocol_type_router.h" // IWYU pragma: export
#include "channels/subprotocol_router.h" // IWYU pragma: export
#include "channels/url_router.h" // IWYU pragma: export
