// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is being written? Enter sends, Shift+Enter begins a new line; what was typed before this script
// or the connection was ready is kept, and so is each room's draft.

import { byId } from './dom.js';
import { codePoints, maxText } from './names.js';
import { drafts, keepDrafts } from './storage.js';
import { t } from './strings.js';

const tellBelow = 200; // characters left from which on the count is shown

export class Composer {
  #room = null;
  #full = false;

  constructor(session) {
    this.session = session;
    this.input = byId('chat-message-input');
    this.submit = byId('chat-message-submit');
    this.hint = byId('composer-hint');
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('input', () => this.#changed());
    this.submit.addEventListener('click', () => this.send());
    session.addEventListener('rooms', () => this.#roomMayHaveChanged());
    addEventListener('pagehide', () => this.#keep());
    addEventListener('resize', () => this.#grow());
  }

  /** Lines that were ended with Enter while this script was still loading are sent now. */
  takeEarlyLines() {
    const lines = this.input.value.split('\n');
    this.input.value = lines.pop();
    lines.forEach((line) => this.#say(line));
    this.input.value ||= drafts()[this.session.current.name] ?? '';
    this.#changed();
  }

  send() {
    const left = maxText - codePoints(this.input.value);
    if (left >= 0 && this.#say(this.input.value))
      this.input.value = '';
    this.#changed();
    this.input.focus();
  }

  /** True if nothing of `text` has to stay. */
  #say(text) {
    if (text.trim() === '')
      return true;
    const taken = this.session.say(text.trimEnd());
    this.#full = !taken;
    return taken;
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    this.send();
  }

  #changed() {
    const left = maxText - codePoints(this.input.value);
    let words = '';
    if (this.#full && this.input.value !== '')
      words = t('tooManyWaiting');
    else if (left < 0)
      words = t('charactersOver', { n: -left });
    else if (left < tellBelow)
      words = t('charactersLeft', { n: left });
    this.#full = false;
    this.hint.textContent = words;
    this.hint.classList.toggle('bad', left < 0 || words === t('tooManyWaiting'));
    this.submit.disabled = left < 0;
    this.#grow();
  }

  /** As high as its lines, up to the limit of the style sheet. */
  #grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  #roomMayHaveChanged() {
    const room = this.session.current;
    this.input.placeholder = t('messageTo', { room: room.title });
    if (room === this.#room)
      return;
    if (this.#room) {
      this.#keep();
      this.input.value = drafts()[room.name] ?? '';
      this.#changed();
    }
    this.#room = room;
  }

  #keep() {
    keepDrafts({ ...drafts(), [this.#room.name]: this.input.value || undefined });
  }
}
