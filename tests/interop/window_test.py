# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A person shares rooms through Redis, by the window alone, and sees how that goes.

window_test.py PARLOUR, on a desktop of its own (tests/journey/with_desktop.sh).
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "journey"))

from desktop_app import App, wait  # noqa: E402
from stack import RedisServer  # noqa: E402

ANSWER = "Result of the test"


def step(text):
    print(f"-- {text}", flush=True)


class Window:
    def __init__(self, program, folder):
        self.server = RedisServer()
        self.data = os.path.join(folder, "ann")
        self.app = App(program, self.data, "--name", "Ann", "--host", "Studio North", "--listen", "127.0.0.1:0")

    def end(self):
        self.app.end()
        self.server.end()

    def answers(self, address, words):
        """A click is done when the app gets to it: the answer before may still be there when it is looked at."""
        self.app.type("Address of Redis", address)
        self.app.click("push button", "Test connection")
        wait(f"the answer {words!r} for {address}", lambda: words in self.app.label(ANSWER))

    def choose(self):
        step("Ann opens the sheet from the hosting bar and tries what she types")
        self.app.click("push button", "Redis bridge")
        self.app.click("check box", "Share rooms with other servers")
        self.answers("localhost:6379", "begins with")
        self.answers("redis://nobody.invalid", "No computer of this name")
        self.server.kill()
        self.answers(self.server.url, "Nobody listens")
        self.server.start()
        self.answers(self.server.url, "Connected, ")

        step("a wrong address is not kept, a good one is, for nobody else to read")
        self.app.type("Address of Redis", "http://localhost")
        self.app.click("push button", "Save")
        wait("the problem", lambda: "begins with" in self.app.label("Problem"))
        self.app.type("Address of Redis", self.server.url)
        self.app.click("push button", "Save")
        wait("the sheet to close", lambda: not self.app.maybe("push button", "Save"))
        assert os.stat(os.path.join(self.data, "parlour.ini")).st_mode & 0o077 == 0
        assert not self.server.client.pubsub_channels(), "it waits until she hosts again"

    def host_again(self):
        step("she hosts again, and the room is in Redis")
        self.app.click("push button", "Stop hosting")
        self.app.click("push button", "Host a room")
        wait("the room's group", lambda: b"asgi__group__chat_general" in self.server.client.pubsub_channels())

    def monitor(self):
        step("the monitor says that Redis answers")
        self.app.click("push button", "Monitor")
        sections = self.app.find("list", "Sections")
        item = wait("the section", lambda: next(one for one in sections if one.name == "Redis bridge"))
        item.queryAction().doAction(0)
        wait("a dot in words", lambda: item.description == "Connected")
        assert not self.app.maybe("label", "Bridge state")

        step("Redis goes: room and monitor say so, and talk goes on")
        self.server.kill()
        self.app.find("label", "Other servers")
        self.app.find("label", "Bridge state")
        wait("another dot", lambda: item.description == "No answer")
        self.app.type("Message", "said meanwhile")
        self.app.click("push button", "Send")
        wait("the message", lambda: any("said meanwhile" in row for row in self.app.rows("list", "Messages")))

        step("Redis comes back, and nothing is said of it any more")
        self.server.start()
        wait("the strips to go",
             lambda: not self.app.maybe("label", "Other servers") and not self.app.maybe("label", "Bridge state"))
        wait("the dot", lambda: item.description == "Connected")


def main(program):
    with tempfile.TemporaryDirectory(prefix="parlour-window-") as folder:
        window = Window(program, folder)
        try:
            window.choose()
            window.host_again()
            window.monitor()
        except Exception:
            print(window.app.tree())
            raise
        finally:
            window.end()


main(sys.argv[1])
