// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/auth_middleware.h"

namespace parlour::chat {

/// Who shows the owner's token (64 hexadecimal digits) gets the role "owner"; everybody else is
/// nobody in particular. An empty token: there is no owner.
channels::Authenticate ownerByToken(const QByteArray &token);

} // namespace parlour::chat
