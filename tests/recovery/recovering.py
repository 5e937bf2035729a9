# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A client of parlour.v1 that loses nothing, as docs/protocol.md tells a client to be."""

import asyncio
import json
import uuid

import websockets


class RecoveringClient:
    """Says its texts in order, one on its way at a time, and keeps the room's log: `log` has (number, id, text) of
    each epoch, `gaps` where the host said that something is lost."""

    def __init__(self, port_of_host, name, texts):
        self.port_of_host = port_of_host
        self.name = name
        self.outbox = [(str(uuid.uuid4()), text) for text in texts]
        self.acknowledged = []
        self.token = None
        self.position = None
        self.log = []
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
            self.keep(frame)
        elif kind == "members" and "people" in frame:
            self.is_live = True
        elif kind == "error":
            self.faults.append(frame)
            self.on_its_way = None
            await asyncio.sleep(frame.get("retryMs", 0) / 1000)
        await self.say_next()

    async def catch_up(self, frame):
        if "after" not in frame or frame.get("lost"):
            self.gaps += 1 if self.position else 0
            self.position = None
        for message in frame["messages"]:
            self.keep(message)
        if not self.position:  # an empty room
            self.position = (frame["epoch"], 0)
        if "after" in frame and frame["more"]:
            await self.send({"type": "history", "room": "general", "epoch": frame["epoch"], "after": self.position[1]})

    def keep(self, message):
        epoch, number = message["epoch"], message["number"]
        if self.position and (epoch != self.position[0] or number != self.position[1] + 1):
            self.faults.append(f"{epoch} {number} behind {self.position}")
        self.position = (epoch, number)
        self.log.append((epoch, number, message["id"], message["text"]))
        if self.outbox and message["id"] == self.outbox[0][0]:
            self.acknowledged.append((epoch, number, *self.outbox.pop(0)))
            self.on_its_way = None
        elif self.outbox and message["id"] in {id for id, _ in self.outbox}:
            self.faults.append(f"out of order: {message['text']}")

    async def say_next(self):
        if not (self.is_live and self.outbox) or self.on_its_way:
            return
        self.on_its_way, text = self.outbox[0]
        await self.send({"type": "say", "room": "general", "id": self.on_its_way, "text": text})
