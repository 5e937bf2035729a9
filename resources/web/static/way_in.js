// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Does the address bring its reader in as somebody who is at the host with another device? "#link=…&name=…" does: once,
// within five minutes. Such an address is as good as a key, so it does not stay where others may see it.

import { remembered } from './storage.js';
import { t } from './strings.js';

const longestName = 40; // of an address that anybody may have made

const answerLimit = 10000; // ms

/**
 * {link, name}, or null where the address brings nobody in. It is gone from the address then. Who is known here already
 * is asked: anybody may send an address, and to be somebody else is to give up who one was.
 */
export function takeWayIn() {
  const values = new URLSearchParams(location.hash.slice(1));
  const link = values.get('link');
  if (!link)
    return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  const name = values.get('name') ?? '';
  const { token, name: own } = remembered();
  if (token && !confirm(t('comeInInstead', { own: own ?? '', name: name.slice(0, longestName) })))
    return null;
  return { link, name };
}

/** The hash of an address that brings in by it; '' for null. */
export function hashOf(wayIn) {
  return wayIn ? `#${new URLSearchParams(wayIn)}` : '';
}

/** A link may be opened where the page is open already, which then begins anew. */
export function watchForWayIn() {
  addEventListener('hashchange', () => /[#&]link=/.test(location.hash) && location.reload());
}

/**
 * Uses a way in without going into a room. Resolves with {token, name} of who came in, or with {code} where the
 * host refused; rejects if it did not answer, and then the way in may be used yet.
 */
export function comeIn({ link, name }) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/ws/parlour/`, 'parlour.v1');
  return new Promise((resolve, reject) => {
    setTimeout(reject, answerLimit);
    socket.onclose = reject;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', name, link, client: 'browser' }));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome')
        resolve({ token: String(frame.token), name: String(frame.person?.name) });
      else if (frame.type === 'error')
        resolve({ code: String(frame.code) });
    };
  }).finally(() => socket.close());
}
