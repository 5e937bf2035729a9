// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What is a message, as the host tells it? Every field of the kind it should have, whatever came; and what
// it will be once the changes that are on their way have come back.

import { list } from './presence.js';

const quoteLength = 140; // code points, as the host cuts it

function asPerson(value) {
  return { id: String(value?.id ?? ''), name: String(value?.name ?? '') };
}

/** Of a message that the host has no more only `id` is known; of a deleted one there is no `text`. */
function asQuote({ id, number, sender, text }) {
  return { id: String(id), number: Number(number) || 0, sender: sender ? asPerson(sender) : null,
           text: typeof text === 'string' ? text : null };
}

function asReactions(value) {
  return list(value).map((one) => ({ emoji: String(one?.emoji ?? ''), people: list(one?.people).map(asPerson) }))
    .filter(({ emoji, people }) => emoji !== '' && people.length > 0);
}

/** A message of a frame. `reply` is null, or {id, number, sender, text}; `edited` in ms, 0: never. */
export function asMessage({ id, epoch, number, sender, time, text, reply, edited, deleted, reactions }) {
  const isDeleted = deleted === true;
  return { id: String(id), epoch: String(epoch), number: Number(number) || 0, time: Number(time) || 0,
           text: isDeleted ? '' : String(text), sender: asPerson(sender), edited: Number(edited) || 0, isDeleted,
           reply: reply && typeof reply.id === 'string' && !isDeleted ? asQuote(reply) : null,
           reactions: isDeleted ? [] : asReactions(reactions) };
}

/** What a reply to the message shows of it. */
export function quoteOf({ id, number, sender, text, isDeleted }) {
  return { id, number, sender, text: isDeleted ? null : Array.from(text).slice(0, quoteLength).join('') };
}

/** The message as it will be: with the changes of `person` that the host has not answered yet. */
export function withChanges(message, changes, person) {
  let changed = message;
  for (const change of changes)
    if (change.of === message.id && !changed.isDeleted)
      changed = { ...changed, ...applied(change, changed, person) };
  return changed;
}

function applied({ type, text, emoji, on, state, problem, key }, message, person) {
  if (type === 'edit')
    return { text, state, problem, changeKey: key };
  if (type === 'delete')
    return { isDeleted: true, text: '', reply: null, reactions: [], state };
  return { reactions: reacted(message.reactions, emoji, on, person) };
}

function reacted(reactions, emoji, on, person) {
  const others = ({ people }) => people.filter(({ id }) => id !== person.id);
  const isKnown = reactions.some((one) => one.emoji === emoji);
  const all = isKnown || !on ? reactions : [...reactions, { emoji, people: [] }];
  return all.map((one) => one.emoji === emoji ? { emoji, people: on ? [...others(one), person] : others(one) } : one)
    .filter(({ people }) => people.length > 0);
}
