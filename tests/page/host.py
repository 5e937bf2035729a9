# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A parlourd of the test's own."""

import subprocess
from urllib.parse import urlsplit


class Host:
    """Runs parlourd on a free port; `start` after `kill` takes the same port again."""

    def __init__(self, program, engine, *arguments):
        self.program = program
        self.engine = engine
        self.arguments = arguments
        self.port = 0
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--listen", f"127.0.0.1:{self.port}", *self.keeping(), *self.title(),
             "--engine", self.engine, "--log-level", "warning", *self.arguments],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()  # flushed at once; empty if it ended instead
        if not line.startswith("listening on "):
            raise RuntimeError(f"parlourd said {line!r} and not where it listens")
        self.url = line.split()[-1]
        self.port = urlsplit(self.url).port

    def keeping(self):
        return [] if "--data" in self.arguments else ["--ephemeral"]

    def title(self):
        return [] if "--title" in self.arguments else ["--title", "Studio North"]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process.stdout.close()
