// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/http/http_refusal.h"
#include "net/http/request_head.h"

namespace parlour::server {

/// What a client is told that asks in plain text where TLS is spoken: a redirect to the same page
/// over https for a reader of pages, else words that name the right scheme.
HttpRefusal tlsHint(const RequestHead &head);

/// The same where the head could not be read.
HttpRefusal tlsHint();

} // namespace parlour::server
