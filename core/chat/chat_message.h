// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"

#include <optional>

/// The event chat.message of a channel layer: what Django's tutorial sends, and what we add to it.
namespace parlour::chat {

/// `json` is the JSON value as its sender wrote it; plain clients get these bytes. `origin` is the
/// id of the host where it was said; empty: this one.
channels::Message makeChatMessage(const ChatMessage &content, const QByteArray &json,
                                  const QString &origin = {});
/// What parlour.v1 shows of it, or nothing where the event lacks what only a Parlour host adds.
std::optional<ChatMessage> chatMessageOf(const channels::Message &message);

/// {"message": <JSON>}. Made once for all receivers, like the next.
QByteArray plainEncoding(const channels::Message &message);
/// The frame of parlour.v1; `content` is chatMessageOf(message).
QByteArray parlourEncoding(const channels::Message &message, const ChatMessage &content);

} // namespace parlour::chat
