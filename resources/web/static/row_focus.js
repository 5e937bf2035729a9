// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which message has the keyboard? From the log, the arrow keys lead from message to message; Esc goes back to
// the composer, and so does what is typed after a click.

import { byId } from './dom.js';

export class RowFocus {
  #clicked = false; // the focus came by a click

  /** handlers: entered(row), left(), key(event, row) for the keys of a row itself. */
  constructor(log, handlers) {
    Object.assign(this, { log, handlers });
    this.scroller = byId('log-scroller');
    this.scroller.addEventListener('keydown', (event) => this.#key(event));
    this.scroller.addEventListener('pointerdown', () => {
      this.#clicked = true;
    });
    this.scroller.addEventListener('focusout', (event) => {
      this.#clicked &&= this.scroller.contains(event.relatedTarget);
    });
    log.addEventListener('focusin', (event) => handlers.entered(event.target.closest('.message, .removed') ?? event.target));
    log.addEventListener('focusout', (event) => log.contains(event.relatedTarget) || handlers.left());
  }

  #key(event) {
    const row = event.target.closest('.message, .removed');
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape')
      byId('chat-message-input').focus();
    else if (this.#clicked && isText(event) && !event.target.closest('button'))
      return byId('chat-message-input').focus(); // which takes the key
    else if (step && (event.target === row || event.target === this.scroller))
      this.#move(row, step);
    else if (event.target === row)
      return this.handlers.key(event, row);
    else
      return undefined;
    return event.preventDefault();
  }

  /** From the log itself: to the last message in view. */
  #move(row, step) {
    this.#clicked = false;
    const rows = Array.from(this.log.querySelectorAll('.message, .removed'));
    const bottom = this.scroller.getBoundingClientRect().bottom;
    const next = row ? rows[rows.indexOf(row) + step] : rows.findLast((one) => one.getBoundingClientRect().bottom <= bottom + 1) ?? rows[0];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  }
}

/** Not a command, nor the space that scrolls. */
function isText({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
