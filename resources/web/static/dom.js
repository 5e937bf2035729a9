// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// How is an element made? Text goes in as text, never as markup.

/** <tag class="…" …attributes> with children: elements, or strings as text. */
export function element(tag, className = '', attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className)
    node.className = className;
  for (const [name, value] of Object.entries(attributes))
    node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** An icon of the page's own set (page.css), tinted with the text's colour, silent to screen readers. */
export function icon(name, className = '') {
  return element('span', `icon icon-${name} ${className}`.trim(), { 'aria-hidden': 'true' });
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Calls `draw` once for all that came in this turn. A timer and not an animation frame: hidden tabs get
 * no frames.
 */
export function coalesced(draw) {
  let scheduled = false;
  return () => {
    if (scheduled)
      return;
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      draw();
    }, 0);
  };
}
