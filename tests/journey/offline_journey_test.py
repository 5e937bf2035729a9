# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What is written without a host survives a kill, and reaches the room in order and once.

offline_journey_test.py PARLOUR PARLOURD, with the real programs.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import uuid

import websockets

from desktop_app import App, wait

COUNT = 200
OFFLINE = [f"written offline {number}" for number in range(1, COUNT + 1)]


def step(text):
    print(f"-- {text}", flush=True)


class Host:
    """A parlourd on this computer that comes back to its port."""

    def __init__(self, program, folder):
        self.program = program
        self.data = os.path.join(folder, "host")
        self.log = os.path.join(folder, "host.log")
        self.port = 0
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--plain", "--listen", f"127.0.0.1:{self.port}", "--data", self.data,
             "--title", "Studio North"],
            stdout=subprocess.PIPE, stderr=open(self.log, "a"), text=True)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)/\n", line)
        assert found, line
        self.port = int(found[1])

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


async def _history(port):
    async with websockets.connect(f"ws://127.0.0.1:{port}/ws/chat/general/", max_size=None,
                                  subprotocols=["parlour.v1"]) as socket:
        await socket.send(json.dumps({"type": "hello", "name": "Watcher", "client": "browser"}))
        texts = []
        while True:
            frame = json.loads(await asyncio.wait_for(socket.recv(), 60))
            if frame["type"] == "history":
                texts = [message["text"] for message in frame["messages"]] + texts
                if not frame["more"] or "before" in frame and not frame["messages"]:
                    return texts
                oldest = frame["messages"][0]["number"]
            elif frame["type"] == "members" and "people" in frame:
                await socket.send(json.dumps({"type": "history", "room": "general",
                                              "before": oldest}))


async def _answer(port):
    """A guest reacts to the last message and replies to it; then its first word is deleted."""
    async with websockets.connect(f"ws://127.0.0.1:{port}/ws/chat/general/", max_size=None,
                                  subprotocols=["parlour.v1"]) as socket:
        async def ask(**frame):
            await socket.send(json.dumps(frame | {"room": "general", "id": str(uuid.uuid4())}))

        async def hear(*kinds):
            while True:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 60))
                assert frame["type"] != "error", frame
                if frame["type"] in kinds:
                    return frame

        await socket.send(json.dumps({"type": "hello", "name": "Guest", "client": "browser"}))
        last = (await hear("history"))["messages"][-1]["id"]
        await ask(type="say", text="a slip")
        slip = (await hear("message"))["id"]
        await ask(type="react", of=last, emoji="👍", on=True)
        await hear("changed")
        await ask(type="delete", of=slip)
        await hear("changed")
        await ask(type="say", text="@Ann, thank you", reply=last)
        await hear("message")


def said(app):
    """What the rows say, without who and when; what is not sent has its state behind it."""
    return [row.split(": ", 1)[1] for row in app.rows("list", "Messages")]


def run(program, daemon, folder):
    host = Host(daemon, folder)
    log = open(os.path.join(folder, "app.log"), "w")
    app = None
    try:
        step("the app joins a host and says something")
        host.start()
        app = App(program, os.path.join(folder, "a"), log=log)
        app.type("Your name", "Ann")
        app.type("Address or invite", f"127.0.0.1:{host.port}")
        app.click("push button", "Join")
        app.type("Message", "hello")
        app.click("push button", "Send")
        wait("the message to be sent", lambda: said(app) == ["hello"])

        step(f"the host is gone; {COUNT} messages are written, and the app is killed")
        host.kill()
        wait("the loss", lambda: app.maybe("label", "Connection state"))
        text = app.find("text", "Message")
        send = app.find("push button", "Send")
        for message in OFFLINE:
            text.queryEditableText().setTextContents(message)
            app.press(send)
        app.kill()

        step("started again, it shows its own history without the host")
        app = App(program, os.path.join(folder, "a"), log=log)
        wait("what was said before", lambda: said(app) == ["hello"] + [
            message + ", waiting" for message in OFFLINE])

        step("killed and started once more, it still has everything")
        app.kill()
        app = App(program, os.path.join(folder, "a"), log=log)
        wait("what was said before", lambda: len(said(app)) == COUNT + 1)

        step("the host is back, and everything is said in order and once")
        host.start()
        wait("everything to be sent", lambda: said(app) == ["hello"] + OFFLINE)
        texts = [text for text in asyncio.run(_history(host.port)) if text != "hello"]
        assert texts == OFFLINE, texts

        step("a guest answers, and the app shows what becomes of messages")
        asyncio.run(_answer(host.port))
        wait("the answer", lambda: said(app)[-3:] == [
            OFFLINE[-1] + ", 1 reaction", "message removed",
            "@Ann, thank you, a reply to Ann, mentions you"])
        app.end()
    except BaseException:
        if app and app.process.poll() is None:
            print(f"== what the app shows\n{app.tree()}", flush=True)
        for name in (log.name, host.log):
            print(f"== {name}\n{open(name).read()[-4000:]}", flush=True)
        raise
    finally:
        if app and app.process.poll() is None:
            app.kill()
        host.kill()


def main():
    program, daemon = sys.argv[1:3]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(program, daemon, folder)
    print("the whole journey without a host")


main()
