// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which rooms are there, and where is something new? Links to rooms switch in place; with a modifier key
// or the middle button they open as any link does.

import { byId, element, icon } from './dom.js';
import { roomPath } from './names.js';
import { t } from './strings.js';

export class RoomsView {
  /** switchTo(name) shows that room. */
  constructor(session, switchTo) {
    this.session = session;
    this.switchTo = switchTo;
    this.list = byId('room-list');
    this.list.addEventListener('click', (event) => this.#clicked(event));
    session.addEventListener('rooms', () => this.#draw());
  }

  #draw() {
    const focused = document.activeElement?.dataset.room;
    this.list.replaceChildren(...Array.from(this.session.rooms.values(), (room) => this.#row(room)));
    if (focused !== undefined)
      Array.from(this.list.querySelectorAll('a')).find((link) => link.dataset.room === focused)?.focus();
  }

  #row(room) {
    const current = room === this.session.current;
    const link = element('a', room.unread > 0 ? 'room unread' : 'room', { href: roomPath(room.name), 'data-room': room.name },
      icon('hash', 'small'), element('span', 'name', { dir: 'auto', title: room.topic || room.title }, room.title));
    if (current)
      link.setAttribute('aria-current', 'page');
    if (room.unread > 0)
      link.append(element('span', 'badge', { 'aria-hidden': 'true' }, room.unread > 99 ? '99+' : String(room.unread)),
        element('span', 'unseen', {}, t('unread', { n: room.unread })));
    return element('li', '', {}, link);
  }

  #clicked(event) {
    const link = event.target.closest('a[data-room]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    this.switchTo(link.dataset.room);
  }
}
