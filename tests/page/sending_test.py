# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""How the page sends: in order, no faster than the host takes it, over every end: sending_test.py PARLOURD [TEST…]"""

import os
import sys
import unittest

from selenium.webdriver.common.keys import Keys

from browser import Browser
from fake_host import ME, FedBrowser, message, uuid
from host import Host

PARLOURD = sys.argv.pop(1)

# All that the browser keeps of the outbox.
KEPT = """
const done = arguments[arguments.length - 1];
indexedDB.open('parlour', 1).onsuccess = ({ target: { result } }) => {
  result.transaction('outbox').objectStore('outbox').getAll().onsuccess = (event) => (result.close(), done(event.target.result));
};
"""

# Whatever the page puts off by more than a moment does not come any more.
NO_LATER = "const real = setTimeout; window.setTimeout = (task, delay) => delay >= 200 ? 0 : real(task, delay);"

# A database that opens once `openNow()` is called, after the page has given it up.
SLOW_DATABASE = """
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...parts) {
  const request = open.apply(this, parts);
  const held = { get result() { return request.result; } };
  request.onupgradeneeded = () => held.onupgradeneeded();
  request.onsuccess = () => { window.openNow = () => held.onsuccess(); };
  return held;
};
const later = setTimeout;
window.setTimeout = (task, delay) => later(task, delay === 3000 ? 0 : delay);
"""

# A clock that stands until `turn(ms)`; what is to happen later happens by `fire(delay)` alone.
CLOCK = """
let now = Date.now();
Date.now = () => now;
window.turn = (ms) => { now += ms; };
const due = new Map(), later = setTimeout;
window.setTimeout = (task, delay) => delay >= 5000 ? (due.set(delay, task), 0) : later(task, delay);
window.setInterval = (task, delay) => due.set(delay, task);
window.fire = (delay) => due.get(delay)();
"""

CAUSES = {
    "disk_full": ("disk is full", "нет места"),
    "locked": ("Another program", "другой программой"),
    "read_only": ("may not write", "закрыта для записи"),
    "corrupt": ("is damaged", "повреждена"),
    "too_slow": ("does not keep up", "не успевает"),
    "closed": ("room was closed", "Комната закрыта"),
    "unreadable": ("cannot read or write", "прочитать или записать"),
    "of_the_future": ("could not keep it", "Не удалось сохранить"),
}


class Sending(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")
        cls.browser = FedBrowser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.host.stop()

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])
        self.browser.forget_all(self.host.url)

    def visit(self, *messages, browser=None, **more):
        browser = browser or self.browser
        browser.visit(self.host.url, messages, **more)
        return browser

    def focus_row(self, browser, number):
        browser.run("document.querySelector(`[data-key='${arguments[0]}']`).focus()", uuid(number))

    def until_kept(self, browser, count):
        browser.until(lambda: len(browser.driver.execute_async_script(KEPT)) == count, f"{count} to be kept")

    def come_back(self, browser, *missed, after):
        """The page has made a new connection; the host lets it in and tells what it missed."""
        hellos = len(browser.sent("hello"))
        browser.run("if (pageSocket.readyState === 3) dispatchEvent(new Event('online'))")
        browser.until(lambda: browser.run("return pageSocket.readyState") == 1, "the next connection")
        browser.until_sent("hello", max(hellos, 2))
        browser.welcome([])
        browser.until(lambda: browser.sent("join")[-1].get("number") == after, "the join")
        number = max((one["number"] for one in missed), default=after)
        browser.hear(type="joined", room="general", epoch="e-1", number=number)
        browser.hear(type="history", room="general", epoch="e-1", after=after, messages=list(missed), more=False, lost=False,
                     **({"first": after + 1, "number": number} if missed else {}))

    def said(self, browser):
        return [frame["text"] for frame in browser.sent("say")]

    # ---- what outlasts the browser ----

    def test_changes_that_wait_outlive_a_browser_that_is_killed(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        messages = message(1, "mine", ME), message(2, "of Priya"), message(3, "mine, too", ME)
        self.visit(*messages, browser=browser)
        browser.run("drop()")
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        self.focus_row(browser, 2)
        browser.type("r", Keys.ENTER)
        self.focus_row(browser, 1)
        browser.type(Keys.DELETE)
        browser.press("[data-do=removeNow]")
        self.until_kept(browser, 3)
        browser.kill()
        browser.start()
        self.visit(*messages, browser=browser)
        browser.until(lambda: browser.texts(".message .text") == ["of Priya", "mine, too now"], "the changes on their way")
        asked = browser.until_sent("edit")
        self.assertEqual((asked["of"], asked["text"]), (uuid(3), "mine, too now"))
        self.assertEqual(browser.sent("react") + browser.sent("delete"), [], "one after the other")
        browser.changed(4, message(3, "mine, too now", ME, edited=1795343941000), id=asked["id"], by=ME)
        asked = browser.until_sent("react")
        self.assertEqual((asked["of"], asked["emoji"], asked["on"]), (uuid(2), "👍", True))
        self.assertEqual(browser.sent("delete"), [])
        browser.changed(5, message(2, "of Priya", reactions=[{"emoji": "👍", "people": [ME]}]), "react", asked["id"], ME)
        asked = browser.until_sent("delete")
        self.assertEqual(asked["of"], uuid(1))
        browser.changed(6, {**message(1, "", ME), "deleted": True}, "delete", asked["id"], ME)
        self.until_kept(browser, 0)

    def test_a_change_that_waits_is_sent_from_the_page_of_another_room(self):
        browser = self.visit(message(1, "mine", ME))
        browser.run("drop()")
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        self.until_kept(browser, 1)
        browser.driver.get(f"{self.host.url}chat/design/")
        browser.until_sent("hello")
        browser.welcome([{"room": "general", "title": "general", "epoch": "e-1", "number": 1, "people": 1}])
        browser.until(lambda: "general" in [frame["room"] for frame in browser.sent("join")], "the join")
        browser.enter([message(1, "mine", ME)], 1, False, (ME,), None)
        self.assertEqual(browser.until_sent("edit")["text"], "mine now")

    def test_a_refused_edit_outlives_the_page(self):
        browser = self.visit(message(1, "mine", ME))
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        browser.hear(type="error", code="not_logged", message="", room="general", id=browser.until_sent("edit")["id"])
        browser.until(lambda: browser.texts(".failed .text") == ["mine now"], "the text")
        browser.until(lambda: [kept["problem"] != "" for kept in browser.driver.execute_async_script(KEPT)] == [True], "it to be kept")
        self.visit(message(1, "mine", ME))
        browser.until(lambda: browser.texts(".failed .text") == ["mine now"], "the text again")
        browser.press("[data-action=discardChange]")
        self.until_kept(browser, 0)

    def test_a_window_without_a_database_keeps_what_another_one_moves(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        browser.starts_with("Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });")
        self.visit(message(1, "hello"), browser=browser)
        browser.run("drop()")
        for text in ("one", "two"):
            browser.post_message(text)
        browser.until(lambda: browser.texts(".waiting .text") == ["one", "two"], "both to wait")
        browser.open_new_window()
        browser.starts_with_socket()
        self.visit(message(1, "hello"), browser=browser)
        asked = browser.until_sent("say")
        self.until_kept(browser, 2)
        browser.switch_to_window(0)
        self.assertEqual(browser.texts(".waiting .text"), ["one", "two"], "it waits here, too")
        browser.switch_to_window(1)
        browser.says(message(2, "one", ME, id=asked["id"]))
        self.until_kept(browser, 1)
        browser.switch_to_window(0)
        browser.until(lambda: browser.texts(".waiting .text") == ["two"], "what was said there to wait no more")
        self.come_back(browser, message(2, "one", ME, id=asked["id"]), after=1)
        asked = browser.until_sent("say")
        browser.says(message(3, "two", ME, id=asked["id"]))
        browser.until(lambda: browser.texts(".message:not(.waiting, .sending) .text") == ["hello", "one", "two"], "both")
        browser.switch_to_window(1)
        self.until_kept(browser, 0)
        browser.until(lambda: browser.texts(".waiting, .sending") == [], "nothing to be sent again")

    def test_what_another_window_heard_first_holds_nothing_up(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        self.visit(message(1, "hello"), browser=browser)
        browser.run("drop()")
        browser.post_message("one")
        self.until_kept(browser, 1)
        browser.open_new_window()
        browser.starts_with_socket()
        self.visit(message(1, "hello"), browser=browser)
        asked = browser.until_sent("say")
        browser.switch_to_window(0)
        self.come_back(browser, after=1)
        self.assertEqual(browser.until_sent("say")["id"], asked["id"])
        browser.post_message("two")
        browser.switch_to_window(1)
        browser.says(message(2, "one", ME, id=asked["id"]))
        browser.switch_to_window(0)
        browser.until(lambda: self.said(browser) == ["one", "two"], "the next one to be sent")
        browser.says(message(2, "one", ME, id=asked["id"]))
        browser.says(message(3, "two", ME, id=browser.sent("say")[-1]["id"]))
        browser.until(lambda: browser.texts(".message:not(.waiting, .sending) .text") == ["hello", "one", "two"], "both")

    def test_what_a_slow_database_has_is_sent_when_it_opens(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        self.visit(message(1, "hello"), browser=browser)
        browser.run("drop()")
        browser.post_message("one")
        self.until_kept(browser, 1)
        browser.starts_with(SLOW_DATABASE)
        self.visit(message(1, "hello"), browser=browser)
        browser.post_message("two")
        asked = browser.until_sent("say")
        self.assertEqual(asked["text"], "two")
        browser.until(lambda: browser.run("return Boolean(window.openNow)"), "the database")
        browser.run("openNow()")
        browser.until(lambda: browser.texts(".waiting .text") == ["one"], "what it has")
        browser.says(message(2, "two", ME, id=asked["id"]))
        asked = browser.until_sent("say", 2)
        self.assertEqual(asked["text"], "one")
        browser.says(message(3, "one", ME, id=asked["id"]))
        browser.until(lambda: browser.texts(".message:not(.waiting, .sending) .text") == ["hello", "two", "one"], "both")
        self.assertEqual(browser.texts(".message .text"), ["hello", "two", "one"])
        browser.open_new_window()
        browser.driver.get(self.host.url + "healthz")
        self.until_kept(browser, 0)
        self.assertEqual(browser.run("return Object.keys(localStorage).filter((key) => key.includes('outbox'))"), [])

    # ---- no faster than the host takes it ----

    def test_what_is_too_fast_goes_again_and_nothing_overtakes_it(self):
        browser = self.visit(message(1, "hello"))
        for text in ("one", "two", "three"):
            browser.post_message(text)
        asked = browser.until_sent("say")
        self.assertEqual(self.said(browser), ["one"])
        browser.hear(type="error", code="too_fast", message="", room="general", id=asked["id"], retry=300)
        self.assertEqual(browser.until_sent("say", 2)["id"], asked["id"])
        self.assertEqual(browser.texts(".failed"), [])
        for number, text in enumerate(("one", "two", "three"), 2):
            self.assertEqual(browser.until_sent("say", number)["text"], text)
            browser.says(message(number, text, ME, id=browser.sent("say")[-1]["id"]))
        browser.until(lambda: browser.texts(".waiting, .sending, .failed") == [], "all of them")
        self.assertEqual(self.said(browser), ["one", "one", "two", "three"])
        self.assertFalse(browser.shown("#trouble"))

    def test_what_is_said_outside_waits_until_the_room_is_entered_anew(self):
        browser = self.visit(message(1, "hello"))
        for text in ("one", "two"):
            browser.post_message(text)
        asked = browser.until_sent("say")
        browser.hear(type="error", code="not_a_member", message="", room="general", id=asked["id"])
        browser.until(lambda: browser.texts(".waiting .text") == ["one", "two"], "both to wait")
        self.assertEqual(browser.until_sent("join", 2)["number"], 1)
        self.assertEqual(self.said(browser), ["one"])
        browser.hear(type="joined", room="general", epoch="e-1", number=1)
        browser.hear(type="history", room="general", epoch="e-1", after=1, messages=[], more=False, lost=False)
        self.assertEqual(browser.until_sent("say", 2)["id"], asked["id"])
        self.assertEqual(browser.texts(".failed"), [])
        self.assertFalse(browser.shown("#trouble"))

    def test_what_a_host_never_takes_fails_in_the_end(self):
        browser = self.visit(message(1, "hello"))
        browser.post_message("one")
        refusal = {"code": "not_a_member", "message": "", "room": "general", "id": browser.until_sent("say")["id"]}
        for times in (2, 3, 4):
            browser.hear(type="error", **refusal)
            browser.until_sent("join", times)
            browser.hear(type="joined", room="general", epoch="e-1", number=1)
            browser.hear(type="history", room="general", epoch="e-1", after=1, messages=[], more=False, lost=False)
            browser.until_sent("say", times)
        browser.hear(type="error", **refusal)
        browser.until(lambda: browser.texts(".failed .text") == ["one"], "it to have failed")

    def test_a_host_with_a_small_rate_gets_all_in_order(self):
        host = Host(PARLOURD, "native", "--rate", "2/8")
        self.addCleanup(host.stop)
        browser = Browser()
        self.addCleanup(browser.quit)
        browser.driver.get(f"{host.url}chat/general/")
        browser.until_joined("general")
        texts = [f"{number} of many" for number in range(1, 16)]
        for text in texts:
            browser.post_message(text)
        browser.until(lambda: browser.texts(".message:not(.waiting, .sending) .text") == texts, "all of them", 90)
        self.assertEqual(browser.texts(".failed, .gap"), [])

    def test_a_join_that_is_too_fast_is_asked_for_again(self):
        browser = self.visit(message(1, "hello"), listed=[{"room": "design", "title": "design", "epoch": "e-2", "number": 0, "people": 0}])
        browser.press("a[data-room=design]")
        browser.until_sent("join", 2)
        browser.hear(type="error", code="too_fast", message="", room="design", retry=200)
        self.assertEqual(browser.until_sent("join", 3)["room"], "design")
        self.assertFalse(browser.shown("#trouble"))

    # ---- what ends a connection ----

    def test_of_a_close_for_flooding_one_message_is_the_reason(self):
        browser = self.visit(message(1, "hello"))
        for text in ("one", "two", "three"):
            browser.post_message(text)
        browser.until_sent("say")
        browser.run("drop(1008)")
        browser.until(lambda: browser.texts(".failed .text") == ["one"], "the first to fail")
        row = "a[data-room=general]"
        browser.until(lambda: browser.text(f"{row} .not-sent .unseen") == "1 not sent", "the list to say so")
        self.assertEqual(browser.texts(".waiting .text"), ["two", "three"])

    def test_what_was_to_wait_is_no_reason_for_a_close(self):
        browser = self.visit(message(1, "hello"))
        for text in ("one", "two"):
            browser.post_message(text)
        browser.hear(type="error", code="too_fast", message="", room="general", id=browser.until_sent("say")["id"], retry=60000)
        browser.run("drop(1008)")
        browser.until(lambda: browser.texts(".waiting .text") == ["one", "two"], "both to wait")
        self.assertEqual(browser.texts(".failed"), [])

    def test_a_change_that_ends_the_connection_is_not_sent_again(self):
        browser = self.visit(message(1, "mine", ME))
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        browser.until_sent("edit")
        browser.run("drop(1009)")
        browser.until(lambda: browser.texts(".failed .text") == ["mine now"], "the edit to fail")
        self.assertIn("too long", browser.text(".failed .delivery"))

    def test_who_fell_behind_is_back_at_once_and_says_nothing_of_it(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        browser.starts_with(NO_LATER)
        self.visit(message(1, "hello"), browser=browser)
        browser.run("drop()")
        self.come_back(browser, after=1)  # lost before, so that the next try of any other end would take its time
        browser.post_message("one")
        browser.post_message("two")
        browser.until_sent("say")
        browser.run("drop(4008)")
        browser.until_sent("hello", 3)
        browser.until(lambda: browser.texts(".waiting .text") == ["one", "two"], "both to wait")
        self.come_back(browser, message(2, "meanwhile"), after=1)
        again = browser.until_sent("say", 2)
        self.assertEqual((again["id"], again["text"]), (browser.sent("say")[0]["id"], "one"))
        self.assertEqual(browser.texts(".message:not(.sending, .waiting) .text"), ["hello", "meanwhile"])
        self.assertEqual(browser.texts(".failed, .gap"), [])
        for place in ("#strip", "#trouble"):
            self.assertFalse(browser.shown(place), browser.text(place))

    def test_who_only_reads_notices_that_the_host_is_gone(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        browser.starts_with(CLOCK)
        ways = {"online": "dispatchEvent(new Event('online'))", "seen": "document.dispatchEvent(new Event('visibilitychange'))", "slept": "fire(5000)"}
        for way, script in ways.items():
            with self.subTest(way):
                self.visit(message(1, "hello"), browser=browser)
                browser.run(f"turn(31000); {script}")
                asked = browser.until_sent("search")
                browser.hear(type="error", code="bad_search", message="no", id=asked["id"])
                self.assertFalse(browser.shown("#trouble"))
                browser.run(f"turn(31000); {script}; {script}")
                self.assertEqual(len(browser.sent("search")), 2)
                browser.run("fire(10000)")
                browser.until(lambda: browser.run("return pageSocket.onmessage") is None, "the connection to be given up")

    # ---- why ----

    def test_why_the_host_keeps_nothing_is_said(self):
        russian = FedBrowser("ru-RU")
        self.addCleanup(russian.quit)
        for browser, language in ((self.browser, 0), (russian, 1)):
            self.visit(message(1, "hello"), browser=browser)
            for number, (cause, words) in enumerate(CAUSES.items(), 1):
                with self.subTest(cause=cause, language=language):
                    browser.post_message(cause)
                    asked = browser.until_sent("say", number)
                    browser.hear(type="error", code="not_logged", message="", room="general", id=asked["id"], cause=cause)
                    browser.until(lambda: len(browser.texts(".failed .delivery")) == number, "it to fail")
                    self.assertIn(words[language], browser.texts(".failed .delivery")[-1])
        self.assertEqual(russian.complaints(), [])


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
