// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace parlour::channels {

/// One event of a text/event-stream, ready for HttpConsumer::sendBody(…, true): every line of
/// `data` (UTF-8) in a field of its own. `event` and `id` are left out where they are empty, and
/// lose what would end their line. Source: WHATWG HTML, section 9.2.5.
QByteArray serverSentEvent(const QByteArray &data, const QByteArray &event = {},
                           const QByteArray &id = {});

} // namespace parlour::channels
