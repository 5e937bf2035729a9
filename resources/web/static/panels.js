// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which pane is open where there is no room for three? On narrow windows the rooms and the members come
// over the log; Esc, the close button or a choice puts them away.

import { byId } from './dom.js';

const narrow = matchMedia('(max-width: 43.68em)');
const withoutMembers = matchMedia('(max-width: 62.43em)');

export class Panels {
  #open = '';

  constructor() {
    for (const name of ['rooms', 'members']) {
      byId(`show-${name}`).addEventListener('click', () => this.#show(name));
      byId(`hide-${name}`).addEventListener('click', () => this.close());
    }
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
    narrow.addEventListener('change', () => this.close());
    withoutMembers.addEventListener('change', () => this.close());
  }

  close() {
    if (this.#open === '')
      return;
    const opener = byId(`show-${this.#open}`);
    this.#set('');
    opener.focus();
  }

  #show(name) {
    this.#set(this.#open === name ? '' : name);
    if (this.#open !== '')
      byId(`hide-${name}`).focus();
  }

  #set(name) {
    this.#open = name;
    document.body.dataset.panel = name;
    byId('talk').inert = name !== '' && narrow.matches;
    for (const panel of ['rooms', 'members'])
      byId(`show-${panel}`).setAttribute('aria-expanded', String(panel === name));
  }
}
