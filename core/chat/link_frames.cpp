// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frame_parts.h"

using namespace Qt::StringLiterals;

namespace parlour::chat {

LinkedFrame readLinked(const JsonReader &json)
{
    return {json.text("code"), std::chrono::seconds(json.integer("seconds"))};
}

QByteArray written(const LinkFrame &)
{
    return beginFrame("link"_L1).endObject().take();
}

QByteArray written(const LinkedFrame &frame)
{
    return beginFrame("linked"_L1)
        .field("code"_L1, frame.code)
        .field("seconds"_L1, qint64(frame.lifetime.count()))
        .endObject()
        .take();
}

} // namespace parlour::chat
