#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""A public header (project_installs in a CMakeLists.txt) includes public ones only."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTALLS = re.compile(r"^project_installs\([^)]*?HEADERS\s([^)]*)\)", re.MULTILINE)
INCLUDES = re.compile(r'^#include "(.*?)"', re.MULTILINE)

# By the name under which they are included: below the include root, which is a top folder.
public = {}
for folder in "core", "server":
    for listing in (ROOT / folder).rglob("CMakeLists.txt"):
        for headers in INSTALLS.findall(listing.read_text(encoding="utf-8")):
            for header in headers.split():
                file = listing.parent / header
                public[str(file.relative_to(ROOT / folder))] = file

complaints = [] if public else ["no public header was found"]
for name, file in sorted(public.items()):
    if not file.is_file():
        complaints.append(f"{name} is to be installed and does not exist")
        continue
    for included in INCLUDES.findall(file.read_text(encoding="utf-8")):
        if included not in public:
            complaints.append(f"{name} is public and includes {included}, which is not: make that public too "
                              "(project_installs), or do without it")
print("\n".join(complaints))
sys.exit(bool(complaints))
