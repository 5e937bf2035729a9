# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A host whose disk is full goes on and loses nothing: full_disk_test.py PARLOURD LIBRARY"""

import asyncio
import subprocess
import sys
import tempfile
import unittest

from odd_machine import PATIENCE, OddMachine, Person, get

PARLOURD = sys.argv.pop(1)
LIBRARY = sys.argv.pop(1)


class FullDisk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = folder.name + "/data"
        self.machine = OddMachine(LIBRARY, folder.name)

    def begin(self):
        host = self.machine.host(PARLOURD, "--data", self.data, "--log-level", "info")
        self.addCleanup(host.stop)
        return host

    async def until_logged(self, words):
        while not any(words in line for line in self.machine.logged):
            await asyncio.sleep(0.01)

    def test_the_room_goes_on_and_keeps_what_it_acknowledged(self):
        asyncio.run(asyncio.wait_for(self.go_on(), 4 * PATIENCE))

    async def go_on(self):
        host = self.begin()
        ann, ben = await Person("Ann").join(host), await Person("Ben").join(host)
        self.assertEqual((await ann.say("one"))["number"], 1)
        self.machine.fill_disk()
        kept, refused = ["one"], 0
        # What is told before the host knows of it is kept in the journal.
        while refused < 2:
            text = f"more {len(kept)} {refused}"
            answer = await ann.say(text)
            if answer["type"] == "message":
                self.assertEqual(refused, 0, "nothing is told any more")
                kept.append(text)
                continue
            refused += 1
            self.assertEqual((answer["type"], answer["code"]), ("error", "not_logged"))
            self.assertIn("the host's disk is full", answer["message"])
            self.assertNotIn(self.data, answer["message"])

        # Whoever comes meanwhile is let in and sees what there is.
        cid = await Person("Cid").join(host)
        self.assertGreater(len(cid.history), 0)
        self.assertEqual([message["text"] for message in cid.history], kept[-len(cid.history):])
        self.assertEqual(get(host, "healthz")[0], 200)
        self.assertEqual(get(host, "readyz")[0], 200)
        metrics = get(host, "metrics")[1]
        self.assertIn('\nparlour_history_refused_total{cause="disk_full"} 2\n', metrics)
        self.assertIn(f"\nparlour_history_rows {len(kept)}\n", metrics)

        await self.until_logged("rooms, tokens, what was read and what others owe are kept later:")  # Cid's
        self.machine.make_place()
        kept.append("three")
        self.assertEqual((await cid.say("three"))["number"], len(kept))
        self.assertEqual(await ann.hear_text(), "three")  # nobody saw what was refused
        self.assertEqual([await ben.hear_text() for _ in kept], kept)

        await asyncio.to_thread(host.stop)  # who is there answers meanwhile
        self.assertEqual(host.process.returncode, 0)
        await self.until_logged("the history is written again")
        for said in ("what is said cannot be kept, so it is refused:",
                     "rooms, tokens, what was read and what others owe are kept later:"):
            lines = [line for line in self.machine.logged if said in line]
            self.assertEqual(len(lines), 1, lines)
            self.assertIn("the disk is full. Make place on it.", lines[0])

        host = self.begin()
        person = cid.joined[0]["person"]["id"]
        await cid.join(host)
        self.assertEqual(cid.joined[0]["person"]["id"], person)
        self.check(cid.history, kept)
        await cid.leave()

    def check(self, history, kept):
        self.assertEqual([(m["number"], m["text"]) for m in history],
                         list(enumerate(kept, 1))[len(kept) - len(history):])

    def test_it_can_be_stopped(self):
        asyncio.run(asyncio.wait_for(self.be_stopped(), 4 * PATIENCE))

    async def be_stopped(self):
        host = self.begin()
        ann = await Person("Ann").join(host)
        self.machine.fill_disk()
        kept = []
        while (await ann.say(f"text {len(kept)}"))["type"] == "message":
            kept.append(f"text {len(kept)}")
        await asyncio.to_thread(host.stop)
        self.assertEqual(host.process.returncode, 0)
        self.machine.make_place()
        ben = await Person("Ben").join(self.begin())
        self.check(ben.history, kept)
        await ben.leave()

    def test_it_says_why_it_does_not_begin(self):
        self.machine.fill_disk()
        ended = subprocess.run([PARLOURD, "--listen", "127.0.0.1:0", "--data", self.data], text=True,
                               env=self.machine.environment(), capture_output=True, timeout=PATIENCE)
        self.assertEqual((ended.returncode, ended.stdout), (4, ""))
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
        self.assertIn(self.data, ended.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
