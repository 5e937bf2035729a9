// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which parts of a text are web addresses? Only http and https; the visible text stays as it was typed,
// and where the address really leads elsewhere (look-alike letters), the true name stands behind it.

import { element } from './dom.js';

const address = /https?:\/\/[^\s<>"'`]+/giu;
const trailing = /[.,:;!?)\]}»”…]+$/u; // ends the sentence, not the address

function link(typed) {
  let url;
  try {
    url = new URL(typed);
  } catch {
    return [typed];
  }
  const anchor = element('a', 'link', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, typed);
  const shown = typed.replace(/^https?:\/\//i, '').toLowerCase();
  return shown.startsWith(url.hostname)
    ? [anchor] : [anchor, element('span', 'faint', {}, ` (${url.hostname})`)];
}

/** [{start, end}] of the addresses, in UTF-16 units. */
export function addressesIn(text) {
  return Array.from(text.matchAll(address), (match) => ({ start: match.index, end: match.index + match[0].replace(trailing, '').length }));
}

/** The text as a list of strings and links. */
export function withLinks(text) {
  const parts = [];
  let behind = 0;
  for (const { start, end } of addressesIn(text)) {
    parts.push(text.slice(behind, start), ...link(text.slice(start, end)));
    behind = end;
  }
  parts.push(text.slice(behind));
  return parts.filter((part) => part !== '');
}
