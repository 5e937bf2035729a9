// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

namespace parlour::chat {

class People;

/// The sender of a message that came through a channel layer, where anybody may write, as people of
/// this host see him: never under the id of one of them who is on no other host, and never under
/// the name of one, which gets " (Django)" or " (elsewhere)" behind it. Django's users are told
/// from people of other hosts too.
Sender asForeignSender(const Sender &sender, const People &people);

} // namespace parlour::chat
