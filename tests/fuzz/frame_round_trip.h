// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"
#include "fuzz/promise.h"

namespace parlour::fuzz {

/// Parses `bytes`; what is a frame stays itself when it is written and parsed again. A refusal
/// names its code and says why.
template <typename Parse>
void checkRoundTrip(QByteArrayView bytes, Parse parse)
{
    const auto frame = parse(bytes);
    if (!frame) {
        require(!frame.error().code.isEmpty(), "a refused frame has a code");
        require(!frame.error().message.isEmpty(), "a refused frame has a sentence");
        require(frame.error().message.size() < 500, "a refusal's sentence is bounded");
        return;
    }
    const QByteArray once = chat::encode(*frame);
    require(QByteArrayView(once).isValidUtf8(), "a frame is UTF-8");
    require(once.startsWith("{\"type\":"), "a frame begins with its type");
    require(!once.contains('\n'), "a frame is one line");
    const auto again = parse(once);
    require(again.hasValue(), "a written frame can be parsed");
    require(again->index() == frame->index(), "a written frame has the same type");
    require(chat::encode(*again) == once, "a frame written anew is itself");
}

} // namespace parlour::fuzz
