// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Up to where has this person seen each room, on whatever device? What comes behind that is unread, of others;
// the first of it has the line "New" above it, which stays where it is while the room is shown. Of what is not here,
// each number counts as a message, since only the host can tell a change from one; the app counts alike
// (ui/models/message_list_unread.cpp). The host is told once in a while, not at every message.

import { list } from './presence.js';

const tellAfter = 1000; // ms

export class Reading {
  #due = new Set(); // rooms whose position the host is still to be told
  #timer = 0;

  /** transmit(frame) sends; isOwn(id) and mentionsMe(message, room) judge. */
  constructor(transmit, { isOwn, mentionsMe }) {
    Object.assign(this, { transmit, isOwn, mentionsMe });
    addEventListener('pagehide', () => this.#tell());
  }

  /** What the host knows of many rooms. */
  welcome(positions, roomOf) {
    for (const position of list(positions))
      this.heard(position, roomOf(String(position?.room)));
  }

  /** Another device of this person has seen more, or the host says what it knows. */
  heard(position, room) {
    if (!room || typeof position?.epoch !== 'string' || !Number.isInteger(position.number))
      return;
    const { epoch, number } = position;
    if (room.entered && epoch !== room.epoch)
      return; // of an epoch that is over
    room.readTold = asKey(position);
    if (epoch !== room.read.epoch || number > room.read.number)
      room.read = { epoch, number };
    else if (number < room.read.number)
      this.#tellLater(room); // it was away when we had seen it
    if (room.entered)
      this.#recount(room);
  }

  /** A room is here for the first time: where does the unread part begin? Without a position, nowhere. */
  entered(room) {
    if (room.read.epoch !== room.epoch)
      room.read = { epoch: room.epoch, number: room.number };
    this.#recount(room);
    this.#placeLine(room);
  }

  /** Messages were put above all others: the unread part may begin further up. */
  older(room) {
    if (room.newFrom !== '' && room.newAfter >= 0)
      room.newFrom = this.#unreadAfter(room, room.newAfter)[0]?.key ?? '';
    if (!this.#isOutside(room, room.newAfter))
      room.newAfter = -1;
    this.changed(room);
  }

  /** Somebody else's message came, and nobody was looking. */
  count(message, room) {
    if (++room.unread === 1)
      Object.assign(room, { newFrom: message.id, newAfter: -1 });
    if (this.mentionsMe(message, room))
      ++room.mentions;
  }

  /** A message was changed: it may be none any more, or speak to this person now. */
  changed(room) {
    if (room.unread > 0)
      this.#recount(room);
  }

  /** The room is looked at, to its end; false if nothing is new about that. */
  seen(room) {
    const wasRead = room.unread === 0;
    room.read = { epoch: room.epoch, number: room.number };
    Object.assign(room, { unread: 0, mentions: 0 });
    if (asKey(room.read) !== room.readTold)
      this.#tellLater(room);
    return !wasRead;
  }

  /** Another room is looked at: what was not seen of this one is new again. */
  left(room) {
    if (room.unread > 0)
      this.#placeLine(room);
    else
      room.newFrom = '';
  }

  #unread(room) {
    return this.#unreadAfter(room, room.read.epoch === room.epoch ? room.read.number : 0); // of an epoch that is over: all of this one is new
  }

  #unreadAfter(room, number) {
    return room.entries.filter((entry) => entry.kind === 'message' && entry.epoch === room.epoch && entry.number > number
      && !entry.isDeleted && !this.isOwn(entry.sender.id));
  }

  #placeLine(room) {
    const { read } = room;
    room.newFrom = this.#unread(room)[0]?.key ?? '';
    room.newAfter = read.epoch === room.epoch && this.#isOutside(room, read.number) ? read.number : -1;
  }

  /** Whether the host has more behind that number than what is here. */
  #isOutside(room, number) {
    return number >= 0 && room.hasOlder && room.first.epoch === room.epoch && number + 1 < room.first.number;
  }

  /** How many numbers behind what was read are not here. */
  #notHere(room) {
    const { first, read } = room;
    return read.epoch === room.epoch && this.#isOutside(room, read.number) ? first.number - 1 - read.number : 0;
  }

  #recount(room) {
    const unread = this.#unread(room);
    room.unread = unread.length + this.#notHere(room);
    room.mentions = unread.filter((message) => this.mentionsMe(message, room)).length;
  }

  #tellLater(room) {
    this.#due.add(room);
    this.#timer ||= setTimeout(() => this.#tell(), tellAfter);
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    for (const room of this.#due) {
      this.transmit({ type: 'read', room: room.name, ...room.read });
      room.readTold = asKey(room.read);
    }
    this.#due.clear();
  }
}

function asKey({ epoch, number }) {
  return `${epoch} ${number}`;
}
