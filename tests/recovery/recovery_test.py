# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Nothing is lost or doubled: recovery_test.py PARLOURD APP_CLIENT [MESSAGES CUTS KILLS SEED]

A program in Python, the app's client library and the page in Chromium write through lines that are cut at random bytes,
and the first two change what they wrote, and react, at random, while hosts, the app and the page are killed and started
again (the page in turns with its tab and with its browser): with one host, and with two over Redis.
"""

import asyncio
import os
import pathlib
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

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
from stack import RedisServer  # noqa: E402

PARLOURD, APP_CLIENT = sys.argv.pop(1), sys.argv.pop(1)
NUMBERS = [int(sys.argv.pop(1)) for _ in range(4)] if sys.argv[1:2] and sys.argv[1].isdigit() else []
MESSAGES, CUTS, KILLS, SEED = NUMBERS if NUMBERS else (300, 30, 2, 1)
EACH = MESSAGES // 3
PATIENCE = 1800  # seconds


class Host:
    """A parlourd with a data folder; comes back on its port."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.arguments = arguments
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [PARLOURD, "--listen", f"127.0.0.1:{self.port}", "--data", self.folder, "--title", "North", "--rate", "0",
             "--log-level", "warning", "--history-count", "0", *self.arguments], stdout=subprocess.PIPE, text=True)
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


def numbers_of(name, log):
    """Of the texts; what was deleted has none."""
    return [int(text.split(" ")[1]) for _, _, text, *_ in log if text and text.startswith(f"{name} ")]


def texts(name):
    return [f"{name} {n} ёж" for n in range(EACH)]


def by_id(log):
    """Each host has its own numbers."""
    return {id: rest for _, id, *rest in log}


def not_deleted(log):
    return {id: rest for id, rest in by_id(log).items() if rest[0] is not None}


def unlike(there, wanted):
    """Of two logs by id what differs, for a whole log is too long to be read."""
    if not isinstance(there, dict):
        return there, wanted
    return tuple({id: log.get(id) for id in sorted(there.keys() | wanted.keys()) if there.get(id) != wanted.get(id)}
                 for log in (there, wanted))


class Journey(unittest.IsolatedAsyncioTestCase):
    """Ann is at the page, Ben at the app, Cat is the program; `hosts` are theirs, in this order."""

    async def begin(self, hosts):
        asyncio.get_running_loop().set_debug(False)
        self.random = random.Random(SEED)
        self.hosts = hosts
        self.relays = [CuttingRelay(host.port, CUTS // 3, SEED + place, most_bytes=MESSAGES * 1200 // max(CUTS, 1))
                       for place, host in enumerate(hosts)]
        for relay in self.relays:
            await relay.start()
        ann, ben, cat = (relay.port for relay in self.relays)
        self.cat = RecoveringClient(lambda: cat, "Cat", texts("Cat"))
        self.run_for_now(self.cat)
        self.ben = App(APP_CLIENT, self.folder(), ben, "Ben", EACH)
        await self.ben.start()
        self.addAsyncCleanup(self.ben.kill)
        self.ann = await asyncio.to_thread(Page, ann, "Ann", EACH)
        self.addCleanup(self.ann.quit)
        await asyncio.to_thread(self.ann.open)

    def host(self, *arguments):
        host = Host(self.folder(), *arguments)
        self.addCleanup(host.kill)
        return host

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="parlour-recovery-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def run_for_now(self, client):
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
            host = self.hosts[kill % len(self.hosts)]
            host.kill()
            await asyncio.sleep(self.random.random())
            host.start()
            await self.ben.kill()
            await self.ben.start()
            await (self.crash_of_the_browser() if kill % 2 else asyncio.to_thread(self.ann.reload))

    # What Ann had typed and the browser had not kept by then, she types again.
    async def crash_of_the_browser(self):
        await asyncio.to_thread(self.ann.crash)
        shown = {id for id, _ in await asyncio.to_thread(self.ann.rows)}
        await until(lambda: shown <= self.cat.log.keys(), "Cat to have what Ann sees")
        await asyncio.to_thread(self.ann.go_on, 1 + max(numbers_of("Ann", self.cat.log.values()), default=-1))

    async def all_is_said(self):
        async with asyncio.timeout(PATIENCE):
            while self.cat.outbox or not await self.ben.is_idle() or not await asyncio.to_thread(self.ann.has_said_all):
                await asyncio.sleep(0.2)

    async def reader_of(self, host, epoch):
        """Somebody who has nothing of its log, and is told all."""
        reader = RecoveringClient(lambda: host.port, "Eve", [])
        reader.position = (epoch, 0)
        self.run_for_now(reader)
        await until(lambda: reader.links and reader.is_live, "the whole log to be told")
        self.assertEqual(reader.faults, [])
        return reader

    def is_as_it_was_said(self, log):
        for name in ("Ann", "Ben", "Cat"):
            numbers = numbers_of(name, log)
            self.assertEqual(numbers, sorted(set(numbers)), name)

    async def sooner_or_later(self, wanted, has, who):
        """Compares until it is so, for the last of it is still on its way."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(100):
                if (there := await has()) == wanted():
                    return
                await asyncio.sleep(0.2)
        self.assertEqual(*unlike(there, wanted()), who)

    async def python_has(self, reader):
        async def has():
            return self.cat.position, list(self.cat.log.values())
        await self.sooner_or_later(lambda: (reader.position, list(reader.log.values())[-len(self.cat.log):]), has, "Cat")
        self.assertEqual((self.cat.faults, self.cat.gaps), ([], 0))
        self.assertLessEqual(set(self.cat.acknowledged), set(reader.log))

    async def app_has(self, reader):
        kept = []

        async def has():
            kept[:] = await self.ben.tell_log()
            return kept
        await self.sooner_or_later(lambda: list(reader.log.values())[-len(kept):], has, "Ben")
        self.assertEqual((self.ben.faults, self.ben.gaps), ([], 0))
        self.assertLessEqual(self.ben.sent, set(reader.log))

    async def page_has(self, reader):
        def wanted():
            return [[id, text] for _, id, text, *_ in list(reader.log.values())[-20:]]

        async def has():
            return (await asyncio.to_thread(self.ann.rows))[-20:]
        await self.sooner_or_later(wanted, has, "Ann")
        everything = list(reader.log)
        for shown in (*self.ann.lives, self.ann.shown()):
            if shown:
                start = everything.index(shown[0])
                self.assertEqual(shown, everything[start:start + len(shown)])

    def tell(self, reader):
        log = list(reader.log.values())
        print(f"{MESSAGES} messages, of which {sum(text is None for _, _, text, *_ in log)} were deleted, "
              f"{sum(edited > 0 for *_, edited, _ in log)} edited and {sum(len(reactions) for *_, reactions in log)} reactions "
              f"are there; {sum(relay.cuts for relay in self.relays)} cuts, {KILLS} kills of a host, the app and the page",
              flush=True)


class OneHost(Journey):
    async def asyncSetUp(self):
        self.only = self.host()
        await self.begin([self.only] * 3)

    async def test_every_log_is_the_hosts(self):
        await self.kills()
        await self.all_is_said()
        reader = await self.reader_of(self.only, self.cat.position[0])
        await self.python_has(reader)
        await self.app_has(reader)
        await self.page_has(reader)
        self.assertEqual(len(reader.log), MESSAGES)
        self.is_as_it_was_said(reader.log.values())
        self.tell(reader)

    async def test_a_wiped_store_is_told(self):
        await until(lambda: len(self.cat.log) >= MESSAGES // 3 and self.ben.sent, "a part of it")
        await asyncio.to_thread(self.ann.browser.until, self.ann.shown, "a part of it on the page")
        self.only.kill()
        self.only.wipe()
        self.only.start()
        await until(lambda: self.cat.gaps and self.ben.gaps, "the gap to be told")
        await asyncio.to_thread(self.ann.browser.until, self.ann.has_told_a_gap, "the gap on the page")
        await self.all_is_said()
        self.assertEqual((self.cat.faults, self.ben.faults), ([], []))


class TwoHosts(Journey):
    """Each numbers what it shows in a log of its own: they hold the same messages, as they are now."""

    async def asyncSetUp(self):
        redis = RedisServer()
        self.addCleanup(redis.end)
        self.north, self.south = (self.host("--redis", redis.url) for _ in range(2))

    async def test_both_hosts_have_everything(self):
        await self.begin([self.north, self.south, self.north])
        await self.kills()
        await self.all_is_said()
        north = await self.reader_of(self.north, self.cat.position[0])
        south = await self.reader_of(self.south, await self.ben.epoch())

        async def in_the_south():
            return not_deleted(south.log.values())
        await self.sooner_or_later(lambda: not_deleted(north.log.values()), in_the_south, "South")
        await self.python_has(north)
        await self.page_has(north)
        await self.app_has(south)
        self.assertEqual(len(north.log.keys() | south.log.keys()), MESSAGES)
        for reader in (north, south):
            self.is_as_it_was_said(reader.log.values())
        self.tell(north)

    async def test_what_nobody_heard_before_a_death_is_had(self):
        """Nobody was in the South's room, so that it had nothing of the North as it died."""
        cat = RecoveringClient(lambda: self.north.port, "Cat", texts("Cat"))
        self.run_for_now(cat)
        await until(lambda: not cat.outbox, "Cat to have said all")
        self.south.kill()
        self.south.start()
        ben = RecoveringClient(lambda: self.south.port, "Ben", ["Ben 0 ёж"])
        self.run_for_now(ben)
        await until(lambda: not_deleted(cat.log.values()) == not_deleted(ben.log.values()), "Ben to have what Cat has")
        self.assertEqual(cat.faults + ben.faults, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
