# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A host that is killed while people talk and edit keeps all that it acknowledged: kill_test.py PARLOURD [TRIES]"""

import asyncio
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import unittest
import uuid

import websockets

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "page"))
from host import Host  # noqa: E402

PARLOURD = sys.argv.pop(1)
TRIES = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 20
PEOPLE = 3
SEED = random.randrange(2**32)


class Talker:
    """Says one thing after the other as fast as it can, and edits what was acknowledged; notes what else was, and
    its token."""

    def __init__(self, name):
        self.name = name
        self.token = None
        self.person = None
        self.acknowledged = {}  # id: (epoch, number)
        self.said = {}  # id: its texts, one after the other
        self.edits = {}  # id: (id of what was edited, which of its texts)
        self.sure = {}  # id: which of its texts was acknowledged last

    async def talk(self, url):
        try:
            async with websockets.connect(url, subprotocols=["parlour.v1"], max_queue=None,
                                          ping_interval=None) as socket:
                hello = {"type": "hello", "name": self.name}
                if self.token:
                    hello["token"] = self.token
                await socket.send(json.dumps(hello))
                saying = asyncio.ensure_future(self.say(socket))
                try:
                    async for text in socket:
                        self.hear(json.loads(text))
                finally:
                    saying.cancel()
        except (OSError, websockets.WebSocketException):
            pass  # the host is dead

    async def say(self, socket):
        while True:
            mine, text = str(uuid.uuid4()), f"{self.name} {len(self.said)}"
            self.said[mine] = [text]
            await socket.send(json.dumps({"type": "say", "room": "general", "id": mine, "text": text}))
            if self.sure and random.random() < 0.3:
                await self.edit(socket, random.choice(list(self.sure)))
            await asyncio.sleep(random.random() / 200)

    async def edit(self, socket, of):
        change, texts = str(uuid.uuid4()), self.said[of]
        texts.append(f"{texts[0]}, {len(texts)}")
        self.edits[change] = (of, len(texts) - 1)
        await socket.send(json.dumps({"type": "edit", "room": "general", "id": change, "of": of, "text": texts[-1]}))

    def hear(self, frame):
        if frame["type"] == "welcome":
            self.token = frame.get("token", self.token)
            person = frame["person"]["id"]
            assert self.person in (None, person), "the token did not bring the person back"
            self.person = person
        elif frame["type"] == "message" and frame["id"] in self.said:
            self.acknowledged[frame["id"]] = (frame["epoch"], frame["number"])
            self.sure.setdefault(frame["id"], 0)
        elif frame["type"] == "changed" and frame["id"] in self.edits:
            self.acknowledged[frame["id"]] = (frame["epoch"], frame["number"])
            of, text = self.edits[frame["id"]]
            self.sure[of] = max(self.sure[of], text)


def rows(path):
    with sqlite3.connect(path) as database:
        return database.execute(
            "SELECT entries.id, logs.epoch, entries.number, entries.sender, entries.text FROM entries"
            " JOIN logs ON logs.key = entries.log WHERE logs.room = 'general' ORDER BY number").fetchall()


class Kill(unittest.TestCase):
    def test_what_is_acknowledged_is_there_after_the_next_start(self):
        random.seed(SEED)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "parlour.db"
        host = Host(PARLOURD, "native", "--data", folder.name, "--rate", "0", "--history-count", "0")
        self.addCleanup(host.stop)
        talkers = [Talker(name) for name in ("Ann", "Ben", "Cid")[:PEOPLE]]
        for attempt in range(TRIES):
            asyncio.run(self.talk_until_killed(host, talkers))
            host.start()  # takes what is in the journal into the file
            self.check(rows(path), talkers, f"try {attempt}, seed {SEED}")
        print(f"{len(rows(path))} messages and edits, {sum(len(t.acknowledged) for t in talkers)} of them acknowledged,"
              f" {TRIES} kills")

    async def talk_until_killed(self, host, talkers):
        url = f"ws://127.0.0.1:{host.port}/ws/chat/general/"
        before = sum(len(talker.acknowledged) for talker in talkers)
        talking = [asyncio.ensure_future(talker.talk(url)) for talker in talkers]
        while sum(len(talker.acknowledged) for talker in talkers) <= before:
            await asyncio.sleep(0.01)
            self.assertFalse(all(talk.done() for talk in talking), "nobody could talk")
        await asyncio.sleep(random.random() / 2)
        host.kill()
        await asyncio.gather(*talking)

    def check(self, kept, talkers, where):
        self.assertEqual([row[2] for row in kept], list(range(1, len(kept) + 1)), where)
        self.assertEqual(len({row[1] for row in kept}), 1, where)
        by_id = {row[0]: row[1:] for row in kept}
        self.assertEqual(len(by_id), len(kept), where)
        for talker in talkers:
            for mine, said in talker.acknowledged.items():
                self.assertEqual(by_id.get(mine, ())[:3], (*said, talker.person), f"{where}: {talker.name}, {said}")
            # What was not acknowledged may be there; but never as something else.
            for mine in talker.said.keys() & by_id.keys():
                self.assertIn(by_id[mine][3], talker.said[mine][talker.sure.get(mine, 0):], where)
            for change in talker.edits.keys() & by_id.keys():
                self.assertEqual(by_id[change][3], "", where)


if __name__ == "__main__":
    unittest.main(verbosity=2)
