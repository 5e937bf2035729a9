// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "net/conversation.h"

namespace parlour::server {

Conversation::~Conversation() = default;

bool Conversation::close(int, const QString &)
{
    return false;
}

} // namespace parlour::server
