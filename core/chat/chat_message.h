// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/message.h"
#include "chat/frames.h"
#include "chat/message_change.h"

#include <optional>

/// The events of a room's group on a host's own layer. chat.message is what Django's tutorial
/// sends, and what we add to it; chat.changed never leaves a host like that.
namespace parlour::chat {

/// `json` is the JSON value as its sender wrote it; plain clients get these bytes. `origin` is the
/// id of the host where it was said; empty: this one.
channels::Message makeChatMessage(const ChatMessage &content, const QByteArray &json,
                                  const QString &origin = {});
/// What parlour.v1 shows of it, or nothing where the event lacks what only a Parlour host adds.
/// Read once for all receivers; lives as long as the message does.
const std::optional<ChatMessage> &chatMessageOf(const channels::Message &message);

/// What other hosts are told of a change.
QVariantMap changeBody(const Change &change);
/// What was done to a message; `done` is how it is now.
channels::Message makeChatChanged(const Change &change, const ChangedFrame &done);
/// The frame of parlour.v1 for it; empty where a Parlour host did not make it.
QByteArray changedEncoding(const channels::Message &message);

/// {"message": <JSON>}. Made once for all receivers, like the next.
QByteArray plainEncoding(const channels::Message &message);
/// The frame of parlour.v1; `content` is chatMessageOf(message).
QByteArray parlourEncoding(const channels::Message &message, const ChatMessage &content);

} // namespace parlour::chat
