# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Two people change messages in two browsers, over the real host: together_test.py PARLOURD [TEST…]"""

import os
import sys
import unittest

from selenium.webdriver.common.keys import Keys

from browser import Browser
from host import Host
from relay import Relay

PARLOURD = sys.argv.pop(1)


class Together(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")
        cls.ann, cls.tom = Browser(), Browser()

    @classmethod
    def tearDownClass(cls):
        for browser in (cls.ann, cls.tom):
            browser.quit()
        cls.host.stop()

    def setUp(self):
        self.room = self.id().rsplit(".", 1)[-1]

    def tearDown(self):
        for browser in (self.ann, self.tom):
            self.assertEqual(browser.complaints(), [])
            browser.close_all_new_windows()
            browser.driver.get("about:blank")

    def visit(self, *browsers, url=None, room=None):
        for browser in browsers:
            browser.driver.get(f"{url or self.host.url}chat/{room or self.room}/")
            browser.until_joined(room or self.room)

    def until_said(self, *texts):
        for browser in (self.ann, self.tom):
            browser.until(lambda: browser.texts(".message:not(.waiting, .sending, .failed) .text") == list(texts),
                          f"{texts}, not {browser.texts('.message .text')}")

    def until_chips(self, *chips):
        for browser in (self.ann, self.tom):
            browser.until(lambda: browser.texts(".chip") == list(chips), f"{chips}, not {browser.texts('.chip')}")

    def focus_row(self, browser, text):
        """As somebody does who comes by keys."""
        browser.run("""document.getElementById('chat-message-input').focus();
            Array.from(document.querySelectorAll('.message')).find((row) => row.querySelector('.text').textContent === arguments[0]).focus();""", text)

    def remove(self, browser, text):
        self.focus_row(browser, text)
        browser.type(Keys.DELETE)
        browser.press("[data-do=removeNow]")

    def test_everybody_sees_what_becomes_of_a_message(self):
        ann, tom = self.ann, self.tom
        self.visit(ann, tom)
        ann.post_message("helo")
        tom.until_log_has("helo")
        tom.post_message("and me")
        ann.until_log_has("and me")
        ann.type(Keys.ARROW_UP, Keys.BACKSPACE, "lo, all", Keys.ENTER)
        self.until_said("hello, all", "and me")
        self.focus_row(tom, "hello, all")
        tom.type("q")
        tom.post_message("hi")
        self.until_said("hello, all", "and me", "hi")
        self.assertEqual(ann.texts(".quote .line"), ["hello, all"])
        self.remove(ann, "hello, all")
        self.until_said("and me", "hi")
        for browser in (ann, tom):
            self.assertEqual(browser.texts(".quote .line"), ["Message removed"])
            self.assertNotIn("hello", browser.chat_log_value)
        self.visit(tom)
        self.until_said("and me", "hi")
        self.assertEqual(tom.texts(".quote .line"), ["Message removed"])

    def test_every_offered_emoji_is_taken_by_the_host(self):
        ann, tom = self.ann, self.tom
        self.visit(ann, tom)
        ann.post_message("done")
        self.until_said("done")
        self.focus_row(tom, "done")
        tom.type("r")
        offered = tom.texts(".choice .tool")
        tom.type(Keys.ESCAPE)
        for emoji in offered:
            self.focus_row(tom, "done")
            tom.type("r")
            tom.run("document.querySelector(`.choice [data-emoji='${arguments[0]}']`).click()", emoji)
        self.until_chips(*(f"{emoji}1" for emoji in offered))
        ann.press(".chip")
        self.until_chips(f"{offered[0]}2", *(f"{emoji}1" for emoji in offered[1:]))
        tom.press(".chip")
        ann.press(".chip")
        self.until_chips(*(f"{emoji}1" for emoji in offered[1:]))
        self.assertFalse(tom.shown("#trouble"))

    def test_changes_of_both_sides_of_a_cut_meet(self):
        relay = Relay(self.host.port)
        self.addCleanup(relay.stop)
        ann, tom = self.ann, self.tom
        self.visit(ann)
        self.visit(tom, url=relay.url)
        ann.post_message("of Ann")
        tom.until_log_has("of Ann")
        tom.post_message("of Tom")
        self.until_said("of Ann", "of Tom")
        relay.cut()
        tom.until(lambda: tom.shown("#strip"), "the strip")
        tom.type(Keys.ARROW_UP, ", changed", Keys.ENTER)
        tom.until(lambda: tom.texts(".waiting .text") == ["of Tom, changed"], "the change to wait")
        self.remove(ann, "of Ann")
        self.focus_row(ann, "of Tom")
        ann.type("r", Keys.ENTER)
        relay.mend()
        self.until_said("of Tom, changed")
        self.until_chips("👍1")
        self.assertEqual(tom.texts(".gap"), [])

    def test_who_writes_is_seen_until_it_is_said(self):
        ann, tom = self.ann, self.tom
        self.visit(ann, tom)
        words = tom.text("#my-name .name") + " is typing…"

        def is_seen():
            tom.type("x")  # it is told again while that goes on
            return ann.text("#typing") == words

        ann.until(is_seen, words)
        tom.type(Keys.ENTER)
        ann.until_log_has("x")
        ann.until(lambda: ann.text("#typing") == "", "the line to go")

    def test_what_one_window_has_read_is_read_in_all(self):
        ann, tom = self.ann, self.tom
        unread = lambda: ann.texts(".room.unread .name")
        self.visit(tom, room="general")
        self.visit(ann)
        ann.open_new_window()
        self.visit(ann, room="general")
        tom.post_message("seen at once")
        ann.until_log_has("seen at once")
        ann.switch_to_window(0)
        self.until_read("general")
        ann.close_all_new_windows()
        tom.post_message("seen by nobody")
        tom.until_log_has("seen by nobody")
        self.visit(ann)
        ann.until(lambda: unread() == ["general"], "the room to be marked")
        ann.press("a[data-room=general]")
        ann.until_joined("general")
        ann.until(lambda: ann.texts(".new-line, .message .text") == ["seen at once", "New", "seen by nobody"], "the line")
        ann.until(lambda: unread() == [], "it to be seen")

    def until_read(self, room):
        """A page that is loaded anew finds the room read."""
        def is_read():
            self.visit(self.ann)
            return self.ann.texts(f"a[data-room={room}]:not(.unread)")
        self.ann.until(is_read, f"{room} to be read")


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
