// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "net/address_range.h"
#include "net/http/http_refusal.h"
#include "net/http/request_head.h"
#include "net/http/scope_builder.h"

#include <QList>

namespace parlour::server {

bool isTrustedProxy(const QString &address, const QList<AddressRange> &trusted);

/// What a request says about its way here, where a trusted proxy brought it; else `ends` as they
/// are. Of X-Forwarded-For the right-most address that is no trusted proxy is the client: what is
/// left of it anybody may have written. X-Forwarded-Proto says whether the client came over TLS,
/// X-Forwarded-Host (the right-most) takes the place of the head's Host, X-Forwarded-Port is the
/// port that the client knows. 400 where one that counts is none.
OrRefusal<ConnectionEnds> throughProxies(RequestHead &head, const ConnectionEnds &ends,
                                         const QList<AddressRange> &trusted);

} // namespace parlour::server
