# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Nothing is lost and nothing is doubled on the page, whatever ends in between: lasting_test.py PARLOURD [TEST…]"""

import os
import pathlib
import sqlite3
import sys
import tempfile
import unittest

from selenium.webdriver.common.by import By

from browser import Browser
from host import Host
from relay import Relay

PARLOURD = sys.argv.pop(1)

WATCH_SOCKET = """
const Real = WebSocket;
window.sent = [];
window.swallow = '';
window.WebSocket = class extends Real {
  constructor(...parts) {
    super(...parts);
    window.pageSocket = this;
    this.addEventListener('message', (event) => { window.epoch = JSON.parse(event.data).epoch ?? window.epoch; });
  }
  send(text) {
    const frame = JSON.parse(text);
    window.sent.push(frame);
    if (frame.type !== window.swallow)
      super.send(text);
  }
};
window.hear = (frame) => window.pageSocket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
"""

# Says `first` to `last` with `padding` behind each, and is done when all have come back.
TALK = """
const [room, first, last, padding, done] = arguments;
const socket = new WebSocket(`ws://${location.host}/ws/chat/${encodeURIComponent(room)}/`);
let left = last - first + 1;
socket.onmessage = () => --left === 0 && (socket.close(), done());
socket.onopen = () => {
  for (let number = first; number <= last; ++number)
    socket.send(JSON.stringify({ message: `${number} ${padding}` }));
};
"""

NO_DATABASE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });"
FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"

# What pages of earlier versions kept.
EARLIER = """
for (const [place, text] of ['one', 'two'].entries())
  localStorage.setItem(`parlour-outbox/00000000-0000-4000-8000-00000000000${place}`, JSON.stringify({ room: 'lasting', time: place, text, problem: '' }));
"""

# What of the outbox is kept, wherever.
KEPT = """
const done = arguments[arguments.length - 1];
const items = Object.keys(localStorage).filter((key) => key.includes('outbox'));
indexedDB.open('parlour', 1).onsuccess = ({ target: { result } }) => {
  result.transaction('outbox').objectStore('outbox').getAll().onsuccess = (event) => (result.close(), done([...items, ...event.target.result]));
};
"""

LONG = "x" * 3900  # some sixty of these go into one frame
GAP = {"en-GB": "missing here: the host was started again", "ru-RU": "не хватать сообщений: компьютер владельца запущен"}


class Lasting(unittest.TestCase):
    def setUp(self):
        self.host = Host(PARLOURD, "native")
        self.addCleanup(self.host.stop)
        self.talker = None

    def browser(self, language="en-GB"):
        browser = Browser(language)
        self.addCleanup(browser.quit)
        self.watch(browser)
        return browser

    def watch(self, browser):
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH_SOCKET})

    def visit(self, browser, room, url=None):
        browser.driver.get(f"{url or self.host.url}chat/{room}/")
        browser.until_joined(room)

    def others_say(self, room, first, last, padding=""):
        if self.talker is None:
            self.talker = self.browser()
        self.talker.driver.get(self.host.url + "healthz")  # of the host's origin, with no script of its own
        self.talker.driver.execute_async_script(TALK, room, first, last, padding)

    def until_waiting(self, browser, *texts):
        browser.until(lambda: browser.texts(".waiting .text") == list(texts), f"{texts} to wait")

    def until_kept(self, browser, *texts):
        """They wait, and the page says that the browser keeps them."""
        self.until_waiting(browser, *texts)
        browser.until(lambda: "kept in this browser" in browser.text("#strip-reason"), "the browser to keep them")

    def until_forgotten(self, browser):
        browser.until(lambda: self.kept(browser) == [], "the browser to forget them")

    def kept(self, browser):
        """What the database has, and the keys of what the page is about to put there."""
        return browser.driver.execute_async_script(KEPT)

    def is_refused(self, kept):
        return isinstance(kept, dict) and kept["problem"]

    def until_said(self, browser, *texts):
        """The rows are these, in this order, and none is on its way any more."""
        browser.until(lambda: browser.texts(".message:not(.waiting, .sending, .failed) .text") == list(texts), f"the rows {texts}")
        self.assertEqual(browser.texts(".message .text"), list(texts))

    def numbers(self, browser):
        return [int(text.split()[0]) for text in browser.texts(".message .text")]

    # ---- what waits ----

    def wait_over_pages(self, browser):
        self.visit(browser, "lasting")
        self.host.kill()
        browser.post_message("one")
        browser.post_message("two, два")
        self.until_kept(browser, "one", "two, два")
        browser.driver.get("about:blank")  # asks nothing: all is kept
        self.host.start()
        self.visit(browser, "lasting")
        self.until_said(browser, "one", "two, два")
        browser.driver.refresh()
        self.until_said(browser, "one", "two, два")

    def test_what_waits_outlives_the_page(self):
        browser = self.browser()
        self.wait_over_pages(browser)
        self.until_forgotten(browser)

    def test_what_waits_outlives_the_page_without_a_database(self):
        browser = self.browser()
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_DATABASE})
        self.wait_over_pages(browser)
        self.assertEqual(browser.run("return Object.keys(localStorage).filter((key) => key.includes('outbox'))"), [])

    def test_what_earlier_pages_kept_is_said(self):
        browser = self.browser()
        browser.driver.get(self.host.url + "healthz")  # of the host's origin, with no script of its own
        browser.run(EARLIER)
        self.visit(browser, "lasting")
        self.until_said(browser, "one", "two")
        self.until_forgotten(browser)

    def test_what_waits_is_sent_from_the_page_of_another_room(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        self.host.kill()
        browser.post_message("for lasting")
        self.until_kept(browser, "for lasting")
        browser.driver.get("about:blank")
        self.host.start()
        self.visit(browser, "general")
        browser.press("a[data-room=lasting]")
        self.until_said(browser, "for lasting")

    def test_what_waits_outlives_a_browser_that_is_killed_at_once(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        self.host.kill()
        for text in ("one", "two", "three"):
            browser.post_message(text)
        self.until_kept(browser, "one", "two", "three")
        browser.kill()
        self.host.start()
        browser.start()
        self.visit(browser, "lasting")
        self.until_said(browser, "one", "two", "three")
        self.until_forgotten(browser)

    def test_what_was_refused_stays_until_it_is_retried_or_deleted(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.run("swallow = 'say'")
        for text in ("to be retried", "to be deleted"):
            browser.post_message(text)
            browser.run("hear({ type: 'error', code: 'not_logged', message: '', room: 'lasting', id: sent.at(-1).id })")
        browser.until(lambda: len(browser.texts(".failed")) == 2, "both to fail")
        browser.until(lambda: all(self.is_refused(kept) for kept in self.kept(browser)), "the browser to keep that")
        browser.driver.refresh()
        browser.until_joined("lasting")
        self.assertEqual(browser.texts(".failed .text"), ["to be retried", "to be deleted"])
        self.assertIn("could not keep it", browser.text(".failed .delivery"))
        browser.driver.find_elements(By.CSS_SELECTOR, "[data-action=discard]")[1].click()
        browser.press("[data-action=retry]")
        self.until_said(browser, "to be retried")
        browser.driver.refresh()
        self.until_said(browser, "to be retried")

    def test_a_page_that_can_keep_nothing_sends_what_waits(self):
        browser = self.browser()
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_DATABASE + FULL_STORAGE})
        self.visit(browser, "lasting")
        self.host.kill()
        browser.post_message("only in this page")
        self.until_waiting(browser, "only in this page")
        browser.until(lambda: "kept in this tab" in browser.text("#strip-reason"), "the page to say so")
        self.host.start()
        self.until_said(browser, "only in this page")

    def test_two_windows_say_once_what_both_keep(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.open_new_window()
        self.watch(browser)
        self.visit(browser, "lasting")
        self.host.kill()
        browser.post_message("from the second")
        browser.switch_to_window(0)
        browser.post_message("from the first")
        self.host.start()
        for window in (0, 1):
            browser.switch_to_window(window)
            browser.until(lambda: sorted(browser.texts(".message .text")) == ["from the first", "from the second"], "two rows")
            browser.until(lambda: browser.texts(".waiting, .sending, .failed") == [], "nothing on its way")
            self.assertFalse(browser.shown("#trouble"), browser.text("#trouble-text"))
        self.assertEqual(self.said_here("lasting"), 2)

    def test_what_a_closed_window_left_is_said_by_another(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.open_new_window()
        self.visit(browser, "lasting")
        self.host.kill()
        browser.post_message("left behind")
        self.until_kept(browser, "left behind")
        browser.close_all_new_windows()
        self.host.start()
        self.until_said(browser, "left behind")

    def said_here(self, room):
        """How many messages the host has of the room."""
        other = self.browser()
        self.visit(other, room)
        return len(other.texts(".message .text"))

    # ---- what was missed ----

    def test_a_host_that_forgot_leaves_a_gap(self):
        for room, (language, words) in enumerate(GAP.items()):
            browser = self.browser(language)
            self.visit(browser, f"lasting{room}")
            browser.post_message("before")
            browser.until_log_has("before")
            self.host.kill()
            self.host.start()
            browser.until(lambda: words in browser.text(".gap"), "the gap")
            browser.post_message("after")
            self.until_said(browser, "before", "after")
            self.assertEqual(len(browser.texts(".gap")), 1)

    def test_what_others_said_meanwhile_comes_part_by_part(self):
        relay = Relay(self.host.port)
        self.addCleanup(relay.stop)
        browser = self.browser()
        self.visit(browser, "lasting", relay.url)
        self.others_say("lasting", 1, 3)
        browser.until(lambda: self.numbers(browser) == [1, 2, 3], "the first ones")
        relay.cut()
        browser.until(lambda: browser.shown("#strip"), "the strip")
        browser.post_message("201 mine")
        self.others_say("lasting", 4, 190, LONG)
        relay.mend()
        browser.until(lambda: self.numbers(browser)[-1] == 201 and not browser.texts(".waiting, .sending"), "all of them")
        self.assertEqual(self.numbers(browser), [*range(1, 191), 201])
        self.assertEqual(browser.texts(".gap"), [])
        asked = browser.run("return sent.filter((frame) => frame.type === 'history').map((frame) => frame.after)")
        self.assertGreater(len(asked), 1)
        self.assertEqual(asked, sorted(set(asked)))

    def test_links_that_break_anywhere_lose_and_double_nothing(self):
        relay = Relay(self.host.port)
        self.addCleanup(relay.stop)
        browser, other = self.browser(), self.browser()
        self.visit(browser, "lasting", relay.url)
        self.visit(other, "lasting")
        relay.frailty = 4000
        relay.cut()
        relay.mend()
        for number in range(1, 61):
            browser.post_message(f"{number} mine")
            other.post_message(f"{number} other")
            browser.run("dispatchEvent(new Event('online'))")  # tries again at once
        relay.frailty = 0
        for one in (browser, other):
            one.run("dispatchEvent(new Event('online'))")
            one.until(lambda: len(one.texts(".message .text")) == 120 and not one.texts(".waiting, .sending"), "all of them")
        self.assertEqual(browser.texts(".message .text"), other.texts(".message .text"))
        for sender in ("mine", "other"):
            said = [text for text in browser.texts(".message .text") if text.endswith(sender)]
            self.assertEqual(said, [f"{number} {sender}" for number in range(1, 61)])
        self.assertEqual(browser.texts(".gap, .failed"), [])
        self.assertGreater(relay.breaks, 10)

    def test_what_the_host_has_no_more_leaves_a_gap(self):
        relay = Relay(self.host.port)
        self.addCleanup(relay.stop)
        browser = self.browser()
        self.visit(browser, "lasting", relay.url)
        self.others_say("lasting", 1, 3)
        browser.until(lambda: self.numbers(browser) == [1, 2, 3], "the first ones")
        relay.cut()
        self.others_say("lasting", 4, 300)  # a host in memory keeps two hundred
        relay.mend()
        browser.until(lambda: self.numbers(browser)[-1] == 300, "the last ones")
        self.assertEqual(self.numbers(browser), [1, 2, 3, *range(101, 301)])
        self.assertEqual(browser.texts(".gap"), ["Some messages are missing here."])

    def test_a_host_whose_machine_went_down_has_the_same_under_other_numbers(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.host.stop()
        self.host = Host(PARLOURD, "native", "--data", folder.name)
        self.addCleanup(self.host.stop)
        self.others_say("lasting", 1, 300)
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.until(lambda: self.numbers(browser)[-1:] == [300], "the last ones")
        self.assertGreater(self.numbers(browser)[0], 1)
        epoch = browser.run("return epoch")
        self.host.kill()
        file = sqlite3.connect(pathlib.Path(folder.name, "parlour.db"))
        with file:
            file.execute("UPDATE host SET value = 'another' WHERE name = 'boot'")
        file.close()
        self.host.start()
        browser.until(lambda: browser.run("return epoch") not in (epoch, None), "the new epoch")
        self.others_say("lasting", 301, 301)
        browser.until(lambda: self.numbers(browser)[-1] == 301, "what is said then")
        self.assertEqual(browser.texts(".gap"), [])

        def reads_on():
            browser.run("document.getElementById('log-scroller').scrollTop = 50")
            return self.numbers(browser)[0] == 1

        browser.until(reads_on, "the first one")
        self.assertEqual(self.numbers(browser), list(range(1, 302)))

    def test_a_hole_in_the_numbers_is_asked_for(self):
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.post_message("1 said")
        browser.until_log_has("1 said")
        browser.run("""hear({ type: 'message', room: 'lasting', id: 'x', epoch, number: 9, text: '9 not the next' });
                       hear({ type: 'message', room: 'lasting', id: 'y', epoch, number: 10, text: '10 nor this' });""")
        browser.post_message("2 said")
        self.until_said(browser, "1 said", "2 said")
        browser.run("hear({ type: 'message', room: 'lasting', id: 'z', epoch: 'another', number: 3, text: '3 elsewhere' })")
        browser.post_message("3 said")
        self.until_said(browser, "1 said", "2 said", "3 said")
        joins = browser.run("return sent.filter((frame) => frame.type === 'join').map((frame) => frame.number ?? null)")
        self.assertEqual(joins, [None, 1, 2])

    # ---- what was said before ----

    def test_reading_on_upwards_keeps_the_place(self):
        self.others_say("lasting", 1, 190, LONG)
        browser = self.browser()
        self.visit(browser, "lasting")
        browser.until(lambda: len(self.numbers(browser)) > 20, "the last ones")
        pages = 0
        while (first := self.numbers(browser)[0]) > 1:
            top = browser.run("""const scroller = document.getElementById('log-scroller');
                scroller.scrollTop = 50;
                return document.querySelector('.message .text').getBoundingClientRect().top;""")
            browser.until(lambda: self.numbers(browser)[0] < first, f"what was said before {first}")
            now = browser.run("""return Array.from(document.querySelectorAll('.message .text'))
                .find((text) => text.textContent.startsWith(`${arguments[0]} `)).getBoundingClientRect().top;""", first)
            self.assertAlmostEqual(now, top, delta=1)
            pages += 1
        self.assertGreater(pages, 1)
        self.assertEqual(self.numbers(browser), list(range(1, 191)))
        self.assertFalse(browser.shown("#log-older"))
        self.others_say("lasting", 191, 192)
        browser.until(lambda: self.numbers(browser)[-1] == 192, "what comes meanwhile")
        self.assertTrue(browser.shown("#latest"))


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
