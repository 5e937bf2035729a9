// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parlour::models {

/// What is wrong with a Redis server or its address, as sentences in the language of the window
/// that say what to do; `problem` is what a host or the library says. Unknown words stay as they
/// are.
QString redisInOurWords(const QString &problem);

} // namespace parlour::models
