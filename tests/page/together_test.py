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

    def visit(self, *browsers, url=None):
        for browser in browsers:
            browser.driver.get(f"{url or self.host.url}chat/{self.room}/")
            browser.until_joined(self.room)

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


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
