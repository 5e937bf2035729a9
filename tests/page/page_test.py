# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The web page in Chromium, served by the real parlourd on both engines: page_test.py PARLOURD [TEST…]"""

import os
import sys
import unittest
import urllib.request
from urllib.parse import quote

from selenium.webdriver.common.keys import Keys

import tutorial
from browser import Browser
from host import Host

PARLOURD = sys.argv.pop(1)

HOSTILE = "<img src=x onerror=\"document.title='owned'\"></script><script>document.title='owned'</script>&lt;"

NO_STORAGE = """
for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
"""

KEEP_SOCKET = """
const Real = WebSocket;
window.WebSocket = class extends Real {
  constructor(...parts) { super(...parts); window.pageSocket = this; }
};
window.hear = (frame) => window.pageSocket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
"""

# Five minutes are over when a test says leave().
KEEP_AWAY = """
const later = setTimeout;
window.setTimeout = (task, delay) => delay === 300000 ? void (window.leave = task) : later(task, delay);
const { send } = WebSocket.prototype;
window.told = [];
WebSocket.prototype.send = function (text) { send.call(this, text); told.push(JSON.parse(text).away); };
"""

CATALOGUES = """
const done = arguments[arguments.length - 1];
import('/static/strings.js').then(({ catalogues }) => done(catalogues));
"""


class PageCase:
    """The cases; each engine has a class of them below."""

    engine = ""

    @classmethod
    def setUpClass(cls):
        cls.host = Host(PARLOURD, cls.engine)
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.host.stop()

    def setUp(self):
        self.lobby = self.host.url + "chat/"

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])
        self.browser.close_all_new_windows()
        self.browser.driver.get("about:blank")

    def visit(self, room, browser=None):
        browser = browser or self.browser
        browser.driver.get(f"{self.lobby}{quote(room, safe='')}/")
        browser.until_joined(room)

    def visit_in_two_windows(self, room):
        self.visit(room)
        self.browser.open_new_window()
        self.visit(room)

    # ---- the tutorial ----

    def test_when_chat_message_posted_then_seen_by_everyone_in_same_room(self):
        browser = self.browser
        browser.enter_chat_room(self.lobby, "room_1")
        browser.open_new_window()
        browser.enter_chat_room(self.lobby, "room_1")
        browser.switch_to_window(0)
        browser.post_message("hello")
        browser.until_log_has("hello")
        browser.switch_to_window(1)
        browser.until_log_has("hello")

    def test_when_chat_message_posted_then_not_seen_by_anyone_in_different_room(self):
        browser = self.browser
        browser.enter_chat_room(self.lobby, "room_3")
        browser.open_new_window()
        browser.enter_chat_room(self.lobby, "room_2")
        browser.switch_to_window(0)
        browser.post_message("hello")
        browser.until_log_has("hello")
        browser.switch_to_window(1)
        browser.post_message("world")
        browser.until_log_has("world")
        self.assertNotIn("hello", browser.chat_log_value)

    def test_the_tutorials_own_page_talks_with_ours(self):
        browser = self.browser
        self.visit("plain")
        browser.open_new_window()
        browser.driver.get(self.host.url + "healthz")  # of our origin, with no script of its own
        browser.run("document.body.innerHTML = arguments[0]", tutorial.BODY.replace("ROOM", "plain"))
        browser.run(tutorial.SCRIPT + "window.tutorialSocket = chatSocket;")
        browser.until(lambda: browser.run("return tutorialSocket.readyState === WebSocket.OPEN"), "the tutorial's socket")
        browser.post_message("from the tutorial")
        browser.until_log_has("from the tutorial\n")
        browser.switch_to_window(0)
        browser.until_log_has("from the tutorial\n")
        browser.post_message("from our page, привет")
        browser.until_log_has("from our page")
        browser.switch_to_window(1)
        browser.until_log_has("from our page, привет\n")

    # ---- what was typed ----

    def test_keys_typed_before_the_script_is_ready_are_sent(self):
        browser = Browser(wait_for_load=False)
        self.addCleanup(browser.quit)
        # The script's request is held until Fetch.disable lets it go.
        browser.driver.execute_cdp_cmd("Fetch.enable", {"patterns": [{"urlPattern": "*/room_page.js"}]})
        browser.driver.get(self.lobby + "early/")
        browser.until(lambda: browser.run("return document.activeElement?.id") == "chat-message-input", "the focus")
        self.assertIsNone(browser.chat_log_value, "the script was ready before the first key")
        browser.post_message("early words")
        browser.type("half a sen")
        browser.driver.execute_cdp_cmd("Fetch.disable", {})
        browser.until_log_has("early words\n")
        browser.type("tence")
        self.assertEqual(browser.run("return document.activeElement.value"), "half a sentence")

    def test_the_host_is_killed_and_comes_back(self):
        browser = self.browser
        self.visit_in_two_windows("lasting")
        browser.post_message("before")
        browser.until_log_has("before")
        self.host.kill()
        browser.until(lambda: browser.shown("#strip"), "the strip that says so")
        browser.post_message("while away")
        browser.until(lambda: browser.texts(".waiting .text") == ["while away"], "the message to wait")
        browser.type("still being writ")
        self.host.start()
        for window in (1, 0):
            browser.switch_to_window(window)
            browser.until_log_has("while away")
            self.assertEqual(browser.chat_log_value.count("while away"), 1)
            self.assertEqual(browser.texts(".text").count("while away"), 1)
            browser.until(lambda: not browser.shown("#strip"), "the strip to go")
        browser.switch_to_window(1)
        self.assertEqual(browser.texts(".waiting, .sending, .failed"), [])
        self.assertEqual(browser.run("return document.activeElement.value"), "still being writ")

    def test_rooms_change_in_place_and_keep_their_drafts(self):
        browser = self.browser
        self.visit("side room")
        browser.run("window.samePage = true")
        browser.type("a draft")
        browser.press("a[data-room=general]")
        browser.until_joined("general")
        self.assertEqual(browser.driver.current_url, self.lobby + "general/")
        browser.post_message("said in general")
        browser.until_log_has("said in general")
        browser.driver.back()
        browser.until_joined("side room")
        self.assertNotIn("said in general", browser.chat_log_value)
        self.assertEqual(browser.run("return document.getElementById('chat-message-input').value"), "a draft")
        self.assertTrue(browser.run("return window.samePage === true"))

    def test_what_comes_unseen_is_counted(self):
        browser = self.browser
        other = Browser()
        self.addCleanup(other.quit)
        self.visit("counted", other)
        self.visit("counted")
        browser.press("a[data-room=general]")
        browser.until_joined("general")
        other.post_message("while you were in general")
        browser.until(lambda: browser.text("a[data-room=counted] .badge") == "1", "the badge")
        browser.until(lambda: browser.driver.title.startswith("(1) general"), "the number in the title")
        browser.press("a[data-room=counted]")
        browser.until_log_has("while you were in general")
        browser.until(lambda: browser.driver.title.startswith("counted"), "the number to go")
        self.assertEqual(len(browser.texts(".new-line")), 1)

    def test_shift_and_enter_begins_a_new_line(self):
        self.visit("lines")
        self.browser.type("one")
        self.browser.type_with(Keys.SHIFT, Keys.ENTER)
        self.browser.post_message("two")
        self.browser.until(lambda: self.browser.texts(".text") == ["one\ntwo"], "one message of two lines")

    # ---- people ----

    def rename(self, browser, name):
        browser.press("#my-name")
        browser.type(name, Keys.ENTER)

    def test_a_new_name_is_seen_by_others_and_kept(self):
        browser = self.browser
        other = Browser()
        self.addCleanup(other.quit)
        self.visit("names", other)
        self.visit("names")
        self.rename(browser, "Анна Иванова")
        for one in (browser, other):
            one.until(lambda: "Анна Иванова" in one.texts(".member .name"), "the new name")
        browser.driver.refresh()
        browser.until_joined("names")
        self.assertEqual(browser.text("#my-name .name"), "Анна Иванова")

    def test_a_bad_name_is_refused_in_words(self):
        browser = self.browser
        other = Browser()
        self.addCleanup(other.quit)
        self.visit("names")
        self.visit("names", other)
        self.rename(browser, "Petra")
        browser.until(lambda: browser.text("#my-name .name") == "Petra", "the name")
        self.rename(browser, "x" * 41)
        browser.until(lambda: "40" in browser.text("#name-problem"), "words about the length")
        before = other.text("#my-name .name")
        self.rename(other, "P\N{CYRILLIC SMALL LETTER IE}tra")
        other.until(lambda: "looks like" in other.text("#name-problem"), "the host's reason")
        for one, name in ((browser, "Petra"), (other, before)):
            one.type(Keys.ESCAPE)
            self.assertEqual(one.text("#my-name .name"), name)

    def test_storage_that_is_forbidden_stops_nothing(self):
        browser = Browser()
        self.addCleanup(browser.quit)
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_STORAGE})
        self.visit("no storage", browser)
        browser.post_message("said anyway")
        browser.until_log_has("said anyway")
        self.assertEqual(browser.complaints(), [])

    # ---- other hosts ----

    def test_the_way_to_other_hosts_is_lost_and_found(self):
        for language, words in (("en-GB", "The room goes on here."), ("ru-RU", "Комната работает здесь.")):
            browser = Browser(language=language)
            self.addCleanup(browser.quit)
            browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP_SOCKET})
            self.visit("shared", browser)
            browser.run("hear({ type: 'of the future' }); hear({ type: 'shared', state: 'away' });")
            self.assertFalse(browser.shown("#bridge"), "a short break is nobody's business")
            browser.until(lambda: browser.shown("#bridge"), "the strip")
            self.assertIn(words, browser.text("#bridge"))
            browser.post_message("said meanwhile")
            browser.until_log_has("said meanwhile")
            browser.run("hear({ type: 'shared', state: 'up' });")
            self.assertFalse(browser.shown("#bridge"))

    def test_people_of_other_hosts_have_its_name_below(self):
        browser = Browser()
        self.addCleanup(browser.quit)
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP_SOCKET})
        self.visit("shared", browser)
        browser.run("""hear({ type: 'members', room: 'shared', left: [], changed: [], joined: [
          { id: 'p-7', name: 'Ivo', role: 'owner', via: 'app', host: '<b>Studio</b> South', away: true }] });""")
        browser.until(lambda: browser.texts(".member .role") == ["Away · <b>Studio</b> South"], "his host")
        self.assertTrue(browser.shown(".member .dot.away"))
        self.assertEqual(browser.run("return document.querySelectorAll('.role.accent').length"), 0)

    def test_who_leaves_the_page_alone_is_away_over_a_reconnect_too(self):
        browser = Browser()
        self.addCleanup(browser.quit)
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP_AWAY + KEEP_SOCKET})
        self.visit("alone", browser)
        told = lambda: browser.run("return told.filter((away) => away !== undefined)")
        browser.run("leave()")
        browser.until(lambda: browser.texts(".member .role") == ["Away"], "being away")
        browser.run("pageSocket.close()")
        browser.until(lambda: told() == [True, True], "being away again")
        browser.type("x")
        browser.until(lambda: browser.texts(".member .role") == [] and told() == [True, True, False], "being here")

    # ---- safety ----

    def test_markup_is_shown_as_text(self):
        browser = self.browser
        self.visit("<b>&amp;bold")
        browser.post_message(HOSTILE)
        browser.until_log_has(HOSTILE)
        browser.until(lambda: HOSTILE in browser.texts(".text"), "the row")
        self.assertEqual(browser.run("return document.querySelectorAll('.text *, #chat-log script').length"), 0)
        self.assertIn("<b>&amp;bold", browser.driver.title)

    def test_only_web_addresses_become_links(self):
        self.visit("links")
        self.browser.post_message("javascript:alert(1) data:text/html,x https://example.org/a?b=1, end")
        self.browser.until(lambda: self.browser.texts(".text a") == ["https://example.org/a?b=1"], "one link")

    def test_nothing_is_asked_of_any_other_site_and_the_policy_is_strict(self):
        self.visit("general")
        origins = self.browser.run(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
            ".filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:'))")
        self.assertEqual(origins, [])
        for page in ("", "general/"):
            with urllib.request.urlopen(self.lobby + page) as answer:
                policy = answer.headers["Content-Security-Policy"]
            for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
                self.assertIn(part, policy)
            self.assertNotIn("unsafe", policy)

    # ---- lobby ----

    def test_the_lobby_lists_rooms_and_explains_bad_names(self):
        browser = self.browser
        browser.driver.get(self.lobby)
        browser.until(lambda: "general" in browser.texts(".lobby-room .name"), "the room general")
        self.assertIn("Studio North", browser.text("#host-heading"))
        for name, words in (("", "Type the name"), ("a/b", "no /"), ("..", "no room names"), ("x" * 201, "200")):
            browser.run("document.getElementById('room-name-input').value = arguments[0]", name)
            browser.press("#room-name-submit")
            browser.until(lambda: words in browser.text("#room-problem"), f"words about {name[:5]!r}")
            self.assertEqual(browser.driver.current_url, self.lobby)

    def test_the_lobby_says_when_rooms_cannot_be_loaded(self):
        browser = self.browser
        browser.driver.execute_cdp_cmd("Network.enable", {})
        browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/rooms.json"]})
        browser.driver.get(self.lobby)
        browser.until(lambda: "could not be loaded" in browser.text("#lobby-rooms"), "the sentence")
        browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
        browser.press("#lobby-rooms button")
        browser.until(lambda: "general" in browser.texts(".lobby-room .name"), "the rooms after all")
        browser.driver.get_log("browser")  # the blocked request was meant

    # ---- language ----

    def test_a_russian_browser_gets_a_russian_page(self):
        browser = Browser(language="ru-RU")
        self.addCleanup(browser.quit)
        browser.driver.get(self.lobby)
        browser.until(lambda: browser.text("label[for=room-name-input]") == "Название комнаты", "Russian words")
        browser.type("Привет мир", Keys.ENTER)
        browser.until_joined("Привет мир")
        browser.post_message("Съешь ещё этих мягких французских булок")
        browser.until_log_has("Съешь ещё этих мягких французских булок\n")
        self.assertEqual(browser.text("#members h2"), "Сейчас здесь")
        self.assertEqual(browser.run("return document.documentElement.lang"), "ru")
        self.assertEqual(browser.complaints(), [])

    def test_both_languages_are_complete(self):
        self.browser.driver.get(self.lobby)
        catalogues = self.browser.driver.execute_async_script(CATALOGUES)
        english, russian = catalogues["en"], catalogues["ru"]
        self.assertEqual(sorted(english), sorted(russian))
        for key, value in russian.items():
            self.assertEqual(isinstance(value, dict), isinstance(english[key], dict), key)
            if isinstance(value, dict):
                self.assertEqual(sorted(value), ["few", "many", "one", "other"], key)


class NativeEngine(PageCase, unittest.TestCase):
    engine = "native"


class QtEngine(PageCase, unittest.TestCase):
    engine = "qt"


class Encrypted(unittest.TestCase):
    """The page over https and its socket over wss."""

    def talk(self, engine):
        host = Host(PARLOURD, engine, "--tls")
        self.addCleanup(host.stop)
        browser = Browser("en-GB", True, "--ignore-certificate-errors")
        self.addCleanup(browser.quit)
        self.assertTrue(host.url.startswith("https://"), host.url)
        browser.driver.get(f"{host.url}chat/general/")
        browser.until_joined("general")
        browser.post_message("nobody reads along")
        browser.until_log_has("nobody reads along")
        self.assertEqual(browser.complaints(), [])

    def test_native(self):
        self.talk("native")

    def test_qt(self):
        self.talk("qt")


if __name__ == "__main__":
    if not os.access(PARLOURD, os.X_OK):
        sys.exit(f"{PARLOURD}: no program; build the target parlourd first")
    unittest.main(verbosity=2)
