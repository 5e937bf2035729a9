// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who is in a room, and what is said about coming and going?

import { t } from './strings.js';

const chattyRoom = 30; // people; in larger rooms nobody wants to read who comes and goes

export function list(value) {
  return Array.isArray(value) ? value : [];
}

/** Takes a members frame in: everybody, or who came, went and changed. */
export function applyMembers(room, frame, isOwn) {
  if (Array.isArray(frame.people))
    room.members = new Map(frame.people.map((person) => [person.id, person]));
  for (const person of list(frame.joined))
    came(person, room, isOwn(person.id));
  for (const gone of list(frame.left))
    went(room.members.get(gone?.id ?? gone), room, isOwn);
  for (const person of list(frame.changed))
    changed(person, room);
  room.people = room.members.size;
}

function came(person, room, own) {
  const isNew = !room.members.has(person.id);
  room.members.set(person.id, person);
  if (!isNew || own || room.members.size > chattyRoom || room.takeBack(`left ${person.id}`))
    return;
  const byBrowser = person.via === 'browser';
  room.note(byBrowser ? 'globe' : 'door', t(byBrowser ? 'joinedByBrowser' : 'joined', { name: person.name }));
}

function went(person, room, isOwn) {
  if (!person)
    return;
  room.members.delete(person.id);
  if (!isOwn(person.id) && room.members.size < chattyRoom)
    room.note('logout', t('left', { name: person.name }), `left ${person.id}`);
}

function changed(person, room) {
  const old = room.members.get(person.id)?.name;
  room.members.set(person.id, person);
  if (old !== undefined && old !== person.name && room.members.size <= chattyRoom)
    room.note('edit', t('renamed', { old, name: person.name }));
}
