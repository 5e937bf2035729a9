// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace parlour::tests {

/// What QWebSocket of Qt 6.4 does wrong and the Qt engine cannot mend, by the name of the row that
/// shows it. A row that passes all of a sudden fails its test: then Qt was mended.
struct KnownFailure {
    QByteArrayView row; ///< with '*' at its end: all rows that begin so
    const char *reason;
};

inline constexpr const char *JudgesFrames =
    "UTF-8 is judged frame by frame, so that a character may not span two";
inline constexpr const char *WaitsForTheFrame =
    "UTF-8 is judged when the frame is whole, not at the byte that is wrong";
inline constexpr const char *RegisteredCodes =
    "the registered codes 1012 to 1014 are answered with 1002";
inline constexpr const char *TakesUnmasked = "frames without a mask are taken";
inline constexpr const char *OwnWords = "what is wrong with a frame is said in other words";
inline constexpr const char *ShortPauses =
    "a pause of 5 s inside a message ends the connection with 1001, whatever the options say";
inline constexpr const char *AllPongs =
    "every ping is answered at once; the pongs are bounded by unread bytes alone";
inline constexpr const char *HoldsOutput =
    "what a QTcpSocket holds cannot be dropped, so the Close frame comes behind it";

inline constexpr std::array knownFailures{
    KnownFailure{"qt: byte order mark", "a leading byte order mark is removed from text"},
    KnownFailure{"qt: character split over fragments", JudgesFrames},
    KnownFailure{"qt: no mask", TakesUnmasked},
    KnownFailure{"qt: f_unmasked", TakesUnmasked},
    KnownFailure{"qt: close 1012", RegisteredCodes},
    KnownFailure{"qt: close 1014", RegisteredCodes},
    KnownFailure{"qt: 7.7 close 1013", RegisteredCodes},
    KnownFailure{"qt: 7.3.1 Close without payload", "a Close without a code is answered with 1000"},
    KnownFailure{"qt: 6.4.3 inside a frame", WaitsForTheFrame},
    KnownFailure{"qt: 6.4.4 inside a frame, at the very byte", WaitsForTheFrame},
    KnownFailure{"qt: inside a frame", ShortPauses},
    KnownFailure{"qt: between fragments", ShortPauses},
    KnownFailure{"qt: pongs as shipped", AllPongs},
    KnownFailure{"qt: three pongs", AllPongs},
    KnownFailure{"qt: the end first", HoldsOutput},
    KnownFailure{"qt: characters over fragments in *", JudgesFrames},
    KnownFailure{"qt: words for reserved bit", OwnWords},
    KnownFailure{"qt: words for opcode", OwnWords},
    KnownFailure{"qt: words for unmasked", TakesUnmasked},
    KnownFailure{"qt: words for part of a ping", OwnWords},
    KnownFailure{"qt: words for long ping", OwnWords},
    KnownFailure{"qt: words for two begun", OwnWords},
    KnownFailure{"qt: words for a long length", OwnWords},
    KnownFailure{"qt: words for half a code", OwnWords},
    KnownFailure{"qt: words for a code", OwnWords},
    KnownFailure{"qt: words for no UTF-8", OwnWords},
    KnownFailure{"qt: words for half a character", OwnWords},
    KnownFailure{"qt: words for reason", OwnWords},
    KnownFailure{"qt: words for too big", OwnWords},
};

/// The reason why this row is expected to fail, over TLS too, or null.
inline const char *knownFailure(const QByteArray &test)
{
    const QByteArray row = QByteArray(test).replace(" over TLS", "");
    for (const KnownFailure &failure : knownFailures) {
        const bool isFamily = failure.row.endsWith('*');
        if (isFamily ? row.startsWith(failure.row.chopped(1)) : row == failure.row)
            return failure.reason;
    }
    return nullptr;
}

} // namespace parlour::tests
