// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said here and has not come back yet? Kept by the browser, sent in order once the room has been
// caught up with, sent again with the same id after a loss: the host takes each id once. So tabs of one
// host need not agree on who sends: each takes up what is kept when it starts and when it is back, and
// what two of them send is said once and shown once. (Locks between tabs need https, which a host on a
// home network has not.)

import { t } from './strings.js';
import { uuid } from './names.js';
import { OutboxStore } from './outbox_store.js';

export const maxOutgoing = 100; // in one room
const patience = 20000; // ms without an answer until the connection counts as dead

/** Close codes that an own message may have caused: sending it again would only end the same way. */
const provoked = [1002, 1003, 1007, 1008, 1009];

export class Outbox {
  #store = new OutboxStore((id) => this.#forgotten(id));
  #lastTime = 0;
  #restored = false;
  #restoring = 0;
  #gone = new Set(); // what has left the outbox while the store is read

  /** rooms: Map of name → Room; transmit(frame) sends; changed() hears of what the store and other tabs did. */
  constructor(rooms, transmit, changed) {
    this.rooms = rooms;
    this.transmit = transmit;
    this.changed = changed;
  }

  /**
   * Takes up what the browser keeps: of earlier pages, and of other tabs. roomOf(name) gives its room. Until it
   * has done so once, nothing is sent: what was said earlier goes out first.
   */
  async restore(roomOf) {
    ++this.#restoring;
    const kept = await this.#store.messages();
    for (const { room, ...message } of kept)
      this.#takeUp(message, roomOf(room));
    if (--this.#restoring === 0)
      this.#gone.clear();
    this.#restored = true;
    this.rooms.forEach((room) => this.flush(room));
    this.changed();
  }

  #takeUp(message, room) {
    this.#lastTime = Math.max(this.#lastTime, message.time);
    if (room.has(message.id))
      this.#store.forget(message.id);
    else if (!this.#gone.has(message.id) && room.outgoing.every((entry) => entry.id !== message.id))
      room.outgoing.push({ ...message, key: message.id, state: message.problem ? 'failed' : 'waiting', since: 0, kept: true });
    room.outgoing.sort((a, b) => a.time - b.time);
  }

  /** Takes `text` in, which may reply to the message of the id `reply`; false if too much is waiting already. */
  say(room, text, reply = '') {
    if (room.outgoing.length >= maxOutgoing)
      return false;
    const id = uuid();
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1); // the order that is kept
    const entry = { key: id, id, time: this.#lastTime, text, reply, state: 'waiting', problem: '', since: 0, kept: false };
    room.outgoing.push(entry);
    this.#keep(room, entry);
    this.flush(room);
    return true;
  }

  /** Sends what waits, in order. */
  flush(room) {
    if (!room.joined || !this.#restored)
      return;
    for (const entry of room.outgoing) {
      if (entry.state !== 'waiting')
        continue;
      entry.state = 'sending';
      entry.since = Date.now();
      this.transmit({ type: 'say', room: room.name, id: entry.id, text: entry.text, ...(entry.reply && { reply: entry.reply }) });
    }
  }

  retry(room, key) {
    const entry = room.outgoing.find((other) => other.key === key);
    if (entry?.state !== 'failed')
      return;
    Object.assign(entry, { state: 'waiting', problem: '' });
    this.#keep(room, entry);
    this.flush(room);
  }

  discard(room, key) {
    const entry = room.outgoing.find((other) => other.key === key);
    if (entry?.state === 'failed')
      this.arrived(entry.id, room);
  }

  /** The message is on its way no more: the host has said it. */
  arrived(id, room) {
    const left = room.outgoing.filter((entry) => entry.id !== id);
    if (left.length === room.outgoing.length)
      return;
    room.outgoing = left;
    this.#leaves(id);
    this.#store.forget(id);
  }

  /** The host refused the message; returns false if none of ours has that id. */
  refused(id, problem) {
    for (const room of this.rooms.values()) {
      const entry = room.outgoing.find((other) => other.id === id);
      if (entry) {
        this.#fail(entry, problem, room);
        return true;
      }
    }
    return false;
  }

  /** The connection ended: what had no answer waits for the next one. */
  lost(code) {
    for (const room of this.rooms.values())
      for (const entry of room.outgoing.filter((one) => one.state === 'sending'))
        if (provoked.includes(code))
          this.#fail(entry, t(code === 1009 ? 'error_text_too_long' : 'error_closed'), room);
        else
          entry.state = 'waiting';
  }

  /** How many messages are on their way, failed ones aside. */
  get pending() {
    let count = 0;
    for (const room of this.rooms.values())
      count += room.outgoing.filter((entry) => entry.state !== 'failed').length;
    return count;
  }

  /** True if all of them outlast the page. */
  get isKept() {
    return Array.from(this.rooms.values()).every((room) => room.outgoing.every((entry) => entry.kept));
  }

  /** True if a message has had no answer for so long that the connection must be dead. */
  get overdue() {
    const limit = Date.now() - patience;
    for (const room of this.rooms.values())
      if (room.outgoing.some((entry) => entry.state === 'sending' && entry.since < limit))
        return true;
    return false;
  }

  #leaves(id) {
    if (this.#restoring > 0)
      this.#gone.add(id);
  }

  #fail(entry, problem, room) {
    Object.assign(entry, { state: 'failed', problem });
    this.#keep(room, entry);
  }

  /** The message counts as kept once the store has it. */
  async #keep(room, entry) {
    entry.kept = false;
    entry.kept = await this.#store.keep(room.name, entry);
    this.changed();
  }

  /** Another tab has forgotten a message: it has arrived, or was deleted there. */
  #forgotten(id) {
    this.#leaves(id);
    for (const room of this.rooms.values())
      room.outgoing = room.outgoing.filter((entry) => entry.id !== id);
    this.changed();
  }
}
