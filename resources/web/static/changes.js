// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which messages has this person changed, and the host has not answered yet? A change waits in memory, goes
// out in order once the room has been caught up with, and again with the same id after a loss: the host takes
// each id once. A refused edit stays until it is retried or dropped, so that no text is lost; of other
// refusals the words are enough.

import { uuid } from './names.js';

const maxChanges = 100; // on their way in one room
const patience = 20000; // ms without an answer until the connection counts as dead

/** An entry of `Room.changes` is {key, id, of, type, text?, emoji?, on?, state: 'waiting' | 'sending' | 'failed', problem, since}. */
export class Changes {
  /** rooms: Map of name → Room; transmit(frame) sends; changed(). */
  constructor(rooms, transmit, changed) {
    this.rooms = rooms;
    this.transmit = transmit;
    this.changed = changed;
  }

  edit(room, of, text) {
    room.changes = room.changes.filter((change) => change.of !== of || change.state !== 'failed');
    return this.#ask(room, { type: 'edit', of, text });
  }

  remove(room, of) {
    return this.#ask(room, { type: 'delete', of });
  }

  react(room, of, emoji, on) {
    return this.#ask(room, { type: 'react', of, emoji, on });
  }

  /** Sends what waits, in order. */
  flush(room) {
    if (!room.joined)
      return;
    for (const change of room.changes) {
      if (change.state !== 'waiting')
        continue;
      Object.assign(change, { state: 'sending', since: Date.now() });
      const { type, id, of, text, emoji, on } = change;
      this.transmit({ type, room: room.name, id, of, text, emoji, on });
    }
  }

  retry(room, key) {
    const change = room.changes.find((one) => one.key === key);
    if (change?.state !== 'failed')
      return;
    Object.assign(change, { state: 'waiting', problem: '' });
    this.flush(room);
    this.changed();
  }

  discard(room, key) {
    room.changes = room.changes.filter((change) => change.key !== key || change.state !== 'failed');
    this.changed();
  }

  /** The host has made the change, or had made it already. */
  arrived(id, room) {
    room.changes = room.changes.filter((change) => change.id !== id);
  }

  /** The host refused a change; true if its row says so, false if it is not ours, '' if somebody has to be told. */
  refused(id, problem) {
    for (const room of this.rooms.values()) {
      const change = room.changes.find((one) => one.id === id);
      if (change === undefined)
        continue;
      const stays = change.type === 'edit' && room.message(change.of)?.isDeleted === false;
      if (stays)
        Object.assign(change, { state: 'failed', problem });
      else
        this.arrived(id, room);
      return stays || '';
    }
    return false;
  }

  /** The text that the host did not take for the message; undefined: none. */
  refusedText(room, of) {
    return room.changes.find((change) => change.of === of && change.state === 'failed')?.text;
  }

  /** The connection ended: what had no answer waits for the next one. */
  lost() {
    for (const change of this.#all)
      if (change.state === 'sending')
        change.state = 'waiting';
  }

  get pending() {
    return this.#all.filter((change) => change.state !== 'failed').length;
  }

  /** True if a change has had no answer for so long that the connection must be dead. */
  get overdue() {
    const limit = Date.now() - patience;
    return this.#all.some((change) => change.state === 'sending' && change.since < limit);
  }

  get #all() {
    return Array.from(this.rooms.values()).flatMap((room) => room.changes);
  }

  /** False if too much is on its way already. */
  #ask(room, change) {
    if (room.changes.length >= maxChanges)
      return false;
    const id = uuid();
    room.changes.push({ ...change, key: id, id, state: 'waiting', problem: '', since: 0 });
    this.flush(room);
    this.changed();
    return true;
  }
}
