# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Results as a Markdown table: report.py RESULTS.json prints it; with --short what the README shows."""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from statistics import median

from workloads import BUDGETS, FIGURES, WORKLOADS

BUSY = 0.95  # of the clients' core


def by_cell(results):
    """{workload: {server: {round: figures}}}, in the order of the runs."""
    cells = defaultdict(lambda: defaultdict(dict))
    for run in results["runs"]:
        cells[run["workload"]][run["server"]][run["round"]] = run["figures"]
    return cells


def values(rounds, figure):
    return [figures[figure] for figures in rounds.values() if figure in figures]


def ratio(rounds, base, figure):
    """Round by round, for what a slow minute did to one it did to the other; nothing where there are none."""
    pairs = [rounds[number][figure] / base[number][figure] for number in rounds
             if number in base and base[number].get(figure) and figure in rounds[number]]
    return median(pairs) if pairs else None


def number(value):
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def times(value):
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def cell(rounds, base, figure):
    found = values(rounds, figure)
    if not found:
        return "–"
    scale = FIGURES[figure].scale
    text = number(median(found) * scale)
    if len(found) > 1:
        text += f" ({number(min(found) * scale)}–{number(max(found) * scale)})"
    to_base = None if base is rounds else ratio(rounds, base, figure)
    return text if to_base is None else f"{text} **×{times(to_base)}**"


def rows(cells, servers):
    for workload in WORKLOADS:
        tried = cells.get(workload.name)
        if not tried:
            continue
        base = next(tried[server] for server in servers if server in tried)
        for figure in workload.figures:
            yield [workload.name, FIGURES[figure].title,
                   *(cell(tried[server], base, figure) if server in tried else "–" for server in servers)]


def against_budget(cells, budget, workload):
    """What is held against the limit, in its unit; nothing where it was not measured."""
    ours = cells[workload].get(budget.server, {})
    if budget.against:
        return ratio(ours, cells[workload].get(budget.against, {}), budget.figure)
    measured = values(ours, budget.figure)
    return median(measured) * FIGURES[budget.figure].scale if measured else None


def verdicts(cells, servers):
    """Of those whose workload was tried, with servers that took part; one without a figure shows as well."""
    for budget in BUDGETS:
        if budget.server not in servers or budget.against not in ("", *servers):
            continue
        for workload in budget.workloads:
            if workload not in cells:
                continue
            title = f"{budget.title}, {workload}" if budget.title else workload
            limit = f"≤ {number(budget.limit)}" + (f" times {budget.against}" if budget.against else "")
            found = against_budget(cells, budget, workload)
            if found is None:
                told = ["–", "**not measured**"]
            else:
                told = [number(found), "met" if found <= budget.limit else "**missed**"]
            yield [title, FIGURES[budget.figure].title, limit, *told]


def in_words(machine):
    return (f"{machine['processor']}, {machine['cores']} cores, Linux {machine['kernel']},"
            f" load {machine['load']:.1f} before")


def busy_clients(cells):
    """Where the clients had no time left: what is said of rates and latencies there is theirs as well."""
    for workload in WORKLOADS:
        if workload.options["workload"] == "rate":
            continue  # they wait for the moment of the next message awake
        names = [server for server, rounds in cells.get(workload.name, {}).items()
                 if median(values(rounds, "generator_busy") or [0]) > BUSY]
        if names:
            yield f"{workload.name} ({', '.join(names)})"


def table(head, lines):
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines])


def markdown(results):
    cells = by_cell(results)
    found = {server for tried in cells.values() for server in tried}
    servers = sorted(found, key=[run["server"] for run in results["runs"]].index)
    busy = list(busy_clients(cells))
    return "\n".join([
        f"{in_words(results['machine'])}, {results['when']}, {results['rounds']} rounds: median (least–most)"
        " **×** ratio to the first server of the row.", "",
        table(["workload", "figure", *servers], rows(cells, servers)), "",
        *([f"The clients' core was full, so that rates and latencies are theirs as well: {'; '.join(busy)}.", ""]
          if busy else []),
        table(["budget", "figure", "limit", "measured", ""], verdicts(cells, servers)), ""])


SHORT = {"one to 100, eight messages on their way": ("fan-out 100", "cpu_us"),
         "one to 100, one message at a time": ("fan-out 100, window 1", "cpu_us"),
         "a message and its echo": ("echo 100", "cpu_us"),
         "come and leave": ("connect and leave", "cpu_us"),
         "memory of an idle client": ("10 beside 1,000 idle", "bytes_per_connection")}
PEERS = ["parlourd", "parlourd no log", "ws", "socket.io", "websockets", "daphne"]


def short(results):
    """What others take, as multiples of what parlourd takes."""
    cells = by_cell(results)

    def of_ours(tried, peer):
        found = ratio(tried.get(peer, {}), tried.get("parlourd", {}), figure)
        return "–" if found is None else times(found)

    lines = []
    for title, (workload, figure) in SHORT.items():
        if tried := cells.get(workload):
            lines.append([title, *(of_ours(tried, peer) for peer in PEERS)])
    return table(["", *PEERS], lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    print((short if options.short else markdown)(json.loads(Path(options.results).read_text())))
