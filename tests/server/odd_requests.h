// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

/// What one client sends to the tiny application, and what it is answered: RFC 9112 as a table.
namespace parlour::tests {

struct OddRequest {
    const char *name;
    QByteArray bytes;
    int status;
};

QList<OddRequest> oddRequestLines(); ///< versions too, and control characters anywhere in a head
QList<OddRequest> oddHeaderLines(); ///< hosts, and heads without an end
QList<OddRequest> oddLengths(); ///< of bodies, and their codings
QList<OddRequest> oddChunks();
QList<OddRequest> oddTargets(); ///< traversal, forms of the target
QList<OddRequest> oddUpgrades(); ///< handshakes and expectations
QList<OddRequest> unusualRequests(); ///< which are sound: RFC 9112 has them served

} // namespace parlour::tests
