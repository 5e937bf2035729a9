# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Counts the instructions of a host that follows a fixed script, and fails where it takes over a tenth more than
is stored. instructions.py PROGRAM [--store]"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STORED = Path(__file__).resolve().parent / "instructions.json"
TOLERANCE = 0.1


def count(program):
    """{what: instructions for one of it}"""
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={folder}/out", program],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        totals = {}
        for dump in Path(folder).iterdir():
            text = dump.read_text()
            if trigger := re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.MULTILINE):
                totals[trigger[1]] = int(re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE)[1])
    times = {name: int(number) for name, number in re.findall(r"^(.+) (\d+)$", told, re.MULTILINE)}
    return {name: totals[name] // number for name, number in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--store", action="store_true", help="what is counted now is what counts from now on")
    options = parser.parse_args()
    counted = count(options.program)
    if options.store:
        STORED.write_text(json.dumps(counted, indent=2) + "\n")
    stored = json.loads(STORED.read_text())
    if counted.keys() != stored.keys():
        sys.exit(f"Counted: {', '.join(counted)}; stored: {', '.join(stored)}. --store stores the new figures.")
    failed = False
    for name, instructions in counted.items():
        change = instructions / stored[name] - 1
        failed |= change > TOLERANCE
        print(f"{name}: {instructions} instructions, {change:+.1%} on the stored {stored[name]}")
    if failed:
        sys.exit("That is over the limit. Make it cheaper, or, where it is worth that, store the new figures "
                 f"(--store) and say why in the commit: {Path(__file__).name} {options.program} --store")


if __name__ == "__main__":
    main()
