// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// Which words does a text have, and where do those stand that were searched for? The host has the same rules
// (core/chat/search_words.h) and says what is found; both are held to tests/chat/search_vectors.json.

const maxWord = 200; // UTF-16 units
const maxText = 32 * 1024;
const letter = /^[\p{L}\p{N}]$/u;
const combining = /^[\u0300-\u036F]$/; // the marks for letters of several scripts
const mark = /^\p{M}$/u;
const latin = /^\p{Script=Latin}$/u;
const number = /^\p{N}$/u;
const alone = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u; // each is a word
const nothing = /^[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFE00-\uFE0F\uFFA0\u{E0000}-\u{E0FFF}]$/u;
const hangul = /^[\uAC00-\uD7A3]$/;
const plain = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ς: 'σ' };

/** Adds a character to a folded word: {word, keepsMarks}. */
function fold(character, into) {
  for (const part of hangul.test(character) ? [character] : character.normalize('NFKD')) {
    if (into.word.length >= maxWord)
      return;
    if (letter.test(part)) {
      const small = part.toLowerCase();
      into.keepsMarks = !number.test(part) && !latin.test(part);
      into.word += plain[small] ?? small;
    } else if (mark.test(part) && into.keepsMarks && into.word !== '' && !(part === '\u0308' && into.word.endsWith('е'))) {
      into.word += part;
    }
  }
}

/** [{word, start, end}] in the text's order, folded; start and end in UTF-16 units. */
export function wordsIn(text) {
  const found = [];
  let open = null;
  const close = () => {
    if (open?.word)
      found.push({ word: open.word, start: open.start, end: open.end });
    open = null;
  };
  let at = 0;
  for (const character of text.slice(0, maxText)) {
    const start = at;
    at += character.length;
    if (nothing.test(character))
      continue;
    const isLetter = letter.test(character);
    if (!isLetter && !mark.test(character)) {
      close();
      continue;
    }
    const isAlone = isLetter && alone.test(character);
    if (isLetter && open?.word && (open.isAlone || isAlone))
      close();
    if (!isLetter && !open)
      continue;
    open ??= { word: '', keepsMarks: false, isAlone, start, end: at };
    fold(character, open);
    open.end = at;
  }
  close();
  return found;
}

/** Whether a word begins with another one: a mark behind that would make another letter of its last one, like и of й. */
function begins(word, beginning) {
  return word.startsWith(beginning) && !combining.test(word.charAt(beginning.length));
}

/** Whether each word of a search is the beginning of one of the text's. */
export function hasWords(text, search) {
  const there = wordsIn(text);
  return wordsIn(search).every((wanted) => there.some(({ word }) => begins(word, wanted.word)));
}

/** Where words of the text stand that begin with one of those of a search: [{start, end}]. */
export function foundIn(text, search) {
  const wanted = wordsIn(search).map(({ word }) => word);
  return wordsIn(text).filter(({ word }) => wanted.some((one) => begins(word, one)));
}
