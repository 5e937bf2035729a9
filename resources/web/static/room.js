// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is known of one room? Its messages in order and up to where, own ones on their way, who is there,
// what is unread. Nothing here knows of sockets or of the screen.

export const maxEntries = 500; // while the end is in view
export const maxRead = 5000; // while somebody reads further up

/** A message of a frame, every field of the kind it should have. */
export function asMessage({ id, epoch, number, sender, time, text }) {
  return { id: String(id), epoch: String(epoch), number: Number(number) || 0, time: Number(time) || 0,
           text: String(text), sender: { id: String(sender?.id ?? ''), name: String(sender?.name ?? '') } };
}

/**
 * An entry of `entries` is
 *   {kind: 'message', key, id, epoch, number, sender{id, name}, time, text},
 *   {kind: 'note', key, icon, time, text, about} or
 *   {kind: 'gap', key, time, restarted}: messages are missing here.
 * An entry of `outgoing` is {key, id, time, text, state: 'waiting' | 'sending' | 'failed', problem, since, kept}.
 * `stage`: 'out' | 'joining' (catching up) | 'joined' (all that was said is here) | 'live' (and who is there).
 * `paging`: 'idle' | 'asked' (for older messages) | 'failed'.
 */
export class Room {
  title;
  topic = '';
  people = 0;
  listed = false;
  epoch = ''; // with `number`: the last message taken
  number = 0;
  stage = 'out';
  entered = false; // was joined before, and has a position
  end = { epoch: '', number: 0 }; // where the room stood at the last join
  catchUp = null; // {from, to, since}: what is missed, and when it was asked for
  repairs = 0; // joins in a row because of a hole
  paging = 'idle';
  hasOlder = false; // the host has messages before the first one
  reading = false; // somebody reads further up
  problem = ''; // why the host does not let us in
  entries = [];
  outgoing = [];
  members = new Map();
  unread = 0;
  newFrom = ''; // key of the first message that came unseen
  #known = new Map(); // message id → entry
  #notes = 0;

  constructor(name) {
    this.name = name;
    this.title = name;
  }

  /** Takes over what a host's frame says of the room. */
  describe(frame) {
    for (const field of ['title', 'topic'])
      if (typeof frame[field] === 'string')
        this[field] = frame[field];
    if (Number.isInteger(frame.people))
      this.people = frame.people;
    if (typeof frame.listed === 'boolean')
      this.listed = frame.listed;
  }

  /** All that was said until now is here, and more can be said. */
  get joined() {
    return this.stage === 'joined' || this.stage === 'live';
  }

  has(id) {
    return this.#known.has(id);
  }

  /** Takes the next message in; false if it was there already. */
  add(message) {
    const old = this.#known.get(message.id);
    this.epoch = message.epoch;
    this.number = message.number;
    if (old !== undefined) { // seen under an earlier epoch
      Object.assign(old, { epoch: message.epoch, number: message.number });
      return false;
    }
    const entry = { ...message, kind: 'message', key: message.id };
    this.#known.set(message.id, entry);
    this.entries.push(entry);
    this.#trim();
    return true;
  }

  /** A line about the room itself. `about` marks it for takeBack(). */
  note(icon, text, about = '') {
    this.entries.push({ kind: 'note', key: `note-${++this.#notes}`, icon, time: Date.now(), text, about });
    this.#trim();
  }

  /** Takes the last line back if it is the note marked `about`: somebody left and is here again. */
  takeBack(about) {
    if (this.entries.at(-1)?.about !== about)
      return false;
    this.entries.pop();
    return true;
  }

  /** Messages are missing here; what comes next follows this position. */
  gap(restarted, epoch, number) {
    this.entries.push({ kind: 'gap', key: `gap-${++this.#notes}`, time: Date.now(), restarted });
    this.epoch = epoch;
    this.number = number;
    this.#trim();
  }

  /** Number of the message before which older ones can be asked for; 0: not now. */
  get olderThan() {
    const first = this.entries.find((entry) => entry.kind === 'message');
    const can = this.stage === 'live' && this.hasOlder && this.paging !== 'asked' && !this.isFull;
    return can && first?.epoch === this.epoch ? first.number : 0;
  }

  /** No more are read back in one go. */
  get isFull() {
    return this.entries.length >= maxRead;
  }

  /** Puts messages, oldest first, before all others. */
  addOlder(messages) {
    const fresh = messages.filter((message) => !this.#known.has(message.id))
      .map((message) => ({ ...message, kind: 'message', key: message.id }));
    for (const entry of fresh)
      this.#known.set(entry.id, entry);
    this.entries.unshift(...fresh);
  }

  /** The transcript as the tutorial's text area had it: one line a message. */
  transcript() {
    let text = '';
    for (const entry of this.entries)
      if (entry.kind === 'message')
        text += `${entry.text}\n`;
    return text;
  }

  #trim() {
    while (this.entries.length > (this.reading ? maxRead : maxEntries)) {
      const entry = this.entries.shift();
      if (entry.kind !== 'message')
        continue;
      this.#known.delete(entry.id);
      this.hasOlder = true;
    }
  }
}
