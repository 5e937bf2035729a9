// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who are we on this host, and in which rooms? One socket for all of them: hello, join, say, rename, and
// what the host tells of itself (room_frames.js: of a room). Views listen to its events: link, me, rooms, members,
// log, typing, search, watched, bridgeAway, draft, trouble.

import { Changes } from './changes.js';
import { Drafts } from './drafts.js';
import { Entry } from './entry.js';
import { KeptOutbox } from './kept_outbox.js';
import { KnownRooms } from './known_rooms.js';
import { Link } from './link.js';
import { Outbox } from './outbox.js';
import { Mentions } from './mentions.js';
import { list } from './presence.js';
import { Probe } from './probe.js';
import { Reading } from './reading.js';
import { Refusals } from './refusals.js';
import { RoomFrames } from './room_frames.js';
import { Search } from './search.js';
import { Sending } from './sending.js';
import { remember } from './storage.js';
import { Typists } from './typing.js';
import { Visits } from './visits.js';

export class Session extends EventTarget {
  host = { title: '' };
  person = null;
  current = null;
  watched = false;
  bridgeAway = false; // others of the room get what is said here later
  drafts = new Drafts(() => this.#tell('rooms', 'draft'));
  #known = new KnownRooms(this.drafts);
  #frames;
  #refusals;
  #renaming = false;
  #entry = new Entry();
  #own = new Set(); // ids of ours: a host that starts again may give a new one

  constructor(url) {
    super();
    this.wantedName = this.#entry.name;
    this.link = new Link(url, 'parlour.v1', {
      opened: () => this.#hello(),
      received: (text) => this.#received(text),
      closed: (code) => this.#lost(code),
      changed: () => this.#tell('link'),
    });
    this.probe = new Probe(this.link);
    const transmit = (frame) => this.link.send(frame);
    const changed = () => this.#tell('log', 'link');
    this.kept = new KeptOutbox(this.rooms, { changed, left: () => this.sending.next(), late: () => this.#restore() });
    this.sending = new Sending(this.rooms, this.kept, transmit);
    this.outbox = new Outbox(this.rooms, this.kept, this.sending);
    this.changes = new Changes(this.rooms, this.kept, this.sending, changed);
    const isOwn = (id) => this.isOwn(id);
    this.reading = new Reading(transmit, { isOwn, mentionsMe: (message, room) => this.mentionsMe(message, room) });
    this.typists = new Typists(isOwn, (room) => room === this.current && this.#tell('typing'));
    this.search = new Search((frame) => this.link.state === 'online' && (transmit(frame), true), () => this.#tell('search'));
    this.#restore();
    this.#frames = new RoomFrames(this, (...events) => this.#tell(...events));
    this.visits = new Visits(transmit, this.#frames);
    this.#refusals = new Refusals(this, (...events) => this.#tell(...events));
    setInterval(() => this.sending.overdue ? this.link.drop() : this.probe.tick(), 5000);
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
    if (this.current && this.current !== room) {
      this.current.moveOn();
      this.current.reading = false;
      this.reading.left(this.current);
    }
    this.current = room;
    for (const left of this.#known.visit(room)) {
      this.visits.leave(left);
      this.#known.forget(left);
    }
    this.join(room);
    this.#tell('rooms', 'members', 'log');
  }

  /** The end of the current room is in view. */
  seen() {
    if (this.isSeen(this.current) && this.current.joined && this.reading.seen(this.current))
      this.#tell('rooms');
  }

  /** Whatever comes there is in view. */
  isSeen(room) {
    return room === this.current && !document.hidden && !room.reading;
  }

  /** Who can be spoken to by name in the room. */
  mentions(room) {
    return new Mentions([this.name, ...Array.from(room.members.values(), ({ name }) => String(name))]);
  }

  mentionsMe({ text, sender }, room) {
    return text.includes('@') && !this.isOwn(sender.id) && this.mentions(room).in(text).some(({ name }) => name === this.name);
  }

  role(room) {
    return room.members.get(this.person?.id)?.role ?? this.person?.role;
  }

  /** Whether this person may delete what others said. */
  moderates(room) {
    return this.role(room) === 'moderator'; // a page never shows the owner's token
  }

  /** Somebody reads near the beginning of what is here. */
  askOlder() {
    this.visits.askOlder(this.current);
    this.#tell('log');
  }

  /** Leads to a message of the current room. */
  show({ id, number }) {
    this.current.wanted = { id, number };
    this.#tell('log');
  }

  /** Shows what stands around that number, instead of the log; false if the host cannot be asked now. */
  askAround(number) {
    return this.visits.askAround(this.current, number);
  }

  /** The log is shown again. */
  leaveExcerpt() {
    this.current.moveOn();
    this.#tell('log');
  }

  /** False if too much is waiting already; then the text stays with the composer. */
  say(text, reply) {
    const taken = this.outbox.say(this.current, text, reply);
    if (taken) {
      this.current.moveOn();
      Object.assign(this.current, { newFrom: '', reading: false });
    }
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

  /** The way in by a link was none: the next try is somebody new's. */
  linkRefused() {
    this.wantedName = this.#entry.withoutLink();
  }

  #hello() {
    this.link.send({ type: 'hello', name: this.wantedName, ...this.#entry.credentials, client: 'browser' });
  }

  /** Goes to a room that is wanted, unless it is there. */
  join(room) {
    if (this.link.state === 'online' && this.#known.wanted.has(room))
      this.visits.join(room);
  }

  /** The host did not take the name that was asked for. */
  nameRefused() {
    this.#renaming = false;
    this.wantedName = this.person?.name ?? this.wantedName;
  }

  /** Takes up what other pages of this browser left unsent, and goes where it is to be said. */
  async #restore() {
    await this.kept.restore((name) => this.#known.room(name));
    this.sending.next();
    this.#known.wanted.forEach((room) => this.join(room));
  }

  #lost(code) {
    for (const room of this.rooms.values()) {
      this.visits.lost(room);
      this.typists.allStopped(room);
    }
    this.#refusals.closed(code, this.sending.lost(code));
    this.search.lost();
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
    if (typeof type !== 'string' || this.probe.heard(frame))
      return;
    if (Object.hasOwn(this.#handlers, type))
      this.#handlers[type](frame, room);
    else if (room)
      this.#frames.hear(type, frame, room);
  }

  #handlers = {
    welcome: (frame) => this.#welcome(frame),
    room: (frame) => this.#described(frame),
    renamed: (frame) => this.#renamed(frame.person),
    watched: (frame) => this.#now('watched', frame.watched === true),
    shared: (frame) => this.#now('bridgeAway', frame.state === 'away'),
    closed: (frame, room) => room && this.#known.unlist(room) && this.#tell('rooms'),
    found: (frame) => this.search.heard(frame),
    error: (frame, room) => this.#refusals.heard(frame, room),
  };

  #welcome(frame) {
    this.host = { title: String(frame.host?.title ?? '') };
    this.wantedName = this.#entry.welcomed(frame, this.wantedName);
    this.#known.list(list(frame.rooms));
    this.reading.welcome(frame.read, (name) => this.rooms.get(name));
    this.#iAm(frame.person);
    this.#now('watched', frame.watched === true);
    this.#now('bridgeAway', false);
    this.link.welcomed();
    this.#restore();
    this.#known.wanted.forEach((room) => this.join(room));
    this.#tell('rooms');
  }

  #iAm(person) {
    this.person = { id: String(person?.id ?? ''), name: String(person?.name ?? ''), role: String(person?.role ?? '') };
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

  #described(frame) {
    this.#known.describe(frame);
    this.#tell('rooms');
  }
}
