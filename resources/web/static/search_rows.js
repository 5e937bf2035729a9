// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How does a message look that was found? Who said it and when, and what, with the words marked.

import { avatar } from './avatar.js';
import { element } from './dom.js';
import { foundIn } from './search_words.js';
import { locale } from './strings.js';

const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const maxShown = 240; // UTF-16 units of a long text
const before = 60; // of these, in front of the first word

/** A button; `room` is the title of the hit's room where it is to be said. */
export function hitRow(hit, search, room, chosen) {
  const where = room === '' ? [] : [element('span', 'where', { dir: 'auto' }, `#${room}`)];
  const time = Number.isNaN(new Date(hit.time).getTime()) ? '' : moment.format(hit.time);
  const row = element('button', 'hit', { type: 'button' }, avatar(hit.sender),
    element('span', 'head', {}, element('b', '', { dir: 'auto' }, hit.sender.name), ...where, element('time', 'faint', {}, time)),
    element('span', 'said', { dir: 'auto' }, ...saidParts(hit.text, search.text)));
  row.addEventListener('click', chosen);
  return row;
}

/** The text, of a long one the part around the first word. */
function saidParts(text, search) {
  const found = foundIn(text, search);
  const start = text.length <= maxShown ? 0 : wordBetween(text, (found[0]?.start ?? 0) - before, found[0]?.start ?? 0);
  const end = text.length <= maxShown ? text.length : startOf(text, start + maxShown);
  const parts = start > 0 ? ['…'] : [];
  let behind = start;
  for (const one of found) {
    if (one.end > end)
      break;
    parts.push(text.slice(behind, one.start), element('mark', '', {}, text.slice(one.start, one.end)));
    behind = one.end;
  }
  return [...parts, text.slice(behind, end), end < text.length ? '…' : ''];
}

/** Where a word begins between these places; the first of them where none does. */
function wordBetween(text, from, to) {
  const start = startOf(text, from);
  const space = start > 0 ? text.slice(start, to).search(/\s\S/u) : -1;
  return space < 0 ? start : start + space + 1;
}

/** No half of a character. */
function startOf(text, at) {
  const place = Math.min(Math.max(at, 0), text.length);
  return /[\uDC00-\uDFFF]/.test(text[place] ?? '') ? place - 1 : place;
}
