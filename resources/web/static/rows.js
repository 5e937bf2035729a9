// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How does one line of the log look? Rows are made once and kept; what may change later (grouping,
// delivery) is set by update.

import { avatar } from './avatar.js';
import { element, icon } from './dom.js';
import { withLinks } from './links.js';
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

function timeOf(time) {
  const moment = new Date(time);
  const valid = !Number.isNaN(moment.getTime());
  return element('time', 'faint', valid ? { datetime: moment.toISOString(), title: wholeTime.format(moment) } : {},
    valid ? clock.format(moment) : '');
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

/** A message of anybody, or an own one that is still on its way. */
export function messageRow(entry) {
  return element('article', 'message', {},
    element('div', 'who'),
    element('p', 'text', { dir: 'auto' }, ...withLinks(entry.text)),
    element('div', 'delivery', { hidden: '' }));
}

/** row: {entry, first, delivery: '' | 'sent' | 'sending' | 'waiting' | 'failed', problem, key}. */
export function updateMessageRow(node, row) {
  const { sender, time } = row.entry;
  node.classList.toggle('continued', !row.first);
  const head = `${sender.id} ${sender.name} ${time}`; // the host's answer may bring another time and name
  if (node.dataset.head !== head) {
    node.dataset.head = head;
    node.querySelector('.who').replaceChildren(avatar(sender), element('b', '', { dir: 'auto' }, sender.name), timeOf(time));
  }
  const state = `${row.delivery} ${row.problem ?? ''}`;
  if (node.dataset.state === state)
    return;
  node.dataset.state = state;
  for (const delivery of ['sending', 'waiting', 'failed'])
    node.classList.toggle(delivery, delivery === row.delivery);
  const place = node.querySelector('.delivery');
  place.hidden = row.delivery === '';
  place.replaceChildren(...deliveryParts(row));
}

function deliveryParts({ delivery, problem, key }) {
  switch (delivery) {
  case 'sent':
    return [icon('check', 'tiny'), element('span', 'unseen', {}, t('sent'))];
  case 'sending':
  case 'waiting':
    return [icon('clock', 'tiny'), element('span', '', {}, t(delivery))];
  case 'failed':
    return [icon('error', 'small'), element('span', '', {}, t('notSent', { reason: problem })),
            element('button', 'as-link', { type: 'button', 'data-action': 'retry', 'data-key': key }, t('retry')),
            element('button', 'as-link', { type: 'button', 'data-action': 'discard', 'data-key': key }, t('remove'))];
  default:
    return [];
  }
}
