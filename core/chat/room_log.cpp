// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_log.h"

#include "chat/token_store.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

RoomLog::~RoomLog() = default;

RoomLog::Stats RoomLog::stats() const
{
    return {};
}

QString newEpoch()
{
    return u"e-"_s + QString::fromLatin1(randomBytes(8).toHex());
}

Error somebodyElsesId()
{
    return {u"bad_id"_s, u"Something else has this id. Take another one."_s};
}

} // namespace parlour::chat
