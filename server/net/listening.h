// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/scope.h"

namespace parlour::server {

/// A socket that listens. The receiver owns the descriptor.
struct Listening {
    int descriptor = -1;
    channels::Endpoint endpoint; ///< what was bound
};

/// Binds and listens, close-on-exec and non-blocking. `address` is numeric, brackets allowed; "::"
/// takes IPv4 as well where it can. Port 0 takes a free one. Fails with address_in_use,
/// address_not_available, not_allowed or bad_address, in words that name the address.
channels::Expected<Listening> listenOn(const QString &address, quint16 port, int backlog);

} // namespace parlour::server
