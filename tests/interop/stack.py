# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The programs that share a room: a redis-server, a Django site, hosts. Each on a free port of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import redis

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "page"), str(HERE.parent / "examples")]

from host import Host as PlainHost  # noqa: E402
from program import free_port  # noqa: E402

PATIENCE = 60  # seconds, for whatever has to happen; machines are slow now and then
BACKENDS = {"pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer", "core": "channels_redis.core.RedisChannelLayer"}


def until(condition, what, patience=PATIENCE):
    """Waits for it; returns how long that took."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > patience:
            raise AssertionError(f"waited {patience} s for: {what}")
        time.sleep(0.02)
    return time.monotonic() - start


class RedisServer:
    """Keeps nothing on disk. Comes back on its port."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="parlour-redis-")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, socket_timeout=PATIENCE)
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--dir", self.folder.name, "--loglevel", "warning"], stdout=subprocess.DEVNULL)
        until(self.answers, "redis-server to answer")

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError("redis-server ended by itself")
        try:
            return self.client.ping()
        except redis.RedisError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def end(self):
        self.resume()
        self.kill()
        self.folder.cleanup()


class DjangoSite:
    """The tutorial behind daphne."""

    def __init__(self, server, backend, capacity=100, expiry=60):
        self.port = free_port()
        self.environment = {
            **os.environ, "SITE_BACKEND": BACKENDS[backend], "SITE_REDIS": server.url,
            "SITE_CAPACITY": str(capacity), "SITE_EXPIRY": str(expiry), "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": f"{HERE / 'site'}:{HERE.parent / 'page'}", "PYTHONDONTWRITEBYTECODE": "1"}
        self.processes = []
        self.start("daphne", "-b", "127.0.0.1", "-p", str(self.port), "-v", "0", "asgi:application")
        until(self.listens, "daphne to listen")

    def start(self, *command):
        process = subprocess.Popen(["/usr/bin/python3", *module(command)], env=self.environment,
                                   stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def start_worker(self, channel):
        self.start("django", "runworker", channel)

    def send(self, channel, event):
        """What a view or a task of the site would do."""
        script = (f"import asyncio, django; django.setup(); from channels.layers import get_channel_layer; "
                  f"asyncio.run(get_channel_layer().send({channel!r}, {event!r}))")
        subprocess.run(["/usr/bin/python3", "-c", script], env=self.environment, check=True, timeout=PATIENCE)

    def page(self, room):
        return f"http://127.0.0.1:{self.port}/chat/{room}/"

    def socket(self, room):
        return f"ws://127.0.0.1:{self.port}/ws/chat/{room}/"

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait()


def module(command):
    return ["-m", *command]


class Host(PlainHost):
    """A parlourd that shares its rooms."""

    def __init__(self, program, server, backend, *arguments, engine="native"):
        super().__init__(program, engine, "--layer", f"redis-{backend}", "--redis", server.url, *arguments)

    def page(self, room):
        return f"{self.url}chat/{room}/"

    def socket(self, room):
        return f"ws://127.0.0.1:{self.port}/ws/chat/{room}/"

    def end(self):
        self.stop()
