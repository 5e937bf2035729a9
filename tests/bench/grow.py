# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Measures how the cost of parlourd grows, and draws it. tests/bench/grow calls it."""

import argparse
import json
import sqlite3
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from compare import allow_many_sockets, chosen, free_cores, machine, make_certificate, measure, take_precedence
from plot import plot
from report import in_words, number, table
from servers import BIN, BUILD, KEPT, REDIS, SHARED, Server, parlourd
from workloads import FIGURES, Workload


@dataclass
class Series:
    """`point(x)` is what is measured there: a server and a workload."""
    name: str
    unit: str  # of x
    points: list
    point: callable
    figures: list = field(default_factory=lambda: ["cpu_us"])


def workload(name, **options):
    return Workload(name, "plain", 0, {"warm-up-ms": 500, "measured-ms": 1000, **options}, [])


HOST = Server("parlourd", parlourd("--plain", *KEPT))


def members(x):
    return HOST, workload(f"{x} members", workload="fan", members=x, window=1)


def rooms(x):
    return HOST, workload(f"{x} rooms", workload="fan", members=1, rooms=x, window=1)


def connections(x):
    return HOST, workload(f"{x} connections", workload="rate", members=10, idle=x - 10, addresses=32,
                          **{"per-second": 200})


def visits(x):
    """People who join a room of parlour.v1 members and leave it; all are told, some at a time. They come from so many
    addresses that the limit of unfinished heads for each turns nobody away."""
    server = Server("parlourd", HOST.command, dialect="parlour")
    return server, workload(f"{x} visitors", workload="handshakes", slots=x, addresses=200)


def history(x, dialect="plain", **options):
    keep = ["--history-count", "0", "--history-days", "0"]
    server = Server("parlourd", parlourd("--plain", *KEPT, *keep), dialect=dialect,
                    prepare=lambda data: fill_history(data, x))
    return server, workload(f"{x} messages kept", **options)


def saying(x):
    return history(x, workload="fan", members=1, window=1)


def joining(x):
    return history(x, "parlour", workload="handshakes", slots=1)


def hosts(x):
    server = Server(f"{x} parlourd", parlourd("--plain", *SHARED), hosts=x, needs=[REDIS])
    return server, workload(f"{x} hosts", workload="fan", members=100, window=1)


ALL = [
    Series("members", "members of the room", [10, 30, 100, 300, 1000, 3000, 10000], members),
    Series("rooms", "rooms of one member", [1, 10, 100, 1000, 10000], rooms),
    Series("connections", "connections", [100, 1000, 3000, 10000, 19000], connections,
           ["cpu_us", "bytes_per_connection", "connects_per_second"]),
    Series("visitors", "visitors of a room at a time", [10, 100, 1000, 3000, 10000], visits),
    Series("saying", "messages kept of the room", [1, 1000, 10000, 100000, 1000000], saying),
    Series("joining", "messages kept of the room", [1, 1000, 10000, 100000, 1000000], joining),
    Series("hosts", "hosts that share a room of 100", [1, 2, 3, 4], hosts, ["cpu_us", "helper_us"]),
]


def fill_history(data, count):
    """What a host would have kept, without saying it all."""
    process = subprocess.Popen([*[part.format(port=0, data=data) for part in HOST.command]], stdout=subprocess.PIPE)
    process.stdout.readline()
    process.terminate()
    process.wait()
    with sqlite3.connect(data / "parlour.db") as database:
        log = database.execute("INSERT INTO logs (room, epoch, oldest, newest) VALUES ('r0', 'e-1', 1, ?)",
                               [count]).lastrowid
        database.execute(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
            " INSERT INTO entries (log, number, kind, id, sender, name, time, text, json, origin)"
            " SELECT ?, n, 0, lower(hex(randomblob(16))), 'p-1', 'Ann', unixepoch() * 1000, hex(randomblob(43)), NULL,"
            " '' FROM numbers", [count, log])


def run(series, rounds, certificate, cores):
    """{x: {figure: [of each round]}}"""
    found = defaultdict(lambda: defaultdict(list))
    for _ in range(rounds):
        for x in series.points:
            server, work = series.point(x)
            for name, value in (measure(work, server, cores, certificate) or {}).items():
                found[x][name].append(value)
    return found


def lines(series, found):
    for x, figures in sorted(found.items()):
        for name in series.figures:
            values = [value * FIGURES[name].scale for value in figures.get(name, [])]
            if values:
                yield [series.unit, str(x), FIGURES[name].title,
                       f"{number(median(values))} ({number(min(values))}–{number(max(values))})"]


def draw(series, found, folder):
    for name in series.figures:
        points = [(x, median(figures[name]) * FIGURES[name].scale) for x, figures in sorted(found.items())
                  if figures.get(name)]
        if points:
            suffix = "" if name == "cpu_us" else "-" + name.replace("_", "-")
            (folder / f"{series.name}{suffix}.svg").write_text(plot(series.unit, FIGURES[name].title, points))


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/grow", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--series", action="append", metavar="PART", help="those with this in their name")
    parser.add_argument("--out", default=str(BUILD / "bench" / "growth"), metavar="FOLDER")
    parser.add_argument("--no-build", action="store_true", help="measure what is built")
    options = parser.parse_args()
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    allow_many_sockets()
    take_precedence()
    told = [f"{in_words(machine())}, {options.rounds} rounds: median (least–most)", ""]
    cells = []
    with tempfile.TemporaryDirectory() as keys:
        certificate = make_certificate(keys)
        for series in ALL:
            if chosen(options.series, series.name):
                found = run(series, options.rounds, certificate, free_cores())
                (folder / f"{series.name}.json").write_text(json.dumps(found) + "\n")
                draw(series, found, folder)
                cells += lines(series, found)
                (folder / "table.md").write_text(
                    "\n".join([*told, table(["of", "how many", "figure", "measured"], cells), ""]))
    print((folder / "table.md").read_text())


if __name__ == "__main__":
    main()
