// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// The lobby: which rooms does this host have, and into which one do we go?

import { avatarColour, avatarLetters } from './avatar.js';
import { byId, element, icon } from './dom.js';
import { maxRoomName, roomNameProblem, roomPath, tidied } from './names.js';
import { remember } from './storage.js';
import { known, t, translatePage } from './strings.js';
import { comeIn, hashOf, takeWayIn, watchForWayIn } from './way_in.js';

const loadLimit = 10000; // ms

const field = byId('room-name-input');
const form = byId('room-form');
const rooms = byId('lobby-rooms');
const problem = byId('room-problem');
let wayIn = takeWayIn(); // until it was used

function say(words) {
  problem.textContent = words;
  problem.hidden = words === '';
  field.toggleAttribute('aria-invalid', words !== '');
}

function enter() {
  const name = tidied(field.value);
  const wrong = roomNameProblem(name);
  if (wrong) {
    say(t(wrong, { max: maxRoomName }));
    field.focus();
    return;
  }
  location.assign(roomPath(name) + hashOf(wayIn));
}

function roomRow(room) {
  const people = room.people > 0 ? t('peopleHere', { n: room.people }) : t('nobodyHere');
  const texts = element('span', 'texts', {}, element('span', 'name', { dir: 'auto' }, room.title));
  if (room.topic)
    texts.append(element('span', 'topic', { dir: 'auto', title: room.topic }, room.topic));
  return element('li', '', {}, element('a', 'lobby-room', { href: roomPath(room.room) + hashOf(wayIn) },
    icon('hash', 'small'), texts, element('span', 'faint', {}, people)));
}

function showHost(title) {
  byId('host-heading').textContent = title ? t('joinHost', { host: title }) : t('parlour');
  document.title = [title, t('parlour')].filter(Boolean).join(' – ');
  const tile = byId('host-tile');
  tile.hidden = !title;
  tile.textContent = avatarLetters(title || '');
  tile.className = `tile colour${avatarColour(title || '')}`;
}

function showRooms(list) {
  rooms.replaceChildren(list.length === 0
    ? element('p', 'hint', {}, t('noRooms'))
    : element('ul', 'plain-list', {}, ...list.map(roomRow)));
}

function showFailure() {
  const again = element('button', 'button', { type: 'button' }, t('tryAgain'));
  again.addEventListener('click', load);
  rooms.replaceChildren(element('p', 'bad', { role: 'alert' }, t('cannotLoad')), again);
}

/** Says who came in by the address, or why nobody did. Where the host is out of reach, the room's page tries again. */
async function useWayIn() {
  const note = byId('lobby-note');
  note.hidden = false;
  note.textContent = t('comingIn');
  try {
    const { token, name, code } = await comeIn(wayIn);
    wayIn = null;
    if (token)
      remember({ token, name });
    note.classList.toggle('bad', !token);
    note.textContent = token ? t('youAre', { name }) : t(code === 'bad_link' ? 'why_link' : known(`error_${code}`) ? `error_${code}` : 'cannotLoad');
  } catch {
    note.hidden = true;
  }
}

async function load() {
  rooms.replaceChildren(element('p', 'hint', {}, t('loading')));
  try {
    const answer = await fetch('/chat/rooms.json', { cache: 'no-store', signal: AbortSignal.timeout(loadLimit) });
    const { host, rooms: list } = await answer.json();
    showHost(String(host.title));
    showRooms(list.map(({ room, title, topic, people }) =>
      ({ room: String(room), title: String(title), topic: String(topic ?? ''), people: Number(people) || 0 })));
  } catch {
    showFailure();
  }
}

translatePage();
form.addEventListener('submit', (event) => {
  event.preventDefault();
  enter();
});
field.addEventListener('input', () => say(''));
addEventListener('pageshow', (event) => event.persisted && load());

// A way in is used once: nobody leaves with it while that is on its way.
if (wayIn) {
  form.inert = true;
  await useWayIn();
  form.inert = false;
}

// Enter before this script was ready has sent the form as forms do: /chat/?room=…
const early = new URLSearchParams(location.search).get('room');
if (early !== null) {
  field.value = early;
  enter();
}
watchForWayIn();
load();
