// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What can be done with the message that is pointed at or has the focus? A bar at the row: react, reply, edit,
// delete; also by key on the row. It stands within the row, so that Tab leads into it.

import { element, icon } from './dom.js';
import { RowFocus } from './row_focus.js';
import { t } from './strings.js';

const choice = ['👍', '❤️', '😂', '🎉', '👀', '✅', '😮', '😢', '🙏', '🔥', '👎', '❓'];

export class MessageActions {
  #row = null;
  #bar = element('div', 'actions', { role: 'toolbar', 'aria-live': 'off', 'aria-label': t('messageActions') });

  /** composer takes replies and edits. */
  constructor(session, log, composer) {
    Object.assign(this, { session, log, composer });
    new RowFocus(log, { entered: (row) => this.#show(row), left: () => this.#hide(), key: (event, row) => this.#rowKey(event, row) });
    log.addEventListener('pointerover', (event) => this.#pointed(event));
    log.addEventListener('click', (event) => this.#tapped(event.target));
    log.addEventListener('pointerleave', () => this.#isUsed || this.#hide());
    this.#bar.addEventListener('click', (event) => this.#clicked(event));
    this.#bar.addEventListener('keydown', (event) => this.#barKey(event));
  }

  get #message() {
    return this.session.current.message(this.#row?.dataset.key);
  }

  get #isUsed() {
    return this.#row !== null && this.#row.contains(document.activeElement);
  }

  #pointed(event) {
    const row = event.target.closest('.message');
    if (event.pointerType === 'mouse' && row && !this.#isUsed)
      this.#show(row);
  }

  #tapped(target) {
    const row = target.closest('.message');
    if (row && !target.closest('a, button'))
      this.#show(row);
  }

  #show(row) {
    if (row === this.#row && this.#bar.isConnected)
      return;
    this.#hide();
    if (!row.matches('.message') || !this.session.current.has(row.dataset.key))
      return; // removed, or on its way
    this.#row = row;
    this.#offer();
    row.append(this.#bar);
    setStops(row, '0');
  }

  #hide() {
    if (this.#row)
      setStops(this.#row, '-1');
    this.#bar.remove();
    this.#row = null;
  }

  // ---- what the bar shows ----

  #offer() {
    const may = this.#rights();
    this.#fill([may.say && tool('smile', 'react', 'R'), may.say && tool('reply', 'reply', 'Q'),
                may.edit && tool('edit', 'edit', 'E'), may.remove && tool('trash', 'remove', 'Del')].filter(Boolean));
  }

  #offerEmoji() {
    this.#fill(choice.map((emoji) => element('button', 'tool emoji',
      { type: 'button', 'data-emoji': emoji, 'aria-label': t('reactWith', { emoji }) }, emoji)), 'choice');
  }

  #askRemove() {
    const button = (name, label, style) => element('button', style, { type: 'button', 'data-do': name }, t(label));
    this.#fill([element('span', '', {}, t('removeThis')), button('removeNow', 'remove', 'button danger'), button('back', 'cancel', 'button')], 'asking');
  }

  #fill(parts, style = '') {
    const had = this.#bar.contains(document.activeElement);
    if (had)
      this.#row.focus({ preventScroll: true }); // a button that goes would take the focus along
    this.#bar.className = `actions ${style}`.trim();
    this.#bar.replaceChildren(...parts);
    if (had || style !== '')
      this.#bar.querySelector(style === 'asking' ? '[data-do=back]' : 'button')?.focus({ preventScroll: true });
    if (style !== '')
      this.#bar.scrollIntoView({ block: 'nearest' });
  }

  #rights() {
    const { session } = this;
    const own = this.#message?.sender.id === session.person?.id;
    return { say: session.role(session.current) !== 'read-only', edit: own, remove: own || session.moderates(session.current) };
  }

  // ---- what is done ----

  #clicked(event) {
    const { do: name, emoji } = event.target.closest('button')?.dataset ?? {};
    event.stopPropagation();
    if (emoji)
      this.#react(emoji);
    else if (name)
      this.#do(name);
  }

  #do(name) {
    const message = this.#message;
    switch (message && name) {
    case 'react':
      return this.#offerEmoji();
    case 'reply':
      return this.composer.reply(message);
    case 'edit':
      return this.composer.edit(message);
    case 'remove':
      return this.#askRemove();
    case 'removeNow':
      return this.session.changes.remove(this.session.current, message.id);
    default:
      return this.#offer();
    }
  }

  #react(emoji) {
    const message = this.#message;
    const row = this.#row;
    const mine = message?.reactions.find((one) => one.emoji === emoji)?.people.some(({ id }) => this.session.isOwn(id));
    this.#offer();
    row?.focus({ preventScroll: true });
    if (message)
      this.session.changes.react(this.session.current, message.id, emoji, !mine);
  }

  #rowKey(event, row) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const may = this.#rights();
    const wanted = { KeyR: may.say && 'react', KeyQ: may.say && 'reply', KeyE: may.edit && 'edit', Delete: may.remove && 'remove' }[event.code];
    if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      this.#bar.querySelector('button')?.focus();
    else if (wanted && row === this.#row && isPlain)
      this.#do(wanted);
    else
      return;
    event.preventDefault();
  }

  /** Arrows lead along the bar, Esc one step back. */
  #barKey(event) {
    const buttons = Array.from(this.#bar.querySelectorAll('button'));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const place = buttons.indexOf(document.activeElement);
    if (step)
      buttons.at((place + step) % buttons.length).focus();
    else if (event.key === 'Escape' && this.#bar.className !== 'actions')
      this.#offer();
    else if (event.key === 'Escape')
      this.#row.focus({ preventScroll: true });
    else
      return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function tool(shape, name, key) {
  const words = `${t(name)} (${key})`;
  return element('button', 'tool', { type: 'button', 'data-do': name, 'aria-label': t(name), title: words }, icon(shape, 'small'));
}

/** The row's own buttons are reached by Tab while the row is in use. */
function setStops(row, tabindex) {
  for (const button of row.querySelectorAll('.quote, .chip'))
    button.tabIndex = Number(tabindex);
}
