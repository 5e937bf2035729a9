// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is looked for at the host, and what of it is found? One search is on its way at a time; whoever types on
// is asked for the last of it.

import { list } from './presence.js';
import { asMessage } from './message.js';
import { uuid } from './names.js';
import { hasWords, wordsIn } from './search_words.js';

const pageSize = 30;

/** `state`: 'idle' (nothing is looked for) | 'asked' | 'found' (perhaps nothing) | 'failed' | 'offline'. */
export class Search {
  state = 'idle';
  text = '';
  room = ''; // empty: all rooms that this page is in
  hits = []; // messages as message.js has them, with their `room`; newest first
  next = ''; // there may be older ones
  problem = ''; // why it failed
  #asked = ''; // id of what is on its way
  #isStale = false; // the answer to it is for what was wanted before
  #isNew = false; // the hits are, too
  #timer = 0;

  /** transmit(frame) sends, and is false where there is no connection; draw() shows how it goes. */
  constructor(transmit, draw) {
    Object.assign(this, { transmit, draw });
  }

  /** Looks for a text, anew. */
  find(text, room) {
    Object.assign(this, { text, room, next: '', problem: '' });
    this.#isStale = this.#asked !== '';
    this.#isNew = true;
    this.state = wordsIn(text).length > 0 ? 'asked' : 'idle';
    if (this.state === 'idle')
      this.hits = [];
    this.#ask();
  }

  /** Looks for older ones, too. */
  more() {
    if (this.state !== 'found' || this.next === '')
      return;
    this.state = 'asked';
    this.#ask();
  }

  heard(frame) {
    if (frame.id !== this.#asked)
      return;
    this.#asked = '';
    if (this.#isStale)
      return this.#again();
    const found = list(frame.messages).map((one) => ({ ...asMessage(one), room: String(one?.room ?? '') }));
    this.hits = this.#isNew ? found : [...this.hits, ...found];
    this.#isNew = false;
    this.next = typeof frame.next === 'string' ? frame.next : '';
    this.state = 'found';
    this.draw();
    return undefined;
  }

  /** The host did not do it; false if that was no search. */
  refused({ id, code, retry }, words) {
    if (this.#asked === '' || id !== this.#asked)
      return false;
    this.#asked = '';
    if (code === 'too_fast') {
      this.#timer = setTimeout(() => this.#again(), Math.max(Number(retry) || 0, 100));
    } else if (this.#isStale) {
      this.#again();
    } else if (code === 'bad_search' && this.next !== '') {
      this.find(this.text, this.room); // the host does not know the place any more
    } else {
      Object.assign(this, { state: 'failed', problem: words, hits: this.#isNew ? [] : this.hits, next: '' });
      this.draw();
    }
    return true;
  }

  /** A message was changed: what is not found any more goes. */
  changed(frame) {
    const at = this.hits.findIndex(({ id }) => id === frame?.id);
    if (at < 0)
      return;
    const hit = { ...this.hits[at], ...asMessage(frame) };
    const stays = hasWords(hit.text, this.text) ? [hit] : [];
    this.hits = [...this.hits.slice(0, at), ...stays, ...this.hits.slice(at + 1)];
    this.draw();
  }

  /** The connection is gone. */
  lost() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#asked = '';
    if (this.state !== 'asked')
      return;
    Object.assign(this, { state: 'offline', hits: [], next: '' });
    this.draw();
  }

  #again() {
    this.#isStale = false;
    this.#timer = 0;
    this.#ask();
  }

  #ask() {
    if (this.state === 'asked' && this.#asked === '' && this.#timer === 0) {
      const id = uuid();
      const where = { ...(this.room && { room: this.room }), ...(this.next && { next: this.next }) };
      if (this.transmit({ type: 'search', id, text: this.text, ...where, count: pageSize }))
        this.#asked = id;
      else
        Object.assign(this, { state: 'offline', hits: [], next: '' });
    }
    this.draw();
  }
}
