# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What is measured, and what is asked of the figures."""

from dataclasses import dataclass


@dataclass
class Workload:
    name: str
    kind: str  # which servers do it
    clients: int  # in all
    options: dict  # of bench_load
    figures: list  # what goes into the table: names of FIGURES


@dataclass
class Figure:
    title: str
    scale: float = 1


FIGURES = {
    "cpu_us": Figure("processor, µs each"),
    "first_thread_us": Figure("of it the first thread"),
    "helper_us": Figure("of Redis, µs each"),
    "per_second": Figure("a second, thousands", 1e-3),
    "p50_us": Figure("latency p50, µs"),
    "p99_us": Figure("latency p99, µs"),
    "bytes_per_connection": Figure("memory a connection, kB", 1e-3),
    "connects_per_second": Figure("connects a second, thousands", 1e-3),
    "idle_busy": Figure("processor while idle, %", 100),
    "return_seconds": Figure("all back after, s"),
}

COST = ["cpu_us", "first_thread_us", "per_second"]
LATENESS = ["cpu_us", "first_thread_us", "p50_us", "p99_us"]


def fan(name, kind, members, rooms=1, window=8, **more):
    return Workload(name, kind, members * rooms,
                    {"workload": "fan", "members": members, "rooms": rooms, "window": window, **more}, COST)


def rate(name, kind, members, per_second, figures, **more):
    clients = members + more.get("idle", 0) + more.get("returning", 0)
    return Workload(name, kind, clients, {"workload": "rate", "members": members, "per-second": per_second,
                                          "measured-ms": 1000, **more}, figures)


def handshakes(name, kind):
    return Workload(name, kind, 32, {"workload": "handshakes"}, COST)


PINGED = 30000  # ms: each idle client is pinged once in 25 s
IDLE = ["cpu_us", "p50_us", "p99_us", "bytes_per_connection", "connects_per_second", "idle_busy"]

WORKLOADS = [
    fan("fan-out 10", "plain", 10),
    fan("fan-out 100", "plain", 100),
    fan("fan-out 1000", "plain", 1000),
    fan("fan-out 10, window 1", "plain", 10, window=1),
    fan("fan-out 100, window 1", "plain", 100, window=1),
    fan("fan-out 1000, window 1", "plain", 1000, window=1),
    fan("1000 rooms of 10", "plain", 10, rooms=1000, window=1),
    fan("echo 100", "plain", 1, rooms=100, window=1),
    fan("echo 1000", "plain", 1, rooms=1000, window=1),
    rate("50 a second into 100", "plain", 100, 50, ["cpu_us", "p50_us", "p99_us"]),
    rate("10 beside 10,000 idle", "plain", 10, 500, IDLE, idle=9980),
    rate("10 beside 1,000 idle", "plain", 10, 500, IDLE, idle=980),
    handshakes("connect and leave", "plain"),
    rate("engine alone, 10,000 idle", "engine", 1, 500, ["bytes_per_connection", "idle_busy"], idle=9980,
         **{"idle-ms": PINGED}),
    rate("log on or off, 50 a second into 100", "log", 100, 50, LATENESS),
    rate("log on or off, 300 a second into 100", "log", 100, 300, LATENESS),
    rate("log on or off, 500 a second into 10", "log", 10, 500, LATENESS),
    fan("log on or off, fan-out 100", "log", 100),
    fan("shared over Redis, fan-out 100", "shared", 100),
    fan("shared over Redis, fan-out 100, window 1", "shared", 100, window=1),
    fan("TLS fan-out 100", "tls", 100),
    fan("TLS fan-out 100, window 1", "tls", 100, window=1),
    fan("TLS echo 100", "tls", 1, rooms=100, window=1),
    rate("TLS 10 beside 5,000 idle", "tls", 10, 500, IDLE, idle=4980),
    rate("TLS engine alone, 10,000 idle", "tls engine", 1, 500, ["bytes_per_connection", "idle_busy"], idle=9980,
         **{"idle-ms": PINGED}),
    rate("TLS 10 while 1,000 return", "tls", 10, 500, ["p50_us", "p99_us", "return_seconds"], returning=1000),
    handshakes("TLS connect and leave", "tls"),
]
for workload in WORKLOADS:
    if workload.kind.startswith("tls"):
        workload.options["tls"] = "on"
    if workload.kind == "shared":
        workload.figures = [*COST, "helper_us"]


@dataclass
class Budget:
    """`server` may use at most `limit` times what `against` uses, in each of these workloads; with nothing to
    compare with, at most `limit` (in the figure's table unit)."""
    workloads: list
    figure: str
    limit: float
    server: str = "parlourd"
    against: str = ""
    title: str = ""  # what the report calls it, before the workload's name


FAN_OUT = [f"fan-out {size}{window}" for size in (10, 100, 1000) for window in ("", ", window 1")]
MANY_ROOMS = ["1000 rooms of 10", "echo 100", "echo 1000"]
LOG = [workload.name for workload in WORKLOADS if workload.kind == "log" and "p50_us" in workload.figures]

BUDGETS = [
    Budget([*FAN_OUT, *MANY_ROOMS, "connect and leave"], "cpu_us", 1.0, against="uws"),
    Budget(["10 beside 10,000 idle"], "cpu_us", 1.1, against="uws"),
    Budget(["TLS fan-out 100", "TLS fan-out 100, window 1", "TLS echo 100", "TLS connect and leave",
            "TLS 10 beside 5,000 idle"], "cpu_us", 1.1, against="uws"),
    Budget(["TLS fan-out 100", "TLS echo 100"], "cpu_us", 1 / 3, against="ws"),
    Budget(["TLS fan-out 100, window 1"], "cpu_us", 1 / 1.7, against="ws"),
    Budget(["echo 100", "fan-out 100, window 1"], "cpu_us", 1 / 25, against="daphne"),
    Budget([*FAN_OUT, *MANY_ROOMS], "cpu_us", 1.5, against="tutorial", title="whole chat / tutorial"),
    Budget(["shared over Redis, fan-out 100", "shared over Redis, fan-out 100, window 1"], "cpu_us", 1 / 25,
           "2 parlourd", "2 daphne Redis"),
    Budget(LOG, "p50_us", 1.3, against="parlourd no log"),
    Budget(["engine alone, 10,000 idle"], "bytes_per_connection", 1.024, "parlourd echo"),
    Budget(["10 beside 10,000 idle"], "bytes_per_connection", 4.096),
    Budget(["TLS engine alone, 10,000 idle"], "bytes_per_connection", 15.36, "parlourd echo"),
    Budget(["engine alone, 10,000 idle", "TLS engine alone, 10,000 idle"], "idle_busy", 2, "parlourd echo"),
    Budget(["TLS 10 beside 5,000 idle"], "bytes_per_connection", 18.432),
    Budget(["TLS 10 while 1,000 return"], "p99_us", 50000),
]
