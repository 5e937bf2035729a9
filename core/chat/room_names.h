// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/expected.h"

#include <QString>

/// What a room may be called, and the group of a channel layer that carries it.
namespace parlour::chat {

inline constexpr int MaxTitleLength = 200;
inline constexpr int MaxTopicLength = 200;

/// The title in NFC: 1 to 200 code points, no slash or backslash, no control or bidi characters, no
/// space at either end, something to see, not "." or "..". Fails (bad_room) and says why.
channels::Expected<QString> checkRoomTitle(const QString &title);

/// In NFC, trimmed; may be empty. Fails (bad_topic).
channels::Expected<QString> checkTopic(const QString &topic);

/// "chat_" and the title where that is a valid group name, so that Django's "chat_lobby" is ours;
/// else "parlour.room." and the base32 of the title's SHA-256.
QString roomGroup(const QString &title);

} // namespace parlour::chat
