# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""An example program on a free port."""

import socket
import subprocess
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """Runs `command PORT arguments…` and waits until it listens; takes another port where that one was taken
    meanwhile."""

    def __init__(self, command, arguments=(), patience=60):
        deadline = time.monotonic() + patience
        while True:
            self.port = free_port()
            self.process = subprocess.Popen([*command, str(self.port), *arguments])
            if self._listens(deadline):
                return
            self.stop()
            if time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not listen")

    def _listens(self, deadline):
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self.process.poll() is None
            except OSError:
                time.sleep(0.02)
        return False

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=30)
