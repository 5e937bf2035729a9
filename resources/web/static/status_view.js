// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How do we stand with the host? The strip under the room's name (no connection, or catching up), the line on a phone, the notes that other
// hosts are out of reach and that a monitor is watching, and the title of the tab.

import { byId } from './dom.js';
import { t } from './strings.js';

const graceTime = 2000; // ms of trouble before anything is said
const shortCatchUp = 300; // ms; one that is over by then says nothing

export class StatusView {
  #troubleSince = Date.now();
  #wasOnline = false;
  #trouble = '';
  #timer = 0;
  #awaySince = 0;
  #awayTimer = 0;

  /** changeName() opens the field for the name. */
  constructor(session, changeName) {
    this.session = session;
    this.changeName = changeName;
    for (const name of ['link', 'rooms', 'watched', 'bridgeAway'])
      session.addEventListener(name, () => this.#draw());
    session.addEventListener('trouble', (event) => this.#say(event.detail));
    byId('strip-action').addEventListener('click', () => this.#act());
    byId('trouble-close').addEventListener('click', () => this.#say(''));
    byId('secure').hidden = location.protocol !== 'https:';
  }

  #say(words) {
    this.#trouble = words;
    this.#draw();
  }

  #draw() {
    const { link, current, watched } = this.session;
    clearTimeout(this.#timer);
    if (link.state === 'online') {
      this.#troubleSince = 0;
      this.#wasOnline = true;
    } else if (this.#troubleSince === 0) {
      this.#troubleSince = Date.now();
    }
    if (link.state !== 'online' || current.catchUp)
      this.#timer = setTimeout(() => this.#draw(), 250);
    this.#names(current);
    this.#strip(link);
    this.#bridge(this.session.bridgeAway && link.state === 'online');
    byId('watched').hidden = !watched || link.state !== 'online';
    byId('trouble').hidden = this.#trouble === '';
    byId('trouble-text').textContent = this.#trouble;
  }

  #names(room) {
    const host = this.session.host.title;
    for (const place of document.querySelectorAll('.room-title'))
      place.textContent = room.title;
    byId('room-topic').textContent = room.topic;
    byId('room-topic').title = room.topic;
    byId('host-title').textContent = host || t('parlour');
    const sum = (what) => Array.from(this.session.rooms.values()).reduce((all, other) => all + other[what], 0);
    const badge = sum('mentions') > 0 ? `(@${sum('mentions')}) ` : sum('unread') > 0 ? `(${sum('unread')}) ` : '';
    document.title = `${badge}${[room.title, host, t('parlour')].filter(Boolean).join(' – ')}`;
  }

  #strip(link) {
    const shown = link.state === 'refused' || (link.state !== 'online' && Date.now() - this.#troubleSince >= graceTime);
    byId('strip').hidden = !shown;
    const phoneLine = byId('phone-line');
    phoneLine.classList.toggle('trouble', shown);
    const { people, catchUp } = this.session.current;
    const catching = !shown && catchUp !== null && Date.now() - catchUp.since >= shortCatchUp;
    byId('strip').classList.toggle('catching', catching);
    byId('strip-progress').hidden = !catching;
    byId('strip-action').hidden = catching;
    if (catching) {
      this.#progress(this.session.current);
      phoneLine.textContent = byId('strip-title').textContent;
      return;
    }
    if (!shown) {
      const here = people > 0 ? t('peopleHere', { n: people }) : '';
      phoneLine.textContent = [this.session.host.title, here].filter(Boolean).join(' · ');
      return;
    }
    this.#describe(link);
    phoneLine.textContent = byId('strip-countdown').textContent || byId('strip-title').textContent;
  }

  #progress({ number, catchUp: { from, to } }) {
    byId('strip').hidden = false;
    byId('strip').classList.remove('bad');
    set('strip-title', t('catchingUp'));
    set('strip-reason', t('caughtUpOf', { n: to - from, done: Math.min(number, to) - from }));
    set('strip-countdown', '');
    byId('strip-progress').style.width = `${(100 * (Math.min(number, to) - from)) / (to - from)}%`;
  }

  #bridge(away) {
    clearTimeout(this.#awayTimer);
    this.#awaySince = away ? this.#awaySince || Date.now() : 0;
    const patience = away ? this.#awaySince + graceTime - Date.now() : 0;
    if (patience > 0)
      this.#awayTimer = setTimeout(() => this.#draw(), patience);
    byId('bridge').hidden = !away || patience > 0;
  }

  #describe(link) {
    const refused = link.state === 'refused';
    const { outbox: { pending }, kept: { isWhole } } = this.session;
    byId('strip').classList.toggle('bad', refused);
    set('strip-title', t(refused ? 'refused' : this.#wasOnline ? 'reconnecting' : 'connecting'));
    const kept = pending > 0 && !refused && t(isWhole ? 'keptHere' : 'keptInTab', { n: pending });
    set('strip-reason', [link.reason && t(link.reason), kept].filter(Boolean).join(' '));
    const seconds = Math.max(1, Math.ceil((link.nextTry - Date.now()) / 1000));
    set('strip-countdown', refused ? '' : link.state === 'waiting' ? t('nextTry', { n: seconds }) : t('tryingNow'));
    const action = { why_name: 'chooseName', why_notAllowed: 'joinAnew', why_link: 'joinWithout' }[refused ? link.reason : ''] ?? 'retryNow';
    set('strip-action', t(action));
    byId('strip-action').disabled = link.state === 'connecting' || link.state === 'open';
  }

  #act() {
    const { link } = this.session;
    if (link.state !== 'refused' || link.reason === 'why_link')
      link.retryNow();
    else if (link.reason === 'why_name')
      this.changeName();
    else
      this.session.becomeNewPerson();
  }
}

/** Live regions speak when their text changes, so it is touched only then. */
function set(id, text) {
  const node = byId(id);
  if (node.textContent !== text)
    node.textContent = text;
}
