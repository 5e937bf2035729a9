// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Is the host still at the other end? A script does not see its pings, and whoever only reads sends nothing that could
// fail. So where there is a doubt the host is asked something that it always answers at once: a search without words.

import { uuid } from './names.js';

const silence = 30000; // ms after which it is in doubt
const patience = 10000; // ms until it has to answer; nor is it asked more often

export class Probe {
  #id = '';
  #timer = 0;
  #heardAt = Date.now();
  #askedAt = 0;
  #tickedAt = Date.now();

  constructor(link) {
    this.link = link;
    addEventListener('online', () => this.#ask());
    document.addEventListener('visibilitychange', () => document.hidden || (Date.now() - this.#heardAt > silence && this.#ask()));
  }

  /** A frame has come; true if it is nothing but the answer. */
  heard({ id }) {
    clearTimeout(this.#timer);
    this.#heardAt = Date.now();
    return this.#id !== '' && id === this.#id;
  }

  /** Every few seconds, unless the computer slept. In a tab that nobody sees a browser may call once a minute. */
  tick() {
    const slept = Date.now() - this.#tickedAt > silence && !document.hidden;
    this.#tickedAt = Date.now();
    if (slept)
      this.#ask();
  }

  #ask() {
    if (this.link.state !== 'online' || Math.abs(Date.now() - this.#askedAt) < patience)
      return;
    this.#askedAt = Date.now();
    this.#id = uuid();
    this.link.send({ type: 'search', id: this.#id, text: '' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.link.state === 'online' && this.link.drop(), patience);
  }
}
