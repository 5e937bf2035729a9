# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The page in Chromium, writing by itself, in a browser that can be killed."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "page"))
from browser import Browser  # noqa: E402

# Says `NAME 0 ёж` and so on as a person would, as fast as the page takes it; looks at which messages the page shows
# after each frame, for it shows the last 500 alone. What was said outlasts a page in the browser's storage, written in
# the same turn as the page's own; a killed browser may have lost the last of it, so a page writes when it is told to.
WRITE_AND_WATCH = """
const [name, count] = [%s, %d];
const Real = WebSocket;
window.shown = [];
window.rows = () => [...document.querySelectorAll('#chat-log [data-key]:not(.waiting, .sending, .failed)')];
const look = () => {
  const ids = rows().map((row) => row.dataset.key);
  const last = shown.length === 0 ? -1 : ids.lastIndexOf(shown.at(-1));
  if (shown.length > 0 && last < 0 && ids.length > 0)
    shown.push('a hole');
  shown.push(...ids.slice(last + 1));
};
window.WebSocket = class extends Real {
  constructor(...parts) {
    super(...parts);
    this.addEventListener('message', () => setTimeout(look, 0));
    this.addEventListener('close', () => setTimeout(() => dispatchEvent(new Event('online')), 50)); // do not wait
  }
};
const said = () => Number(localStorage.getItem('test-said') ?? 0);
const say = () => {
  const input = document.getElementById('chat-message-input');
  if (!window.mayWrite || !input || said() >= count)
    return;
  input.value = `${name} ${said()} ёж`;
  document.getElementById('chat-message-submit').click();
  if (input.value === '')
    localStorage.setItem('test-said', said() + 1);
};
setInterval(say, 5);
new MutationObserver((changes) => {
  window.sawGap ||= changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains('gap')));
}).observe(document, { childList: true, subtree: true });
"""

IS_IDLE = """
const done = arguments[0];
const request = indexedDB.open('parlour');
request.onsuccess = () => {
  const count = request.result.transaction('outbox').objectStore('outbox').count();
  count.onsuccess = () => {
    request.result.close();
    done(count.result === 0 && !!document.querySelector('.member') && rows().length > 0);
  };
};
"""


class Page:
    def __init__(self, port, name, count):
        self.url = f"http://127.0.0.1:{port}/chat/general/"
        self.name = name
        self.count = count
        self.lives = []  # what each page showed, in order
        self.browser = Browser()
        self.watch()

    def watch(self):
        self.browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument",
                                            {"source": WRITE_AND_WATCH % (json.dumps(self.name), self.count)})

    def open(self):
        self.browser.driver.get(self.url)
        self.browser.run("window.mayWrite = true")

    def reload(self):
        """A page's end loses what is not kept, as a crash of its tab does."""
        self.lives.append(self.shown())
        self.open()

    def crash(self):
        """The whole browser's end, by SIGKILL. Sends what was kept, then waits for go_on()."""
        self.lives.append(self.shown())
        self.browser.kill()
        self.browser.start()
        self.watch()
        self.browser.driver.get(self.url)
        self.browser.until(lambda: self.browser.driver.execute_async_script(IS_IDLE), "what was kept to be said", 300)

    def go_on(self, number):
        self.browser.run("localStorage.setItem('test-said', arguments[0]); window.mayWrite = true", number)

    def shown(self):
        """The ids of all that was shown, in order."""
        return self.browser.run("return window.shown")

    def rows(self):
        """[id, text] of what is shown now; no text of what was deleted."""
        script = "return rows().map((row) => [row.dataset.key, row.querySelector('.text')?.textContent ?? null])"
        return self.browser.run(script)

    def has_said_all(self):
        script = "return Number(localStorage.getItem('test-said')) === arguments[0] && !document.querySelector('.waiting, .sending')"
        return self.browser.run(script, self.count)

    def has_told_a_gap(self):
        return self.browser.run("return !!window.sawGap")

    def quit(self):
        self.browser.quit()
