// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who is writing? Others are told at most every three seconds that this person is, unless the switch below
// the rooms is off; what others tell is forgotten after six.

import { byId, element } from './dom.js';
import { remember, remembered } from './storage.js';
import { language, t } from './strings.js';

const tellEvery = 3000; // ms
const forgetAfter = 6000; // ms
const namedAtMost = 3;
const countedAtMost = 100;
const and = new Intl.ListFormat(language, { type: 'conjunction' });

/** What others tell. Room.typing is a Map of id → {name, timer}. */
export class Typists {
  /** isOwn(id) judges; changed(room) hears of each change. */
  constructor(isOwn, changed) {
    Object.assign(this, { isOwn, changed });
  }

  heard({ person, typing }, room) {
    const id = String(person?.id ?? '');
    if (this.isOwn(id))
      return;
    this.stopped(id, room);
    if (typing !== true || room.typing.size >= countedAtMost)
      return;
    room.typing.set(id, { name: String(person?.name ?? ''), timer: setTimeout(() => this.stopped(id, room), forgetAfter) });
    this.changed(room);
  }

  /** Said something, left, or writes no more. */
  stopped(id, room) {
    clearTimeout(room.typing.get(id)?.timer);
    if (room.typing.delete(id))
      this.changed(room);
  }

  allStopped(room) {
    for (const id of [...room.typing.keys()])
      this.stopped(id, room);
  }
}

/** Tells the host that this person writes, and shows who else does. */
export class TypingLine {
  #room = null; // where others see this person write
  #toldAt = 0;

  constructor(session) {
    this.session = session;
    this.line = byId('typing');
    this.toggle = byId('tell-typing');
    this.toggle.checked = remembered().quiet !== 'yes';
    this.toggle.addEventListener('change', () => this.#switched());
    for (const name of ['typing', 'rooms'])
      session.addEventListener(name, () => this.#draw());
  }

  /** `text` is what stands in the composer of `room` after a key. */
  wrote(text, room) {
    if (room !== this.#room || text.trim() === '')
      this.stop();
    const now = Date.now();
    if (text.trim() === '' || !this.toggle.checked || !room.joined || (this.#room && Math.abs(now - this.#toldAt) < tellEvery))
      return;
    this.#room = room;
    this.#toldAt = now;
    this.#tell(true);
  }

  /** What was written is said: the others know by that. */
  said() {
    this.#room = null;
  }

  stop() {
    if (this.#room)
      this.#tell(false);
    this.#room = null;
  }

  #tell(typing) {
    this.session.link.send({ type: 'typing', room: this.#room.name, typing });
  }

  #switched() {
    if (!this.toggle.checked)
      this.stop();
    remember({ quiet: this.toggle.checked ? undefined : 'yes' });
  }

  #draw() {
    const names = Array.from(this.session.current.typing.values(), ({ name }) => name);
    this.line.hidden = names.length === 0;
    this.line.replaceChildren(...sentence(names));
  }
}

/** The names stand out. */
function sentence(names) {
  if (names.length === 0)
    return [];
  if (names.length > namedAtMost)
    return [t('manyTyping', { n: names.length })];
  const [before, behind] = t('typing', { n: names.length, names: '\n' }).split('\n');
  const parts = and.formatToParts(names).map(({ type, value }) => type === 'element' ? element('b', '', { dir: 'auto' }, value) : value);
  return [before, ...parts, behind];
}
