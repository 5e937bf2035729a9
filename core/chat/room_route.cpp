// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/room_route.h"

#include "chat/room_names.h"

#include <QByteArrayView>

using namespace Qt::StringLiterals;

namespace parlour::chat {

channels::Expected<QString> routedRoomTitle(const channels::Scope &scope)
{
    if (!QByteArrayView(QByteArray::fromPercentEncoding(scope.rawPath)).isValidUtf8())
        return channels::Error{u"bad_room"_s, u"This is no name for a room: it is no UTF-8."_s};
    return checkRoomTitle(scope.urlRoute.kwargs.value(u"room_name"_s).toString());
}

} // namespace parlour::chat
