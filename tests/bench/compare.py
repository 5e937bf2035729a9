# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Measures servers beside each other and prints one table. tests/bench/run calls it."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from report import markdown
from servers import BIN, BUILD, Running, all_servers, further_server
from workloads import WORKLOADS

PATIENCE = 300  # seconds, for one measurement


def arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of all measurements (default 5)")
    parser.add_argument("--workloads", action="append", metavar="PART", help="those with this in their name or kind")
    parser.add_argument("--servers", action="append", metavar="PART", help="those with this in their name")
    parser.add_argument("--server", action="append", default=[], metavar="NAME=COMMAND",
                        help="a further server; {port} in the command, for TLS also {certificate} and {key}")
    parser.add_argument("--out", default=str(BUILD / "bench" / "results"), metavar="FILE",
                        help="writes FILE.json and FILE.md (default build/bench/results)")
    parser.add_argument("--no-build", action="store_true", help="measure what is built")
    parser.add_argument("--list", action="store_true", help="say what would be measured, and end")
    return parser.parse_args()


def chosen(parts, *names):
    return not parts or any(part in name for part in parts for name in names)


def plan(options):
    """(workload, its servers) in order; what is missing on this machine is said."""
    further = [further_server(text) for text in options.server]
    present = []
    for server in [server for server in all_servers() if chosen(options.servers, server.name)] + further:
        if missing := server.missing():
            print(f"skipped: {server.name}, for there is no {missing}", file=sys.stderr)
        else:
            present.append(server)
    for workload in WORKLOADS:
        if chosen(options.workloads, workload.name, workload.kind):
            able = [server for server in present if workload.kind in server.does and workload.clients <= server.most]
            yield workload, able


def allow_many_sockets():
    """For this process and those it starts; as many as the system lets it have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(most, 65536), max(most, 65536)))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def take_precedence():
    """What else runs on this machine disturbs less; where the system lets it."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        pass


def free_cores():
    """Of the server and of its clients."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def make_certificate(folder):
    certificate, key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=localhost", "-days", "2", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return str(certificate), str(key)


def load_command(workload, running, core):
    options = {"dialect": running.server.dialect, **workload.options}
    command = ["taskset", "--cpu-list", str(core), str(BIN / "bench_load")]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    for port in running.ports:
        command += ["--port", str(port)]
    for process in running.processes:
        command += ["--pid", str(process.pid)]
    for helper in running.redis:
        command += ["--helper-pid", str(helper.pid)]
    return command


def measure(workload, server, cores, certificate):
    """Its figures; nothing where it failed, which is said."""
    try:
        with Running(server, cores[0], certificate) as running:
            done = subprocess.run(load_command(workload, running, cores[1]), capture_output=True, text=True,
                                  timeout=PATIENCE)
            if done.returncode == 0:
                return json.loads(done.stdout)
            print(f"failed: {server.name}, {workload.name}: {done.stderr[-2000:].strip()}\n{running.errors()}",
                  file=sys.stderr)
    except (RuntimeError, subprocess.TimeoutExpired) as problem:
        print(f"failed: {server.name}, {workload.name}: {problem}", file=sys.stderr)
    return None


def all_runs(options, measurements, cores):
    """Round by round, workload by workload, server by server, so that a slow minute of the machine meets all."""
    with tempfile.TemporaryDirectory() as folder:
        certificate = make_certificate(folder)
        for round_number in range(options.rounds):
            for workload, able in measurements:
                for server in able:
                    print(f"round {round_number + 1}: {workload.name}: {server.name}        ", end="\r",
                          file=sys.stderr)
                    figures = measure(workload, server, cores, certificate)
                    if figures:
                        yield {"round": round_number, "workload": workload.name, "server": server.name,
                               "figures": figures}


def machine():
    model = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return {"processor": model[0] if model else platform.processor(), "cores": os.cpu_count(),
            "kernel": platform.release(), "load": os.getloadavg()[0]}


def main():
    options = arguments()
    measurements = list(plan(options))
    if options.list:
        for workload, able in measurements:
            print(f"{workload.name}: {', '.join(server.name for server in able)}")
        return
    allow_many_sockets()
    take_precedence()
    if len(set(free_cores())) == 1:
        print("There is one core only: server and clients wait for each other, and rates and latencies are those of both.",
              file=sys.stderr)
    results = {"machine": machine(), "when": datetime.now(timezone.utc).isoformat(timespec="minutes"),
               "rounds": options.rounds, "runs": []}
    out = Path(options.out)
    for run in all_runs(options, measurements, free_cores()):
        results["runs"].append(run)
        out.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n")
    table = markdown(results)
    out.with_suffix(".md").write_text(table)
    print(table)


if __name__ == "__main__":
    main()
