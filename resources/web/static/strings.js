// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What does the page say, and in which language? Every word that people read stands in strings_en.js and
// strings_ru.js.

import { english } from './strings_en.js';
import { russian } from './strings_ru.js';

export const catalogues = { en: english, ru: russian };

/** The page's language: Russian where the browser asks for it first, else English. */
export const language = /^ru\b/i.test(navigator.language || '') ? 'ru' : 'en';

/** For dates and numbers: the browser's own variant of the page's language. */
export const locale = (navigator.language || '').toLowerCase().startsWith(language) ? navigator.language : 'en-GB';

const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(locale);

/** The text of `key` with {placeholders} filled in; `n` chooses the plural form. */
export function t(key, values = {}) {
  const entry = catalogues[language][key];
  if (entry === undefined)
    return key;
  const form = typeof entry === 'string' ? entry : entry[plural.select(values.n)] ?? entry.other;
  return form.replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === 'number' ? number.format(values[name]) : values[name] ?? whole);
}

/** True where the catalogue has `key`: for codes that a newer host may bring. */
export function known(key) {
  return catalogues[language][key] !== undefined;
}

/** Puts the language into the page's fixed parts: data-text, data-label, data-hint and data-value name the keys. */
export function translatePage(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll('[data-text]'))
    node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', t(node.dataset.label));
    if (node.tagName === 'BUTTON')
      node.title = t(node.dataset.label);
  }
  for (const node of root.querySelectorAll('[data-hint]'))
    node.placeholder = t(node.dataset.hint);
  for (const node of root.querySelectorAll('[data-value]'))
    node.value = t(node.dataset.value);
}
