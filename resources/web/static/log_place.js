// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Where does the log stand? A room that is opened shows where the unread part begins, else its end. At its end it
// follows what comes; whoever reads further up keeps the place, whatever comes above or below. A click on a quote
// leads to the message, as does one that was searched for: it is read back to, or, from far away, what stands around it
// is shown instead of the log, and more of it to whoever reads on, until that comes to the log or somebody goes to the end.

import { byId } from './dom.js';
import { t } from './strings.js';

const nearEnd = 48; // px: so near to the end the log follows what comes
const nearBeginning = 600; // px: so near to the beginning older messages are asked for
const aboveLine = 72; // px: what remains in view of what was read before
const farAway = 300; // numbers: so far before what is here nobody reads back

export class LogPlace {
  #room = null;
  #following = true; // the end stays in view
  #landed = false;
  #wasExcerpt = false;

  constructor(session) {
    this.session = session;
    this.log = byId('chat-log');
    this.scroller = byId('log-scroller');
    this.latest = byId('latest');
    this.older = byId('log-older');
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.latest.addEventListener('click', () => this.#leave());
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.scroller);
  }

  enter(room) {
    this.#room = room;
    this.#landed = false;
    this.#wasExcerpt = false;
    this.#follow(true);
  }

  /** Calls `change`, which alters the rows, and keeps the place. */
  keep(change, isNew) {
    const isExcerpt = this.#room.excerpt !== null;
    if (isExcerpt || this.#wasExcerpt)
      this.#follow(!isExcerpt && !this.#room.reading);
    this.#wasExcerpt = isExcerpt;
    const goBack = this.#bookmark();
    change();
    this.#olderLine(this.#room);
    if (!this.#landed && this.#room.joined)
      this.#land();
    else if (this.#following)
      this.toEnd();
    else
      goBack();
    this.#pill(isNew);
    if (this.#room.wanted && this.#landed && this.#room.stage === 'live' && this.#room.paging !== 'asked')
      this.show(this.#room.wanted);
    else if (this.#room.sought)
      this.jumpTo(this.#room.sought);
    if (this.#room.paging === 'idle')
      this.#wantMore();
    if (this.#following && this.#landed)
      this.session.seen();
  }

  toEnd() {
    if (this.#room?.excerpt)
      this.session.leaveExcerpt();
    this.#follow(true);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.latest.hidden = true;
  }

  /** Somebody goes to the end, whatever was sought before. */
  #leave() {
    this.session.leaveExcerpt();
    this.toEnd();
  }

  /** Leads to the message of that id and number, wherever it is. */
  show({ id, number }) {
    const room = this.#room;
    room.wanted = null;
    const isHere = this.#row(id) !== null;
    const isInLog = !isHere && room.excerpt !== null && room.has(id);
    const isFar = !isHere && !isInLog && number > 0 && (room.excerpt !== null || room.first.number - number > farAway);
    if (isInLog)
      this.session.leaveExcerpt();
    if (isInLog || (isFar && this.session.askAround(number)))
      room.sought = { id, number };
    else
      this.jumpTo({ id, number });
  }

  #row(id) {
    return this.log.querySelector(`[data-key="${CSS.escape(id)}"]`);
  }

  /** Shows the message of that id and number, once it is here. */
  jumpTo({ id, number }) {
    const row = this.#row(id);
    this.#room.sought = null;
    if (row) {
      row.scrollIntoView({ block: 'center' });
      this.#scrolled();
      this.latest.hidden = this.#following;
      row.focus({ preventScroll: true });
      row.classList.remove('found');
      requestAnimationFrame(() => row.classList.add('found'));
    } else if (this.#room.paging === 'asked' || (number > 0 && number < this.#room.olderThan)) {
      this.#room.sought = { id, number };
      this.session.askOlder();
    } else {
      this.session.dispatchEvent(new CustomEvent('trouble', { detail: t('notHere') }));
    }
  }

  /** Opened: the line above what is unread, or the end. */
  #land() {
    this.#landed = true;
    this.toEnd();
    const line = this.log.querySelector('.new-line');
    if (!line)
      return;
    const above = line.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - aboveLine;
    this.scroller.scrollTop += Math.min(0, above);
    this.#scrolled();
  }

  /** Remembers what stands at the top of the view; the result puts it back there. */
  #bookmark() {
    const top = this.scroller.getBoundingClientRect().top;
    const place = this.#following ? undefined
      : Array.from(this.log.querySelectorAll('.text')).find((text) => text.getBoundingClientRect().bottom > top);
    const before = place?.getBoundingClientRect().top;
    return () => {
      if (place?.isConnected)
        this.scroller.scrollTop += place.getBoundingClientRect().top - before;
    };
  }

  /** The line above all messages keeps its height, so that nothing moves when its words change. */
  #olderLine(room) {
    this.older.hidden = !(room.excerpt ? room.span : room).hasOlder;
    const words = room.isFull ? t('olderEnds') : room.paging === 'asked' ? t('loadingOlder') : '';
    if (this.older.textContent !== words)
      this.older.textContent = words;
  }

  #pill(isNew) {
    if (this.#following)
      this.latest.hidden = true;
    else if (isNew || this.#room.unread > 0 || this.#room.excerpt)
      this.latest.hidden = false;
    const count = byId('latest-new');
    count.hidden = this.#room.unread === 0;
    count.textContent = this.#room.unread > 0 ? t('unreadNew', { n: this.#room.unread }) : '';
  }

  #wantMore() {
    if (this.scroller.scrollTop < nearBeginning && this.#room?.olderThan > 0)
      this.session.askOlder();
    else if (this.#rest < nearBeginning && this.#room?.canGoOn)
      this.session.visits.askNewer(this.#room);
  }

  /** px below what is in view. */
  get #rest() {
    return this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop;
  }

  /** Whether the end stays in view; somebody who reads further up may have more rows. */
  #follow(following) {
    this.#following = following;
    if (this.#room)
      this.#room.reading = !following;
  }

  #scrolled() {
    this.#follow(this.#rest < nearEnd && !this.#room?.excerpt);
    if (this.#following)
      this.latest.hidden = true;
    if (this.#following && this.#landed)
      this.session.seen();
    this.#wantMore();
  }
}
