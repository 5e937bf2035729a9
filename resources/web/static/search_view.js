// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// The pane over the log in which messages are looked for: a field, this room or all, and what is found. A choice
// leads to the message in its log; Esc puts the pane away.

import { byId, coalesced, element, icon } from './dom.js';
import { hitRow } from './search_rows.js';
import { t } from './strings.js';

const typingPause = 250; // ms: what is typed meanwhile is one search

export class SearchView {
  #isOpen = false;
  #room = null; // over whose log it is
  #everywhere = false;
  #opener = null;
  #drawn = []; // the hits whose rows stand there
  #timer = 0;

  /** show(message) leads to a message of a room. */
  constructor(session, show) {
    Object.assign(this, { session, show });
    this.field = byId('search-text');
    this.results = byId('search-results');
    for (const opener of document.querySelectorAll('.show-search'))
      opener.addEventListener('click', () => this.open(opener));
    byId('search-close').addEventListener('click', () => this.close());
    byId('search-more').addEventListener('click', () => session.search.more());
    byId('search-here').addEventListener('click', () => this.#look(false));
    byId('search-all').addEventListener('click', () => this.#look(true));
    byId('search-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#find();
    });
    this.field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#find(), typingPause);
    });
    byId('search').addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('keydown', (event) => {
      if (event.code === 'KeyF' && event.shiftKey && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        this.open(document.activeElement);
      }
    });
    session.addEventListener('search', coalesced(() => this.#isOpen && this.#draw()));
    session.addEventListener('link', () => this.#comesBack());
    session.addEventListener('rooms', () => {
      if (this.#isOpen && session.current !== this.#room)
        this.#set(false);
    });
  }

  open(opener) {
    if (!this.#isOpen)
      this.#opener = opener;
    this.#set(true);
    this.#scope();
    this.#find();
    this.field.focus();
    this.field.select();
  }

  close() {
    this.#set(false);
    (this.#opener?.isConnected && this.#opener !== document.body ? this.#opener : byId('chat-message-input')).focus();
  }

  #set(isOpen) {
    this.#isOpen = isOpen;
    this.#room = this.session.current;
    clearTimeout(this.#timer);
    byId('search').hidden = !isOpen;
    for (const part of byId('talk').children)
      if (part.id !== 'search')
        part.inert = isOpen;
  }

  #look(everywhere) {
    this.#everywhere = everywhere;
    this.#find();
    this.field.focus();
  }

  #find() {
    clearTimeout(this.#timer);
    this.#scope();
    this.session.search.find(this.field.value.trim(), this.#everywhere ? '' : this.session.current.name);
  }

  /** What could not be asked while there was no connection is asked now, once the rooms are joined again. */
  #comesBack() {
    const { link, search } = this.session;
    if (this.#isOpen && link.state === 'online' && search.state === 'offline')
      setTimeout(() => search.state === 'offline' && this.#find(), 0);
  }

  #scope() {
    byId('search-here').setAttribute('aria-pressed', String(!this.#everywhere));
    byId('search-all').setAttribute('aria-pressed', String(this.#everywhere));
    this.field.placeholder = this.#everywhere ? t('searchAll') : t('searchIn', { room: this.session.current.title });
  }

  #draw() {
    const { search } = this.session;
    if (search.hits.length === 0 || this.#drawn.some((hit, at) => hit !== search.hits[at])) {
      this.results.replaceChildren();
      this.#drawn = [];
    }
    for (const hit of search.hits.slice(this.#drawn.length))
      this.results.append(element('li', '', {}, hitRow(hit, search, this.#roomTitle(hit), () => this.#go(hit))));
    this.#drawn = [...search.hits];
    const more = byId('search-more');
    const hadFocus = document.activeElement === more;
    more.hidden = search.next === '' || search.state !== 'found';
    if (hadFocus && more.hidden && search.state === 'found')
      this.results.lastChild?.firstChild.focus();
    this.#state(search);
  }

  /** Where all rooms are searched. */
  #roomTitle({ room }) {
    return this.session.search.room === '' ? this.session.rooms.get(room)?.title ?? room : '';
  }

  /** The line that says how the search goes; what is the same is not said again. */
  #state(search) {
    const place = byId('search-state');
    const words = this.#words(search);
    const isEmpty = search.state === 'found' && search.hits.length === 0 && search.next === '';
    place.classList.toggle('bad', search.state === 'failed');
    place.classList.toggle('empty', isEmpty);
    const key = `${search.state} ${isEmpty} ${this.#everywhere} ${words}`;
    if (place.dataset.said === key)
      return;
    place.dataset.said = key;
    const picture = isEmpty ? [icon('search', 'disc')] : [];
    place.replaceChildren(...picture, element('span', '', { dir: 'auto' }, words));
    if (isEmpty && !this.#everywhere) {
      const all = element('button', 'button', { type: 'button' }, t('searchEverywhere'));
      all.addEventListener('click', () => this.#look(true));
      place.append(all);
    }
  }

  #words({ state, text, hits, next, problem }) {
    switch (state) {
    case 'asked':
      return t('searching');
    case 'failed':
      return t('notSearched', { reason: problem });
    case 'offline':
      return t('searchOffline');
    case 'found':
      if (hits.length === 0 && next === '')
        return t(this.#everywhere ? 'nothingFoundAnywhere' : 'nothingFound', { text, n: text.split(/\s+/u).length });
      return t(next === '' ? 'foundAll' : 'foundSome', { n: hits.length });
    default:
      return text === '' ? t('searchHint') : t('searchNoWord');
    }
  }

  #go(hit) {
    this.#set(false);
    this.show(hit);
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (step) {
      const stops = [this.field, ...this.results.querySelectorAll('.hit')];
      const at = stops.indexOf(document.activeElement);
      if (at < 0)
        return;
      event.preventDefault();
      stops[at + step]?.focus();
    }
  }
}
