// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which names will the host take? The same rules as the host's, so that a mistake is said at once and
// in the reader's language; the host has the last word.

import { t } from './strings.js';

export const maxRoomName = 200;
export const maxPersonName = 40;
export const maxText = 4000;

const unseen = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\p{Cs}]/u;

/** Length in code points, as the host counts. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text)
    ++count;
  return count;
}

/** Key of the sentence that says what is wrong with a room's name; '' if nothing is. */
export function roomNameProblem(name) {
  if (name === '')
    return 'roomEmpty';
  if (name === '.' || name === '..')
    return 'roomDots';
  if (/[/\\]/.test(name))
    return 'roomSlash';
  if (unseen.test(name))
    return 'roomControl';
  return codePoints(name) > maxRoomName ? 'roomTooLong' : '';
}

/** The same for a person's name. */
export function personNameProblem(name) {
  if (name === '')
    return 'nameEmpty';
  if (unseen.test(name))
    return 'nameControl';
  return codePoints(name) > maxPersonName ? 'nameTooLong' : '';
}

/** A title as the host keeps it. */
export function tidied(name) {
  return name.trim().normalize('NFC');
}

export function roomPath(room) {
  return `/chat/${encodeURIComponent(room)}/`;
}

/** The room that a path of the page names; '' if it names none. */
export function roomOfPath(path) {
  try {
    return decodeURIComponent(/^\/chat\/([^/]+)\/$/.exec(path)?.[1] ?? '').normalize('NFC');
  } catch {
    return '';
  }
}

/** A random UUID, version 4. crypto.randomUUID exists in secure contexts only; http on a LAN is none. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The name of somebody who has not chosen one. */
export function randomGuest() {
  const [number] = crypto.getRandomValues(new Uint16Array(1));
  return t('guest', { number: String(1000 + (number % 9000)) });
}
