// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// The page of a room: puts the parts together.

import { AwayWatch } from './away_watch.js';
import { Composer } from './composer.js';
import { byId } from './dom.js';
import { LogView } from './log_view.js';
import { MessageActions } from './message_actions.js';
import { MembersView } from './members_view.js';
import { NameEditor } from './name_editor.js';
import { roomOfPath, roomPath } from './names.js';
import { Panels } from './panels.js';
import { RoomsView } from './rooms_view.js';
import { SearchView } from './search_view.js';
import { Session } from './session.js';
import { StatusView } from './status_view.js';
import { translatePage } from './strings.js';
import { watchForWayIn } from './way_in.js';

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';

translatePage();
const session = new Session(`${scheme}://${location.host}/ws/parlour/`);
const panels = new Panels();
const nameEditor = new NameEditor(session);
const composer = new Composer(session);
new AwayWatch(session);
new LogView(session);
new MessageActions(session, byId('chat-log'), composer);
new MembersView(session);
new StatusView(session, () => nameEditor.open());
new RoomsView(session, (name) => {
  visit(name);
  byId('chat-message-input').focus();
});
new SearchView(session, (message) => {
  visit(message.room);
  session.show(message);
});

function visit(name) {
  if (name !== session.current.name)
    history.pushState(null, '', roomPath(name));
  panels.close();
  session.visit(name);
}

addEventListener('popstate', () => session.visit(roomOfPath(location.pathname) || session.current.name));
document.addEventListener('visibilitychange', () => session.seen());
addEventListener('beforeunload', (event) => {
  if (!session.kept.isWhole)
    event.preventDefault();
});

watchForWayIn();
session.visit(JSON.parse(byId('room-name').textContent));
composer.takeEarlyLines();
session.link.open();
