// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"
#include "channels/scope.h"

#include <QByteArray>

namespace parlour::server {

/// Why a request is answered by the server itself, before any application: a status, and a short
/// plain text for people. The connection ends after it.
struct HttpRefusal {
    int status = 400;
    QByteArray message; ///< UTF-8, one sentence
    channels::Headers headers; ///< Allow, Sec-WebSocket-Version, Retry-After
};

/// A value, or the HTTP answer that says why there is none.
template <typename T>
using OrRefusal = channels::Expected<T, HttpRefusal>;

/// The whole answer of an application that refuses: head and body, which is sent as it is, with
/// `Connection: close`. Plain text, unless its headers say otherwise. `toHead`: it answers a HEAD
/// request, so the body is left out.
QByteArray refusalAnswer(int status, const channels::Headers &headers, const QByteArray &body,
                         bool toHead = false);
/// The whole answer: head and text, with `Connection: close`. `toHead`: it answers a HEAD request,
/// so the text is left out.
QByteArray refusalAnswer(const HttpRefusal &refusal, bool toHead = false);

} // namespace parlour::server
