// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What of that which is on its way outlasts the page? All of it: what was said, and what is to change messages. The
// browser keeps it, and the host takes each id once. So tabs of one host need not agree on who sends: each takes up
// what is kept when it starts and when it is back, and what two of them send is said once and shown once. (Locks
// between tabs need https, which a host on a home network has not.)

import { OutboxStore } from './outbox_store.js';

export class KeptOutbox {
  isRestored = false; // what was kept earlier is here
  #store = new OutboxStore((id) => this.#forgotten(id), () => this.late());
  #lastTime = 0;
  #restoring = 0;
  #gone = new Set(); // what was forgotten while the store is read

  /**
   * rooms: Map of name → Room; changed() hears of what the store and other tabs did, left() that one of theirs is on its way
   * no more, late() that there is more to be restored.
   */
  constructor(rooms, { changed, left, late }) {
    Object.assign(this, { rooms, changed, left, late });
  }

  /** Takes up what earlier pages and other tabs left. roomOf(name) gives its room. */
  async restore(roomOf) {
    ++this.#restoring;
    for (const { room, ...entry } of await this.#store.entries())
      this.#takeUp(entry, roomOf(room));
    if (--this.#restoring === 0)
      this.#gone.clear();
    this.isRestored = true;
    this.changed();
  }

  /** Takes a new entry in, the last in order; it counts as kept once the store has it. */
  add(room, entry) {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    const whole = { ...entry, key: entry.id, time: this.#lastTime, state: 'waiting', problem: '', since: 0, kept: false };
    room[listOf(entry)].push(whole);
    this.keep(room, whole);
  }

  /** Keeps the entry as it is now. */
  async keep(room, entry) {
    entry.kept = false;
    entry.kept = await this.#store.keep(room.name, entry);
    this.changed();
  }

  /** It is on its way no more. */
  forget(room, id) {
    if (!without(room, id))
      return;
    this.#leaves(id);
    this.#store.forget(id);
  }

  /** True if all that is on its way outlasts the page. */
  get isWhole() {
    return Array.from(this.rooms.values()).every((room) => [...room.outgoing, ...room.changes].every((entry) => entry.kept));
  }

  #takeUp(entry, room) {
    this.#lastTime = Math.max(this.#lastTime, entry.time);
    const list = room[listOf(entry)];
    if (room.has(entry.id))
      this.#store.forget(entry.id);
    else if (!this.#gone.has(entry.id) && list.every(({ id }) => id !== entry.id))
      list.push({ ...entry, key: entry.id, state: entry.problem ? 'failed' : 'waiting', since: 0, kept: true });
    list.sort((a, b) => a.time - b.time);
  }

  #leaves(id) {
    if (this.#restoring > 0)
      this.#gone.add(id);
  }

  /** Another tab has forgotten it: it has arrived, or was given up there. */
  #forgotten(id) {
    this.#leaves(id);
    this.rooms.forEach((room) => without(room, id));
    this.left();
    this.changed();
  }
}

/** Messages and changes of messages stand in lists of their own. */
function listOf({ type }) {
  return type === 'say' ? 'outgoing' : 'changes';
}

/** Takes the entry of that id out of the room; false if there is none. */
function without(room, id) {
  const before = room.outgoing.length + room.changes.length;
  room.outgoing = room.outgoing.filter((entry) => entry.id !== id);
  room.changes = room.changes.filter((entry) => entry.id !== id);
  return room.outgoing.length + room.changes.length < before;
}
