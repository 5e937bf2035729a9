// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What did the host refuse, and who has to know? What is on its way says so in its row, or goes again in a while; of
// the rest the strip tells.

import { known, t } from './strings.js';

const usualPause = 1000; // ms, where the host names none
const shortestPause = 100; // ms
const longestPause = 60000; // ms
const mostEarly = 3; // times that a message is said anew in a room that was entered anew

/** Why, in the reader's language: by the code, and by what was behind it. A newer host may bring others. */
function wordsOf({ code, cause, message }) {
  if (!known(`error_${code}`))
    return String(message ?? code);
  return [t(`error_${code}`), known(`cause_${cause}`) && t(`cause_${cause}`)].filter(Boolean).join(' ');
}

export class Refusals {
  /** tell(…events) makes the session's events. */
  constructor(session, tell) {
    Object.assign(this, { session, tell });
  }

  /** An error frame. */
  heard(frame, room) {
    const { session } = this;
    const words = wordsOf(frame);
    if (frame.code === 'too_fast')
      this.#tooFast(frame, room, words);
    else if (session.search.refused(frame, words))
      return;
    else if (frame.code === 'bad_link') // the close that follows says so
      session.linkRefused();
    else if (frame.code === 'bad_name')
      this.#badName(frame);
    else if (!this.#isEarly(frame) && !this.#isOnItsWay(frame, words) && !this.#isMended(frame, room))
      this.#ofRoom(room, words);
    this.tell('log', 'link', 'me');
  }

  /** The connection ended with that code; `last`: what may have been the reason, or undefined. */
  closed(code, last) {
    if (last !== undefined)
      this.#isOnItsWay({ id: last.id }, t(code === 1009 ? 'error_text_too_long' : 'error_closed'));
  }

  /** Is asked for again in a while; of what nobody waits for, nothing is said. */
  #tooFast(frame, room, words) {
    const { session } = this;
    const { id, retry } = frame;
    const pause = Math.min(Math.max(Number(retry) || usualPause, shortestPause), longestPause);
    session.sending.hold(id, pause);
    if (session.search.refused(frame, words) || typeof id === 'string')
      return;
    if (room === undefined) {
      session.nameRefused();
      this.#say(words);
    } else if (!room.joined) {
      session.visits.lost(room);
      setTimeout(() => session.join(room), pause);
    } else {
      session.visits.mends(frame, room);
    }
  }

  #badName({ message }) {
    this.session.dispatchEvent(new CustomEvent('refusedName', { detail: { name: this.session.wantedName, words: message } }));
    this.session.nameRefused();
  }

  /** True if it is a message or a change of ours; whoever does not see that in its row is told. */
  #isOnItsWay({ id, code }, words) {
    const { outbox, changes } = this.session;
    if (typeof id !== 'string')
      return false;
    const shown = outbox.refused(id, words) || changes.refused(id, words, code);
    if (shown === '')
      this.#say(words);
    return shown !== false;
  }

  /** True if nobody has to be told. */
  #isMended(frame, room) {
    const isHere = room?.has(frame.id); // another tab of ours said it
    return isHere || (room && this.session.visits.mends(frame, room));
  }

  /** True if it waits until its room is entered anew; not at once, and not for ever, should the host be of two minds. */
  #isEarly({ code, id }) {
    const { session } = this;
    this.early = { id, times: (this.early?.id === id ? this.early.times : 0) + 1 };
    const isToWait = code === 'not_a_member' && this.early.times <= mostEarly;
    const room = isToWait ? session.sending.putBack(id) : undefined;
    if (room === undefined)
      return false;
    session.visits.lost(room);
    session.sending.next();
    setTimeout(() => session.join(room), usualPause);
    return true;
  }

  #ofRoom(room, words) {
    if (room && !room.joined)
      room.problem = words;
    this.#say(words);
  }

  #say(words) {
    this.session.dispatchEvent(new CustomEvent('trouble', { detail: words }));
  }
}
