// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which messages has this person changed, and the host has not answered yet? Changes are kept and sent as messages
// are (kept_outbox.js, sending.js). A refused edit stays until it is retried or dropped, so that no text is lost; of
// other refusals the words are enough.

import { uuid } from './names.js';

const maxChanges = 100; // on their way in one room

/** An entry of `Room.changes` is {key, id, time, of, type, text?, emoji?, on?, state: 'waiting' | 'sending' | 'failed', problem, since, kept}. */
export class Changes {
  /** rooms: Map of name → Room; kept: KeptOutbox; sending: Sending; changed(). */
  constructor(rooms, kept, sending, changed) {
    Object.assign(this, { rooms, kept, sending, changed });
  }

  edit(room, of, text) {
    room.changes.filter((change) => change.of === of && change.state === 'failed').forEach(({ id }) => this.kept.forget(room, id));
    return this.#ask(room, { type: 'edit', of, text });
  }

  remove(room, of) {
    return this.#ask(room, { type: 'delete', of });
  }

  react(room, of, emoji, on) {
    return this.#ask(room, { type: 'react', of, emoji, on });
  }

  retry(room, key) {
    const change = room.changes.find((one) => one.key === key);
    if (change?.state !== 'failed')
      return;
    Object.assign(change, { state: 'waiting', problem: '' });
    this.kept.keep(room, change);
    this.sending.next();
    this.changed();
  }

  discard(room, key) {
    const change = room.changes.find((one) => one.key === key);
    if (change?.state === 'failed')
      this.kept.forget(room, change.id);
    this.changed();
  }

  /** The host has made the change, or had made it already. */
  arrived(id, room) {
    this.kept.forget(room, id);
    this.sending.next(); // also where another tab heard it first, and the entry is gone
  }

  /** The host refused a change; true if its row says so, false if it is not ours, '' if somebody has to be told. */
  refused(id, problem, code) {
    for (const room of this.rooms.values()) {
      const change = room.changes.find((one) => one.id === id);
      if (change === undefined)
        continue;
      const message = room.message(change.of);
      const stays = change.type === 'edit' && code !== 'no_such_message' && message?.isDeleted !== true;
      if (stays) {
        Object.assign(change, { state: 'failed', problem });
        this.kept.keep(room, change);
        this.sending.next();
      } else {
        this.arrived(id, room);
      }
      return (stays && message !== undefined) || '';
    }
    return false;
  }

  /** The last edit of the message that is on its way or was refused; undefined: none. */
  editOf(room, of) {
    return room.changes.findLast((change) => change.of === of && change.type === 'edit');
  }

  /** False if too much is on its way already. */
  #ask(room, change) {
    if (room.changes.length >= maxChanges)
      return false;
    this.kept.add(room, { ...change, id: uuid() });
    this.sending.next();
    this.changed();
    return true;
  }
}
