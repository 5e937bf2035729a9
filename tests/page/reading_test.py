# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What a person has seen, who speaks to whom and who writes, by frames that the test gives: reading_test.py PARLOURD [TEST…]"""

import os
import sys
import unittest

from selenium.webdriver.common.keys import Keys

from fake_host import ME, PRIYA, FedBrowser, message, uuid
from host import Host

PARLOURD = sys.argv.pop(1)

TOM = {"id": "p-3", "name": "Tom", "role": "guest", "via": "browser"}

# Six seconds are over when a test says forget().
CLOCK = """
const real = setTimeout;
window.forget = () => {};
window.setTimeout = (task, delay) => delay === 6000 ? (window.forget = task, 0) : real(task, delay);
"""

# What the page's own module finds.
MENTIONS = """
const [names, text, done] = arguments;
import('/static/mentions.js').then(({ Mentions }) => done(new Mentions(names).in(text)
  .map(({ start, end, name }) => [text.slice(start, end), name])));
"""


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, "native")
        cls.browser = FedBrowser()
        cls.browser.starts_with(CLOCK)

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

    def read_up_to(self, number):
        return [{"room": "general", "epoch": "e-1", "number": number}]

    def parts(self):
        """The log's rows: texts, and "New" for the line."""
        return self.browser.run("""return Array.from(document.querySelectorAll('.message .text, .new-line'),
            (node) => node.matches('.new-line') ? 'New' : node.textContent)""")

    # ---- reading ----

    def test_what_is_seen_is_told_the_host(self):
        browser = self.visit(message(1, "one"))
        self.assertEqual(browser.until_sent("read"), {"type": "read", "room": "general", "epoch": "e-1", "number": 1})
        browser.says(message(2, "two"))
        browser.changed(3, message(1, "changed"))
        browser.until(lambda: browser.sent("read")[-1]["number"] == 3, "the change to be seen, too")

    def test_a_room_opens_at_the_first_unread_message(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(1, 41)], read=self.read_up_to(20))
        browser.until(lambda: browser.shown("#latest"), "the way to the end")
        self.assertEqual(self.parts()[19:22], ["line 20\n" * 4, "New", "line 21\n" * 4])
        self.assertTrue(browser.run("""const line = document.querySelector('.new-line').getBoundingClientRect();
            const view = document.getElementById('log-scroller').getBoundingClientRect();
            return view.top < line.top && line.top < view.top + view.height / 2;"""))
        self.assertEqual(browser.text("#latest-new"), "20 new")
        self.assertTrue(browser.driver.title.startswith("(20) "), browser.driver.title)
        self.assertEqual(browser.sent("read"), [])
        browser.press("#latest")
        self.assertEqual(browser.until_sent("read")["number"], 40)
        browser.until(lambda: browser.driver.title.startswith("general"), "the number to go")
        self.assertEqual(self.parts()[20], "New")

    def test_what_fits_is_read_at_once_and_the_line_stays(self):
        browser = self.visit(message(1, "old"), message(2, "mine", ME), message(3, "new"), read=self.read_up_to(1))
        self.assertEqual(browser.until_sent("read")["number"], 3)
        self.assertEqual(self.parts(), ["old", "mine", "New", "new"])
        browser.says(message(4, "newer"))
        browser.until_rows("old", "mine", "new", "newer")
        self.assertEqual(self.parts(), ["old", "mine", "New", "new", "newer"])
        browser.post_message("an answer")
        browser.until(lambda: "New" not in self.parts(), "the line to go")

    def test_another_device_has_read_it(self):
        side = {"room": "side", "title": "side", "epoch": "e-2", "number": 7, "people": 1}
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(1, 41)], listed=[side],
                             read=[*self.read_up_to(20), {"room": "side", "epoch": "e-2", "number": 5}])
        badge = lambda: browser.text("a[data-room=general] .badge")
        browser.until(lambda: badge() == "20", "what is unread")
        self.assertEqual(browser.texts(".room.unread .name"), ["general", "side"])
        browser.hear(type="read", room="side", epoch="e-2", number=7)
        browser.hear(type="read", room="general", epoch="e-1", number=38)
        browser.until(lambda: badge() == "2", "the rest")
        browser.hear(type="read", room="general", epoch="e-1", number=30)
        self.assertEqual(badge(), "2")
        self.assertEqual(browser.texts(".room.unread .name"), ["general"])

    def test_what_is_not_here_is_unread_too(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(101, 141)], read=self.read_up_to(70), more=True)
        browser.until(lambda: browser.text("#latest-new") == "70 new", "what is unread")
        self.assertEqual(self.parts()[0], "New")
        self.assertEqual(browser.until_sent("history")["before"], 101)
        # Of those that come, three numbers were given to changes, and one message is this person's.
        page = [message(number, f"line {number}\n" * 4, ME if number == 90 else PRIYA) for number in range(61, 101) if number not in (80, 81, 82)]
        browser.hear(type="history", room="general", epoch="e-1", before=101, first=61, number=100, messages=page, more=True)
        browser.until(lambda: browser.text("#latest-new") == "66 new", "what is known now")
        self.assertEqual(self.parts()[9:12], ["line 70\n" * 4, "New", "line 71\n" * 4])
        browser.hear(type="read", room="general", epoch="e-1", number=120)
        browser.until(lambda: browser.text("#latest-new") == "20 new", "the rest")

    def test_what_the_host_has_no_more_is_not_unread(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(101, 141)], read=self.read_up_to(70))
        browser.until(lambda: browser.text("#latest-new") == "40 new", "what is unread")

    def test_a_deleted_message_is_not_unread(self):
        browser = self.visit(*[message(number, f"line {number}\n" * 4) for number in range(1, 41)], read=self.read_up_to(20))
        browser.until(lambda: browser.text("#latest-new") == "20 new", "what is unread")
        browser.changed(41, {**message(40, ""), "deleted": True}, "delete")
        browser.until(lambda: browser.text("#latest-new") == "19 new", "one less")

    # ---- mentions ----

    def test_who_is_spoken_to_sees_it(self):
        browser = self.visit(message(1, "@ANN look, https://example.org/@Ann"), message(2, "@Tom not you"), message(3, "I am @Ann", ME),
                             people=(ME, PRIYA, TOM))
        self.assertEqual(browser.texts(".mentioned .text"), ["@ANN look, https://example.org/@Ann"])
        self.assertEqual(browser.texts(".at"), ["@ANN", "@Tom", "@Ann"])
        self.assertIn("Mentions you", browser.run("return document.querySelector('.mentioned').ariaLabel"))
        self.assertEqual(browser.texts(".mentioned a"), ["https://example.org/@Ann"])

    def test_a_mention_that_nobody_saw_is_in_the_title_and_the_list(self):
        browser = self.visit(message(1, "one"))
        browser.run("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
        browser.says(message(2, "two"))
        browser.says(message(3, "@Ann three"))
        browser.until(lambda: browser.driver.title.startswith("(@1) general"), "the title")
        self.assertEqual(browser.texts(".badge.mention"), ["@1"])
        self.assertIn("1 mention", browser.text("a[data-room=general] .unread-words"))
        browser.changed(4, message(1, "changed"))
        browser.until(lambda: browser.texts(".badge.mention") == ["@1"] and "changed" in browser.chat_log_value, "it to stay")
        self.assertIn("2 unread", browser.text("a[data-room=general] .unread-words"))
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
        browser.until(lambda: browser.driver.title.startswith("general"), "it to be seen")

    def test_the_rules_of_mentions_are_the_apps(self):
        browser = self.visit()
        for text, names, expected in (
                ("@ann, @Anna and mail@ann", ["Ann"], [["@ann", "Ann"]]),
                ("@Anna Kovaleva!", ["Anna", "Anna Kovaleva"], [["@Anna Kovaleva", "Anna Kovaleva"]]),
                ("@Ann#2 and @Ann# and @Ann", ["Ann"], [["@Ann", "Ann"], ["@Ann", "Ann"]]),
                ("привет, @АННА! @Аннализа", ["Анна"], [["@АННА", "Анна"]]),
                ("@И\u0306ван @Иван", ["Иван"], [["@Иван", "Иван"]]),
                ("😀@Tom_ @Tom", ["Tom"], [["@Tom", "Tom"]]),
                ("(@Zoë)", ["zoë", ""], [["@Zoë", "zoë"]])):
            with self.subTest(text=text):
                self.assertEqual(browser.driver.execute_async_script(MENTIONS, names, text), expected)

    # ---- typing ----

    def type_of(self, person, typing=True):
        self.browser.hear(type="typing", room="general", person={"id": person["id"], "name": person["name"]}, typing=typing)

    def line(self):
        return self.browser.text("#typing")

    def test_who_writes_is_shown_until_it_is_over(self):
        browser = self.visit(people=(ME, PRIYA, TOM))
        self.type_of(PRIYA)
        self.assertEqual(self.line(), "Priya is typing…")
        self.type_of(TOM)
        self.assertEqual(self.line(), "Priya and Tom are typing…")
        browser.run("forget()")
        self.assertEqual(self.line(), "Priya is typing…")
        browser.says(message(1, "said"))
        self.assertEqual(self.line(), "")
        for end in (lambda: self.type_of(TOM, False), lambda: browser.hear(type="members", room="general", joined=[], left=[TOM], changed=[])):
            self.type_of(TOM)
            self.assertEqual(self.line(), "Tom is typing…")
            end()
            self.assertEqual(self.line(), "")
        self.type_of(ME)
        self.assertEqual(self.line(), "")

    def test_others_are_told_every_three_seconds_and_at_the_end(self):
        browser = self.visit()
        browser.run("const still = Date.now(); Date.now = () => still + (window.passed ?? 0);")
        told = lambda: [frame["typing"] for frame in browser.sent("typing")]
        browser.type("some words")
        self.assertEqual(told(), [True])
        browser.run("passed = 3000")
        browser.type(" more")
        self.assertEqual(told(), [True, True])
        browser.type(*[Keys.BACKSPACE] * 15)
        self.assertEqual(told(), [True, True, False])
        browser.run("passed = 6000")
        browser.post_message("said")
        browser.until_sent("say")
        self.assertEqual(told(), [True, True, False, True])

    def test_who_switches_it_off_is_seen_by_nobody(self):
        browser = self.visit()
        browser.type("x")
        browser.press("#tell-typing")
        self.assertEqual([frame["typing"] for frame in browser.sent("typing")], [True, False])
        self.visit()
        self.assertFalse(browser.run("return document.getElementById('tell-typing').checked"))
        browser.run("document.getElementById('chat-message-input').focus()")
        browser.type("nobody sees this")
        self.assertEqual(browser.sent("typing"), [])


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
