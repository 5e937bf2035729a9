// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said here and has not come back yet? Kept by the browser until the host has said it (kept_outbox.js),
// sent in order (sending.js). What the host refuses stays until it is retried or deleted.

import { uuid } from './names.js';

export const maxOutgoing = 100; // in one room

export class Outbox {
  /** rooms: Map of name → Room; kept: KeptOutbox; sending: Sending. */
  constructor(rooms, kept, sending) {
    Object.assign(this, { rooms, kept, sending });
  }

  /** Takes `text` in, which may reply to the message of the id `reply`; false if too much is waiting already. */
  say(room, text, reply = '') {
    if (room.outgoing.length >= maxOutgoing)
      return false;
    this.kept.add(room, { type: 'say', id: uuid(), text, reply });
    this.sending.next();
    return true;
  }

  retry(room, key) {
    const entry = room.outgoing.find((other) => other.key === key);
    if (entry?.state !== 'failed')
      return;
    Object.assign(entry, { state: 'waiting', problem: '' });
    this.kept.keep(room, entry);
    this.sending.next();
  }

  discard(room, key) {
    const entry = room.outgoing.find((other) => other.key === key);
    if (entry?.state === 'failed')
      this.kept.forget(room, entry.id);
  }

  /** The message is on its way no more: the host has said it. */
  arrived(id, room) {
    this.kept.forget(room, id);
    this.sending.next(); // also where another tab heard it first, and the entry is gone
  }

  /** The host refused the message; returns false if none of ours has that id. */
  refused(id, problem) {
    for (const room of this.rooms.values()) {
      const entry = room.outgoing.find((other) => other.id === id);
      if (entry === undefined)
        continue;
      Object.assign(entry, { state: 'failed', problem });
      this.kept.keep(room, entry);
      this.sending.next();
      return true;
    }
    return false;
  }

  /** How many messages are on their way, failed ones aside. */
  get pending() {
    let count = 0;
    for (const room of this.rooms.values())
      count += room.outgoing.filter((entry) => entry.state !== 'failed').length;
    return count;
  }
}
