# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Who speaks in the shared rooms: clients of the tutorial's protocol and of parlour.v1."""

import asyncio
import json
import threading
import uuid

import websockets

from stack import PATIENCE, until


class Loop:
    """An event loop in a thread; what the tests do with it waits for its end."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def run(self, coroutine, patience=PATIENCE):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(patience)

    def begin(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)


LOOP = Loop()


class Person:
    """One connection. `heard` has the texts in the order of their arrival; `closed` the code, where it has ended."""

    def __init__(self, url, protocols=None):
        self.heard = []
        self.closed = None
        self.socket = LOOP.run(self.connect(url, protocols))
        self.greet()
        LOOP.begin(self.read())

    @staticmethod
    async def connect(url, protocols):
        return await websockets.connect(url, subprotocols=protocols, max_size=2**21, max_queue=None,
                                        ping_interval=None)

    def greet(self):
        pass

    async def read(self):
        try:
            async for text in self.socket:
                self.take(json.loads(text))
        except websockets.ConnectionClosed:
            pass
        self.closed = self.socket.close_code

    def say(self, text):
        LOOP.run(self.send(text))

    def begin_to_say(self, texts):
        """All of them, as fast as they are taken."""
        async def send_all():
            for text in texts:
                await self.send(text)
        return LOOP.begin(send_all())

    def hears(self, text, patience=PATIENCE):
        return until(lambda: text in self.heard, f"{text!r}, heard so far: {self.heard[-5:]}", patience)

    def end(self):
        LOOP.run(self.socket.close())


class Plain(Person):
    """As the tutorial's page."""

    def take(self, frame):
        assert set(frame) == {"message"}, frame
        self.heard.append(frame["message"])

    async def send(self, text):
        await self.socket.send(json.dumps({"message": text}))


class Member(Person):
    """As our own clients, in one room. `states` has what the host said of its bridge, `people` who is there, `shown` the
    texts by the messages' ids, as they are now; None where a message was deleted; `refused` the codes by the ids of what the
    host did not do."""

    def __init__(self, url, name):
        self.name = name
        self.room = url.rstrip("/").rsplit("/", 1)[1]
        self.frames = []
        self.states = []
        self.people = {}
        self.messages = []
        self.shown = {}
        self.refused = {}
        super().__init__(url, protocols=["parlour.v1"])
        until(lambda: self.people, f"{name} to be in the room")

    def greet(self):
        LOOP.run(self.socket.send(json.dumps({"type": "hello", "name": self.name, "client": "test"})))

    def take(self, frame):
        kind = frame["type"]
        if kind == "message":
            self.messages.append(frame)
            self.heard.append(frame["text"])
            self.show(frame)
        elif kind == "changed":
            self.show(frame["message"])
        elif kind == "history":
            for message in frame["messages"]:
                self.show(message)
        elif kind == "error":
            self.refused[frame.get("id")] = frame["code"]
        elif kind == "shared":
            self.states.append(frame["state"])
        elif kind == "members":
            for person in [*frame.get("people", []), *frame.get("joined", []), *frame.get("changed", [])]:
                self.people[person["id"]] = person
            for person in frame.get("left", []):
                self.people.pop(person["id"], None)

    def show(self, message):
        self.shown[message["id"]] = None if message.get("deleted") else message["text"]

    def delete(self, message):
        """The deletion's id."""
        id = str(uuid.uuid4())
        LOOP.run(self.socket.send(json.dumps({"type": "delete", "room": self.room, "id": id, "of": message})))
        return id

    async def send(self, text):
        await self.socket.send(json.dumps(
            {"type": "say", "room": self.room, "id": str(uuid.uuid4()), "text": text}))

    def names(self):
        return sorted(person["name"] for person in self.people.values())
