#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# What does not belong into finished code.

set -uo pipefail
cd "$(dirname "$0")/../.."
if grep -rnE '\b(TODO|FIXME|XXX)\b|^#if 0|\bSIGNAL\(|\bSLOT\(|processEvents|::instance\(\)|\bQEventLoop\b' \
    core server ui app --include='*.h' --include='*.cpp' --exclude-dir=testing; then
  exit 1
fi
