#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# Who may know whom (docs: the table in CONTRIBUTING.md): what the linker cannot see, because the
# folders of one include root share it, and Qt's root is always on the path.

set -uo pipefail
cd "$(dirname "$0")/../.."
failed=0

# forbid FOLDER REGEX: no file of FOLDER may include a name that matches.
forbid() {
  local hits
  hits=$(grep -rnE "^#include [<\"]($2)" "$1" --include='*.h' --include='*.cpp') || return 0
  echo "$1 must not know:"
  echo "$hits"
  failed=1
}

gui='QtGui|QtWidgets|QWidget|QApplication|QPainter|QColor|QFont|QIcon|QPixmap|widgets/'
net='QtNetwork|QtWebSockets|QTcp|QSsl|QHost|QWebSocket|QNetwork|sys/socket'
forbid core/channels "$gui|$net|sqlite|chat/|net/|redis/|client/|models/|wiring/"
forbid core/chat "$gui|$net|sqlite|net/|redis/|client/|models/|wiring/"
forbid core/sqlite "$gui|$net|channels/|chat/|net/|redis/|client/|models/|wiring/"
forbid server "$gui|client/|models/|wiring/"
for folder in net tls redis testing; do
  forbid server/$folder 'sqlite|chat/|storage/'
done
forbid server/net 'redis/'
forbid server/storage "$net|net/|tls/|redis/"
forbid server/redis 'net/|tls/'
forbid ui/client "$gui|net/|redis/|models/|wiring/"
forbid ui/models "$gui|$net|net/|redis/|client/|wiring/"
forbid ui/widgets "$net|net/|redis/|client/|wiring/"
forbid app/wiring "$gui|client/|models/"
forbid app/parlourd "$gui|client/|models/"
for folder in core server ui app; do
  forbid $folder '\.\./'
done

# only WORD FILES: no other file includes it.
only() {
  local hits
  hits=$(grep -rlE "^#include <$1>" core server ui app | grep -vE "$2") || return 0
  echo "$1 is included outside its place: $hits"
  failed=1
}
# One place for settings; threads: the server's, the host's storage (which also says who may use it).
only QSettings '^app/wiring/settings\.'
only QThread '^(app/wiring/host_thread|server/storage/(storage_thread|sqlite_database))\.'
exit $failed
