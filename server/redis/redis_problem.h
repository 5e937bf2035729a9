// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/redis_reply.h"

#include <QString>

namespace parlour::redis {

/// What an error of Redis means to whoever runs it, and what to do. Empty: it is about that one
/// command, not about the server. Never has a password in it.
QString problemIn(const RedisReply &reply);

/// Whether an error in answer to a PING says that Redis does nothing for us now. Any other one
/// (MISCONF, where nothing can be saved) shows that we are let in.
bool keepsOut(const RedisReply &reply);

/// Whether such an error says that Redis takes no writes for a while, whoever asks.
bool passes(const RedisReply &reply);

/// What Redis said, short and without control characters, for people.
QString quoted(const RedisReply &reply);

} // namespace parlour::redis
