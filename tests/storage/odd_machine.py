# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A host on a machine whose disk can be full and whose clock can be set, and the people in its room."""

import json
import os
import pathlib
import sys
import urllib.request
import uuid

import websockets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "page"))
from host import Host  # noqa: E402

PATIENCE = 60  # seconds; machines are shared


class OddMachine:
    """What tests/support/odd_machine.cpp tells the programs that are started on it."""

    def __init__(self, library, folder):
        self.library = library
        self.full = pathlib.Path(folder) / "disk-is-full"
        self.clock = pathlib.Path(folder) / "clock"
        self.logged = []

    def host(self, program, *arguments):
        return Host(program, "native", *arguments, environment=self.environment(), log=self.logged.append)

    def environment(self):
        return {**os.environ, "LD_PRELOAD": self.library, "ODD_MACHINE_DISK": str(self.full),
                "ODD_MACHINE_CLOCK": str(self.clock)}

    def fill_disk(self):
        self.full.touch()

    def make_place(self):
        self.full.unlink()

    def set_clock(self, seconds):
        """Beside the right time; whole at once, for the host may be reading."""
        new = self.clock.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self.clock)


def get(host, path):
    with urllib.request.urlopen(host.url + path, timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


class Person:
    """One client of parlour.v1 in the room general."""

    def __init__(self, name):
        self.name = name
        self.token = None
        self.joined = []  # the frames that came until the history was there

    async def join(self, host):
        self.socket = await websockets.connect(f"ws://127.0.0.1:{host.port}/ws/chat/general/",
                                               subprotocols=["parlour.v1"], ping_interval=None)
        hello = {"type": "hello", "name": self.name, **({"token": self.token} if self.token else {})}
        await self.socket.send(json.dumps(hello))
        self.joined = [await self.hear()]
        while self.joined[-1]["type"] != "history":
            self.joined.append(await self.hear())
        self.token = self.joined[0].get("token", self.token)
        return self

    async def leave(self):
        await self.socket.close()

    @property
    def history(self):
        return self.joined[-1]["messages"]

    async def say(self, text):
        """The answer: the message as everybody gets it, or an error."""
        mine = str(uuid.uuid4())
        await self.socket.send(json.dumps({"type": "say", "room": "general", "id": mine, "text": text}))
        return await self.hear(lambda frame: frame.get("id") == mine)

    async def hear(self, is_wanted=lambda frame: True):
        while True:
            frame = json.loads(await self.socket.recv())
            if is_wanted(frame):
                return frame

    async def hear_text(self):
        return (await self.hear(lambda frame: frame["type"] == "message"))["text"]
