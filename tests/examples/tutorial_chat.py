# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The tutorial example as a browser meets it: tutorial_chat.py PROGRAM ENGINE

Replays what three browsers saw of the unmodified Python tutorial (tests/chat/tutorial_frames.json), then what
the recording does not have.
"""

import asyncio
import json
import pathlib
import sys
import unittest

import websockets

from program import Program

PROGRAM, ENGINE = sys.argv[1:3]
RECORDING = pathlib.Path(__file__).parents[1] / "chat" / "tutorial_frames.json"
PATIENCE = 30


async def next_message(browser):
    return json.loads(await asyncio.wait_for(browser.recv(), PATIENCE))["message"]


class TutorialChat(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls):
        cls.example = Program([PROGRAM], [] if ENGINE == "native" else [ENGINE])

    @classmethod
    def tearDownClass(cls):
        cls.example.stop()

    async def open(self, path, **options):
        browser = await websockets.connect(f"ws://127.0.0.1:{self.example.port}{path}", open_timeout=PATIENCE,
                                           **options)
        self.addAsyncCleanup(browser.close)
        return browser

    async def close_code(self, browser):
        await asyncio.wait_for(browser.wait_closed(), PATIENCE)
        return browser.close_code

    async def assertRefused(self, status, path, **options):
        with self.assertRaises(websockets.exceptions.InvalidStatusCode) as refused:
            await self.open(path, **options)
        self.assertEqual(refused.exception.status_code, status)

    async def test_says_what_the_python_tutorial_says(self):
        browsers = {}
        steps = json.loads(RECORDING.read_text(encoding="utf-8"))["steps"]
        self.assertGreater(len(steps), 5)
        for step in steps:
            name = step["browser"]
            if "opens" in step:
                browsers[name] = await self.open(step["opens"])
            elif "sends" in step:
                await browsers[name].send(step["sends"])
            else:
                await browsers[name].close()
                self.assertEqual(browsers.pop(name).close_code, 1000)
            for listener, frames in step["received"].items():
                for frame in frames:
                    said = await asyncio.wait_for(browsers[listener].recv(), PATIENCE)
                    self.assertEqual(json.loads(said), json.loads(frame), step)

    async def test_a_message_reaches_its_room_and_no_other(self):
        ann, ben = await self.open("/ws/chat/kitchen/"), await self.open("/ws/chat/kitchen/")
        other = await self.open("/ws/chat/garden/")
        await ann.send(json.dumps({"message": "hello"}))
        self.assertEqual([await next_message(ann), await next_message(ben)], ["hello", "hello"])
        # Whatever had come to the other room would have come before its own message.
        await other.send(json.dumps({"message": "alone"}))
        self.assertEqual(await next_message(other), "alone")

    async def test_five_hundred_messages_stay_whole_and_in_order(self):
        ann, ben = await self.open("/ws/chat/mill/"), await self.open("/ws/chat/mill/")
        said = [f"message {number}" for number in range(500)]

        async def speak():
            for text in said:
                await ann.send(json.dumps({"message": text}))

        async def listen(browser):
            return [await next_message(browser) for _ in said]

        _, own, heard = await asyncio.gather(speak(), listen(ann), listen(ben))
        self.assertEqual(own, said)
        self.assertEqual(heard, said)

    async def test_who_leaves_is_missed_by_nobody(self):
        ann, ben = await self.open("/ws/chat/hall/"), await self.open("/ws/chat/hall/")
        await ben.close()
        await ann.send(json.dumps({"message": "still here"}))
        self.assertEqual(await next_message(ann), "still here")

    # Python's consumer raises an exception and closes with 1011: here the code says whose fault it was.
    async def test_nonsense_closes_that_connection_alone(self):
        ann = await self.open("/ws/chat/cellar/")
        for nonsense in "not json", "{}", "[]", '"hello"', "17":
            fool = await self.open("/ws/chat/cellar/")
            await fool.send(nonsense)
            self.assertEqual(await self.close_code(fool), 1007, nonsense)
        await ann.send(json.dumps({"message": "fine"}))
        self.assertEqual(await next_message(ann), "fine")

    async def test_refuses_before_the_handshake(self):
        await self.assertRefused(404, "/ws/nothing/")
        await self.assertRefused(404, "/ws/chat/a-b/")
        await self.assertRefused(404, "/ws/chat/комната/")  # no group can have that name; Python: 500
        await self.assertRefused(403, "/ws/chat/lobby/", origin="http://elsewhere.example")
        same = await self.open("/ws/chat/lobby/", origin=f"http://127.0.0.1:{self.example.port}")
        self.assertTrue(same.open)


unittest.main(argv=sys.argv[:1], verbosity=2)
