# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What was typed and not sent outlasts everything, and the list of rooms says where: drafts_test.py PARLOURD [TEST…]"""

import os
import pathlib
import sys
import unittest

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys

from fake_host import ME, FedBrowser, message, uuid
from host import Host

PARLOURD = sys.argv.pop(1)

DESIGN = {"room": "design", "title": "design", "epoch": "e-2", "number": 0, "people": 0}
WORDS = {"en-GB": "Draft", "ru-RU": "Черновик"}


class Drafts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")

    @classmethod
    def tearDownClass(cls):
        cls.host.stop()

    def visit(self, *messages, browser=None, language="en-GB", **more):
        if browser is None:
            browser = FedBrowser(language)
            self.addCleanup(browser.quit)
        browser.visit(self.host.url, messages, **more)
        return browser

    def composer(self, browser):
        return browser.run("return document.getElementById('chat-message-input').value")

    def until_kept(self, browser, text):
        browser.until(lambda: text in browser.run("return Object.values(localStorage).join()"), f"{text!r} to be kept")

    def enter_design(self, browser):
        browser.press("a[data-room=design]")
        browser.until(lambda: browser.text("#talk h1") == "design", "the other room")

    def say_that_it_is_said(self, browser, number):
        asked = browser.until_sent("say")
        browser.says(message(number, asked["text"], ME, id=asked["id"]))

    # ---- what outlasts what ----

    def test_a_draft_outlives_a_tab_that_crashes(self):
        browser = FedBrowser()
        self.addCleanup(browser.quit)
        browser.driver.switch_to.new_window("tab")  # in a process of its own
        browser.starts_with_socket()
        self.visit(message(1, "hello"), browser=browser)
        browser.type("half a sen")
        self.until_kept(browser, "half a sen")
        with self.assertRaises(WebDriverException):
            browser.driver.execute_cdp_cmd("Page.crash", {})
        browser.switch_to_window(0)
        self.visit(message(1, "hello"), browser=browser)
        self.assertEqual(self.composer(browser), "half a sen")
        browser.type("tence")
        self.assertEqual(self.composer(browser), "half a sentence")

    def test_a_draft_outlives_a_browser_that_is_killed(self):
        browser = self.visit(message(1, "hello"))
        browser.type("half a sentence")
        self.until_kept(browser, "half a sentence")
        kept = pathlib.Path(browser.profile, "Default", "Local Storage", "leveldb")
        browser.until(lambda: any(b"half a sentence" in file.read_bytes() for file in kept.glob("*.log")), "the browser to write it")
        browser.kill()
        browser.start()
        self.visit(message(1, "hello"), browser=browser)
        self.assertEqual(self.composer(browser), "half a sentence")

    def test_a_draft_keeps_the_message_that_it_replies_to(self):
        browser = self.visit(message(1, "shall we?"), message(2, "or not"))
        browser.run("document.querySelector(`[data-key='${arguments[0]}']`).focus()", uuid(1))
        browser.type("q")
        browser.type("ye")
        self.until_kept(browser, uuid(1))
        self.until_kept(browser, '"ye"')
        self.visit(message(1, "shall we?"), message(2, "or not"), browser=browser)
        browser.until(lambda: "Priya" in browser.text("#context-title"), "whom it replies to")
        self.assertEqual(browser.text("#context-text"), "shall we?")
        browser.post_message("s")
        asked = browser.until_sent("say")
        self.assertEqual((asked["text"], asked["reply"]), ("yes", uuid(1)))
        self.assertFalse(browser.shown("#composer-context"))

    def test_what_was_sent_is_no_draft_any_more(self):
        browser = self.visit(message(1, "hello"))
        browser.type("half")
        self.until_kept(browser, '"half"')
        browser.post_message(" and half")
        self.say_that_it_is_said(browser, 2)
        self.visit(message(1, "hello"), browser=browser)
        self.assertEqual(self.composer(browser), "")

    def test_an_edit_leaves_the_draft_and_its_reply_alone(self):
        browser = self.visit(message(1, "shall we?"), message(2, "mine", ME))
        browser.run("document.querySelector(`[data-key='${arguments[0]}']`).focus()", uuid(1))
        browser.type("q")
        browser.type("ye")
        browser.run("document.querySelector(`[data-key='${arguments[0]}']`).focus()", uuid(2))
        browser.type("e", Keys.ESCAPE)
        self.assertEqual(self.composer(browser), "ye")
        self.assertIn("Priya", browser.text("#context-title"))

    def test_another_tab_of_the_room_follows(self):
        browser = self.visit(message(1, "hello"))
        browser.type("half")
        self.until_kept(browser, '"half"')
        browser.open_new_window()
        browser.starts_with_socket()
        self.visit(message(1, "hello"), browser=browser)
        self.assertEqual(self.composer(browser), "half")
        browser.post_message(" and half")
        browser.switch_to_window(0)
        browser.until(lambda: self.composer(browser) == "", "the draft to go here, too")

    def begin_edit_in_a_second_window(self, browser):
        self.visit(message(1, "mine", ME), browser=browser, listed=[DESIGN])
        browser.open_new_window()
        browser.starts_with_socket()
        self.visit(message(1, "mine", ME), browser=browser, listed=[DESIGN])
        browser.type(Keys.ARROW_UP, " now")
        self.assertEqual(self.composer(browser), "mine now")

    def write_in_the_first_window(self, browser):
        browser.switch_to_window(0)
        browser.run("document.getElementById('chat-message-input').focus()")
        browser.type("a long draft")
        self.until_kept(browser, "a long draft")

    def test_an_edit_in_another_tab_leaves_the_draft_alone(self):
        browser = self.visit(message(1, "mine", ME))
        self.begin_edit_in_a_second_window(browser)
        self.write_in_the_first_window(browser)
        for event in ("document.dispatchEvent(new Event('visibilitychange'))", "dispatchEvent(new Event('pagehide'))"):
            browser.switch_to_window(1)
            browser.run(event)
            self.until_kept(browser, "a long draft")
            self.assertEqual(self.composer(browser), "mine now")
            browser.switch_to_window(0)
            self.assertEqual(self.composer(browser), "a long draft")
        browser.switch_to_window(1)
        browser.run("document.getElementById('chat-message-input').focus()")
        browser.type(Keys.ESCAPE)
        browser.until(lambda: self.composer(browser) == "a long draft", "the draft of the other tab")
        browser.post_message("!")
        browser.switch_to_window(0)
        browser.until(lambda: self.composer(browser) == "", "the draft to go here, too")

    def test_an_edit_in_a_room_that_is_not_shown_leaves_the_draft_alone(self):
        browser = self.visit(message(1, "mine", ME))
        self.begin_edit_in_a_second_window(browser)
        self.enter_design(browser)
        self.write_in_the_first_window(browser)
        browser.switch_to_window(1)
        browser.until(lambda: browser.shown("a[data-room=general] .draft"), "the pencil")
        browser.press("a[data-room=general]")
        browser.until(lambda: self.composer(browser) == "mine now", "the edit")
        browser.run("dispatchEvent(new Event('pagehide'))")
        self.until_kept(browser, "a long draft")
        browser.run("document.getElementById('chat-message-input').focus()")
        browser.type(Keys.ESCAPE)
        self.assertEqual(self.composer(browser), "a long draft")

    # ---- where it is shown ----

    def test_the_list_of_rooms_has_a_pencil(self):
        for language, word in WORDS.items():
            with self.subTest(language=language):
                browser = self.visit(message(1, "hello"), language=language, listed=[DESIGN])
                browser.type("a draft")
                self.assertFalse(browser.shown("a[data-room=general] .draft"), "one sees it in the composer")
                self.enter_design(browser)
                browser.until(lambda: browser.shown("a[data-room=general] .draft"), "the pencil")
                self.assertEqual(browser.text("a[data-room=general] .draft"), word)
                self.assertFalse(browser.shown("a[data-room=design] .draft"))
                self.assertEqual(self.composer(browser), "")
                browser.says(message(2, "news"))
                browser.until(lambda: browser.shown("a[data-room=general] .badge"), "the badge")
                browser.until(lambda: browser.run("return document.querySelector('a[data-room=general] .draft span:last-child').clientWidth <= 1"),
                              "the word to make way")
                browser.press("a[data-room=general]")
                browser.until(lambda: self.composer(browser) == "a draft", "the draft")
                browser.post_message("!")
                self.enter_design(browser)
                browser.until(lambda: not browser.shown("a[data-room=general] .draft"), "the pencil to go")
                self.assertEqual(browser.complaints(), [])

    def test_a_room_that_nobody_lists_is_there_by_its_draft(self):
        browser = self.visit(message(1, "hello"))
        browser.type("a draft")
        self.until_kept(browser, "a draft")
        browser.driver.get(f"{self.host.url}chat/design/")
        browser.until_sent("hello")
        browser.welcome([DESIGN])
        browser.until(lambda: browser.texts("#room-list .name") == ["design", "general"], "both rooms")
        self.assertTrue(browser.shown("a[data-room=general] .draft"))
        self.assertEqual([frame["room"] for frame in browser.sent("join")], ["design"])


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
