// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which rooms are there, and where is something new, a draft, or something waiting to go out? Links to rooms switch in place; with a modifier key
// or the middle button they open as any link does.

import { byId, coalesced, element, icon } from './dom.js';
import { roomPath } from './names.js';
import { t } from './strings.js';

export class RoomsView {
  #rows = new WeakMap(); // Room → list item; kept, so that a click or the focus survives a change

  /** switchTo(name) shows that room. */
  constructor(session, switchTo) {
    this.session = session;
    this.switchTo = switchTo;
    this.list = byId('room-list');
    this.list.addEventListener('click', (event) => this.#clicked(event));
    const draw = coalesced(() => this.#draw());
    for (const name of ['rooms', 'link'])
      session.addEventListener(name, draw);
  }

  #draw() {
    const rows = Array.from(this.session.rooms.values(), (room) => this.#row(room));
    const shown = this.list.children;
    if (rows.length !== shown.length || rows.some((row, place) => row !== shown[place]))
      this.list.replaceChildren(...rows);
  }

  #row(room) {
    let row = this.#rows.get(room);
    if (row === undefined) {
      row = element('li', '', {}, element('a', 'room', { href: roomPath(room.name), 'data-room': room.name },
        icon('hash', 'small'), element('span', 'name', { dir: 'auto' }),
        element('span', 'draft', {}, icon('edit', 'tiny'), element('span', '', {}, t('draft'))),
        element('span', 'not-sent', {}, icon('error', 'tiny'), element('span', '', { 'aria-hidden': 'true' }), element('span', 'unseen')),
        element('span', 'on-its-way', {}, icon('clock', 'tiny'), element('span')),
        element('span', 'badge', { 'aria-hidden': 'true' }), element('span', 'unseen unread-words')));
      this.#rows.set(room, row);
    }
    this.#update(row.firstChild, room);
    return row;
  }

  #update(link, room) {
    if (room === this.session.current)
      link.setAttribute('aria-current', 'page');
    else
      link.removeAttribute('aria-current');
    link.classList.toggle('unread', room.hasNew);
    link.querySelector('.name').textContent = room.title;
    link.title = room.topic || room.title;
    const waiting = room.outgoing.filter((entry) => entry.state === 'waiting').length;
    link.querySelector('.on-its-way').hidden = waiting === 0;
    link.querySelector('.on-its-way span:last-child').textContent = t('waitingHere', { n: waiting });
    const failed = room.outgoing.filter((entry) => entry.state === 'failed').length;
    this.#notSent(link.querySelector('.not-sent'), failed);
    this.#draft(link.querySelector('.draft'), room, waiting + failed > 0);
    this.#badge(link.querySelector('.badge'), room);
    const unread = room.unread > 0 ? t('unread', { n: room.unread }) : room.hasNew ? t('somethingNew') : '';
    link.querySelector('.unread-words').textContent = [unread, room.mentions > 0 && t('mentioned', { n: room.mentions })].filter(Boolean).join(', ');
  }

  #notSent(place, count) {
    place.hidden = count === 0;
    place.children[1].textContent = String(count);
    place.lastChild.textContent = t('notSentHere', { n: count });
  }

  /** A pencil where something was typed and not sent; the word only where there is place. */
  #draft(place, room, isBrief) {
    place.hidden = room === this.session.current || !this.session.drafts.has(room.name);
    place.lastChild.classList.toggle('unseen', isBrief || room.unread > 0);
  }

  /** The mentions of this person, else how much is unread. */
  #badge(badge, { unread, mentions }) {
    badge.hidden = unread === 0;
    badge.classList.toggle('mention', mentions > 0);
    const count = mentions || unread;
    badge.textContent = `${mentions > 0 ? '@' : ''}${count > 99 ? '99+' : count}`;
  }

  #clicked(event) {
    const link = event.target.closest('a[data-room]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    this.switchTo(link.dataset.room);
  }
}
