// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// As whom does a page come to the host? By the link in its address, else by the token of an earlier time, else as
// somebody new.

import { randomGuest } from './names.js';
import { remember, remembered } from './storage.js';
import { takeWayIn } from './way_in.js';

export class Entry {
  #wayIn = takeWayIn(); // until it was used

  /** The name to ask for. */
  get name() {
    return this.#wayIn?.name || (remembered().name ?? randomGuest());
  }

  /** What a hello shows. */
  get credentials() {
    const { token } = remembered();
    return this.#wayIn ? { link: this.#wayIn.link } : token ? { token } : {};
  }

  /** Remembers who the host says we are; returns the name to ask for from now on: who came by a link has one. */
  welcomed({ token, person }, wanted) {
    const name = this.#wayIn ? String(person?.name) : wanted;
    this.#wayIn = null;
    remember({ token, name });
    return name;
  }

  /** The host did not take the link; returns the name to ask for without it. */
  withoutLink() {
    this.#wayIn = null;
    return this.name;
  }
}
