// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What goes out next, and when? One at a time, in the order in which it was said and changed, once its room has
// been caught up with: so a host that refuses one for being too fast gets none of those behind it first, and a
// connection that ends on one ends on that one. It goes again with the same id after a loss.

const patience = 20000; // ms without an answer until the connection counts as dead
const slowPace = 1000; // ms from one to the next, once the host was asked too much: any rate that a host can have allows it

/** Close codes that what was sent last may have caused: sending it again would only end the same way. */
const provoked = [1002, 1003, 1007, 1008, 1009];

export class Sending {
  #pause = 0;
  #isSlow = false; // until nothing waits any more

  /** rooms: Map of name → Room; kept: KeptOutbox; transmit(frame) sends. */
  constructor(rooms, kept, transmit) {
    Object.assign(this, { rooms, kept, transmit });
  }

  next() {
    if (this.#pause !== 0 || !this.kept.isRestored)
      return;
    const due = this.#all.filter(({ room }) => room.joined);
    if (due.some(({ entry }) => entry.state === 'sending'))
      return;
    const first = due.find(({ entry }) => entry.state === 'waiting');
    this.#isSlow &&= first !== undefined;
    if (first === undefined)
      return;
    Object.assign(first.entry, { state: 'sending', since: Date.now() });
    this.transmit(frameOf(first));
    if (this.#isSlow)
      this.#wait(slowPace);
  }

  /** The room has been caught up with: what had no answer before has had none by now. */
  caughtUp(room) {
    waitAgain([...room.outgoing, ...room.changes]);
    this.next();
  }

  /** The host was asked too much: nothing goes out for `delay` ms. `id`: what it refused. */
  hold(id, delay) {
    waitAgain(this.#all.map(({ entry }) => entry).filter((entry) => entry.id === id));
    this.#isSlow = true;
    this.#wait(delay);
  }

  /** It was not taken yet, and waits; returns its room, undefined if it is none of ours. */
  putBack(id) {
    const sent = this.#all.find(({ entry }) => entry.id === id && entry.state === 'sending');
    waitAgain(sent ? [sent.entry] : []);
    return sent?.room;
  }

  /** The connection ended: what had no answer waits for the next one. Returns the one that may have ended it, or undefined. */
  lost(code) {
    clearTimeout(this.#pause);
    this.#pause = 0;
    this.#isSlow = false;
    const sent = this.#all.map(({ entry }) => entry).filter((entry) => entry.state === 'sending');
    waitAgain(sent);
    return provoked.includes(code) ? sent[0] : undefined;
  }

  /** True if something has had no answer for so long that the connection must be dead. */
  get overdue() {
    const limit = Date.now() - patience;
    return this.#all.some(({ entry }) => entry.state === 'sending' && entry.since < limit);
  }

  #wait(delay) {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = 0;
      this.next();
      this.kept.changed();
    }, delay);
  }

  /** {room, entry} of all that is on its way, in order. */
  get #all() {
    return Array.from(this.rooms.values()).flatMap((room) => [...room.outgoing, ...room.changes].map((entry) => ({ room, entry })))
      .sort((a, b) => a.entry.time - b.entry.time);
  }
}

function waitAgain(entries) {
  for (const entry of entries)
    if (entry.state === 'sending')
      entry.state = 'waiting';
}

function frameOf({ room, entry: { type, id, of, text, emoji, on, reply } }) {
  return type === 'say' ? { type, room: room.name, id, text, ...(reply && { reply }) } : { type, room: room.name, id, of, text, emoji, on };
}
