# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Nothing is lost or doubled: recovery_test.py PARLOURD APP_CLIENT [MESSAGES CUTS KILLS SEED]

A program in Python, the app's client library and the page in Chromium write through a line that is cut at random bytes,
while the host, the app and the page are killed and started again.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import unittest

from app_process import App
from page_client import Page
from recovering import RecoveringClient
from cutting_relay import CuttingRelay

PARLOURD, APP_CLIENT = sys.argv.pop(1), sys.argv.pop(1)
NUMBERS = [int(sys.argv.pop(1)) for _ in range(4)] if sys.argv[1:2] and sys.argv[1].isdigit() else []
MESSAGES, CUTS, KILLS, SEED = NUMBERS if NUMBERS else (300, 30, 2, 1)
EACH = MESSAGES // 3
PATIENCE = 1800  # seconds


class Host:
    """A parlourd with a data folder; comes back on its port."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [PARLOURD, "--listen", f"127.0.0.1:{self.port}", "--data", self.folder, "--title", "North", "--rate", "0",
             "--log-level", "warning", "--history-count", "0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.port = int(line.rstrip("/\n").rsplit(":", 1)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def wipe(self):
        for file in os.listdir(self.folder):
            if file.startswith("parlour.db"):
                os.remove(os.path.join(self.folder, file))


async def until(condition, what):
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.1)
    assert condition(), what


def texts_of(name, log):
    return [text for _, _, _, text in log if text.startswith(f"{name} ")]


def texts(name):
    return [f"{name} {n} ёж" for n in range(EACH)]


class Recovery(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)
        self.random = random.Random(SEED)
        self.host = Host(self.folder())
        self.addCleanup(lambda: self.host.kill())
        self.relay = CuttingRelay(self.host.port, CUTS, SEED, most_bytes=MESSAGES * 1200 // max(CUTS, 1))
        await self.relay.start()
        self.cat = RecoveringClient(lambda: self.relay.port, "Cat", texts("Cat"))
        self.begin(self.cat)
        self.ben = App(APP_CLIENT, self.folder(), self.relay.port, "Ben", EACH)
        await self.ben.start()
        self.addAsyncCleanup(self.ben.kill)
        self.ann = await asyncio.to_thread(Page, self.relay.port, "Ann", EACH)
        self.addCleanup(self.ann.quit)
        await asyncio.to_thread(self.ann.open)

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="parlour-recovery-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def begin(self, client):
        task = asyncio.create_task(client.run())

        async def end():
            client.running = False
            task.cancel()
        self.addAsyncCleanup(end)

    async def kills(self):
        for kill in range(KILLS):
            threshold = (kill + 1) * MESSAGES // (KILLS + 1)
            await until(lambda: len(self.cat.log) >= threshold, "the next kill")
            await asyncio.sleep(self.random.random() / 20)
            self.host.kill()
            self.host.start()
            await asyncio.sleep(self.random.random() / 20)
            await self.ben.kill()
            await self.ben.start()
            await asyncio.to_thread(self.ann.reload)

    async def all_is_said(self):
        def ben_has():  # what was taken while it was killed it was not told
            return EACH in (len(self.ben.sent), len(texts_of("Ben", self.cat.log)))
        async with asyncio.timeout(PATIENCE):
            while self.cat.outbox or not ben_has() or not await asyncio.to_thread(self.ann.has_said_all):
                await asyncio.sleep(0.2)

    async def log_of_host(self, epoch):
        """As it tells it to somebody who has nothing of it."""
        reader = RecoveringClient(lambda: self.host.port, "Eve", [])
        reader.position = (epoch, 0)
        self.begin(reader)
        await until(lambda: reader.links and reader.is_live, "the whole log to be told")
        return reader.log

    async def test_every_log_is_the_hosts(self):
        await self.kills()
        await self.all_is_said()
        log = await self.log_of_host(self.cat.position[0])
        self.assertEqual([number for _, number, _, _ in log], list(range(1, MESSAGES + 1)))
        for name in ("Ann", "Ben", "Cat"):
            self.assertEqual(texts_of(name, log), texts(name))
        await self.python_has(log)
        await self.app_has(log)
        await self.page_has(log)
        print(f"{MESSAGES} messages, {self.relay.cuts} cuts, {KILLS} kills of host, app and page", flush=True)

    async def python_has(self, log):
        await until(lambda: self.cat.position == (log[-1][0], len(log)), "the program to have everything")
        self.assertEqual((self.cat.faults, self.cat.gaps), ([], 0))
        self.assertEqual(self.cat.log, log[-len(self.cat.log):])
        self.assertLessEqual(set(self.cat.acknowledged), set(log))

    async def app_has(self, log):
        async with asyncio.timeout(PATIENCE):
            while (kept := await self.ben.tell_log())[-1][1] < len(log):
                await asyncio.sleep(0.2)
        self.assertEqual((self.ben.faults, self.ben.gaps), ([], 0))
        self.assertEqual(kept, log[-len(kept):])
        self.assertLessEqual(self.ben.sent, {id for _, _, id, _ in log})

    async def page_has(self, log):
        everything = [text for _, _, _, text in log]
        async with asyncio.timeout(PATIENCE):
            while (await asyncio.to_thread(self.ann.shown))[-1:] != everything[-1:]:
                await asyncio.sleep(0.2)
        for shown in (*self.ann.lives, self.ann.shown()):
            if shown:
                start = everything.index(shown[0])
                self.assertEqual(shown, everything[start:start + len(shown)])

    async def test_a_wiped_store_is_told(self):
        await until(lambda: len(self.cat.log) >= MESSAGES // 3 and self.ben.sent, "a part of it")
        await asyncio.to_thread(self.ann.browser.until, self.ann.shown, "a part of it on the page")
        self.host.kill()
        self.host.wipe()
        self.host.start()
        await until(lambda: self.cat.gaps and self.ben.gaps, "the gap to be told")
        await asyncio.to_thread(self.ann.browser.until,
                                lambda: self.ann.browser.run("return !!document.querySelector('.gap')"), "the gap on the page")
        await self.all_is_said()
        self.assertEqual((self.cat.faults, self.ben.faults), ([], []))


if __name__ == "__main__":
    unittest.main(verbosity=2)
