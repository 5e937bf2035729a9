#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# Every text of the sources is in the catalogues, translated, with its places for values.

set -uo pipefail
cd "$(dirname "$0")/../.."
catalogues=resources/i18n
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
cp $catalogues/*.ts "$fresh"
$catalogues/collect "$fresh" || exit 1
failed=0

# unfinished CATALOGUE: "context: source" of what has no translation, or one that has lost or made
# up a %1 or %n.
unfinished() {
  awk '
    function places(text,   found, list) {
      list = ""
      while (match(text, /%L?[1-9n]/)) {
        found = substr(text, RSTART, RLENGTH)
        if (!index(list, found)) list = list found
        text = substr(text, RSTART + RLENGTH)
      }
      return length(list)
    }
    function inner(line) { gsub(/^ *<[^>]*>|<[^>]*>$/, "", line); return line }
    /^    <name>/ { context = inner($0) }
    /<source>/ { source = inner($0) }
    /<translation type="unfinished"/ { print "  " context ": " source; next }
    /<translation>.+<\/translation>|<numerusform>/ {
      if (inner($0) == "" || places(inner($0)) != places(source))
        print "  " context ": " source " -> " inner($0)
    }' "$1"
}

for catalogue in "$fresh"/*.ts; do
  name=$(basename "$catalogue")
  missing=$(unfinished "$catalogue")
  if [[ -n $missing ]]; then
    echo "$catalogues/$name lacks:"
    echo "$missing"
    failed=1
  fi
  if ! diff -q "$catalogue" "$catalogues/$name" >/dev/null; then
    echo "$catalogues/$name is not what the sources say; run $catalogues/collect, then fill it."
    failed=1
  fi
done
exit $failed
