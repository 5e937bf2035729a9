// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

namespace parlour::client {

/// An error of a host, in the person's language. Hosts speak English and say exactly what was
/// wrong; where there is a translation it is one sentence for each code and cause
/// (docs/protocol.md, "Errors"), else, and for codes that are not known here, the host's own words
/// stay.
chat::ErrorFrame inOurWords(chat::ErrorFrame error);

} // namespace parlour::client
