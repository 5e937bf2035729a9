// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QByteArray>
#include <QString>

namespace parlour::chat {

/// What a plain client says: {"message": <any JSON>}.
struct PlainMessage {
    QByteArray json; ///< the value's own bytes
    QString text; ///< the text, or the value's compact JSON where it is none
};

/// Fails for what the tutorial's contract refuses: no JSON (a lone surrogate, a number beyond 64
/// bits), no object, no "message".
channels::Expected<PlainMessage> parsePlainMessage(const QByteArray &utf8);

} // namespace parlour::chat
