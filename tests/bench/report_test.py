# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""What the report says of figures, and whether the budgets ask for figures that are there."""

import unittest

from report import markdown, short
from servers import all_servers
from workloads import BUDGETS, FIGURES, WORKLOADS

MACHINE = {"processor": "a processor", "cores": 2, "kernel": "6", "load": 0}


def results(*runs):
    """Of runs in their order: round, workload, server, figures."""
    names = ("round", "workload", "server", "figures")
    return {"machine": MACHINE, "when": "today", "rounds": 3, "runs": [dict(zip(names, run)) for run in runs]}


def cpu(number, workload, **servers):
    """One round of a workload: what a delivery took of each server."""
    return [(number, workload, server, {"cpu_us": figure}) for server, figure in servers.items()]


def lines(text, start):
    """The cells of the lines whose first cell begins so."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return [line for line in cells if line[0].startswith(start)]


class Budgets(unittest.TestCase):
    def verdicts(self, start, *runs):
        return lines(markdown(results(*runs)).split("| budget |")[1], start)

    def test_the_whole_chat_beside_the_tutorial(self):
        runs = [*cpu(0, "fan-out 10", parlourd=3, tutorial=2), *cpu(0, "fan-out 100", parlourd=8, tutorial=5)]
        self.assertEqual(self.verdicts("whole chat / tutorial", *runs),
                         [["whole chat / tutorial, fan-out 10", "processor, µs each", "≤ 1.5 times tutorial", "1.5",
                           "met"],
                          ["whole chat / tutorial, fan-out 100", "processor, µs each", "≤ 1.5 times tutorial", "1.6",
                           "**missed**"]])

    def test_what_failed_to_be_measured_is_said(self):
        runs = [*cpu(0, "fan-out 10", parlourd=3, tutorial=2), *cpu(0, "fan-out 100", parlourd=8)]
        self.assertEqual([line[3:] for line in self.verdicts("whole chat / tutorial", *runs)],
                         [["1.5", "met"], ["–", "**not measured**"]])

    def test_servers_that_took_no_part_are_left_out(self):
        self.assertEqual(self.verdicts("", *cpu(0, "fan-out 10", parlourd=3))[2:], [])

    def test_a_limit_of_its_own_is_in_the_unit_of_its_figure(self):
        run = (0, "engine alone, 10,000 idle", "parlourd echo", {"bytes_per_connection": 1000})
        self.assertEqual(self.verdicts("engine alone", run),
                         [["engine alone, 10,000 idle", "memory a connection, kB", "≤ 1.02", "1", "met"],
                          ["engine alone, 10,000 idle", "processor while idle, %", "≤ 2", "–", "**not measured**"]])

    def test_a_slow_round_was_slow_for_both(self):
        """The median of the ratios, not the ratio of the medians."""
        runs = [*cpu(0, "echo 100", parlourd=2, tutorial=1), *cpu(1, "echo 100", parlourd=30, tutorial=30),
                *cpu(2, "echo 100", parlourd=4, tutorial=4)]
        self.assertEqual(self.verdicts("whole chat / tutorial", *runs)[0][3], "1")

    def test_they_ask_for_what_is_measured(self):
        workloads = {workload.name: workload for workload in WORKLOADS}
        self.assertEqual(len(workloads), len(WORKLOADS))
        ours = {server.name for server in all_servers()} | {"uws"}
        for budget in BUDGETS:
            self.assertIn(budget.server, ours)
            self.assertIn(budget.against, ours | {""})
            for name in budget.workloads:
                self.assertIn(budget.figure, workloads[name].figures, name)
        for workload in WORKLOADS:
            self.assertLessEqual(set(workload.figures), FIGURES.keys(), workload.name)


class Tables(unittest.TestCase):
    def test_the_ratio_is_to_the_first_server_of_the_row(self):
        """Even where it failed in the first round."""
        runs = [*cpu(0, "fan-out 10", parlourd=1), *cpu(0, "fan-out 100", tutorial=4),
                *cpu(1, "fan-out 100", parlourd=2, tutorial=5)]
        self.assertEqual(lines(markdown(results(*runs)), "fan-out 100")[0][2:], ["2", "4.5 (4–5) **×2.5**"])

    def test_a_great_ratio_is_a_plain_number(self):
        text = markdown(results(*cpu(0, "fan-out 1000", parlourd=1, daphne=271)))
        self.assertEqual(lines(text, "fan-out 1000")[0][2:], ["1", "271 **×271**"])

    def test_in_short(self):
        text = short(results(*cpu(0, "fan-out 100", parlourd=2, ws=3, daphne=100)))
        self.assertEqual(lines(text, "one to 100")[0][1:], ["1", "–", "1.5", "–", "–", "50"])


if __name__ == "__main__":
    unittest.main()
