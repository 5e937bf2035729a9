// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which message is what is being written about? A line above the composer says whom it replies to, or that it is
// another text for an own message. Each room has its own.

import { byId } from './dom.js';
import { t } from './strings.js';

export class ComposerContext {
  #ofRoom = new Map(); // room's name → {kind: 'reply' | 'edit', of, who, text, draft, before}

  /** left() is called when the line is closed by a click. */
  constructor(left) {
    this.line = byId('composer-context');
    byId('context-close').addEventListener('click', left);
  }

  of(room) {
    return this.#ofRoom.get(room?.name);
  }

  /** The id of the message that the draft replies to, '' if it replies to none: an edit lets it wait. */
  replyOf(room) {
    const context = this.of(room);
    const reply = context?.kind === 'edit' ? context.before : context;
    return reply?.of ?? '';
  }

  /** `draft` is what stood in the composer before an edit. */
  begin(room, kind, message, draft = '') {
    const context = this.of(room);
    const before = context?.kind === 'edit' ? context.before : context;
    this.#ofRoom.set(room.name, { kind, of: message.id, who: message.sender.name, text: message.text, draft,
                                  before: kind === 'edit' ? before : undefined });
    this.show(room);
  }

  /** The draft that was kept, be it behind an edit, replies to the message of the id `of`, '' to none; that one may not be here yet. */
  restore(room, of) {
    const context = this.of(room);
    const reply = of === '' ? undefined : { kind: 'reply', of, who: '', text: '', draft: '' };
    if (context?.kind === 'edit')
      context.before = reply;
    else if (reply)
      this.#ofRoom.set(room.name, reply);
    else
      this.#ofRoom.delete(room.name);
    this.show(room);
  }

  /** Returns what was there; behind an edit, the reply that was begun before goes on. */
  end(room) {
    const context = this.of(room);
    if (context?.before)
      this.#ofRoom.set(room.name, context.before);
    else
      this.#ofRoom.delete(room.name);
    this.show(room);
    return context;
  }

  show(room) {
    const context = this.of(room);
    this.line.hidden = context === undefined;
    this.line.dataset.kind = context?.kind ?? '';
    if (context?.who === '')
      complete(context, room.message(context.of));
    set('context-title', context ? titleOf(context) : '');
    set('context-text', context?.text ?? '');
  }
}

/** The message has come by now. */
function complete(context, message) {
  if (message)
    Object.assign(context, { who: message.sender.name, text: message.isDeleted ? t('removed') : message.text });
}

function titleOf({ kind, who }) {
  if (kind === 'edit')
    return t('editing');
  return who === '' ? t('reply') : t('replyingTo', { name: who });
}

/** A status speaks when its text changes, so it is touched only then. */
function set(id, text) {
  const node = byId(id);
  if (node.textContent !== text)
    node.textContent = text;
}
