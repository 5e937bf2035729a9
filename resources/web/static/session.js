// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who are we on this host, and in which rooms? One socket for all of them: hello, join, say, rename, and
// what the host tells. Views listen to its events: link, me, rooms, members, log, watched, bridgeAway, trouble.

import { Link } from './link.js';
import { Outbox } from './outbox.js';
import { randomGuest } from './names.js';
import { applyMembers, list } from './presence.js';
import { Room, asMessage } from './room.js';
import { known, t } from './strings.js';
import { remember, remembered } from './storage.js';

const maxVisited = 20; // rooms that this page stays in at a time
const maxListed = 1000; // rooms of the list that are kept

export class Session extends EventTarget {
  host = { title: '' };
  person = null;
  rooms = new Map();
  current = null;
  watched = false;
  bridgeAway = false; // others of the room get what is said here later
  #visited = []; // most recent last
  #renaming = false;
  #own = new Set(); // ids of ours: a host that starts again may give a new one
  #isKept = (room) => this.#visited.includes(room) || room.outgoing.length > 0;

  constructor(url) {
    super();
    this.wantedName = remembered().name ?? randomGuest();
    this.link = new Link(url, 'parlour.v1', {
      opened: () => this.#hello(),
      received: (text) => this.#received(text),
      closed: (code) => this.#lost(code),
      changed: () => this.#tell('link'),
    });
    this.outbox = new Outbox(this.rooms, (frame) => this.link.send(frame));
    setInterval(() => this.outbox.overdue && this.link.drop(), 5000);
  }

  get name() {
    return this.person?.name ?? this.wantedName;
  }

  isOwn(id) {
    return this.#own.has(id);
  }

  /** Makes `name` the room that is shown, and joins it; others that were visited stay joined. */
  visit(name) {
    const room = this.#room(name);
    if (this.current && this.current !== room)
      this.current.newFrom = '';
    this.current = room;
    this.#visited = [...this.#visited.filter((other) => other !== room), room];
    while (this.#visited.length > maxVisited)
      this.#leave(this.#visited.shift());
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

  #room(name) {
    let room = this.rooms.get(name);
    if (room === undefined) {
      room = new Room(name);
      this.rooms.set(name, room);
    }
    return room;
  }

  #hello() {
    const { token } = remembered();
    this.link.send({ type: 'hello', name: this.wantedName, ...(token && { token }), client: 'browser' });
  }

  #join(room) {
    if (this.link.state === 'online' && !room.joined)
      this.link.send({ type: 'join', room: room.name });
  }

  #leave(room) {
    if (room.joined)
      this.link.send({ type: 'leave', room: room.name });
    if (room.outgoing.length > 0)
      return;
    this.rooms.delete(room.name);
    if (room.listed)
      this.#room(room.name).describe(room);
  }

  #lost(code) {
    for (const room of this.rooms.values())
      room.joined = false;
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
    room: (frame, room) => this.#described(frame, room),
    renamed: (frame) => this.#renamed(frame.person),
    watched: (frame) => this.#now('watched', frame.watched === true),
    shared: (frame) => this.#now('bridgeAway', frame.state === 'away'),
    error: (frame, room) => this.#error(frame, room),
  };

  #roomHandlers = {
    joined: (frame, room) => room.describe(frame),
    history: (frame, room) => this.#history(frame, room),
    members: (frame, room) => this.#members(frame, room),
    message: (frame, room) => this.#message(asMessage(frame), room),
    topic: (frame, room) => this.#topic(frame, room),
    left: (frame, room) => { room.joined = false; },
    closed: (frame, room) => this.#isKept(room) || (this.rooms.delete(frame.room) && this.#tell('rooms')),
  };

  #welcome(frame) {
    this.host = { title: String(frame.host?.title ?? '') };
    remember({ token: frame.token, name: this.wantedName });
    this.#listRooms(list(frame.rooms).slice(0, maxListed));
    this.#iAm(frame.person);
    this.#now('watched', frame.watched === true);
    this.#now('bridgeAway', false);
    this.link.welcomed();
    for (const room of [...this.#visited].reverse())
      this.#join(room);
    this.#tell('rooms');
  }

  /** The host's list in its order, then what was visited besides. */
  #listRooms(descriptions) {
    const before = new Map(this.rooms);
    this.rooms.clear();
    for (const description of descriptions) {
      const name = String(description.room);
      if (this.#visited.includes(before.get(name)))
        this.rooms.set(name, before.get(name));
      this.#room(name).describe({ listed: true, ...description });
    }
    for (const [name, room] of before)
      if (this.#isKept(room))
        this.rooms.set(name, room);
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
    const fresh = room.addHistory(String(frame.epoch), list(frame.messages).map(asMessage));
    room.joined = true;
    room.problem = '';
    if (room.entered)
      fresh.forEach((message) => this.#count(message, room));
    else
      room.note('globe', t('youJoined'));
    room.entered = true;
    this.outbox.flush(room);
    this.#tell('log', 'rooms', 'link');
  }

  #message(message, room) {
    if (room.add(message))
      this.#count(message, room);
    this.#tell('log');
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
    this.#tell('members', 'log', 'rooms');
  }

  #described(frame, room) {
    if (room || this.rooms.size < maxListed)
      this.#room(String(frame.room)).describe(frame);
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
        room.joined = false;
        this.#join(room);
      }
    } else {
      if (room && !room.joined)
        room.problem = words;
      this.dispatchEvent(new CustomEvent('trouble', { detail: words }));
    }
    this.#tell('log', 'link');
  }
}
