# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A message that was said long ago is found by a word, shown where it stands, and left again.

search_journey_test.py PROGRAM, with the real program.
"""

import os
import sys
import tempfile

from desktop_app import App, wait
from guests import TutorialClient

COUNT = 900  # more than the window holds
WANTED = "Ёжик в тумане"


def step(text):
    print(f"-- {text}", flush=True)


def texts(app):
    """What the message list shows, in order."""
    return [name.partition(": ")[2] for name in app.rows("list", "Messages")]


def found(app):
    return app.rows("list", "Found messages")


def search(app):
    step("a word is searched for, in small letters and without the dots")
    app.click("check box", "Search")
    app.type("Search messages", "ежик тум")
    wait("the message to be found", lambda: any(WANTED in row for row in found(app)))
    assert len(found(app)) == 1, found(app)
    assert WANTED not in texts(app)
    step("it is shown where it stands")
    results = app.find("list", "Found messages")
    app.press(results.getChildAtIndex(0))
    wait("the message to be shown", lambda: WANTED in texts(app))
    shown = texts(app)
    assert shown[shown.index(WANTED) + 1] == "message 1", shown
    assert f"message {COUNT}" not in shown
    step("who says something is back at the newest")
    app.type("Message", "found it")
    app.click("push button", "Send")
    wait("the end", lambda: texts(app)[-1] == "found it")
    assert texts(app)[-2] == f"message {COUNT}", texts(app)[-3:]
    step("what nobody said is not found")
    app.type("Search messages", "крокодил")
    wait("words about it", lambda: "крокодил" in app.label("Search state"))
    app.click("push button", "Close search")
    wait("the members to be back", lambda: app.maybe("list", "Members"))


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        log = os.path.join(folder, "log")
        app = App(program, os.path.join(folder, "a"), "--name", "Ann", "--host", "Studio North",
                  "--listen", "127.0.0.1:0", "--plain", log=open(log, "w"))
        try:
            wait("the address", lambda: "127.0.0.1:" in app.label("Address"))
            guest = TutorialClient(app.label("Address").strip(), "general")
            guest.say(WANTED)
            for number in range(1, COUNT + 1):
                guest.say(f"message {number}")
            wait("all to be heard", lambda: len(guest.heard) == COUNT + 1)
            wait("the last one in the app", lambda: texts(app)[-1:] == [f"message {COUNT}"])
            search(app)
            guest.end()
        except BaseException:
            print(f"== what it shows\n{app.tree()}\n== its log\n{open(log).read()[-4000:]}")
            raise
        finally:
            app.end()
    print("found, shown and left again")


main()
