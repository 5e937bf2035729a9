// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Does somebody sit before this page? Nobody, once it was not used for a while; a hidden page is not used.
// The host is told so, and again at every new connection.

const patience = 5 * 60 * 1000; // ms

export class AwayWatch {
  #away = false;
  #online = false;
  #timer = 0;

  constructor(session) {
    this.session = session;
    for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll'])
      addEventListener(name, () => this.#used(), { capture: true, passive: true });
    document.addEventListener('visibilitychange', () => document.hidden || this.#used());
    session.addEventListener('link', () => this.#linkChanged());
    this.#used();
  }

  #used() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#become(true), patience);
    this.#become(false);
  }

  #become(away) {
    if (away === this.#away)
      return;
    this.#away = away;
    if (this.#online)
      this.#tell();
  }

  /** A host takes who comes for somebody who is there. */
  #linkChanged() {
    const wasOnline = this.#online;
    this.#online = this.session.link.state === 'online';
    if (this.#online && !wasOnline && this.#away)
      this.#tell();
  }

  #tell() {
    this.session.link.send({ type: 'away', away: this.#away });
  }
}
