// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What has been said in the current room? Keeps the rows of #chat-log in step with the room: rows are
// made once, moved when an answer puts an own message into its place, and removed over the limit.

import { byId, coalesced, element, icon } from './dom.js';
import { LogPlace } from './log_place.js';
import { withChanges } from './message.js';
import { dayRow, gapRow, messageRow, newRow, noteRow, removedRow, sameDay, updateMessageRow } from './rows.js';
import { t } from './strings.js';

const groupSpan = 5 * 60 * 1000; // ms: messages of one sender within it stand together
const manyRows = 20;
const newsSpan = 1000; // ms: after that, what changes in a row is not read out

function follows(previous, entry) {
  return previous?.kind === 'message' && !previous.isDeleted && previous.sender.id === entry.sender.id
    && Math.abs(entry.time - previous.time) < groupSpan && sameDay(entry.time, previous.time);
}

export class LogView {
  #nodes = new Map(); // key → element
  #room = null;
  #firstKey = '';
  #lastKey = '';

  constructor(session) {
    this.session = session;
    this.log = byId('chat-log');
    this.place = new LogPlace(session);
    // What the tutorial's text area had: the transcript as text.
    Object.defineProperty(this.log, 'value', { get: () => session.current?.transcript() ?? '' });
    session.addEventListener('log', coalesced(() => this.#draw()));
    this.log.addEventListener('click', (event) => this.#act(event.target.closest('[data-action]')?.dataset));
  }

  #draw() {
    const room = this.session.current;
    if (room !== this.#room) {
      this.#room = room;
      this.#nodes.clear();
      this.log.replaceChildren();
      this.place.enter(room);
    }
    const rows = this.#rows(room);
    const isLonger = rows.at(0)?.key !== this.#firstKey;
    const isNew = rows.at(-1)?.key !== this.#lastKey;
    this.#firstKey = rows.at(0)?.key;
    this.#lastKey = rows.at(-1)?.key;
    this.#hushWhile(isLonger || rows.length - this.#nodes.size > manyRows);
    this.place.keep(() => {
      this.#place(rows);
      this.#empty(room);
    }, isNew);
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
    const said = room.shown.map((entry) => entry.kind === 'message' ? withChanges(entry, room.changes, person) : entry);
    const outgoing = (room.excerpt ? [] : room.outgoing).map((entry) => asEntry(entry, person, room));
    const mentions = this.session.mentions(room);
    for (const entry of [...said, ...outgoing]) {
      if (!previous || !sameDay(previous.time, entry.time))
        rows.push({ key: `day ${new Date(entry.time).toDateString()} ${entry.key}`, make: () => dayRow(entry.time) });
      if (entry.key === room.newFrom)
        rows.push({ key: `new ${entry.key}`, make: newRow });
      if (entry.kind === 'note')
        rows.push({ key: entry.key, make: () => noteRow(entry) });
      else if (entry.kind === 'gap')
        rows.push({ key: entry.key, make: () => gapRow(entry) });
      else if (entry.isDeleted)
        rows.push({ key: `removed ${entry.key}`, make: () => removedRow(entry) });
      else
        rows.push(this.#messageRow(entry, previous, rows.at(-1), mentions));
      previous = entry;
    }
    return rows;
  }

  #messageRow(entry, previous, above, mentions) {
    const { session } = this;
    const first = !follows(previous, entry) || above?.entry !== previous;
    const own = entry.own || session.isOwn(entry.sender.id);
    const delivery = entry.state ?? (own ? 'sent' : '');
    if (!first && delivery === 'sent' && above.delivery === 'sent')
      above.delivery = ''; // the check stands behind the last of a run
    const spans = mentions.in(entry.text);
    const row = { key: entry.key, entry, first, delivery, spans, isOwn: (id) => session.isOwn(id),
                  mentionsMe: !own && spans.some(({ name }) => name === session.name),
                  make: () => messageRow(entry), update: (node) => updateMessageRow(node, row) };
    return row;
  }

  #place(rows) {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, node] of this.#nodes)
      if (!wanted.has(key)) {
        if (node.contains(document.activeElement))
          this.place.scroller.focus({ preventScroll: true });
        node.remove();
        this.#nodes.delete(key);
      }
    const made = [];
    let next = this.log.firstChild;
    for (const row of rows) {
      let node = this.#nodes.get(row.key);
      if (node === undefined) {
        node = row.make();
        made.push(node);
        this.#nodes.set(row.key, node);
      }
      row.update?.(node);
      if (node === next)
        next = node.nextSibling;
      else
        this.log.insertBefore(node, next);
    }
    if (made.length > 0)
      setTimeout(() => made.forEach((node) => node.setAttribute('aria-live', 'off')), newsSpan);
  }

  #empty(room) {
    const place = byId('log-empty');
    place.hidden = room.shown.some((entry) => entry.kind === 'message') || room.outgoing.length > 0;
    if (place.hidden)
      return;
    if (room.problem !== '')
      place.replaceChildren(element('p', 'bad', {}, room.problem));
    else if (room.entered)
      place.replaceChildren(icon('inbox', 'disc'), element('h2', '', {}, t('nothingSaid')), element('p', '', {}, t('sayHello')));
    else
      place.replaceChildren(element('p', '', {}, t('joining', { room: room.title })));
  }

  #act(data) {
    const { session } = this;
    switch (data?.action) {
    case 'retry':
      return session.retry(data.key);
    case 'discard':
      return session.discard(data.key);
    case 'retryChange':
      return session.changes.retry(session.current, data.key);
    case 'discardChange':
      return session.changes.discard(session.current, data.key);
    case 'react':
      return session.changes.react(session.current, data.of, data.emoji, data.on === 'true');
    case 'jump':
      return this.place.show({ id: data.of, number: Number(data.number) });
    default:
      return undefined;
    }
  }
}

/** An own message on its way, as a row shows it. */
function asEntry(entry, sender, room) {
  return { ...entry, kind: 'message', sender, own: true, reactions: [], edited: 0, isDeleted: false,
           reply: entry.reply ? room.quote(entry.reply) : null };
}
