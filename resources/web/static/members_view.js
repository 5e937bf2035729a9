// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who is here? The people of the current room, the host and moderators first, and of which host others are.

import { avatar } from './avatar.js';
import { byId, coalesced, element } from './dom.js';
import { locale, known, t } from './strings.js';

const shownMembers = 200; // the rest is a number
const rank = { owner: 0, moderator: 1 };
const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });

/** Other hosts' owners are guests like others here. */
function isHost(person) {
  return person.role === 'owner' && !person.host;
}

function rankOf(person) {
  return person.role === 'owner' && !isHost(person) ? 2 : rank[person.role] ?? 2;
}

function secondLine(person) {
  const hasRole = known(`role_${person.role}`) && (person.role !== 'owner' || isHost(person));
  return [hasRole && t(`role_${person.role}`), person.away === true && t('away'), person.host].filter(Boolean).join(' · ');
}

export class MembersView {
  constructor(session) {
    this.session = session;
    this.list = byId('member-list');
    const draw = coalesced(() => this.#draw());
    for (const name of ['members', 'link'])
      session.addEventListener(name, draw);
  }

  #draw() {
    const room = this.session.current;
    const people = Array.from(room.members.values())
      .sort((a, b) => rankOf(a) - rankOf(b) || collator.compare(a.name, b.name));
    const rows = people.slice(0, shownMembers).map((person) => this.#row(person));
    if (people.length > shownMembers)
      rows.push(element('li', 'hint', {}, t('andMore', { n: people.length - shownMembers })));
    if (room.joined && people.length === 1)
      rows.push(element('li', 'hint', {}, t('alone')));
    this.list.replaceChildren(...rows);
    this.list.classList.toggle('stale', this.session.link.state !== 'online');
    byId('member-count').textContent = people.length > 0 ? String(people.length) : '';
  }

  #row(person) {
    const own = this.session.isOwn(person.id);
    const names = element('div', 'names', {}, element('span', 'name', { dir: 'auto', title: person.name }, person.name));
    const below = secondLine(person);
    if (below !== '')
      names.append(element('span', isHost(person) ? 'role accent' : 'role', { title: below }, below));
    const row = element('li', 'member', {}, element('span', 'avatar-place', { 'aria-hidden': 'true' },
      avatar(person, 'medium'), element('span', person.away === true ? 'dot away' : 'dot')), names);
    if (own)
      row.append(element('span', 'faint', {}, t('you')));
    return row;
  }
}
