// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <array>

namespace parlour::tests {

/// What QWebSocket of Qt 6.4 does wrong and the Qt engine cannot mend, by the name of the row that
/// shows it. A row that passes all of a sudden fails its test: then Qt was mended.
struct KnownFailure {
    const char *row;
    const char *reason;
};

inline constexpr std::array knownFailures{
    KnownFailure{"qt: byte order mark", "a leading byte order mark is removed from text"},
    KnownFailure{"qt: character split over fragments",
                 "UTF-8 is judged frame by frame, so that a character may not span two"},
    KnownFailure{"qt: no mask", "frames without a mask are taken"},
    KnownFailure{"qt: f_unmasked", "frames without a mask are taken"},
    KnownFailure{"qt: close 1012", "the registered codes 1012 to 1014 are answered with 1002"},
    KnownFailure{"qt: close 1014", "the registered codes 1012 to 1014 are answered with 1002"},
    KnownFailure{"qt: 7.7 close 1013", "the registered codes 1012 to 1014 are answered with 1002"},
    KnownFailure{"qt: 7.3.1 Close without payload", "a Close without a code is answered with 1000"},
};

/// The reason why this row is expected to fail, over TLS too, or null.
inline const char *knownFailure(const QByteArray &test)
{
    const QByteArray row = QByteArray(test).replace(" over TLS", "");
    for (const KnownFailure &failure : knownFailures) {
        if (row == failure.row)
            return failure.reason;
    }
    return nullptr;
}

} // namespace parlour::tests
