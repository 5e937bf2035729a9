#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# Files stay small enough to be read: 300 lines, tests 400; the tutorial's chat 40.

set -uo pipefail
cd "$(dirname "$0")/../.."
failed=0
while IFS= read -r file; do
  limit=300
  [[ $file == tests/* ]] && limit=400
  lines=$(wc -l <"$file")
  ((lines <= limit)) || { echo "$file has $lines lines; $limit are the limit"; failed=1; }
done < <(find core server ui app tests resources/web -name '*.h' -o -name '*.cpp' -o -name '*.js' -o -name '*.py')

# What the README promises of the tutorial's chat.
lines=$(grep -vcE '^\s*(//.*)?$' examples/tutorial/main.cpp)
((lines <= 40)) || { echo "examples/tutorial/main.cpp has $lines lines of code; 40 are the limit"; failed=1; }
exit $failed
