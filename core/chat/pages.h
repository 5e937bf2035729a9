// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/house.h"
#include "chat/page_consumer.h"

/// The pages for browsers. All come from compiled-in files under ":/web/", read once, when the
/// application is made.
namespace parlour::chat {

/// web/lobby.html.
MakePage lobbyPage();
/// web/room.html, with the room's title in it; 404 for what is no room's name.
MakePage roomPage();
/// A room's address without its final slash: 301 to the one with it.
MakePage roomRedirect();
/// The files of web/static/, and nothing else.
MakePage staticFiles();
/// The listed rooms, for the lobby.
MakePage roomList(const House &house);

} // namespace parlour::chat
