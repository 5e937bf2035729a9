# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A client of parlour.v1 that loses nothing, as docs/protocol.md tells a client to be."""

import asyncio
import json
import random
import uuid

import websockets

RECENT = 20  # messages that are changed
REFUSED = ("no_such_message", "too_many_reactions")  # others were faster


def as_it_is_now(message):
    """(number, id, text, edited, reactions) of a message; no text where it was deleted."""
    reactions = sorted((reaction["emoji"], person["id"]) for reaction in message.get("reactions", [])
                       for person in reaction["people"])
    text = None if message.get("deleted") else message["text"]
    return message["number"], message["id"].lower(), text, message.get("edited", 0), tuple(reactions)


class RecoveringClient:
    """Says its texts in order, one on its way at a time, changes some of them and reacts to others', and keeps the room's
    log: `log` has the messages by id, as they are now, `gaps` where the host said that something is lost."""

    def __init__(self, port_of_host, name, texts, seed=1):
        self.port_of_host = port_of_host
        self.name = name
        self.random = random.Random(seed)
        self.outbox = [{"type": "say", "id": str(uuid.uuid4()), "text": text} for text in texts]
        self.acknowledged = []  # ids
        self.own = []
        self.token = None
        self.position = None
        self.log = {}
        self.gaps = 0
        self.links = 0
        self.faults = []
        self.running = True

    async def run(self):
        while self.running:
            try:
                await self.talk()
            except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
                await asyncio.sleep(0.02)

    async def talk(self):
        url = f"ws://127.0.0.1:{self.port_of_host()}/ws/chat/general/"
        async with websockets.connect(url, subprotocols=["parlour.v1"], open_timeout=10, close_timeout=1,
                                      ping_interval=5, ping_timeout=15, max_size=2**22) as self.socket:
            self.links += 1
            self.is_live = False
            self.on_its_way = None
            hello = {"type": "hello", "name": self.name, "client": "test"}
            if self.token:
                hello["token"] = self.token
            if self.position:
                hello["epoch"], hello["number"] = self.position
            await self.send(hello)
            async for text in self.socket:
                await self.take(json.loads(text))

    async def send(self, frame):
        await self.socket.send(json.dumps(frame))

    async def take(self, frame):
        kind = frame["type"]
        if kind == "welcome":
            self.token = frame["token"]
        elif kind == "history":
            await self.catch_up(frame)
        elif kind == "message":
            self.step(frame["epoch"], frame["number"])
            self.keep(frame)
        elif kind == "changed":
            self.changed(frame)
        elif kind == "members" and "people" in frame:
            self.is_live = True
        elif kind == "error":
            await self.refused(frame)
        await self.say_next()

    async def refused(self, frame):
        if frame["code"] in REFUSED and self.outbox and frame.get("id") == self.outbox[0]["id"]:
            self.outbox.pop(0)
        else:
            self.faults.append(frame)
        self.on_its_way = None
        await asyncio.sleep(frame.get("retryMs", 0) / 1000)

    async def catch_up(self, frame):
        if "after" not in frame or frame.get("lost"):
            self.gaps += 1 if self.position else 0
            self.position = None
        if "first" in frame:
            self.step(frame["epoch"], frame["first"])
        for message in frame["messages"] + frame.get("changed", []):
            self.keep(message)
        self.position = (frame["epoch"], frame.get("number", self.position[1] if self.position else 0))
        if "after" in frame and frame["more"]:
            await self.send({"type": "history", "room": "general", "epoch": frame["epoch"], "after": self.position[1]})

    def step(self, epoch, number):
        """The next of the log, message or change."""
        if self.position and (epoch != self.position[0] or number != self.position[1] + 1):
            self.faults.append(f"{epoch} {number} behind {self.position}")
        self.position = (epoch, number)

    def changed(self, frame):
        if self.position and frame["number"] > self.position[1]:  # else an answer to what is known
            self.step(frame["epoch"], frame["number"])
        self.keep(frame["message"])
        if self.outbox and frame["id"] == self.outbox[0]["id"]:
            self.outbox.pop(0)
            self.on_its_way = None

    def keep(self, message):
        self.log[message["id"].lower()] = as_it_is_now(message)
        waiting = {frame["id"] for frame in self.outbox if frame["type"] == "say"}
        if self.outbox and message["id"] == self.outbox[0]["id"]:
            self.acknowledged.append(message["id"])
            self.own.append(self.outbox.pop(0))
            self.on_its_way = None
            self.change_something()
        elif message["id"] in waiting:
            self.faults.append(f"out of order: {message['text']}")

    def change_something(self):
        """At random, next."""
        kind = self.random.choice(("edit", "delete", "react", "react", "", "", "", ""))
        if not kind:
            return
        frame = {"type": kind, "id": str(uuid.uuid4())}
        if kind == "react":
            frame |= {"of": self.random.choice(list(self.log)[-RECENT:]), "emoji": self.random.choice("👍🎉"),
                      "on": self.random.random() < 0.7}
        else:
            said = self.random.choice(self.own[-RECENT:])
            frame["of"] = said["id"]
        if kind == "edit":
            frame["text"] = f"{said['text']} {self.random.randrange(1000)}"
        self.outbox.insert(0, frame)

    async def say_next(self):
        if not (self.is_live and self.outbox) or self.on_its_way:
            return
        self.on_its_way = self.outbox[0]["id"]
        await self.send({**self.outbox[0], "room": "general"})
