// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What does this browser remember of a host? Every host is an origin of its own, and so is its storage.
// A browser may forbid storage altogether: then it lasts as long as the page.

const key = 'parlour';
let kept = {};

/** {name, token, quiet}, as far as they are known. The name is the one that was asked for; quiet: 'yes' or nothing. */
export function remembered() {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? '{}');
    for (const field of ['name', 'token', 'quiet'])
      if (typeof value?.[field] === 'string')
        kept[field] = value[field];
  } catch {
    // forbidden or damaged: what the page knows itself is used
  }
  return { ...kept };
}

/** Adds to what is remembered; a value of undefined forgets that field. */
export function remember(values) {
  kept = { ...remembered(), ...values };
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // forbidden or full: kept for this page only
  }
}
