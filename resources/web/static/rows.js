// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How does one line of the log look? Rows are made once and kept; what may change later is set by update.

import { avatar } from './avatar.js';
import { element, icon } from './dom.js';
import { deliveryParts, quoteParts, textParts, updateReactions } from './message_parts.js';
import { locale, t } from './strings.js';

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
const dateOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const wholeTime = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
const dayLength = 24 * 60 * 60 * 1000; // ms

export function sameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function dayName(time) {
  const now = Date.now();
  if (sameDay(time, now))
    return t('today', { date: date.format(time) });
  if (sameDay(time, now - dayLength))
    return t('yesterday', { date: date.format(time) });
  return new Date(time).getFullYear() === new Date(now).getFullYear()
    ? date.format(time) : dateOfYear.format(time);
}

function isTime(time) {
  return !Number.isNaN(new Date(time).getTime());
}

function clockTime(time) {
  return isTime(time) ? clock.format(time) : '';
}

function timeOf(time) {
  const attributes = isTime(time) ? { datetime: new Date(time).toISOString(), title: wholeTime.format(time) } : {};
  return element('time', 'faint', attributes, clockTime(time));
}

export function dayRow(time) {
  return element('div', 'day', { role: 'separator' }, element('span', '', {}, dayName(time)));
}

export function newRow() {
  return element('div', 'new-line', { role: 'separator' }, element('span', '', {}, t('newMessages')));
}

export function noteRow(entry) {
  return element('div', 'note', {}, icon(entry.icon, 'small'), element('span', '', { dir: 'auto' }, entry.text), timeOf(entry.time));
}

/** Messages are missing here. */
export function gapRow(entry) {
  const words = t(entry.restarted ? 'missingSinceRestart' : 'missing');
  return element('div', 'gap', {}, element('p', '', {}, icon('info', 'small'), element('span', '', {}, words)));
}

/** A message was here. */
export function removedRow(entry) {
  return element('div', 'note removed', { tabindex: '-1', 'data-key': entry.key }, icon('trash', 'small'),
    element('span', '', {}, t('removed')), timeOf(entry.time));
}

/** A message of anybody, or an own one that is still on its way. */
export function messageRow(entry) {
  return element('article', 'message', { tabindex: '-1', 'data-key': entry.key },
    element('div', 'who'),
    element('p', 'text', { dir: 'auto' }),
    element('span', 'edited', { hidden: '' }, t('edited')),
    element('div', 'delivery', { hidden: '' }),
    element('div', 'reactions', { hidden: '', 'aria-live': 'off' }));
}

/**
 * row: {entry, first, delivery: '' | 'sent' | 'sending' | 'waiting' | 'failed', key, spans, mentionsMe, isOwn(id)};
 * entry is as message.js has it.
 */
export function updateMessageRow(node, row) {
  const { entry, first, spans, mentionsMe, delivery } = row;
  const { sender, time, text, reply, edited, reactions } = entry;
  node.classList.toggle('continued', !first);
  node.classList.toggle('mentioned', mentionsMe);
  onChange(node, 'head', [sender, time], () => { // the host's answer may bring another time and name
    node.querySelector('.who').replaceChildren(avatar(sender), element('b', '', { dir: 'auto' }, sender.name), timeOf(time));
  });
  onChange(node, 'quote', reply, () => {
    node.querySelector('.quote')?.remove();
    if (reply)
      node.querySelector('.text').before(quoteParts(reply));
  });
  onChange(node, 'text', [text, spans.map(({ start, end }) => [start, end])], () => {
    node.querySelector('.text').replaceChildren(...textParts(text, spans));
  });
  onChange(node, 'edited', edited, () => markEdited(node.querySelector('.edited'), edited));
  onChange(node, 'reactions', reactions, () => updateReactions(node.querySelector('.reactions'), entry.id, reactions, row.isOwn));
  onChange(node, 'delivery', [delivery, entry.problem, entry.changeKey], () => updateDelivery(node, row));
  const label = `${sender.name}, ${clockTime(time)}: ${text}${mentionsMe ? ` ${t('mentionsYou')}` : ''}`;
  onChange(node, 'label', label, () => node.setAttribute('aria-label', label));
}

const drawn = new WeakMap(); // row → part → what of it stands there

function onChange(node, part, value, draw) {
  const parts = drawn.get(node) ?? {};
  const now = JSON.stringify(value);
  if (parts[part] === now)
    return;
  drawn.set(node, { ...parts, [part]: now });
  draw();
}

function markEdited(place, edited) {
  place.hidden = edited === 0;
  place.title = edited !== 0 && isTime(edited) ? wholeTime.format(edited) : '';
}

function updateDelivery(node, row) {
  for (const delivery of ['sending', 'waiting', 'failed'])
    node.classList.toggle(delivery, delivery === row.delivery);
  const place = node.querySelector('.delivery');
  place.hidden = row.delivery === '';
  place.replaceChildren(...deliveryParts(row));
}
