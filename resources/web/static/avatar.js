// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How does a person or a host look without a picture? A colour that follows the id, and letters.

import { language } from './strings.js';
import { element } from './dom.js';

/** FNV-1a of the id's UTF-8, modulo the eight colours of the palette; the desktop app does the same. */
export function avatarColour(id) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % 8;
}

function firstGrapheme(word) {
  if (typeof Intl.Segmenter !== 'function')
    return [...word][0] ?? '';
  return new Intl.Segmenter(language).segment(word)[Symbol.iterator]().next().value?.segment ?? '';
}

/** First letters of the first two words; bracketed words and leading punctuation are passed over. */
export function avatarLetters(name) {
  const words = name.split(/\s+/u)
    .filter((word) => !/^[([{].*[)\]}]$/u.test(word))
    .map((word) => word.replace(/^[\p{P}\p{S}]+(?=[\p{L}\p{N}])/u, ''))
    .filter((word) => word !== '');
  return words.slice(0, 2).map(firstGrapheme).join('').toLocaleUpperCase(language) || '?';
}

/** The round avatar of a person; its name stands beside it, so screen readers skip it. */
export function avatar(person, className = '') {
  return element('span', `avatar colour${avatarColour(person.id)} ${className}`.trim(),
    { 'aria-hidden': 'true' }, avatarLetters(person.name));
}
