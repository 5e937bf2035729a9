// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which rooms does this page know? Those that the host lists, in its order, and those that were visited, or
// have something to send or a draft.

import { Room } from './room.js';

const maxVisited = 20; // rooms that this page stays in at a time
const maxListed = 1000; // rooms of the list that are kept

export class KnownRooms {
  all = new Map(); // name → Room
  #visited = []; // most recent last

  /** drafts: Drafts; a room with a draft is known, too. */
  constructor(drafts) {
    this.drafts = drafts;
    drafts.names.forEach((name) => this.room(name));
  }

  /** The room of that name; it is known from now on. */
  room(name) {
    let room = this.all.get(name);
    if (room === undefined) {
      room = new Room(name);
      this.all.set(name, room);
    }
    return room;
  }

  /** Makes the room the most recent one; returns those that are too many now. */
  visit(room) {
    this.#visited = [...this.#visited.filter((other) => other !== room), room];
    return this.#visited.splice(0, this.#visited.length - maxVisited);
  }

  /** Where this page wants to be: what was visited, most recent first, then what has something to send. */
  get wanted() {
    const sending = Array.from(this.all.values()).filter((room) => hasWork(room));
    return new Set([...[...this.#visited].reverse(), ...sending]);
  }

  /** Keeps no more of the room than that it is listed, unless something is to be sent there. */
  forget(room) {
    if (this.#isKept(room))
      return;
    this.all.delete(room.name);
    if (room.listed)
      this.room(room.name).describe(room);
  }

  /** The host lists the room no more; returns whether it is unknown now. */
  unlist(room) {
    return !this.#isKept(room) && this.all.delete(room.name);
  }

  /** Takes the host's word on a room. */
  describe(frame) {
    const name = String(frame.room);
    if (this.all.has(name) || this.all.size < maxListed)
      this.room(name).describe(frame);
  }

  /** Takes the host's list, in its order; what is kept besides comes behind. */
  list(descriptions) {
    const before = new Map(this.all);
    this.all.clear();
    for (const description of descriptions.slice(0, maxListed)) {
      const name = String(description.room);
      if (before.has(name) && this.#isKept(before.get(name)))
        this.all.set(name, before.get(name));
      this.room(name).describe({ listed: true, ...description });
    }
    for (const [name, room] of before)
      if (this.#isKept(room))
        this.all.set(name, room);
  }

  #isKept(room) {
    return this.#visited.includes(room) || hasWork(room) || this.drafts.has(room.name);
  }
}

/** Something is to go out there. */
function hasWork({ outgoing, changes }) {
  return outgoing.length > 0 || changes.length > 0;
}
