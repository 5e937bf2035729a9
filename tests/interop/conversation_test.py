# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The desktop app hosts; its window, its page and Django's page hold one conversation.

conversation_test.py PARLOUR BACKEND (within with_desktop.sh)
"""

import sys
import tempfile
import unittest
from pathlib import Path

from people import Plain
from stack import HERE, DjangoSite, RedisServer

sys.path[:0] = [str(HERE.parent / "journey")]

from browser import Browser  # noqa: E402: of the page's tests
from desktop_app import App, wait  # noqa: E402

PARLOUR, BACKEND = sys.argv.pop(1), sys.argv.pop(1)
LINES = {"app": "Доброе утро from the window", "page": "from the host's page 👋", "django": "from Django's page, ёж"}


class Conversation(unittest.TestCase):
    def ended(self, thing, end="end"):
        self.addCleanup(getattr(thing, end))
        return thing

    def host(self, redis):
        folder = self.ended(tempfile.TemporaryDirectory(ignore_cleanup_errors=True), "cleanup")
        app = self.ended(App(PARLOUR, str(Path(folder.name) / "a"), "--listen", "127.0.0.1:0", "--title", "Studio North",
                             "--layer", f"redis-{BACKEND}", "--redis", redis.url, log=open(Path(folder.name) / "log", "w")))
        app.type("Your name", "Ann")
        app.click("push button", "Host a room")
        wait("the address in the hosting bar", lambda: "127.0.0.1:" in app.label("Address"))
        return app

    def test_one_conversation(self):
        redis = self.ended(RedisServer())
        site = self.ended(DjangoSite(redis, BACKEND))
        app = self.host(redis)
        page, django = self.ended(Browser(), "quit"), self.ended(Browser(), "quit")
        page.driver.get(f"http://{app.label('Address').strip()}/chat/general/")
        page.until_joined("general")
        probe = self.ended(Plain(site.socket("general")))  # the page says nothing of its socket
        django.driver.get(site.page("general"))
        django.until(lambda: django.run("return chatSocket.readyState") == 1, "Django's page to be connected")

        app.type("Message", LINES["app"])
        app.click("push button", "Send")
        page.until_log_has(LINES["app"])
        page.post_message(LINES["page"])
        django.until_log_has(LINES["page"])
        django.post_message(LINES["django"])

        for browser in (page, django):
            for line in LINES.values():
                browser.until_log_has(line)
        for line in LINES.values():
            probe.hears(line)
            wait(f"{line!r} in the app", lambda: any(line in row for row in app.rows("list", "Messages")))
        rows = app.rows("list", "Messages")
        self.assertEqual(len([row for row in rows if any(line in row for line in LINES.values())]), 3, rows)
        self.assertTrue(any(row.startswith("Django, ") and LINES["django"] in row for row in rows), rows)
        self.assertEqual(probe.heard, list(LINES.values()))


if __name__ == "__main__":
    unittest.main(verbosity=2)
