// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// The outbox where the browser has no database: in localStorage, every entry an item of its own, since tabs of
// one host share it and none may write over what another keeps. Of a browser that is killed remains what it has
// written by then: Chromium does so five seconds after the first change, and about once a minute while more come.

const prefix = 'parlour-outbox/';
const goneKey = 'parlour-outbox-gone'; // tells other tabs which record was forgotten; there for a moment

/** True if the record, which has an `id`, will outlast the page. */
export function keep({ id, ...record }) {
  try {
    localStorage.setItem(prefix + id, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

export function forget(id) {
  moved(id);
  try {
    localStorage.setItem(goneKey, id);
    localStorage.removeItem(goneKey);
  } catch {
    // forbidden: then it holds nothing
  }
}

/** A database has the record now. Other tabs keep what they show of it. */
export function moved(id) {
  try {
    localStorage.removeItem(prefix + id);
  } catch {
    // forbidden: then it holds nothing
  }
}

/** All that is kept, as it was given to keep(). */
export function records() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map(read);
  } catch {
    return [];
  }
}

/** Calls forgotten(id) when another tab has forgotten a record. */
export function watch(forgotten) {
  addEventListener('storage', (event) => {
    if (event.key === goneKey && event.newValue !== null)
      forgotten(event.newValue);
  });
}

/** null for an item that is damaged. */
function read(key) {
  try {
    return { ...JSON.parse(localStorage.getItem(key)), id: key.slice(prefix.length) };
  } catch {
    return null;
  }
}
