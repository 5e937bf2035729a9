// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What stands in a message beside its text? The quote that it replies to, names of people it speaks to, the
// mark that it was edited, reactions. Each part is made anew only where it has changed.

import { element, icon } from './dom.js';
import { addressesIn, withLinks } from './links.js';
import { t } from './strings.js';

/** Text with links, and the names at `spans` ({start, end} of mentions.js) marked. */
export function textParts(text, spans) {
  const links = spans.length > 0 ? addressesIn(text) : [];
  const parts = [];
  let behind = 0;
  for (const { start, end } of spans) {
    if (links.some((link) => link.start < end && start < link.end))
      continue; // an address stays whole
    parts.push(...withLinks(text.slice(behind, start)), element('span', 'at', {}, text.slice(start, end)));
    behind = end;
  }
  return [...parts, ...withLinks(text.slice(behind))];
}

/** The line above a reply; a click leads to the message. */
export function quoteParts({ id, number, sender, text }) {
  const words = sender === null ? t('notHere') : text ?? t('removed');
  const name = sender === null ? [] : [element('b', '', { dir: 'auto' }, sender.name)];
  return element('button', 'quote', { type: 'button', tabindex: '-1', 'data-action': 'jump', 'data-of': id, 'data-number': String(number),
    title: t('toMessage') }, element('span', 'unseen', {}, `${t('replyTo')} `), ...name, element('span', 'line', { dir: 'auto' }, words));
}

/** Brings the chips below a message up to date; one that has the focus stays. */
export function updateReactions(place, of, reactions, isOwn) {
  const chips = new Map(Array.from(place.children, (chip) => [chip.dataset.emoji, chip]));
  for (const { emoji, people } of reactions) {
    const chip = chips.get(emoji) ?? newChip(of, emoji);
    chips.delete(emoji);
    updateChip(chip, emoji, people, isOwn);
    place.append(chip);
  }
  for (const gone of chips.values())
    gone.remove();
  place.hidden = reactions.length === 0;
}

function newChip(of, emoji) {
  return element('button', 'chip', { type: 'button', tabindex: '-1', 'data-action': 'react', 'data-of': of, 'data-emoji': emoji },
    element('span', 'emoji', {}, emoji), element('b'));
}

function updateChip(chip, emoji, people, isOwn) {
  const isMine = people.some(({ id }) => isOwn(id));
  const names = people.map(({ id, name }) => isOwn(id) ? t('you') : name).join(', ');
  chip.dataset.on = String(!isMine);
  chip.setAttribute('aria-pressed', String(isMine));
  chip.setAttribute('aria-label', `${emoji} ${people.length}: ${names}`);
  chip.title = names;
  chip.lastChild.textContent = String(people.length);
}

/** What became of an own message, or of a change of it. */
export function deliveryParts({ delivery, key, entry }) {
  switch (delivery) {
  case 'sent':
    return [icon('check', 'tiny'), element('span', 'unseen', {}, t('sent'))];
  case 'sending':
  case 'waiting':
    return [icon('clock', 'tiny'), element('span', '', {}, t(delivery))];
  case 'failed':
    return entry.changeKey ? failedParts('notChanged', entry.problem, 'Change', entry.changeKey, 'drop')
      : failedParts('notSent', entry.problem, '', key, 'remove');
  default:
    return [];
  }
}

function failedParts(words, reason, what, key, discard) {
  const button = (action, label) => element('button', 'as-link', { type: 'button', 'data-action': action + what, 'data-key': key }, t(label));
  return [icon('error', 'small'), element('span', '', {}, t(words, { reason })), button('retry', 'retry'), button('discard', discard)];
}
