// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What does the host tell of a room, and who has to know? Positions are the matter of visits.js.

import { applyMembers } from './presence.js';
import { t } from './strings.js';

export class RoomFrames {
  /** tell(…events) makes the session's events. */
  constructor(session, tell) {
    Object.assign(this, { session, tell });
  }

  hear(type, frame, room) {
    if (Object.hasOwn(this.#handlers, type))
      this.#handlers[type](frame, room);
  }

  #handlers = {
    joined: (frame, room) => this.#joined(frame, room),
    history: (frame, room) => this.#placed('history', frame, room),
    message: (frame, room) => this.#placed('message', frame, room),
    changed: (frame, room) => this.#placed('changed', frame, room),
    members: (frame, room) => this.#members(frame, room),
    typing: (frame, room) => this.session.typists.heard(frame, room),
    read: (frame, room) => this.#read(frame, room),
    topic: (frame, room) => this.#topic(frame, room),
  };

  #joined(frame, room) {
    this.session.visits.joined(frame, room);
    this.session.reading.heard(frame.read, room);
  }

  /** What has a number. */
  #placed(type, frame, room) {
    this.session.visits[type](frame, room);
    if (type === 'changed')
      this.session.search.changed(frame.message);
    this.tell('log', 'rooms', 'link');
  }

  #members(frame, room) {
    const { session } = this;
    applyMembers(room, frame, (id) => session.isOwn(id));
    for (const id of [...room.typing.keys()])
      if (!room.members.has(id))
        session.typists.stopped(id, room);
    session.visits.members(frame, room);
    this.tell('members', 'log', 'rooms');
  }

  #read(frame, room) {
    this.session.reading.heard(frame, room);
    this.tell('log', 'rooms');
  }

  #topic(frame, room) {
    room.topic = String(frame.topic ?? '');
    const key = room.topic === '' ? 'topicCleared' : 'topicBy';
    room.note('info', t(key, { name: String(frame.by ?? ''), topic: room.topic }));
    this.tell('log', 'rooms');
  }

  // ---- what visits.js finds ----

  taken(message, room, isNew) {
    const { session } = this;
    session.outbox.arrived(message.id, room);
    session.typists.stopped(message.sender.id, room);
    if (isNew && room.entered && !session.isOwn(message.sender.id) && !session.isSeen(room))
      session.reading.count(message, room);
  }

  changed(id, room) {
    this.session.changes.arrived(id, room);
    this.session.reading.changed(room);
  }

  older(room) {
    this.session.reading.older(room);
  }

  caughtUp(room) {
    if (!room.entered) {
      this.session.reading.entered(room);
      room.note('globe', t('youJoined'));
    }
    room.entered = true;
    this.session.sending.caughtUp(room);
  }
}
