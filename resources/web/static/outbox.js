// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said here and has not come back yet? Kept in the page, sent when the room is joined, sent
// again with the same id after a loss: the host takes each id once.

import { t } from './strings.js';
import { uuid } from './names.js';

export const maxOutgoing = 100; // in one room
const patience = 20000; // ms without an answer until the connection counts as dead

/** Close codes that an own message may have caused: sending it again would only end the same way. */
const provoked = [1002, 1003, 1007, 1008, 1009];

export class Outbox {
  /** rooms: Map of name → Room; transmit(frame) sends. */
  constructor(rooms, transmit) {
    this.rooms = rooms;
    this.transmit = transmit;
  }

  /** Takes `text` in; false if too much is waiting already. */
  say(room, text) {
    if (room.outgoing.length >= maxOutgoing)
      return false;
    const id = uuid();
    room.outgoing.push({ key: id, id, time: Date.now(), text, state: 'waiting', problem: '', since: 0 });
    this.flush(room);
    return true;
  }

  /** Sends what waits, in order. */
  flush(room) {
    if (!room.joined)
      return;
    for (const entry of room.outgoing) {
      if (entry.state !== 'waiting')
        continue;
      entry.state = 'sending';
      entry.since = Date.now();
      this.transmit({ type: 'say', room: room.name, id: entry.id, text: entry.text });
    }
  }

  retry(room, key) {
    const entry = room.outgoing.find((other) => other.key === key);
    if (entry?.state !== 'failed')
      return;
    Object.assign(entry, { state: 'waiting', problem: '' });
    this.flush(room);
  }

  discard(room, key) {
    room.outgoing = room.outgoing.filter((entry) => entry.key !== key || entry.state !== 'failed');
  }

  /** The host refused the message; returns false if none of ours has that id. */
  refused(id, problem) {
    for (const room of this.rooms.values()) {
      const entry = room.outgoing.find((other) => other.id === id);
      if (entry) {
        Object.assign(entry, { state: 'failed', problem });
        return true;
      }
    }
    return false;
  }

  /** The connection ended: what had no answer waits for the next one. */
  lost(code) {
    for (const room of this.rooms.values())
      for (const entry of room.outgoing)
        if (entry.state === 'sending')
          Object.assign(entry, provoked.includes(code)
            ? { state: 'failed', problem: t(code === 1009 ? 'error_text_too_long' : 'error_closed') } : { state: 'waiting' });
  }

  /** How many messages are on their way, failed ones aside. */
  get pending() {
    let count = 0;
    for (const room of this.rooms.values())
      count += room.outgoing.filter((entry) => entry.state !== 'failed').length;
    return count;
  }

  /** True if a message has had no answer for so long that the connection must be dead. */
  get overdue() {
    const limit = Date.now() - patience;
    for (const room of this.rooms.values())
      if (room.outgoing.some((entry) => entry.state === 'sending' && entry.since < limit))
        return true;
    return false;
  }
}
