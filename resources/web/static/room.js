// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is known of one room? Its messages in order, own ones on their way, who is there, what is unread.
// Nothing here knows of sockets or of the screen.

import { t } from './strings.js';

export const maxEntries = 500;

/** A message of a frame, every field of the kind it should have. */
export function asMessage({ id, epoch, number, sender, time, text }) {
  return { id: String(id), epoch: String(epoch), number: Number(number) || 0, time: Number(time) || 0,
           text: String(text), sender: { id: String(sender?.id ?? ''), name: String(sender?.name ?? '') } };
}

/**
 * An entry of `entries` is
 *   {kind: 'message', key, id, epoch, number, sender{id, name}, time, text} or
 *   {kind: 'note', key, icon, time, text, about}.
 * An entry of `outgoing` is {key, id, time, text, state: 'waiting' | 'sending' | 'failed', problem, since}.
 */
export class Room {
  title;
  topic = '';
  people = 0;
  listed = false;
  epoch = '';
  number = 0;
  joined = false;
  entered = false; // "you joined" has been said
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

  /** Takes a message in; false if it was there already. An own one on its way has thereby arrived. */
  add(message) {
    this.outgoing = this.outgoing.filter((entry) => entry.id !== message.id);
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

  /** Takes the last messages in after a join, and notes what was missed since the last one seen here. */
  addHistory(epoch, messages) {
    if (this.epoch !== '' && this.epoch !== epoch) {
      this.note('alert', t('restartedGap'));
    } else if (this.number > 0 && messages.length > 0) {
      const missed = messages[0].number - this.number - 1;
      if (missed > 0)
        this.note('alert', t('missedGap', { n: missed }));
    }
    this.epoch = epoch;
    return messages.filter((message) => this.add(message));
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
    while (this.entries.length > maxEntries) {
      const entry = this.entries.shift();
      if (entry.kind === 'message')
        this.#known.delete(entry.id);
    }
  }
}
