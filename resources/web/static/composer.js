// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is being written? Enter sends, Shift+Enter begins a new line; what was typed before this script
// or the connection was ready is kept, and so is each room's draft (drafts.js), soon after a pause in typing. It may
// be a reply, or another text for an own message: Up in an empty composer takes the last one, Esc leaves it.

import { ComposerContext } from './composer_context.js';
import { byId } from './dom.js';
import { codePoints, maxText } from './names.js';
import { t } from './strings.js';
import { TypingLine } from './typing.js';

const tellBelow = 200; // characters left from which on the count is shown
const keepAfter = 500; // ms without a key

export class Composer {
  #room = null;
  #full = false;
  #keepTimer = 0;
  #kept = { text: '', reply: '' }; // the draft of this room, as it was kept last

  constructor(session) {
    this.session = session;
    this.input = byId('chat-message-input');
    this.submit = byId('chat-message-submit');
    this.hint = byId('composer-hint');
    this.context = new ComposerContext(() => this.#leaveContext());
    this.typing = new TypingLine(session);
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('input', () => this.#typed());
    this.submit.addEventListener('click', () => this.send());
    session.addEventListener('rooms', () => this.#roomMayHaveChanged());
    session.addEventListener('draft', () => this.#followOtherTab());
    session.addEventListener('log', () => this.context.show(this.#room));
    addEventListener('pagehide', () => this.#keep());
    document.addEventListener('visibilitychange', () => this.#keep());
    addEventListener('resize', () => this.#grow());
  }

  /** Lines that were ended with Enter while this script was still loading are sent now. */
  takeEarlyLines() {
    const lines = this.input.value.split('\n');
    this.input.value = lines.pop();
    lines.forEach((line) => this.#say(line));
    const draft = this.session.drafts.of(this.#room.name).text;
    this.#takeDraft([draft, this.input.value].filter(Boolean).join('\n'));
  }

  send() {
    const left = maxText - codePoints(this.input.value);
    if (left >= 0 && (this.#isEdit ? this.#sayEdit() : this.#say(this.input.value)))
      this.input.value = this.#isEdit ? this.context.end(this.#room).draft : '';
    this.#keep();
    this.#changed();
    this.input.focus();
  }

  reply(message) {
    if (this.#isEdit)
      this.#leaveContext();
    this.context.begin(this.#room, 'reply', message);
    this.#keep();
    this.input.focus();
  }

  edit(message) {
    const draft = this.#isEdit ? this.context.of(this.#room).draft : this.input.value;
    this.typing.stop();
    this.context.begin(this.#room, 'edit', message, draft);
    this.input.value = (this.session.changes.editOf(this.#room, message.id) ?? message).text;
    this.#changed();
    this.input.focus();
  }

  get #isEdit() {
    return this.context.of(this.#room)?.kind === 'edit';
  }

  #leaveContext() {
    const { kind, draft } = this.context.end(this.#room);
    if (kind === 'edit')
      this.input.value = draft;
    this.#keep();
    this.#changed();
    this.input.focus();
  }

  /** True if nothing of `text` has to stay. */
  #say(text) {
    if (text.trim() === '')
      return true;
    const taken = this.session.say(text.trimEnd(), this.context.of(this.#room)?.of);
    this.#full = !taken;
    if (taken) {
      this.context.end(this.#room);
      this.typing.said();
    }
    return taken;
  }

  #sayEdit() {
    const text = this.input.value.trimEnd();
    const { of } = this.context.of(this.#room);
    if (text.trim() === '')
      return false;
    const last = this.session.changes.editOf(this.#room, of) ?? this.#room.message(of);
    const stands = last?.text === text && last.state !== 'failed';
    const taken = stands || this.session.changes.edit(this.#room, of, text);
    this.#full = !taken;
    return taken;
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229)
      return;
    if (event.key === 'Enter' && !event.shiftKey)
      this.send();
    else if (event.key === 'Escape' && this.context.of(this.#room))
      this.#leaveContext();
    else if (event.key === 'ArrowUp' && this.input.value === '' && this.#lastOwn)
      this.edit(this.#lastOwn);
    else
      return;
    event.preventDefault();
    event.stopPropagation();
  }

  get #lastOwn() {
    return this.#room.entries.findLast((entry) => entry.kind === 'message' && !entry.isDeleted && entry.sender.id === this.session.person?.id);
  }

  #typed() {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#keep(), keepAfter);
    this.#changed();
    if (!this.#isEdit)
      this.typing.wrote(this.input.value, this.#room);
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
    const before = this.#room;
    if (before) {
      this.#keep();
      this.typing.stop();
    }
    this.#room = room;
    this.context.show(room);
    if (!before)
      return;
    if (this.#isEdit)
      this.#takeBehindEdit();
    this.#takeDraft(this.#isEdit ? this.context.of(room).text : this.session.drafts.of(room.name).text);
  }

  /** `text`: what stands in the composer of the room from now on. */
  #takeDraft(text) {
    this.#kept = this.session.drafts.of(this.#room.name);
    if (!this.#isEdit && text !== '' && this.context.replyOf(this.#room) !== this.#kept.reply)
      this.context.restore(this.#room, this.#kept.reply);
    this.input.value = text;
    this.#changed();
  }

  /** Another tab of this host has sent or changed the draft: shown where nobody has typed anything else here. */
  #followOtherTab() {
    const { text, reply } = this.session.drafts.of(this.#room.name);
    if (this.#draft !== this.#kept.text || text === this.#kept.text)
      return;
    if (this.#isEdit) {
      this.#takeBehindEdit();
      return;
    }
    this.context.restore(this.#room, reply);
    this.#takeDraft(text);
  }

  /** The draft that waits behind an edit is what was kept last, wherever. */
  #takeBehindEdit() {
    this.#kept = this.session.drafts.of(this.#room.name);
    const edit = this.context.of(this.#room);
    if (edit.draft === this.#kept.text)
      return;
    edit.draft = this.#kept.text;
    this.context.restore(this.#room, this.#kept.reply);
  }

  /** What is written here beside an edit; spaces are nothing. */
  get #draft() {
    const text = this.#isEdit ? this.context.of(this.#room).draft : this.input.value;
    return text.trim() === '' ? '' : text;
  }

  /** An edit lasts as long as the page. Of the draft only what was changed here is kept: another tab may have a newer one. */
  #keep() {
    clearTimeout(this.#keepTimer);
    if (!this.#room)
      return;
    if (this.#isEdit)
      this.context.of(this.#room).text = this.input.value;
    const text = this.#draft;
    const reply = text === '' ? '' : this.context.replyOf(this.#room);
    if (text === this.#kept.text && reply === this.#kept.reply)
      return;
    this.session.drafts.keep(this.#room.name, text, reply);
    this.#kept = this.session.drafts.of(this.#room.name);
  }
}
