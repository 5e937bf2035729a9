# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The app's client library, in a process that can be killed."""

import asyncio
import json
import subprocess


class App:
    """Runs app_client; `start` after `kill` takes the same folder again."""

    def __init__(self, program, folder, port, name, count):
        self.command = [program, f"127.0.0.1:{port}", folder, name, str(count)]
        self.name = name
        self.count = count
        self.sent = set()  # ids that the host has taken, as the app was told
        self.gaps = 0
        self.faults = []
        self.log = None
        self.idle = None
        self.last_epoch = ""
        self.reading = None

    async def start(self):
        self.log = None
        self.process = await asyncio.create_subprocess_exec(*self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.reading = asyncio.create_task(self.read())

    async def read(self):
        lines = []
        while line := (await self.process.stdout.readline()).decode():
            kind, _, rest = line.rstrip("\n").partition(" ")
            if not line.endswith("\n"):
                break  # killed within it
            if kind == "sent":
                self.sent.add(rest)
            elif kind == "gap":
                self.gaps += 1
            elif kind == "failed":
                self.faults.append(rest)
            elif kind == "end":
                self.log, lines = lines, []
            elif kind == "idle":
                self.idle = rest == "yes"
            else:
                self.last_epoch, number, id, text, edited, reactions = json.loads(line)
                lines.append((number, id, text, edited, tuple(sorted(tuple(reaction) for reaction in reactions))))

    async def kill(self):
        self.process.kill()
        await self.process.wait()
        await self.reading

    async def is_idle(self):
        """It has said everything, and the host has taken all."""
        self.idle = None
        self.process.stdin.write(b"idle\n")
        while self.idle is None:
            await asyncio.sleep(0.01)
        return self.idle

    async def epoch(self):
        await self.tell_log()
        return self.last_epoch

    async def tell_log(self):
        self.log = None
        self.process.stdin.write(b"log\n")
        while self.log is None:
            await asyncio.sleep(0.01)
        return self.log
