#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# Runs a Python script with a screen, a session bus and accessibility of its own.
# with_desktop.sh SCRIPT ARGS…

set -euo pipefail
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 NO_AT_BRIDGE=0 GTK_MODULES= LC_ALL=C.UTF-8 TZ=UTC
export QT_QPA_PLATFORM=xcb
unset WAYLAND_DISPLAY
exec dbus-run-session -- xvfb-run -a -s "-screen 0 1600x1000x24 -nolisten tcp" /usr/bin/python3 "$@"
