// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

/// Names of groups and channels: ASCII letters, digits, '-', '_' and '.', under 100 characters; a
/// channel may have one '!' and a local part after it. Stricter than Channels, whose regular
/// expressions let Arabic digits, letters of any script after '!' and a final line feed through.
namespace parlour::channels {

inline constexpr int MaxNameLength = 99;
/// Of what a channel's own name begins with: the 66 characters that make it unique follow.
inline constexpr int MaxPrefixLength = 33;

bool isGroupName(QStringView name);
bool isChannelName(QStringView name);

/// The error names the offender.
Expected<void> checkGroupName(const QString &name);
Expected<void> checkChannelName(const QString &name);
/// What the name of a new channel begins with.
Expected<void> checkChannelPrefix(const QString &prefix);
/// A channel that many may read and write: one without '!'.
Expected<void> checkSharedChannelName(const QString &name);

} // namespace parlour::channels
