// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Who is spoken to by name in a text? "@Name", neither within a word nor before the rest of one or before
// another person's number ("@Ann" is not in "@Ann#2"), in any case of letters, the longest name where several
// fit. The app has the same rules (core/chat/mentions.h).

const ofWord = /^[\p{L}\p{N}\p{M}_]$/u;
const digit = /^\p{Nd}$/u;

function folded(text) {
  return Array.from(text, (letter) => letter.toLowerCase());
}

export class Mentions {
  #given;
  #sorted = null; // made of them when a text has an "@"

  constructor(names) {
    this.#given = names;
  }

  get #names() {
    this.#sorted ??= Array.from(new Set(this.#given), (name) => ({ name, letters: folded(name) }))
      .filter(({ letters }) => letters.length > 0).sort((a, b) => b.letters.length - a.letters.length);
    return this.#sorted;
  }

  /** [{start, end, name}] in the text's order; start and end in UTF-16 units, the "@" included. */
  in(text) {
    if (!text.includes('@'))
      return [];
    const letters = Array.from(text);
    const small = folded(text);
    const found = [];
    let start = 0;
    for (let at = 0; at < letters.length; start += letters[at].length, ++at) {
      if (letters[at] !== '@' || (at > 0 && ofWord.test(letters[at - 1])))
        continue;
      const one = this.#names.find((name) => standsAt(small, at + 1, name.letters));
      if (one)
        found.push({ start, end: start + letters.slice(at, at + 1 + one.letters.length).join('').length, name: one.name });
    }
    return found;
  }
}

function standsAt(text, at, name) {
  const behind = at + name.length;
  return name.every((letter, place) => text[at + place] === letter) && !goesOn(text, behind);
}

function goesOn(text, at) {
  if (at >= text.length)
    return false;
  return ofWord.test(text[at]) || (text[at] === '#' && digit.test(text[at + 1] ?? ''));
}
