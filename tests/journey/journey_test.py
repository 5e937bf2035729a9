# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Host, join and talk, with the real programs.

journey_test.py PROGRAM ENGINE: PROGRAM is the desktop app; ENGINE is native or qt.
"""

import os
import sys
import tempfile

from desktop_app import App, wait
from guests import Browser, TutorialClient, wait_for_line

RUSSIAN = "Съешь ещё этих мягких французских булок"


def step(text):
    print(f"-- {text}", flush=True)


def said(app):
    """What the app's message list shows: (who, text) in order."""
    rows = []
    for name in app.rows("list", "Messages"):
        who, _, rest = name.partition(", ")
        _, _, text = rest.partition(": ")
        rows.append((who, text))
    return rows


def wait_for_message(app, who, text):
    wait(f"'{text}' of {who} in the app", lambda: (who, text) in said(app))


def members(app):
    return sorted(name.split(",")[0] for name in app.rows("list", "Members"))


class Journey:
    def __init__(self, program, engine, folder):
        self.program = program
        self.engine = engine
        self.folder = folder
        self.ends = []

    def start(self, name, *arguments):
        log = open(os.path.join(self.folder, f"{name}.log"), "w")
        app = App(self.program, os.path.join(self.folder, name), *arguments, log=log)
        self.ends.append(app.end)
        return app

    def end(self):
        for end in reversed(self.ends):
            end()

    def host(self):
        step("A types a name and hosts")
        self.a = self.start("a", "--listen", "127.0.0.1:0", "--engine", self.engine,
                            "--title", "Studio North")
        self.a.type("Your name", "Ann")
        self.a.click("push button", "Host a room")
        wait("the address in the hosting bar", lambda: "127.0.0.1:" in self.a.label("Address"))
        self.address = self.a.label("Address").strip()
        self.a.find("text", "Message")
        wait("A to be in the room", lambda: members(self.a) == ["Ann"])
        assert "general – Studio North – Parlour" in self.a.titles(), self.a.titles()

    def join(self):
        step("B joins by address")
        self.b = self.start("b")
        self.b.type("Your name", "Борис")
        self.b.type("Address or invite", self.address)
        self.b.click("push button", "Join")
        wait("both to see each other",
             lambda: members(self.a) == members(self.b) == ["Ann", "Борис"])
        step("Chromium joins by URL, and a plain client as the tutorial's page")
        self.browser = Browser(self.address)
        self.ends.append(self.browser.end)
        self.tab = self.browser.open("general")
        wait("the guest in the members list", lambda: len(members(self.a)) == 3)
        self.plain = TutorialClient(self.address, "general")
        self.ends.append(self.plain.end)

    def say_in_app(self, app, text):
        app.type("Message", text)
        app.click("push button", "Send")

    def talk(self):
        step("all four talk, and each hears all, in order")
        other = TutorialClient(self.address, "elsewhere")
        self.ends.append(other.end)
        turns = [
            ("Ann", "hello from Ann", lambda text: self.say_in_app(self.a, text)),
            ("Борис", RUSSIAN, lambda text: self.say_in_app(self.b, text)),
            (None, "hello from the browser", lambda text: self.browser.say(self.tab, text)),
            (None, "hello from Python", self.plain.say),
            ("Ann", "и до свидания", lambda text: self.say_in_app(self.a, text)),
        ]
        for who, text, say in turns:
            say(text)
            wait(f"'{text}' at A", lambda: text in [t for _, t in said(self.a)])
            wait(f"'{text}' at B", lambda: text in [t for _, t in said(self.b)])
            wait_for_line(self.browser, self.tab, text)
            wait(f"'{text}' in Python", lambda: text in self.plain.heard)
            if who:
                assert (who, text) in said(self.b), said(self.b)
        texts = [text for _, text, _ in turns]
        assert [t for _, t in said(self.a)] == texts, said(self.a)
        assert [t for _, t in said(self.b)] == texts, said(self.b)
        assert self.plain.heard == texts, self.plain.heard
        lines = [line for line in self.browser.log(self.tab)]
        assert [t for line in lines for t in texts if t in line] == texts, lines
        assert other.heard == [], other.heard
        self.other = other

    def heal(self):
        step("B is killed, and the members list heals")
        self.b.kill()
        wait("B to be gone", lambda: "Борис" not in members(self.a))
        self.say_in_app(self.a, "still here")
        wait("the rest to hear it", lambda: "still here" in self.plain.heard)

    def watch(self):
        step("ten tabs are ten channels, and the monitor shows exactly these")
        tabs = [self.browser.open("general") for _ in range(10)]
        self.a.click("push button", "Monitor")
        sections = self.a.find("list", "Sections")
        wait("sections", lambda: [c.name for c in sections])
        self.open_section("Channels")
        # Eleven tabs, Ann's own client, the plain client and the one in the other room.
        def rows():
            return self.a.table("Channels")
        wait("fourteen channels", lambda: len(rows()) == 14)
        names = [row[0] for row in rows()]
        assert len(set(names)) == 14, names
        self.open_section("Groups")
        wait("the groups", lambda: self.groups().get("chat_general") == 13
             and self.groups().get("chat_elsewhere") == 1)
        for tab in tabs:
            self.browser.close(tab)
        wait("ten fewer", lambda: self.groups().get("chat_general") == 3)
        self.open_section("Channels")
        wait("four channels", lambda: len(rows()) == 4)

    def stop(self):
        step("A stops hosting, and is where it began")
        self.a.click("push button", "Stop hosting")
        self.a.find("push button", "Host a room")
        assert self.a.text_of("Your name") == "Ann"
        step("A hosts again, and quits while hosting")
        self.a.click("push button", "Host a room")
        self.a.find("text", "Message")
        self.a.process.terminate()
        assert self.a.process.wait(60) == 0, self.a.process.returncode

    def open_section(self, name):
        sections = self.a.find("list", "Sections")
        item = next(child for child in sections if child.name.startswith(name))
        item.queryAction().doAction(0)

    def groups(self):
        tree = self.a.find("tree", "Groups")
        tree.clear_cache()
        table = tree.queryTable()
        found = {}
        for row in range(table.nRows):
            cells = [table.getAccessibleAt(row, column) for column in range(table.nColumns)]
            if cells[0] and cells[1] and cells[1].name.isdigit():
                found[cells[0].name] = int(cells[1].name)
        return found


def main():
    program, engine = sys.argv[1:3]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        journey = Journey(program, engine, folder)
        try:
            journey.host()
            journey.join()
            journey.talk()
            journey.heal()
            journey.watch()
            journey.stop()
        except BaseException:
            for app in ("a", "b"):
                if hasattr(journey, app) and getattr(journey, app).process.poll() is None:
                    print(f"== what {app} shows\n{getattr(journey, app).tree()}", flush=True)
                log = os.path.join(folder, f"{app}.log")
                if os.path.exists(log):
                    print(f"== {app}'s log\n{open(log).read()[-4000:]}", flush=True)
            raise
        finally:
            journey.end()
    print(f"the whole journey on {engine}")


main()
