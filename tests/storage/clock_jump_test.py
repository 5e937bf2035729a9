# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A host whose clock is set goes on: clock_jump_test.py PARLOURD LIBRARY"""

import asyncio
import sys
import tempfile
import time
import unittest

from odd_machine import PATIENCE, OddMachine, Person, get

PARLOURD = sys.argv.pop(1)
LIBRARY = sys.argv.pop(1)
HOUR, DAY = 3600, 86400
JUMPS = {"a day on": DAY, "two days back": -DAY, "to the right time": 0, "to long ago": -20000 * DAY}


class ClockJump(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = folder.name + "/data"
        self.machine = OddMachine(LIBRARY, folder.name)

    def begin(self, *arguments):
        host = self.machine.host(PARLOURD, "--data", self.data, *arguments)
        self.addCleanup(host.stop)
        return host

    def test_people_stay_and_their_order_is_that_of_numbers(self):
        asyncio.run(asyncio.wait_for(self.stay(), 4 * PATIENCE))

    async def stay(self):
        host = self.begin()
        ann, ben = await Person("Ann").join(host), await Person("Ben").join(host)
        said = ["before"]
        self.assertEqual((await ann.say("before"))["number"], 1)
        for jump, seconds in JUMPS.items():
            self.machine.set_clock(seconds)
            message = await ann.say(jump)
            said.append(jump)
            self.assertEqual((message["type"], message["number"]), ("message", len(said)))
            # That the host believes its clock; nobody's wrong clock is more than hours off.
            self.assertLess(abs(message["time"] / 1000 - time.time() - seconds), HOUR)
            await self.check_latecomer(host, said)
            self.assertEqual(get(host, "healthz")[0], 200)
        for text in said:
            self.assertEqual(await ben.hear_text(), text)
        self.assertEqual((await ben.say("still here"))["number"], len(said) + 1)
        self.assertEqual(self.machine.logged, [])

        await asyncio.to_thread(host.stop)  # what comes after long ago is the right time again
        self.machine.set_clock(0)
        host = self.begin("--history-days", "0")
        await self.check_latecomer(host, said + ["still here"])
        person = ann.joined[0]["person"]["id"]
        self.assertEqual((await ann.join(host)).joined[0]["person"]["id"], person)
        await ann.leave()

    async def check_latecomer(self, host, said):
        late = await Person("Late").join(host)
        self.assertEqual([message["text"] for message in late.history], said)
        await late.leave()

    def test_the_rate_is_not_that_of_the_clock(self):
        asyncio.run(asyncio.wait_for(self.be_too_fast(), 4 * PATIENCE))

    async def be_too_fast(self):
        rate, burst = 1, 5
        ann = await Person("Ann").join(self.begin("--rate", f"{rate}/{burst}"))
        begun, accepted = time.monotonic(), 0
        while (answer := await ann.say("x"))["type"] == "message":
            accepted += 1
            if accepted == 3:
                self.machine.set_clock(DAY)  # in which a bucket would have filled
        self.assertEqual(answer["code"], "too_fast")
        self.assertLessEqual(accepted, burst + rate * (time.monotonic() - begun) + 1)
        self.assertLessEqual(answer["retry"], 1000 / rate)
        self.machine.set_clock(-DAY)  # in which nothing would fill it for a day
        while answer["type"] == "error":
            await asyncio.sleep(answer["retry"] / 1000)
            answer = await ann.say("x")
        self.assertEqual(answer["type"], "message")
        await ann.leave()


if __name__ == "__main__":
    unittest.main(verbosity=2)
