// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What was said and has not come back yet, over reloads and the browser's end. Every message is an item
// of its own: tabs of one host share this storage, and none may write over what another keeps.
// A browser may forbid storage, or it may be full: then a message lasts as long as the page. When a page,
// a tab or the browser is closed, all is kept; of a browser that is killed, what it has written by then:
// Chromium does so five seconds after the first change, and about once a minute while more come.

const prefix = 'parlour-outbox/';

/** True if the message will outlast the page. `problem` says why the host refused it, '' if it did not. */
export function keep(room, { id, time, text, reply, problem }) {
  try {
    localStorage.setItem(prefix + id, JSON.stringify({ room, time, text, reply, problem }));
    return true;
  } catch {
    return false;
  }
}

export function forget(id) {
  try {
    localStorage.removeItem(prefix + id);
  } catch {
    // forbidden: then it holds nothing
  }
}

/** All that is kept, of all rooms and tabs, as it was said: {room, id, time, text, problem}. */
export function keptMessages() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map(read)
      .filter((message) => message !== null).sort((a, b) => a.time - b.time);
  } catch {
    return [];
  }
}

/** Calls forgotten(id) when another tab has forgotten a message: it has arrived, or was deleted there. */
export function watchForgotten(forgotten) {
  addEventListener('storage', (event) => {
    if (event.key?.startsWith(prefix) && event.newValue === null)
      forgotten(event.key.slice(prefix.length));
  });
}

/** null for an item that is damaged. */
function read(key) {
  try {
    const { room, time, text, reply, problem } = JSON.parse(localStorage.getItem(key));
    const valid = typeof room === 'string' && typeof text === 'string' && Number.isFinite(time);
    return valid ? { room, id: key.slice(prefix.length), time, text, reply: String(reply ?? ''), problem: String(problem ?? '') } : null;
  } catch {
    return null;
  }
}
