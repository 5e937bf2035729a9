# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A parlourd of the test's own."""

import subprocess
import threading
from urllib.parse import urlsplit


class Host:
    """Runs parlourd on a free port; `start` after `kill` takes the same port again.

    `environment`: its own variables. `log`: called with each line that it logs, in a thread of its own.
    """

    def __init__(self, program, engine, *arguments, environment=None, log=None):
        self.program = program
        self.engine = engine
        self.arguments = arguments
        self.environment = environment
        self.log = log
        self.port = 0
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--listen", f"127.0.0.1:{self.port}", *self.keeping(), *self.title(),
             "--engine", self.engine, *self.log_level(), *self.arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE if self.log else None, text=True,
            env=self.environment)
        if self.log:
            threading.Thread(target=self.read_log, args=(self.process.stderr,), daemon=True).start()
        line = self.process.stdout.readline()  # flushed at once; empty if it ended instead
        if not line.startswith("listening on "):
            raise RuntimeError(f"parlourd said {line!r} and not where it listens")
        self.url = line.split()[-1]
        self.port = urlsplit(self.url).port

    def read_log(self, lines):
        with lines:
            for line in lines:
                self.log(line)

    def keeping(self):
        return [] if "--data" in self.arguments else ["--ephemeral"]

    def title(self):
        return [] if "--title" in self.arguments else ["--title", "Studio North"]

    def log_level(self):
        return [] if "--log-level" in self.arguments else ["--log-level", "warning"]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process.stdout.close()
