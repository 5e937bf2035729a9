// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What has been said in the current room? Keeps the rows of #chat-log in step with the room: rows are
// made once, moved when an answer puts an own message into its place, and removed over the limit. Whoever
// reads further up keeps the place, whatever comes above or below.

import { byId, coalesced, element, icon } from './dom.js';
import { dayRow, gapRow, messageRow, newRow, noteRow, sameDay, updateMessageRow } from './rows.js';
import { t } from './strings.js';

const groupSpan = 5 * 60 * 1000; // ms: messages of one sender within it stand together
const manyRows = 20;
const nearEnd = 48; // px: so near to the end the log follows what comes
const nearBeginning = 600; // px: so near to the beginning older messages are asked for

function follows(previous, entry) {
  return previous?.kind === 'message' && previous.sender.id === entry.sender.id
    && Math.abs(entry.time - previous.time) < groupSpan && sameDay(entry.time, previous.time);
}

export class LogView {
  #nodes = new Map(); // key → element
  #room = null;
  #following = true; // the end stays in view
  #firstKey = '';
  #lastKey = '';

  constructor(session) {
    this.session = session;
    this.log = byId('chat-log');
    this.scroller = byId('log-scroller');
    this.latest = byId('latest');
    this.older = byId('log-older');
    // What the tutorial's text area had: the transcript as text.
    Object.defineProperty(this.log, 'value', { get: () => session.current?.transcript() ?? '' });
    const draw = coalesced(() => this.#draw());
    session.addEventListener('log', draw);
    this.log.addEventListener('click', (event) => this.#act(event.target.closest('[data-action]')?.dataset));
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.latest.addEventListener('click', () => this.toEnd());
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.scroller);
  }

  toEnd() {
    this.#follow(true);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.latest.hidden = true;
  }

  #draw() {
    const room = this.session.current;
    const another = room !== this.#room;
    if (another) {
      this.#room = room;
      this.#nodes.clear();
      this.log.replaceChildren();
      this.#follow(true);
    }
    const rows = this.#rows(room);
    const isLonger = rows.at(0)?.key !== this.#firstKey;
    const isNew = rows.at(-1)?.key !== this.#lastKey;
    this.#firstKey = rows.at(0)?.key;
    this.#lastKey = rows.at(-1)?.key;
    this.#hushWhile(isLonger || rows.length - this.#nodes.size > manyRows);
    const goBack = this.#bookmark();
    this.#place(rows);
    this.#empty(room);
    this.#olderLine(room);
    if (this.#following) {
      this.toEnd();
    } else {
      goBack();
      if (isNew)
        this.latest.hidden = false;
    }
    if (room.paging === 'idle')
      this.#wantOlder();
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
    this.older.hidden = !room.hasOlder;
    const words = room.isFull ? t('olderEnds') : room.paging === 'asked' ? t('loadingOlder') : '';
    if (this.older.textContent !== words)
      this.older.textContent = words;
  }

  #wantOlder() {
    if (this.scroller.scrollTop < nearBeginning && this.#room?.olderThan > 0)
      this.session.askOlder();
  }

  /** Whether the end stays in view; somebody who reads further up may have more rows. */
  #follow(following) {
    this.#following = following;
    if (this.#room)
      this.#room.reading = !following;
  }

  /** A whole history at once is not read out by screen readers; what comes later is. */
  #hushWhile(many) {
    if (!many)
      return;
    this.log.setAttribute('aria-busy', 'true');
    setTimeout(() => this.log.setAttribute('aria-busy', 'false'), 500);
  }

  /** What stands in the log, top to bottom: {key, make(), update(node)}. */
  #rows(room) {
    const rows = [];
    let previous = null;
    const person = this.session.person ?? { id: '', name: this.session.name };
    const outgoing = room.outgoing.map((entry) => ({ ...entry, kind: 'message', sender: person, own: true }));
    for (const entry of [...room.entries, ...outgoing]) {
      if (!previous || !sameDay(previous.time, entry.time))
        rows.push({ key: `day ${new Date(entry.time).toDateString()} ${entry.key}`, make: () => dayRow(entry.time) });
      if (entry.key === room.newFrom)
        rows.push({ key: `new ${entry.key}`, make: newRow });
      if (entry.kind === 'note')
        rows.push({ key: entry.key, make: () => noteRow(entry) });
      else if (entry.kind === 'gap')
        rows.push({ key: entry.key, make: () => gapRow(entry) });
      else
        rows.push(this.#messageRow(entry, previous, rows.at(-1)));
      previous = entry;
    }
    return rows;
  }

  #messageRow(entry, previous, above) {
    const first = !follows(previous, entry) || above?.entry !== previous;
    const own = entry.own || this.session.isOwn(entry.sender.id);
    const delivery = entry.state ?? (own ? 'sent' : '');
    if (!first && delivery === 'sent')
      above.delivery = ''; // the check stands behind the last of a run
    const row = { key: entry.key, entry, first, problem: entry.problem, delivery,
                  make: () => messageRow(entry), update: (node) => updateMessageRow(node, row) };
    return row;
  }

  #place(rows) {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, node] of this.#nodes)
      if (!wanted.has(key)) {
        node.remove();
        this.#nodes.delete(key);
      }
    let next = this.log.firstChild;
    for (const row of rows) {
      let node = this.#nodes.get(row.key);
      if (node === undefined) {
        node = row.make();
        this.#nodes.set(row.key, node);
      }
      row.update?.(node);
      if (node === next)
        next = node.nextSibling;
      else
        this.log.insertBefore(node, next);
    }
  }

  #empty(room) {
    const place = byId('log-empty');
    place.hidden = room.entries.some((entry) => entry.kind === 'message') || room.outgoing.length > 0;
    if (place.hidden)
      return;
    if (room.problem !== '')
      place.replaceChildren(element('p', 'bad', {}, room.problem));
    else if (room.entered)
      place.replaceChildren(icon('inbox', 'disc'), element('h2', '', {}, t('nothingSaid')), element('p', '', {}, t('sayHello')));
    else
      place.replaceChildren(element('p', '', {}, t('joining', { room: room.title })));
  }

  #scrolled() {
    const rest = this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop;
    this.#follow(rest < nearEnd);
    if (this.#following)
      this.latest.hidden = true;
    this.#wantOlder();
  }

  #act(data) {
    if (data?.action === 'retry')
      this.session.retry(data.key);
    else if (data?.action === 'discard')
      this.session.discard(data.key);
  }
}
