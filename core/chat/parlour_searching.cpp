// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/parlour_consumer.h"
#include "chat/text_rules.h"

using namespace Qt::StringLiterals;

/// What a parlour.v1 client may look for.
namespace parlour::chat {

void ParlourConsumer::handleFrame(const SearchFrame &frame)
{
    if (!isUuid(frame.id))
        return sendError({u"bad_id"_s, u"A search needs an id: a UUID."_s}, frame.room, frame.id);
    if (!frame.room.isEmpty() && !visitOf(frame.room, frame.id))
        return;
    sendError({u"not_read"_s, u"This host cannot search."_s}, frame.room, frame.id);
}

} // namespace parlour::chat
