// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who are we on this host, and in which rooms? One socket for all of them: hello, join, say, rename, and
// what the host tells. Views listen to its events: link, me, rooms, members, log, watched, bridgeAway, trouble.

import { KnownRooms } from './known_rooms.js';
import { Link } from './link.js';
import { Outbox } from './outbox.js';
import { randomGuest } from './names.js';
import { applyMembers, list } from './presence.js';
import { known, t } from './strings.js';
import { remember, remembered } from './storage.js';
import { Visits } from './visits.js';

export class Session extends EventTarget {
  host = { title: '' };
  person = null;
  current = null;
  watched = false;
  bridgeAway = false; // others of the room get what is said here later
  #known = new KnownRooms();
  #renaming = false;
  #own = new Set(); // ids of ours: a host that starts again may give a new one

  constructor(url) {
    super();
    this.wantedName = remembered().name ?? randomGuest();
    this.link = new Link(url, 'parlour.v1', {
      opened: () => this.#hello(),
      received: (text) => this.#received(text),
      closed: (code) => this.#lost(code),
      changed: () => this.#tell('link'),
    });
    const transmit = (frame) => this.link.send(frame);
    this.outbox = new Outbox(this.rooms, transmit, () => this.#tell('log', 'link'));
    this.#restore();
    this.visits = new Visits(transmit, {
      taken: (message, room, isNew) => this.#taken(message, room, isNew),
      caughtUp: (room) => this.#caughtUp(room),
    });
    setInterval(() => this.outbox.overdue && this.link.drop(), 5000);
  }

  /** name → Room */
  get rooms() {
    return this.#known.all;
  }

  get name() {
    return this.person?.name ?? this.wantedName;
  }

  isOwn(id) {
    return this.#own.has(id);
  }

  /** Makes `name` the room that is shown, and joins it; others that were visited stay joined. */
  visit(name) {
    const room = this.#known.room(name);
    if (this.current && this.current !== room)
      Object.assign(this.current, { newFrom: '', reading: false });
    this.current = room;
    for (const left of this.#known.visit(room)) {
      this.visits.leave(left);
      this.#known.forget(left);
    }
    this.#join(room);
    this.seen();
    this.#tell('rooms', 'members', 'log');
  }

  /** The current room is looked at. */
  seen() {
    if (document.hidden || !this.current?.unread)
      return;
    this.current.unread = 0;
    this.#tell('rooms');
  }

  /** Somebody reads near the beginning of what is here. */
  askOlder() {
    this.visits.askOlder(this.current);
    this.#tell('log');
  }

  /** False if too much is waiting already; then the text stays with the composer. */
  say(text) {
    const taken = this.outbox.say(this.current, text);
    if (taken)
      this.current.newFrom = '';
    this.#tell('log', 'link');
    return taken;
  }

  retry(key) {
    this.outbox.retry(this.current, key);
    this.#tell('log', 'link');
  }

  discard(key) {
    this.outbox.discard(this.current, key);
    this.#tell('log', 'link');
  }

  rename(name) {
    this.wantedName = name;
    if (this.link.state === 'online') {
      this.#renaming = true;
      this.link.send({ type: 'rename', name });
      return;
    }
    this.person = null; // the next hello carries the new name
    remember({ name });
    this.#tell('me');
    if (this.link.state === 'refused')
      this.link.retryNow();
  }

  /** After "you may not": the next try is a new person's. */
  becomeNewPerson() {
    remember({ token: undefined });
    this.link.retryNow();
  }

  #tell(...events) {
    for (const name of events)
      this.dispatchEvent(new Event(name));
  }

  #hello() {
    const { token } = remembered();
    this.link.send({ type: 'hello', name: this.wantedName, ...(token && { token }), client: 'browser' });
  }

  #join(room) {
    if (this.link.state === 'online')
      this.visits.join(room);
  }

  /** Takes up what other pages of this browser left unsent. */
  #restore() {
    this.outbox.restore((name) => this.#known.room(name));
  }

  #lost(code) {
    for (const room of this.rooms.values())
      this.visits.lost(room);
    this.outbox.lost(code);
    this.#tell('log');
  }

  #received(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    const type = frame?.type;
    const room = this.rooms.get(frame?.room);
    if (typeof type !== 'string')
      return;
    if (Object.hasOwn(this.#handlers, type))
      this.#handlers[type](frame, room);
    else if (room && Object.hasOwn(this.#roomHandlers, type))
      this.#roomHandlers[type](frame, room);
  }

  #handlers = {
    welcome: (frame) => this.#welcome(frame),
    room: (frame) => this.#described(frame),
    renamed: (frame) => this.#renamed(frame.person),
    watched: (frame) => this.#now('watched', frame.watched === true),
    shared: (frame) => this.#now('bridgeAway', frame.state === 'away'),
    error: (frame, room) => this.#error(frame, room),
  };

  #roomHandlers = {
    joined: (frame, room) => this.visits.joined(frame, room),
    history: (frame, room) => this.#history(frame, room),
    members: (frame, room) => this.#members(frame, room),
    message: (frame, room) => this.#message(frame, room),
    topic: (frame, room) => this.#topic(frame, room),
    closed: (frame, room) => this.#known.unlist(room) && this.#tell('rooms'),
  };

  #welcome(frame) {
    this.host = { title: String(frame.host?.title ?? '') };
    remember({ token: frame.token, name: this.wantedName });
    this.#known.list(list(frame.rooms));
    this.#iAm(frame.person);
    this.#now('watched', frame.watched === true);
    this.#now('bridgeAway', false);
    this.link.welcomed();
    this.#restore();
    this.#known.wanted.forEach((room) => this.#join(room));
    this.#tell('rooms');
  }

  #iAm(person) {
    this.person = { id: String(person?.id ?? ''), name: String(person?.name ?? '') };
    this.#own.add(this.person.id);
    this.#tell('me', 'members');
  }

  #renamed(person) {
    this.#iAm(person);
    if (!this.#renaming)
      this.wantedName = this.person.name; // by another tab of ours
    this.#renaming = false;
    remember({ name: this.wantedName });
  }

  /** A fact of that name, which is the event's, too. */
  #now(fact, value) {
    this[fact] = value;
    this.#tell(fact);
  }

  #history(frame, room) {
    this.visits.history(frame, room);
    this.#tell('log', 'rooms', 'link');
  }

  #message(frame, room) {
    this.visits.message(frame, room);
    this.#tell('log');
  }

  #taken(message, room, isNew) {
    this.outbox.arrived(message.id, room);
    if (isNew && room.entered)
      this.#count(message, room);
  }

  #caughtUp(room) {
    if (!room.entered)
      room.note('globe', t('youJoined'));
    room.entered = true;
    this.outbox.flush(room);
  }

  #count(message, room) {
    if (this.isOwn(message.sender.id) || (room === this.current && !document.hidden))
      return;
    if (++room.unread === 1)
      room.newFrom = message.id;
    this.#tell('rooms');
  }

  #members(frame, room) {
    applyMembers(room, frame, (id) => this.isOwn(id));
    this.visits.members(frame, room);
    this.#tell('members', 'log', 'rooms');
  }

  #described(frame) {
    this.#known.describe(frame);
    this.#tell('rooms');
  }

  #topic(frame, room) {
    room.topic = String(frame.topic ?? '');
    const key = room.topic === '' ? 'topicCleared' : 'topicBy';
    room.note('info', t(key, { name: String(frame.by ?? ''), topic: room.topic }));
    this.#tell('log', 'rooms');
  }

  #error(frame, room) {
    const words = known(`error_${frame.code}`) ? t(`error_${frame.code}`) : String(frame.message ?? frame.code);
    if (frame.code === 'bad_name') {
      this.dispatchEvent(new CustomEvent('refusedName', { detail: { name: this.wantedName, words: frame.message } }));
      this.#renaming = false;
      this.wantedName = this.person?.name ?? this.wantedName;
    } else if (typeof frame.id === 'string' && this.outbox.refused(frame.id, words)) {
      if (frame.code === 'not_a_member' && room) {
        this.visits.lost(room);
        this.#join(room);
      }
    } else if (!room?.has(frame.id) && !(room && this.visits.mends(frame, room))) { // has: another tab of ours said it
      if (room && !room.joined)
        room.problem = words;
      this.dispatchEvent(new CustomEvent('trouble', { detail: words }));
    }
    this.#tell('log', 'link');
  }
}
