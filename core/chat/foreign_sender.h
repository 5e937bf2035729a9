// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frames.h"

namespace parlour::chat {

class People;

/// The sender of a message or change that came through a channel layer, where anybody may write, as
/// people of this host see him: never under the id of one of them who is known by a token, who can
/// be on no other host, and never under the name of one, which gets " (Django)" or " (elsewhere)"
/// behind it. Django's users are told from people of other hosts too. Who is known by a key is the
/// same person everywhere, wherever that person is now: else hosts would come to different ends.
Sender asForeignSender(const Sender &sender, const People &people);

/// Whether somebody is here by a key, and on no other host as far as is known: the host that is
/// named is asked whether that was said or done there.
bool isDoubtful(const Sender &sender, const People &people);

} // namespace parlour::chat
