// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Is there a connection, and when is the next try? One WebSocket at a time, taken up again with growing,
// jittered delays. It knows nothing of what is said over it.

const firstDelay = 500; // ms
const longestDelay = 30000; // ms
const fullDelay = 60000; // ms, after "the host is full"
const laterDelay = 30000; // ms, after "try later"
const floodDelay = 10000; // ms, after "too many messages"
const handshakeLimit = 15000; // ms until a connection that does not open is given up
const settled = 10000; // ms of a good connection until the delays start small again

/** Close codes after which the link does not come back by itself, with the sentence that says why. */
const refusals = { 4002: 'why_name', 4003: 'why_notAllowed', 4005: 'why_link' };
const reasons = { 1001: 'why_stopped', 4012: 'why_stopped', 4006: 'why_full', 4008: 'why_tooSlow', 1008: 'why_tooFast' };

/** How long to wait before the n-th try in a row: min(30 s, 0.5 s · 2ⁿ) · [0.5, 1]. */
export function backOff(attempt) {
  return Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
}

/**
 * state: 'connecting' | 'open' | 'online' (the host said welcome) | 'waiting' (until `nextTry`, ms) |
 * 'refused'. `reason` is the key of a sentence, '' if there is nothing to say.
 */
export class Link {
  state = 'connecting';
  reason = '';
  nextTry = 0;
  #socket = null;
  #timer = 0;
  #attempt = 0;
  #slowInARow = 0;
  #onlineSince = 0;
  #asked = false;

  /** handlers: opened(), received(text), closed(code), changed(). */
  constructor(url, protocol, handlers) {
    this.url = url;
    this.protocol = protocol;
    this.handlers = handlers;
    addEventListener('online', () => this.#wake());
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake());
  }

  open() {
    this.#become('connecting', this.reason);
    const socket = new WebSocket(this.url, this.protocol);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.drop(), handshakeLimit);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#become('open', '');
      this.handlers.opened();
    };
    socket.onmessage = (event) => {
      if (typeof event.data === 'string')
        this.handlers.received(event.data);
    };
    socket.onclose = (event) => this.#ended(event.code);
  }

  /** The host said welcome. */
  welcomed() {
    this.#onlineSince = Date.now();
    this.#become('online', '');
  }

  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(frame));
  }

  /** Gives the connection up without waiting for the other side, and starts over. */
  drop() {
    const socket = this.#socket;
    if (socket === null)
      return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#ended(1006);
  }

  /** A person's wish: cuts a pause short and tries again even after a refusal. */
  retryNow() {
    if (this.state !== 'waiting' && this.state !== 'refused')
      return;
    clearTimeout(this.#timer);
    this.open();
  }

  /** The network is back, or somebody looks at the page again. A pause that the host asked for stays. */
  #wake() {
    if (this.state === 'waiting' && !this.#asked)
      this.retryNow();
  }

  #ended(code) {
    clearTimeout(this.#timer);
    this.#socket = null;
    if (this.#onlineSince !== 0 && Date.now() - this.#onlineSince >= settled)
      this.#attempt = this.#slowInARow = 0;
    this.#onlineSince = 0;
    this.#slowInARow = code === 4008 ? this.#slowInARow + 1 : 0;
    this.handlers.closed(code);
    if (refusals[code]) {
      this.#become('refused', refusals[code]);
      return;
    }
    const delay = this.#delayAfter(code);
    this.#asked = [1008, 4006, 4013].includes(code);
    ++this.#attempt;
    this.nextTry = Date.now() + delay;
    this.#timer = setTimeout(() => this.open(), delay);
    this.#become('waiting', reasons[code] ?? '');
  }

  #delayAfter(code) {
    const usual = backOff(this.#attempt);
    switch (code) {
    case 4008: // come back at once; falling behind again and again is slowed down like any loss
      return this.#slowInARow === 1 ? 0 : usual;
    case 4006:
      return fullDelay;
    case 4013:
      return laterDelay + usual;
    case 1008:
      return Math.max(floodDelay, usual);
    default:
      return usual;
    }
  }

  #become(state, reason) {
    this.state = state;
    this.reason = reason;
    this.handlers.changed();
  }
}
