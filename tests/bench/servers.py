# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The servers that are compared, and how each is started."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build"
BIN = BUILD / "release" / "bin"
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages
PATIENCE = 60  # seconds, for a server to listen

REDIS = "redis"  # what a server may need beside itself


@dataclass
class Server:
    """`command` has places: {port}, {data} (an empty folder), {certificate}, {key}, {redis} (a port)."""
    name: str
    command: list
    does: set = field(default_factory=lambda: {"plain"})  # kinds of workloads
    dialect: str = "plain"
    most: int = 20000  # clients; workloads with more are left out
    hosts: int = 1  # processes that share their rooms
    environment: dict = field(default_factory=dict)
    needs: list = field(default_factory=list)  # paths of programs and modules, REDIS
    prepare: callable = None  # called with the data folder before the server is started

    def missing(self):
        """What it lacks on this machine, or nothing."""
        program = shutil.which(self.command[0])
        lacking = [] if program else [self.command[0]]
        lacking += [need for need in self.needs if need == REDIS and not shutil.which("redis-server")]
        lacking += [str(need) for need in self.needs if need != REDIS and not Path(need).exists()]
        return ", ".join(lacking)


def parlourd(*options):
    return [str(BIN / "parlourd"), "--listen", "127.0.0.1:{port}", "--title", "Bench", "--rate", "0",
            "--log-level", "warning", *options]


KEPT = ["--data", "{data}"]
SHARED = [*KEPT, "--redis", "redis://127.0.0.1:{redis}/0"]
NODE_MODULES = Path(os.environ.get("NODE_PATH", BUILD / "bench/peers/node_modules"))
PACKAGES = Path("/usr/lib/python3/dist-packages")
CERTIFIED = ["{certificate}", "{key}"]
SITE = {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": f"{ROOT / 'tests/interop/site'}:{ROOT / 'tests/page'}"}
IN_MEMORY = {"SITE_BACKEND": "channels.layers.InMemoryChannelLayer", **SITE}
ON_REDIS = {"SITE_BACKEND": "channels_redis.core.RedisChannelLayer",
            "SITE_REDIS": "redis://127.0.0.1:{redis}/0", **SITE}
DAPHNE = [PYTHON, "-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "-v", "0", "asgi:application"]
DJANGO = [PACKAGES / "daphne", PACKAGES / "channels"]


def node(script):
    return ["node", str(HERE / "peers" / script), "{port}"]


def all_servers():
    """Parlour first: the others' ratios are to it."""
    return [
        Server("parlourd", parlourd("--plain", *KEPT), {"plain", "log"}),
        Server("parlourd no log", parlourd("--plain", *KEPT, "--no-history"), {"plain", "log"}),
        Server("parlourd parlour.v1", parlourd("--plain", *KEPT), {"plain"}, dialect="parlour"),
        Server("parlourd echo", parlourd("--plain", "--echo", *KEPT), {"engine"}, dialect="echo"),
        Server("parlourd qt", parlourd("--plain", *KEPT, "--engine", "qt"), most=2000),
        Server("tutorial", [str(BIN / "bench_tutorial"), "{port}"]),
        Server("ws", [*node("ws_chat.js")], needs=[NODE_MODULES / "ws"]),
        Server("socket.io", [*node("socket_io_chat.js")], dialect="socket.io", most=2000,
               needs=[NODE_MODULES / "socket.io"]),
        Server("websockets", [PYTHON, str(HERE / "peers" / "websockets_chat.py"), "{port}"], most=2000,
               needs=[PACKAGES / "websockets"]),
        Server("daphne", DAPHNE, environment=IN_MEMORY, most=1000, needs=DJANGO),
        Server("daphne Redis", DAPHNE, environment=ON_REDIS, most=100,
               needs=[*DJANGO, PACKAGES / "channels_redis", REDIS]),
        Server("parlourd", parlourd("--tls", *KEPT), {"tls"}),
        Server("parlourd echo", parlourd("--tls", "--echo", *KEPT), {"tls engine"}, dialect="echo"),
        Server("parlourd qt", parlourd("--tls", *KEPT, "--engine", "qt"), {"tls"}, most=2000),
        Server("ws", [*node("ws_chat.js"), *CERTIFIED], {"tls"}, needs=[NODE_MODULES / "ws"]),
        Server("2 parlourd", parlourd("--plain", *SHARED), {"shared"}, hosts=2, needs=[REDIS]),
        Server("2 daphne Redis", DAPHNE, {"shared"}, environment=ON_REDIS, hosts=2,
               needs=[*DJANGO, PACKAGES / "channels_redis", REDIS]),
    ]


def further_server(text):
    """NAME=COMMAND; one that has {certificate} in its command is for the workloads over TLS."""
    name, _, command = text.partition("=")
    return Server(name, shlex.split(command), {"tls"} if "{certificate}" in command else {"plain"})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A server that runs on one core, with what it needs. Ends with its block."""

    def __init__(self, server, core, certificate):
        self.server = server
        self.core = core
        self.certificate, self.key = certificate
        self.folder = None
        self.processes = []
        self.redis = []
        self.ports = []

    def __enter__(self):
        BUILD.joinpath("bench").mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(dir=BUILD / "bench", ignore_cleanup_errors=True)
        places = {"certificate": self.certificate, "key": self.key}
        try:
            if REDIS in self.server.needs:
                places["redis"] = free_port()
                self.start(["redis-server", "--port", str(places["redis"]), "--save", "", "--appendonly", "no",
                            "--loglevel", "warning"], {}, places["redis"], self.redis)
            for host in range(self.server.hosts):
                self.start_host(host, places)
        except BaseException:
            self.end()
            raise
        return self

    def start_host(self, host, places):
        port = free_port()
        data = Path(self.folder.name) / f"host-{host}"
        data.mkdir()
        if self.server.prepare:
            self.server.prepare(data)
        filled = {**places, "port": port, "data": data}
        command = [part.format(**filled) for part in self.server.command]
        environment = {name: value.format(**filled) for name, value in self.server.environment.items()}
        self.ports.append(port)
        self.start(command, environment, port, self.processes)

    def start(self, command, environment, port, processes):
        """Adds it to those that end with the block, and waits until it listens."""
        with open(Path(self.folder.name) / "errors", "ab") as errors:
            process = subprocess.Popen(["taskset", "--cpu-list", str(self.core), *command], stdout=subprocess.DEVNULL,
                                       stderr=errors, env={**os.environ, **environment}, cwd=self.folder.name,
                                       start_new_session=True)
        processes.append(process)
        deadline = time.monotonic() + PATIENCE
        while not listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.server.name} does not listen: {' '.join(command)}\n{self.errors()}")
            time.sleep(0.02)

    def errors(self):
        return (Path(self.folder.name) / "errors").read_text(errors="replace")[-2000:]

    def __exit__(self, *_):
        self.end()

    def end(self):
        for process in [*self.processes, *self.redis]:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.folder.cleanup()


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False
