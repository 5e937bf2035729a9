# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What changes a message on the page: edits, deletions, replies, reactions, by frames that the test gives: changes_test.py PARLOURD [TEST…]"""

import os
import sys
import unittest

from selenium.webdriver.common.keys import Keys

from fake_host import ME, PRIYA, FedBrowser, message, uuid
from host import Host

PARLOURD = sys.argv.pop(1)

REMOVED = "Message removed"


class Changes(unittest.TestCase):
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

    def focus_row(self, number):
        self.browser.run("document.querySelector(`[data-key='${arguments[0]}']`).focus()", uuid(number))

    # ---- what others change ----

    def test_an_edit_is_shown_in_place_and_where_it_is_quoted(self):
        first = message(1, "helo")
        browser = self.visit(first, message(2, "yes", ME, reply={"id": uuid(1), "number": 1, "sender": PRIYA, "text": "helo"}))
        self.assertEqual(browser.texts(".quote .line"), ["helo"])
        browser.changed(3, {**first, "text": "hello, <b>all</b>", "edited": 1795343941000})
        browser.until_rows("hello, <b>all</b>", "yes")
        self.assertEqual(browser.texts(".quote .line"), ["hello, <b>all</b>"])
        self.assertEqual(browser.texts(".edited:not([hidden])"), ["edited"])
        self.assertEqual(browser.chat_log_value, "hello, <b>all</b>\nyes\n")

    def test_a_deleted_text_is_nowhere_any_more(self):
        first = message(1, "a secret", reactions=[{"emoji": "👍", "people": [PRIYA]}])
        browser = self.visit(first, message(2, "which?", ME, reply={"id": uuid(1), "number": 1, "sender": PRIYA, "text": "a secret"}))
        browser.changed(3, {**message(1, ""), "deleted": True}, "delete")
        browser.until_rows("which?")
        self.assertEqual([REMOVED in text for text in browser.texts(".removed")], [True])
        self.assertEqual(browser.texts(".quote .line"), [REMOVED])
        self.assertNotIn("secret", browser.run("return document.documentElement.outerHTML"))
        self.assertEqual(browser.chat_log_value, "which?\n")

    def test_a_quote_leads_to_its_message(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 5) for number in range(1, 30)],
                             message(30, "see above", reply={"id": uuid(1), "number": 1, "sender": PRIYA, "text": "line 1"}))
        browser.press(".quote")
        browser.until(lambda: browser.run("return document.activeElement.dataset.key") == uuid(1), "the message")
        self.assertTrue(browser.shown("#latest"))

    def test_a_quote_leads_to_what_is_not_loaded_yet(self):
        browser = self.visit(message(60, "see above", reply={"id": uuid(3), "number": 3, "sender": PRIYA, "text": "x"}), more=True, first=51)
        browser.press(".quote")
        self.assertEqual(browser.until_sent("history")["before"], 51)
        browser.hear(type="history", room="general", epoch="e-1", before=51, first=11, number=50, messages=[], more=True)
        self.assertEqual(browser.until_sent("history", 2)["before"], 11)
        browser.hear(type="history", room="general", epoch="e-1", before=11, first=3, number=3, messages=[message(3, "the old one")], more=False)
        browser.until(lambda: browser.run("return document.activeElement.dataset.key") == uuid(3), "the message")

    def test_a_quote_of_nothing_says_so(self):
        for reply in ({"id": uuid(7)}, {"id": uuid(7), "number": 7, "sender": PRIYA, "text": "old"}):
            browser = self.visit(message(9, "see above", reply=reply), number=9)
            browser.press(".quote")
            browser.until(lambda: "not here any more" in browser.text("#trouble-text"), "the words")

    # ---- own changes ----

    def test_the_last_own_message_is_edited_by_arrow_up(self):
        browser = self.visit(message(1, "helo", ME), message(2, "of Priya"))
        browser.type(Keys.ARROW_UP)
        self.assertEqual(browser.run("return document.activeElement.value"), "helo")
        browser.type(Keys.BACKSPACE, "lo", Keys.ENTER)
        asked = browser.until_sent("edit")
        self.assertEqual((asked["of"], asked["text"], asked["room"]), (uuid(1), "hello", "general"))
        browser.until(lambda: browser.texts(".sending .text") == ["hello"], "the text on its way")
        self.assertEqual(browser.chat_log_value, "helo\nof Priya\n")
        browser.changed(3, message(1, "hello", ME, edited=1795343941000), id=asked["id"], by=ME)
        browser.until(lambda: browser.texts(".sending, .waiting") == [], "the answer")
        browser.until_rows("hello", "of Priya")

    def test_escape_leaves_an_edit_and_brings_the_draft_back(self):
        browser = self.visit(message(1, "mine", ME))
        browser.type("a draft")
        self.focus_row(1)
        browser.type("e")
        self.assertTrue(browser.shown("#composer-context"))
        browser.type("!!", Keys.ESCAPE)
        self.assertEqual(browser.run("return document.activeElement.value"), "a draft")
        self.assertFalse(browser.shown("#composer-context"))
        self.assertEqual(browser.sent("edit"), [])

    def test_a_change_waits_and_goes_out_once_more_with_its_id(self):
        browser = self.visit(message(1, "mine", ME))
        browser.run("drop()")
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        browser.until(lambda: browser.texts(".waiting .text") == ["mine now"], "the edit to wait")
        for count in (1, 2):
            browser.run("dispatchEvent(new Event('online'))")
            browser.until_sent("hello", count + 1)
            browser.welcome([])
            self.assertEqual(browser.until_sent("join", count + 1)["number"], 1)
            browser.hear(type="joined", room="general", epoch="e-1", number=1)
            browser.hear(type="history", room="general", epoch="e-1", after=1, messages=[], more=False, lost=False)
            browser.until_sent("edit", count)
            browser.run("drop()" if count == 1 else "")
        self.assertEqual(len({asked["id"] for asked in browser.sent("edit")}), 1)

    def test_an_edit_begins_from_the_one_that_waits(self):
        browser = self.visit(message(1, "mine", ME))
        browser.run("drop()")
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        browser.until(lambda: browser.texts(".waiting .text") == ["mine now"], "the edit to wait")
        browser.type(Keys.ARROW_UP)
        self.assertEqual(browser.run("return document.activeElement.value"), "mine now")
        browser.type(*[Keys.BACKSPACE] * 4, Keys.ENTER)
        browser.until(lambda: browser.texts(".waiting .text") == ["mine"], "it to be taken back")
        browser.type(Keys.ARROW_UP, Keys.ENTER)
        browser.run("dispatchEvent(new Event('online'))")
        browser.until_sent("hello", 2)
        browser.welcome([])
        browser.until_sent("join", 2)
        browser.hear(type="joined", room="general", epoch="e-1", number=1)
        browser.hear(type="history", room="general", epoch="e-1", after=1, messages=[], more=False, lost=False)
        browser.changed(2, message(1, "mine now", ME, edited=1795343941000), id=browser.until_sent("edit")["id"], by=ME)
        browser.changed(3, message(1, "mine", ME, edited=1795343942000), id=browser.until_sent("edit", 2)["id"], by=ME)
        browser.until(lambda: browser.texts(".waiting, .sending") == [], "the answers")
        browser.until_rows("mine")
        self.assertEqual([asked["text"] for asked in browser.sent("edit")], ["mine now", "mine"])

    def test_a_refused_edit_keeps_its_text_until_it_is_retried_or_dropped(self):
        browser = self.visit(message(1, "mine", ME))
        browser.type(Keys.ARROW_UP, " now", Keys.ENTER)
        def refuse(count):
            edit = browser.until_sent("edit", count)
            browser.hear(type="error", code="not_logged", message="", room="general", id=edit["id"])
            return edit
        refuse(1)
        browser.until(lambda: browser.texts(".failed .text") == ["mine now"], "the text")
        self.assertIn("Not changed", browser.text(".failed .delivery"))
        browser.press("[data-action=retryChange]")
        self.assertEqual(refuse(2)["text"], "mine now")
        browser.until(lambda: browser.texts(".failed .text") == ["mine now"], "the text again")
        browser.press("[data-action=discardChange]")
        browser.until_rows("mine")

    def test_deleting_asks_first_and_a_refusal_brings_it_back(self):
        browser = self.visit(message(1, "mine", ME))
        self.focus_row(1)
        browser.type(Keys.DELETE)
        self.assertIn("Delete this message?", browser.text(".actions"))
        browser.type(Keys.ENTER)  # the focus is on "Cancel"
        self.assertEqual(browser.sent("delete"), [])
        browser.type(Keys.ESCAPE, Keys.DELETE)
        browser.press("[data-do=removeNow]")
        asked = browser.until_sent("delete")
        browser.until_rows()
        browser.hear(type="error", code="not_logged", message="", room="general", id=asked["id"])
        browser.until_rows("mine")
        self.assertTrue(browser.shown("#trouble"))

    def test_a_reply_carries_the_id_and_shows_the_quote_on_its_way(self):
        browser = self.visit(message(1, "shall we?"))
        self.focus_row(1)
        browser.type("q")
        self.assertIn("Priya", browser.text("#context-title"))
        browser.post_message("yes")
        self.assertEqual(browser.until_sent("say")["reply"], uuid(1))
        browser.until(lambda: browser.texts(".sending .quote .line") == ["shall we?"], "the quote")
        self.assertFalse(browser.shown("#composer-context"))
        browser.says(message(2, "yes", ME, id=browser.sent("say")[0]["id"], reply={"id": uuid(1), "number": 1, "sender": PRIYA, "text": "shall we?"}))
        browser.post_message("more")
        self.assertNotIn("reply", browser.until_sent("say", 2))

    def test_a_reply_that_waits_is_one_after_the_page_is_loaded_again(self):
        browser = self.visit(message(1, "shall we?"))
        browser.run("drop()")
        self.focus_row(1)
        browser.type("q")
        browser.post_message("yes")
        browser.until(lambda: browser.texts(".waiting .text") == ["yes"], "the reply to wait")
        self.visit(message(1, "shall we?"))
        self.assertEqual(browser.until_sent("say")["reply"], uuid(1))

    def test_only_what_one_may_is_offered(self):
        offered = lambda: browser.run("return Array.from(document.querySelectorAll('.actions button'), (b) => b.dataset.do)")
        for role, of, expected in (("guest", 1, ["react", "reply"]), ("guest", 2, ["react", "reply", "edit", "remove"]),
                                   ("moderator", 1, ["react", "reply", "remove"]), ("owner", 1, ["react", "reply"]), ("read-only", 1, [])):
            with self.subTest(role=role, of=of):
                browser = self.visit(message(1, "hers"), message(2, "mine", ME), people=({**ME, "role": role}, PRIYA))
                self.focus_row(of)
                self.assertEqual(offered(), expected)

    def test_who_clicks_a_message_and_types_writes_in_the_composer(self):
        browser = self.visit(message(1, "mine", ME))
        browser.press(".message .text")
        browser.type("er")
        self.assertEqual(browser.run("return document.activeElement.value"), "er")
        self.assertFalse(browser.shown("#composer-context"))

    # ---- reactions ----

    def test_reactions_are_chips_and_ones_own_stands_out(self):
        browser = self.visit(message(1, "done", reactions=[{"emoji": "👍", "people": [PRIYA]}, {"emoji": "🎉", "people": [PRIYA, ME]}]))
        pressed = lambda: browser.run("return Array.from(document.querySelectorAll('.chip'), (c) => [c.textContent, c.ariaPressed])")
        self.assertEqual(pressed(), [["👍1", "false"], ["🎉2", "true"]])
        browser.press("[data-emoji=👍]")
        asked = browser.until_sent("react")
        self.assertEqual((asked["of"], asked["emoji"], asked["on"]), (uuid(1), "👍", True))
        browser.until(lambda: pressed()[0] == ["👍2", "true"], "the own one at once")
        browser.changed(2, message(1, "done", reactions=[{"emoji": "👍", "people": [PRIYA, ME]}]), "react", asked["id"], ME)
        browser.until(lambda: pressed() == [["👍2", "true"]], "what the host says")
        browser.press("[data-emoji=👍]")
        self.assertFalse(browser.until_sent("react", 2)["on"])

    def test_an_emoji_is_chosen_by_keys(self):
        browser = self.visit(message(1, "done"), message(2, "well"))
        self.focus_row(2)
        browser.type(Keys.ARROW_UP, "r", Keys.ARROW_RIGHT, Keys.ENTER)
        self.assertEqual(browser.until_sent("react")["emoji"], "❤️")
        self.assertEqual(browser.run("return document.activeElement.dataset.key"), uuid(1))
        browser.type(Keys.ENTER, Keys.ARROW_RIGHT)
        self.assertEqual(browser.run("return document.activeElement.dataset.do"), "reply")
        browser.type(Keys.ESCAPE, Keys.ESCAPE)
        self.assertEqual(browser.run("return document.activeElement.id"), "chat-message-input")

    def test_a_refused_reaction_is_taken_back(self):
        browser = self.visit(message(1, "done", reactions=[{"emoji": "👍", "people": [PRIYA]}]))
        browser.press(".chip")
        asked = browser.until_sent("react")
        browser.until(lambda: browser.texts(".chip b") == ["2"], "the own one")
        browser.hear(type="error", code="too_many_reactions", message="", room="general", id=asked["id"])
        browser.until(lambda: browser.texts(".chip b") == ["1"], "it to go")
        self.assertIn("too many reactions", browser.text("#trouble-text"))

    # ---- numbers ----

    def test_a_change_that_is_not_the_next_number_is_asked_for(self):
        browser = self.visit(message(1, "one"))
        browser.changed(3, message(1, "three"))
        self.assertEqual(browser.until_sent("join", 2)["number"], 1)
        self.assertEqual(browser.texts(".message .text"), ["one"])
        browser.hear(type="joined", room="general", epoch="e-1", number=4)
        browser.hear(type="history", room="general", epoch="e-1", after=1, first=2, number=3, messages=[message(2, "two")],
                     changed=[message(1, "three")], more=True, lost=False)
        self.assertEqual(browser.until_sent("history")["after"], 3)
        browser.hear(type="history", room="general", epoch="e-1", after=3, first=4, number=4, messages=[], more=False, lost=False,
                     changed=[{**message(2, ""), "deleted": True}])
        browser.until_rows("three")
        browser.says(message(5, "five"))
        browser.until_rows("three", "five")
        self.assertEqual(len(browser.sent("join")), 2)

    def test_an_answer_without_a_number_of_its_own_moves_nothing(self):
        browser = self.visit(message(1, "one", reactions=[{"emoji": "👍", "people": [PRIYA]}]), message(2, "two"), number=3)
        browser.press(".chip")
        browser.changed(3, message(1, "one", reactions=[{"emoji": "👍", "people": [PRIYA, ME]}]), "react", browser.until_sent("react")["id"], ME)
        browser.says(message(4, "four"))
        browser.until_rows("one", "two", "four")
        self.assertEqual(len(browser.sent("join")), 1)

    def test_a_page_back_without_messages_is_not_the_end(self):
        browser = self.visit(message(60, "sixty"), more=True, first=51)
        self.assertEqual(browser.until_sent("history")["before"], 51)
        browser.hear(type="history", room="general", epoch="e-1", before=51, first=31, number=50, messages=[], more=True)
        self.assertEqual(browser.until_sent("history", 2)["before"], 31)
        browser.hear(type="history", room="general", epoch="e-1", before=31, first=9, number=9, messages=[message(9, "nine")], more=False)
        browser.until_rows("nine", "sixty")
        self.assertFalse(browser.shown("#log-older"))


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
