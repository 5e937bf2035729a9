// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was typed and not sent, by room? It outlasts the tab, its crash and the browser's end: in localStorage, every
// room an item of its own, since tabs of one host share it. A browser may forbid that, or be full: then a draft
// lasts as long as the page.

const prefix = 'parlour-draft/';
const nothing = { text: '', reply: '' };

export class Drafts {
  #all = new Map(); // room's name → {text, reply}; `reply`: the id of the message that it replies to, or ''

  /** changed() hears of what other tabs do. */
  constructor(changed) {
    for (const [name, value] of stored())
      this.#take(name, value);
    addEventListener('storage', ({ key, newValue }) => {
      if (!key?.startsWith(prefix))
        return;
      this.#take(key.slice(prefix.length), newValue);
      changed();
    });
  }

  /** Of the rooms that have one. */
  get names() {
    return [...this.#all.keys()];
  }

  has(name) {
    return this.#all.has(name);
  }

  of(name) {
    return this.#all.get(name) ?? nothing;
  }

  /** Spaces are none. */
  keep(name, text, reply = '') {
    const before = this.of(name);
    const draft = text.trim() === '' ? nothing : { text, reply };
    if (before.text === draft.text && before.reply === draft.reply)
      return;
    if (draft === nothing)
      this.#all.delete(name);
    else
      this.#all.set(name, draft);
    store(name, draft);
  }

  /** What another page has kept; null: nothing any more. */
  #take(name, value) {
    const draft = parsed(value);
    if (draft)
      this.#all.set(name, draft);
    else
      this.#all.delete(name);
  }
}

/** null for nothing, or what is damaged. */
function parsed(value) {
  try {
    const { text, reply } = JSON.parse(value) ?? nothing;
    return typeof text === 'string' && text !== '' ? { text, reply: String(reply ?? '') } : null;
  } catch {
    return null;
  }
}

function stored() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]);
  } catch {
    return []; // forbidden
  }
}

function store(name, draft) {
  try {
    if (draft === nothing)
      localStorage.removeItem(prefix + name);
    else
      localStorage.setItem(prefix + name, JSON.stringify(draft));
  } catch {
    // forbidden or full: kept for this page only
  }
}
