// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Up to where do we have what is said in a room? Joins with the position, takes part by part what was
// missed, joins again where a number is not the next one, and pages back. Messages and what changes them share
// their numbers. The position lives as long as the messages do: a page that begins empty asks for the last ones and pages back from there.

import { list } from './presence.js';
import { asMessage } from './message.js';

const olderCount = 100; // messages of one page back
const behindCount = 40; // numbers behind one that was looked for
const maxRepairs = 3; // joins in a row because of a hole, until it is shown as a gap

export class Visits {
  /** transmit(frame) sends; handlers: taken(message, room, isNew), changed(id, room), older(room), caughtUp(room). */
  constructor(transmit, handlers) {
    this.transmit = transmit;
    this.handlers = handlers;
  }

  join(room) {
    if (room.stage !== 'out')
      return;
    room.stage = 'joining';
    const position = room.entered ? { epoch: room.epoch, number: room.number } : {};
    this.transmit({ type: 'join', room: room.name, ...position });
  }

  leave(room) {
    if (room.stage !== 'out')
      this.transmit({ type: 'leave', room: room.name });
    this.lost(room);
  }

  /** The connection, or the place in the room, is no more. */
  lost(room) {
    room.stage = 'out';
    room.catchUp = null;
    room.paging = 'idle';
    room.side = '';
  }

  askOlder(room) {
    const before = room.olderThan;
    if (before === 0)
      return;
    this.#ask(before, olderCount, room.excerpt ? 'older' : '', room);
  }

  /** For what follows the messages around one that was looked for. */
  askNewer(room) {
    if (room.canGoOn)
      this.#ask(Math.min(room.span.end + room.step, room.number) + 1, room.step, 'newer', room);
  }

  /** Asks for what stands around a number; false if that cannot be. */
  askAround(room, number) {
    if (room.stage !== 'live' || room.paging === 'asked')
      return false;
    this.#ask(Math.min(number + behindCount, room.number) + 1, olderCount, 'around', room);
    return true;
  }

  #ask(before, count, side, room) {
    Object.assign(room, { paging: 'asked', side });
    this.transmit({ type: 'history', room: room.name, before, count });
  }

  // ---- what the host says ----

  joined(frame, room) {
    room.describe(frame);
    room.end = { epoch: String(frame.epoch), number: Number(frame.number) || 0 };
    const missed = room.entered && room.end.epoch === room.epoch ? room.end.number - room.number : 0;
    room.catchUp = missed > 0 ? { from: room.number, to: room.end.number, since: Date.now() } : null;
  }

  history(frame, room) {
    const part = asPart(frame);
    if (Number.isInteger(frame.before))
      this.#takeOlder(part, frame.before, room);
    else if (room.stage === 'joining' && room.entered)
      this.#takePart(part, frame.after, frame.lost === true, room);
    else if (room.stage === 'joining')
      this.#takeLast(part, room);
  }

  message(frame, room) {
    const message = asMessage(frame);
    if (!room.joined)
      return;
    if (message.epoch === room.epoch && message.number <= room.number)
      this.handlers.taken(message, room, false); // an answer to what was said again
    else if (this.#take(message, room))
      room.repairs = 0;
  }

  changed(frame, room) {
    const message = asMessage(frame.message ?? {});
    const [epoch, number] = [String(frame.epoch), Number(frame.number) || 0];
    if (!room.joined)
      return;
    const isKnown = epoch === room.epoch && number <= room.number; // an answer to what changed nothing
    if (!isKnown && !this.#isNext(epoch, number, room))
      return;
    if (!isKnown) {
      room.standAt(epoch, number);
      room.change(message);
      room.repairs = 0;
    }
    this.handlers.changed(String(frame.id), room);
  }

  members(frame, room) {
    if (room.stage === 'joined' && Array.isArray(frame.people))
      room.stage = 'live';
  }

  /** The host did not give what was asked for; true if nobody has to be told. */
  mends({ code }, room) {
    if (['not_read', 'out_of_turn', 'too_fast'].includes(code) && room.paging === 'asked')
      Object.assign(room, { paging: 'failed', side: '' });
    else if (room.stage === 'joining' && code === 'out_of_turn')
      this.#again(room);
    else if (room.stage === 'joining' && code !== 'not_read')
      room.stage = 'out';
    return code === 'out_of_turn';
  }

  #takeLast({ epoch, first, number, messages, more }, room) {
    room.first = { epoch, number: first };
    room.hasOlder = more && first > 0;
    this.#takeAll(epoch, number || endOf(epoch, room), messages, room);
    this.#caughtUp(room);
  }

  #takePart({ epoch, first, number, messages, changed, more }, after, lost, room) {
    const follows = after === room.number && (lost || (epoch === room.epoch && (first === 0 || first === after + 1)));
    if (!follows && this.#again(room))
      return;
    const start = first > 0 ? first - 1 : endOf(epoch, room);
    const isAnew = lost && epoch !== room.epoch;
    if (isAnew && room.has(messages[0]?.id)) // the same, under other numbers
      room.standAt(epoch, start);
    else if (lost || !follows)
      room.gap(epoch !== room.epoch, epoch, start);
    changed.forEach((message) => room.change(message));
    this.#takeAll(epoch, number || room.number, messages, room);
    if (isAnew && first > 0)
      Object.assign(room, { first: { epoch, number: first }, hasOlder: first > 1 });
    if (more)
      this.transmit({ type: 'history', room: room.name, epoch: room.epoch, after: room.number });
    else
      this.#caughtUp(room);
  }

  #takeOlder(part, before, room) {
    const { epoch, first, messages, more } = part;
    if (room.paging !== 'asked' || epoch !== room.epoch)
      return undefined;
    const { side } = room;
    Object.assign(room, { paging: 'idle', side: '' });
    if (side === 'none')
      return undefined;
    if (side !== '')
      return this.#takeNear(part, before, side, room);
    room.hasOlder = more && first > 0 && first < before;
    room.addOlder(messages.filter((message) => message.epoch === epoch && message.number < before));
    room.first = { epoch, number: first || before };
    return this.handlers.older(room);
  }

  /** Of what stands around a message that was looked for. */
  #takeNear({ epoch, first, messages, more }, before, side, room) {
    const start = first || before;
    if (side === 'around') {
      room.step = olderCount;
      return room.showExcerpt(messages, { epoch, first: start, end: before - 1, hasOlder: more && first > 0 });
    }
    if (room.excerpt === null)
      return undefined; // nobody looks any more
    const { span } = room;
    if (side === 'older')
      return room.addToExcerpt(messages, { ...span, first: Math.min(start, span.first), hasOlder: more && first > 0 && first < before });
    if (start > span.end + 1 && more && room.step > 1) { // long ones fill a page before it reaches back to the place
      room.step = Math.ceil(room.step / 2);
      return this.askNewer(room);
    }
    room.step = olderCount;
    room.addToExcerpt(messages, { ...span, end: before - 1 });
    return room.excerpt === null ? this.handlers.older(room) : undefined;
  }

  #takeAll(epoch, number, messages, room) {
    for (const message of messages)
      this.handlers.taken(message, room, room.add(message));
    room.standAt(epoch, number);
  }

  /** False if the message is not the next one, and the room is joined again for what lies between. */
  #take(message, room) {
    if (!this.#isNext(message.epoch, message.number, room))
      return false;
    this.handlers.taken(message, room, room.add(message));
    return true;
  }

  #isNext(epoch, number, room) {
    if (epoch === room.epoch && number === room.number + 1)
      return true;
    if (this.#again(room))
      return false;
    room.gap(epoch !== room.epoch, epoch, number - 1);
    return true;
  }

  /** Joins anew from the position; false if that has not helped before. */
  #again(room) {
    if (room.repairs >= maxRepairs)
      return false;
    ++room.repairs;
    this.lost(room);
    this.join(room);
    return true;
  }

  #caughtUp(room) {
    room.stage = 'joined';
    room.catchUp = null;
    room.problem = '';
    this.handlers.caughtUp(room);
  }
}

/** What a history frame covers: the numbers from `first` to `number`, both 0 where there are none. */
function asPart(frame) {
  const messages = list(frame.messages).map(asMessage);
  return { epoch: String(frame.epoch), messages, changed: list(frame.changed).map(asMessage), more: frame.more === true,
           first: Number(frame.first) || (messages[0]?.number ?? 0), number: Number(frame.number) || (messages.at(-1)?.number ?? 0) };
}

/** Where the room stood at the join. */
function endOf(epoch, room) {
  return room.end.epoch === epoch ? room.end.number : 0;
}
