// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which message is what is being written about? A line above the composer says whom it replies to, or that it is
// another text for an own message. Each room has its own.

import { byId } from './dom.js';
import { t } from './strings.js';

export class ComposerContext {
  #ofRoom = new Map(); // room's name → {kind: 'reply' | 'edit', of, who, text, draft}

  /** left() is called when the line is closed by a click. */
  constructor(left) {
    this.line = byId('composer-context');
    byId('context-close').addEventListener('click', left);
  }

  of(room) {
    return this.#ofRoom.get(room?.name);
  }

  /** `draft` is what stood in the composer before an edit. */
  begin(room, kind, message, draft = '') {
    this.#ofRoom.set(room.name, { kind, of: message.id, who: message.sender.name, text: message.text, draft });
    this.show(room);
  }

  /** Returns what was there. */
  end(room) {
    const context = this.of(room);
    this.#ofRoom.delete(room.name);
    this.show(room);
    return context;
  }

  show(room) {
    const context = this.of(room);
    this.line.hidden = context === undefined;
    this.line.dataset.kind = context?.kind ?? '';
    byId('context-title').textContent = context ? t(context.kind === 'edit' ? 'editing' : 'replyingTo', { name: context.who }) : '';
    byId('context-text').textContent = context?.text ?? '';
  }
}
