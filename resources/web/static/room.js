// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is known of one room? Its messages in order and up to where, own ones on their way, who is there,
// what is unread. Nothing here knows of sockets or of the screen.

import { quoteOf } from './message.js';

export const maxEntries = 500; // while the end is in view
export const maxRead = 5000; // while somebody reads further up

/**
 * An entry of `entries` is
 *   {kind: 'message', key, and a message as message.js has it},
 *   {kind: 'note', key, icon, time, text, about} or
 *   {kind: 'gap', key, time, restarted}: messages are missing here.
 * An entry of `outgoing` is {key, id, type: 'say', time, text, reply, state: 'waiting' | 'sending' | 'failed', problem, since, kept}.
 * `stage`: 'out' | 'joining' (catching up) | 'joined' (all that was said is here) | 'live' (and who is there).
 * `paging`: 'idle' | 'asked' (for older messages) | 'failed'.
 */
export class Room {
  title;
  topic = '';
  people = 0;
  listed = false;
  epoch = ''; // with `number`: the last message or change taken
  number = 0;
  first = { epoch: '', number: 0 }; // what is before this number can be asked for
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
  changes = []; // of messages, and without an answer yet: changes.js
  members = new Map();
  latest = { epoch: '', number: 0 }; // where it stands by the host's list
  read = { epoch: '', number: 0 }; // up to where this person has seen it: reading.js
  readTold = ''; // what of that the host knows
  unread = 0;
  mentions = 0; // of this person, among them
  excerpt = null; // messages around one that was looked for, which are shown instead
  span = null; // of them: {epoch, first, end, hasOlder}, the numbers that they cover
  side = ''; // of them, what was asked for: 'around' a message, 'older', 'newer'; '': of the log; 'none': nobody waits for it
  step = 0; // numbers that are asked for behind them at a time
  wanted = null; // {id, number}: a message to be shown
  sought = null; // the same, once what stands around it was asked for
  newFrom = ''; // key of the first message that came unseen
  newAfter = -1; // where reading ended, while that is above all messages that are here
  typing = new Map(); // who writes here: typing.js
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
    if (typeof frame.epoch === 'string' && Number.isInteger(frame.number))
      this.latest = { epoch: frame.epoch, number: frame.number };
    if (typeof frame.listed === 'boolean')
      this.listed = frame.listed;
  }

  /** All that was said until now is here, and more can be said. */
  get joined() {
    return this.stage === 'joined' || this.stage === 'live';
  }

  /** There is something that this person has not seen. */
  get hasNew() {
    const { latest, read } = this;
    return this.entered ? this.unread > 0 : read.epoch === latest.epoch && read.number < latest.number;
  }

  has(id) {
    return this.#known.has(id);
  }

  /** The message of that id as it is now; undefined: it is not here. */
  message(id) {
    return this.#known.get(id) ?? this.excerpt?.find((message) => message.id === id);
  }

  /** What the log shows. */
  get shown() {
    return this.excerpt ?? this.entries;
  }

  /** What a reply to it shows. */
  quote(id) {
    const message = this.#known.get(id);
    return message ? quoteOf(message) : { id, number: 0, sender: null, text: null };
  }

  /** The number of the next message or change is taken. */
  standAt(epoch, number) {
    this.epoch = epoch;
    this.number = number;
  }

  /** Takes the next message in; false if it was there already. */
  add(message) {
    this.standAt(message.epoch, message.number);
    if (this.has(message.id)) { // seen under an earlier epoch
      this.change(message);
      return false;
    }
    this.entries.push(this.#entry(message));
    this.#trim();
    return true;
  }

  /** Takes the message as it is now, here and where it is quoted; false if it is not here. */
  change(message) {
    for (const entry of [...this.entries, ...this.excerpt ?? []])
      if (entry.reply?.id === message.id)
        entry.reply = quoteOf(message);
    Object.assign(this.excerpt?.find((entry) => entry.id === message.id) ?? {}, message);
    const old = this.#known.get(message.id);
    if (old === undefined)
      return false;
    if (old === this.#oldest && old.epoch !== message.epoch)
      this.first = { epoch: message.epoch, number: message.number };
    Object.assign(old, message);
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
    this.standAt(epoch, number);
    this.#trim();
  }

  /** Whoever wanted to see what stands around a message does something else now. */
  moveOn() {
    Object.assign(this, { excerpt: null, wanted: null, sought: null });
    if (this.side === 'around')
      this.side = 'none';
  }

  /** Number of the message before which older ones can be asked for; 0: not now. */
  get olderThan() {
    if (this.stage !== 'live' || this.paging === 'asked')
      return 0;
    if (this.excerpt)
      return this.span.hasOlder && this.span.epoch === this.epoch && this.excerpt.length < maxRead ? this.span.first : 0;
    return this.hasOlder && !this.isFull && this.first.epoch === this.epoch ? this.first.number : 0;
  }

  /** Whether what follows the excerpt can be asked for now. */
  get canGoOn() {
    const can = this.stage === 'live' && this.paging !== 'asked' && this.excerpt !== null;
    return can && this.span.epoch === this.epoch && this.span.end < this.number && this.excerpt.length < maxRead;
  }

  /** No more are read back in one go. */
  get isFull() {
    return this.entries.length >= maxRead;
  }

  /**
   * Puts messages, oldest first, before those from `first` on. What is here of an earlier epoch is the same there, with
   * other numbers; nothing is missing between two that follow each other.
   */
  addOlder(messages) {
    let place = this.#firstPlace();
    for (const message of [...messages].reverse()) {
      const old = this.#known.get(message.id);
      if (old === undefined) {
        this.entries.splice(place, 0, this.#entry(message));
        continue;
      }
      Object.assign(old, message);
      const above = this.entries.indexOf(old);
      if (above < place)
        this.entries.splice(above, place - above, ...this.entries.slice(above, place).filter(({ kind }) => kind !== 'gap'));
      place = Math.min(above, place);
    }
  }

  /** Of the first entry of the present epoch; what is above it is of an earlier one, or is nothing that was said. */
  #firstPlace() {
    const { epoch, number } = this.first;
    const place = this.entries.findIndex((entry) => entry.epoch === epoch && entry.number >= number);
    return this.entries.slice(0, Math.max(place, 0)).some(({ kind }) => kind === 'message') ? place : 0;
  }

  /** Shows these messages, oldest first, in place of the log. */
  showExcerpt(messages, span) {
    Object.assign(this, { excerpt: messages.map(asEntry), span });
  }

  /** Puts messages, oldest first, before or behind those of the excerpt. Where it comes to the log, it is its beginning. */
  addToExcerpt(messages, span) {
    const before = messages.filter(({ number }) => number < this.span.first).map(asEntry);
    const behind = messages.filter(({ number }) => number > this.span.end).map(asEntry);
    Object.assign(this, { excerpt: [...before, ...this.excerpt, ...behind], span });
    if (this.first.epoch !== this.epoch || span.end + 1 < this.first.number)
      return;
    this.addOlder(this.excerpt.filter(({ number }) => number < this.first.number));
    Object.assign(this, { excerpt: null, first: { epoch: this.epoch, number: span.first }, hasOlder: span.hasOlder });
  }

  /** The transcript as the tutorial's text area had it: one line a message. */
  transcript() {
    let text = '';
    for (const entry of this.entries)
      if (entry.kind === 'message' && !entry.isDeleted)
        text += `${entry.text}\n`;
    return text;
  }

  get #oldest() {
    return this.entries.find((entry) => entry.kind === 'message');
  }

  #entry(message) {
    const entry = asEntry(message);
    this.#known.set(message.id, entry);
    return entry;
  }

  #trim() {
    while (this.entries.length > (this.reading ? maxRead : maxEntries)) {
      const entry = this.entries.shift();
      if (entry.kind !== 'message')
        continue;
      this.#known.delete(entry.id);
      const { epoch, number } = this.#oldest ?? { epoch: entry.epoch, number: entry.number + 1 };
      this.first = { epoch, number };
      this.hasOlder = true;
    }
  }
}

function asEntry(message) {
  return { ...message, kind: 'message', key: message.id };
}
