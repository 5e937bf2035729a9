# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What a person looks for in a browser, over the real host and by frames that the test gives: search_test.py PARLOURD [TEST…]"""

import json
import os
import pathlib
import sys
import unittest

from selenium.webdriver.common.keys import Keys

from browser import Browser
from fake_host import PRIYA, FedBrowser, message, uuid
from host import Host

PARLOURD = sys.argv.pop(1)
VECTORS = pathlib.Path(__file__).parent.parent / "chat" / "search_vectors.json"

# What the page's own module finds.
WORDS = """
const [text, done] = arguments;
import('/static/search_words.js').then(({ wordsIn }) => done(wordsIn(text).map(({ word }) => word)));
"""
RANGES = """
const [text, search, done] = arguments;
import('/static/search_words.js').then(({ foundIn }) => done(foundIn(text, search).map(({ start, end }) => [start, end])));
"""


class Searching:
    """Steps that all browsers have."""

    def look_for(self, text):
        self.browser.type_with([Keys.CONTROL, Keys.SHIFT], "f")
        self.browser.until(lambda: self.browser.shown("#search-text"), "the field")
        self.browser.type(text, Keys.ENTER)

    def until_hits(self, *texts):
        self.browser.until(lambda: self.browser.texts(".hit .said") == list(texts), f"{texts}, not {self.browser.texts('.hit .said')}")

    def until_says(self, words):
        self.browser.until(lambda: self.browser.text("#search-state span[dir]") == words, f"{words!r}, not {self.browser.text('#search-state')!r}")

    def focused(self):
        return self.browser.run("return document.activeElement.closest('.message')?.querySelector('.text').textContent ?? document.activeElement.id")


class RealHost(Searching, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.host.stop()

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def test_what_was_said_is_found_by_the_beginning_of_a_word(self):
        browser = self.browser
        browser.driver.get(f"{self.host.url}chat/found/")
        browser.until_joined("found")
        for text in ("Ёжик в тумане", "медвежонок", "не про ежей"):
            browser.post_message(text)
            browser.until(lambda: browser.texts(".message:not(.sending) .text")[-1:] == [text], "it to be said")
        self.look_for("ежик")
        self.until_hits("Ёжик в тумане")
        self.assertEqual(browser.texts(".hit mark"), ["Ёжик"])
        self.until_says("1 message")
        browser.type(Keys.ARROW_DOWN, Keys.ENTER)
        browser.until(lambda: self.focused() == "Ёжик в тумане", "the message")
        self.assertFalse(browser.shown("#search"))

    def test_all_rooms_of_the_page_are_searched(self):
        browser = self.browser
        for room in ("attic", "cellar"):
            browser.driver.get(f"{self.host.url}chat/{room}/")
            browser.until_joined(room)
            browser.post_message(f"a key to the {room}")
            browser.until_log_has("a key")
        browser.type_with([Keys.CONTROL, Keys.SHIFT], "f")
        browser.type("attic")
        self.until_says("No messages with “attic” in this room.")
        browser.press("#search-state .button")
        self.until_says("No messages with “attic” in your rooms.")  # it is not in that one any more


class FakeHost(Searching, unittest.TestCase):
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

    def visit(self, *messages, **more):
        self.browser.visit(self.host.url, messages, **more)
        return self.browser

    def answer(self, *messages, count=1, **more):
        """To the search that is the `count`th; it is the result."""
        search = self.browser.until_sent("search", count)
        self.browser.hear(type="found", id=search["id"], messages=list(messages), **more)
        return search

    def test_the_rules_of_words_are_the_hosts(self):
        browser = self.visit()
        vectors = json.loads(VECTORS.read_text())
        for row in vectors["words"]:
            with self.subTest(row["name"]):
                self.assertEqual(browser.driver.execute_async_script(WORDS, row["text"]), row["words"])
        for row in vectors["found"]:
            with self.subTest(row["name"]):
                self.assertEqual(browser.driver.execute_async_script(RANGES, row["text"], row["search"]), row["ranges"])

    def test_nothing_found_leads_to_all_rooms(self):
        browser = self.visit(message(1, "one"))
        self.look_for("ёжик")
        search = self.answer()
        self.assertEqual((search["text"], search["room"]), ("ёжик", "general"))
        self.until_says("No messages with “ёжик” in this room.")
        self.assertEqual(browser.text("#search-state .button"), "Search all rooms")
        browser.press("#search-state .button")
        search = self.answer({**message(7, "Ёжик", PRIYA), "room": "side"}, count=2)
        self.assertNotIn("room", search)
        self.until_hits("Ёжик")
        self.assertEqual(browser.text(".hit .where"), "#side")

    def test_pages_follow_each_other(self):
        browser = self.visit(message(1, "one"))
        self.look_for("word")
        self.answer(message(9, "word 9"), message(8, "word 8"), next="17")
        self.until_hits("word 9", "word 8")
        self.until_says("The newest 2 messages; there may be more.")
        browser.press("#search-more")
        search = self.answer(message(3, "word 3"), count=2)
        self.assertEqual(search["next"], "17")
        self.until_hits("word 9", "word 8", "word 3")
        self.assertFalse(browser.shown("#search-more"))

    def test_what_was_found_stays_where_no_more_is_read(self):
        browser = self.visit(message(1, "one"))
        self.look_for("word")
        self.answer(message(9, "word 9"), next="17")
        self.until_hits("word 9")
        browser.press("#search-more")
        search = browser.until_sent("search", 2)
        browser.hear(type="error", code="not_read", message="no", id=search["id"])
        self.until_says("Not searched: The host could not read some of the messages.")
        self.until_hits("word 9")

    def test_where_the_host_forgot_the_place_it_is_asked_anew(self):
        browser = self.visit(message(1, "one"))
        self.look_for("word")
        self.answer(message(9, "word 9"), next="17")
        self.until_hits("word 9")
        browser.press("#search-more")
        search = browser.until_sent("search", 2)
        browser.hear(type="error", code="bad_search", message="no", id=search["id"])
        search = self.answer(message(10, "word 10"), message(9, "word 9"), count=3)
        self.assertNotIn("next", search)
        self.until_hits("word 10", "word 9")

    def test_what_is_deleted_or_changed_meanwhile_is_found_no_more(self):
        browser = self.visit(message(1, "word 1"), message(2, "word 2"), message(3, "word 3"))
        self.look_for("word")
        self.answer(message(3, "word 3"), message(2, "word 2"), message(1, "word 1"))
        self.until_hits("word 3", "word 2", "word 1")
        browser.changed(4, {**message(2, ""), "deleted": True}, "delete")
        browser.changed(5, message(1, "word 1, changed"))
        self.until_hits("word 3", "word 1, changed")
        browser.changed(6, message(3, "never mind"))
        self.until_hits("word 1, changed")

    def test_of_what_is_typed_meanwhile_the_last_is_asked(self):
        browser = self.visit(message(1, "one"))
        self.look_for("w")
        for letter in "ord":
            browser.type(letter, Keys.ENTER)
        browser.until_sent("search")
        self.answer(message(2, "w"))
        self.assertEqual(self.answer(message(3, "word"), count=2)["text"], "word")
        self.until_hits("word")
        self.assertEqual(len(browser.sent("search")), 2)

    def test_what_the_host_does_not_do_is_said(self):
        browser = self.visit(message(1, "one"))
        self.look_for("!?")
        self.until_says("Type a word of letters or digits.")
        self.assertEqual(browser.sent("search"), [])
        browser.type("word", Keys.ENTER)
        search = browser.until_sent("search")
        browser.hear(type="error", code="not_read", message="no", id=search["id"])
        self.until_says("Not searched: The host could not read some of the messages.")
        browser.type(Keys.ENTER)
        browser.until_sent("search", 2)
        browser.run("drop()")
        self.until_says("There is no connection to the host. The search goes on when it is back.")

    def test_a_hit_that_is_here_is_shown(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(1, 41)])
        self.look_for("line")
        self.answer(message(3, "line 3"))
        self.until_hits("line 3")
        browser.press(".hit")
        browser.until(lambda: self.focused() == "line 3\n" * 4, "the message")

    def test_a_hit_of_long_ago_is_shown_among_its_neighbours(self):
        browser = self.visit(*[message(number, f"line {number}") for number in range(901, 1001)], more=True)
        self.look_for("line")
        self.answer(message(100, "line 100"))
        self.until_hits("line 100")
        self.assertEqual(browser.until_sent("read")["number"], 1000)
        browser.press(".hit")
        asked = browser.until_sent("history")
        self.assertEqual((asked["before"], asked["count"]), (141, 100))
        browser.hear(type="history", room="general", epoch="e-1", before=141, first=41, number=140,
                     messages=[message(number, f"line {number}") for number in range(41, 141)], more=True)
        browser.until(lambda: self.focused() == "line 100", "the message")
        self.assertEqual(browser.texts(".message .text")[0], "line 41")
        browser.says(message(1001, "news"))
        browser.until(lambda: browser.text("#latest-new") == "1 new", "the news")
        self.assertEqual(browser.texts(".message .text")[-1], "line 140")
        browser.press("#latest")
        browser.until(lambda: browser.texts(".message .text")[-1] == "news", "the end")
        self.assertEqual(browser.until_sent("read", 2)["number"], 1001)

    def test_an_answer_to_whoever_went_on_changes_nothing(self):
        ways = {
            "said something": lambda browser: (browser.run("document.getElementById('chat-message-input').focus()"), browser.post_message("on")),
            "another room": lambda browser: (browser.press("a[data-room=design]"), browser.press("a[data-room=general]")),
        }
        for way, go_on in ways.items():
            with self.subTest(way):
                design = {"room": "design", "title": "design", "epoch": "e-2", "number": 0, "people": 0}
                browser = self.visit(*[message(number, f"line {number}") for number in range(901, 1001)], more=True, listed=[design])
                self.look_for("line")
                self.answer(message(100, "line 100"))
                self.until_hits("line 100")
                browser.press(".hit")
                browser.until_sent("history")
                go_on(browser)
                self.page(41, 140, 141)
                browser.says(message(1001, "news"))
                browser.until(lambda: "news" in browser.texts(".message .text"), "the log")
                self.assertEqual(browser.texts(".message .text")[0], "line 901")
                self.assertEqual(len(browser.sent("history")), 1, "nobody wants to see it any more")

    def page(self, first, last, before):
        self.browser.hear(type="history", room="general", epoch="e-1", before=before, first=first, number=before - 1,
                          messages=[message(number, f"line {number}") for number in range(first, last + 1)], more=True)

    def first_and_last(self):
        texts = self.browser.texts(".message .text")
        return texts[:1] + texts[-1:]

    def scroll(self, place):
        self.browser.run("const it = document.getElementById('log-scroller'); it.scrollTop = arguments[0] === 'end' ? it.scrollHeight : 0", place)

    def test_who_reads_on_from_a_hit_of_long_ago_comes_to_the_log(self):
        browser = self.visit(*[message(number, f"line {number}") for number in range(401, 501)], more=True)
        self.look_for("line")
        self.answer(message(50, "line 50"))
        self.until_hits("line 50")
        browser.press(".hit")
        # Numbers near a page's end were given to changes.
        self.assertEqual(browser.until_sent("history")["before"], 91)
        self.page(11, 85, 91)
        browser.until(lambda: self.focused() == "line 50", "the message")
        self.scroll("beginning")
        browser.until(lambda: any(one["before"] == 11 for one in browser.sent("history")), "what is older to be asked for")
        browser.hear(type="history", room="general", epoch="e-1", before=11, first=1, number=10,
                     messages=[message(number, f"line {number}") for number in range(1, 11)], more=False)
        browser.until(lambda: self.first_and_last() == ["line 1", "line 85"], "what is older")
        self.scroll("end")
        browser.until(lambda: browser.sent("history")[-1]["before"] == 191, "what follows to be asked for")
        self.page(150, 190, 191)  # long messages: it does not reach back to 91
        browser.until(lambda: (browser.sent("history")[-1]["before"], browser.sent("history")[-1]["count"]) == (141, 50), "less to be asked for")
        self.page(91, 140, 141)
        browser.until(lambda: self.first_and_last() == ["line 1", "line 140"], "what follows")
        self.scroll("end")
        browser.until(lambda: browser.sent("history")[-1]["before"] == 241, "the next ones to be asked for")
        self.page(141, 240, 241)
        browser.until(lambda: self.first_and_last() == ["line 1", "line 240"], "the next ones")
        self.scroll("end")
        browser.until(lambda: browser.sent("history")[-1]["before"] == 341, "still more to be asked for")
        self.page(241, 340, 341)
        browser.until(lambda: self.first_and_last() == ["line 1", "line 340"], "still more")
        place = browser.run("return document.getElementById('log-scroller').scrollTop")
        self.scroll("end")
        browser.until(lambda: browser.sent("history")[-1]["before"] == 441, "what is before the log to be asked for")
        self.page(341, 440, 441)
        browser.until(lambda: self.first_and_last() == ["line 1", "line 500"], "the log")
        lines = [f"line {number}" for number in range(1, 501) if not 86 <= number <= 90]
        self.assertEqual(browser.texts(".message .text"), lines)
        self.assertGreater(browser.run("const it = document.getElementById('log-scroller'); return it.scrollHeight - it.scrollTop - it.clientHeight"), 600)
        self.assertGreaterEqual(browser.run("return document.getElementById('log-scroller').scrollTop"), place)
        browser.says(message(501, "news"))
        browser.until(lambda: self.first_and_last()[1] == "news", "the news")

    def test_a_hit_of_before_is_read_back_to(self):
        browser = self.visit(*[message(number, f"line {number}") for number in range(201, 301)], more=True)
        self.look_for("line")
        self.answer(message(150, "line 150"))
        self.until_hits("line 150")
        browser.press(".hit")
        self.assertEqual(browser.until_sent("history")["before"], 201)
        browser.hear(type="history", room="general", epoch="e-1", before=201, first=101, number=200,
                     messages=[message(number, f"line {number}") for number in range(101, 201)], more=True)
        browser.until(lambda: self.focused() == "line 150", "the message")
        self.assertEqual(browser.texts(".message .text")[-1], "line 300")

    def test_esc_goes_back_to_where_one_was(self):
        browser = self.visit(message(1, "one"))
        browser.run("document.getElementById('chat-message-input').focus()")
        self.look_for("one")
        self.answer(message(1, "one"))
        self.until_hits("one")
        browser.type(Keys.ARROW_DOWN, Keys.ARROW_UP)
        self.assertEqual(self.focused(), "search-text")
        browser.type(Keys.ESCAPE)
        self.assertEqual(self.focused(), "chat-message-input")
        self.assertFalse(browser.shown("#search"))


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
