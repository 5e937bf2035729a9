# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The code of a page: its fenced blocks whose first line is a comment with the name of a file."""

import re

BLOCK = re.compile(r"^```(cpp|cmake|html|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"(?://|#|<!--) ([\w./]+)(?: -->)?\n")


def blocks(page):
    """Every block of code as (language, text), in the order of the page."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def files(page):
    """What is to be compiled, by file name. One without a name is a mistake."""
    found = {}
    for language, text in blocks(page):
        if language == "python":
            continue
        name = NAME.match(text)
        if not name or name[1] in found:
            raise ValueError(f"{page}: this block has no name of its own:\n{text}")
        found[name[1]] = text
    return found
