// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parlour::chat {

SearchFrame readSearch(const JsonReader &json)
{
    SearchFrame frame{json.text("id"), json.text("text"), json.optionalText("room"),
                      json.optionalText("next")};
    if (json.has("count")) {
        const qint64 count = json.integer("count", -JsonLimits::Integer);
        frame.count = int(std::clamp<qint64>(count, 1, SearchFrame::MaxCount));
    }
    return frame;
}

FoundFrame readFound(const JsonReader &json)
{
    return {json.text("id"), json.list("messages", readMessage), json.optionalText("next")};
}

QByteArray written(const SearchFrame &frame)
{
    return beginFrame("search"_L1)
        .field("id"_L1, frame.id)
        .field("text"_L1, frame.text)
        .optionalField("room"_L1, frame.room)
        .optionalField("next"_L1, frame.next)
        .field("count"_L1, frame.count)
        .endObject()
        .take();
}

QByteArray written(const FoundFrame &frame)
{
    JsonWriter json = beginFrame("found"_L1);
    json.field("id"_L1, frame.id);
    writeList(json, "messages"_L1, frame.messages);
    return json.optionalField("next"_L1, frame.next).endObject().take();
}

} // namespace parlour::chat
