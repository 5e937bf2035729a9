# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# What the project needs from Debian 12, and how it gets it. Sourced by run, test, check and .ci/run.

build_packages=(g++ cmake ninja-build ccache pkg-config
  qt6-base-dev qt6-base-dev-tools qt6-websockets-dev qt6-svg-dev
  qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl-dev
  libsimdjson-dev libsqlite3-dev libboost-dev libssl-dev libhiredis-dev libmsgpack-cxx-dev)
run_packages=(qt6-qpa-plugins libqt6svg6 fonts-inter fonts-jetbrains-mono fonts-noto-core
  qt6-translations-l10n libsqlite3-0)
test_packages=(valgrind xvfb xauth dbus at-spi2-core python3-pyatspi gir1.2-atspi-2.0
  python3-websockets python3-cryptography python3-selenium chromium chromium-driver curl
  redis-server python3-django-channels python3-channels-redis daphne)
lint_packages=(clang-format clang-tidy reuse git)
bench_packages=(nodejs openssl util-linux python3-websockets
  redis-server python3-django-channels python3-channels-redis daphne)
check_packages=(clang clazy gcovr libclang-rt-14-dev)

# need REASON PACKAGE…: installs what is missing, after saying what and why. What was configured without it is
# configured anew by the next build().
packages_came=0
need() {
  local reason=$1 missing=() package
  shift
  if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian system. Parlour needs, $reason, what Debian calls: $*" >&2
    return
  fi
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] \
      || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  local sudo=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      echo "Missing $reason: ${missing[*]}. Install them as root." >&2
      return 1
    }
    sudo=(sudo)
  fi
  echo "Installing $reason: ${missing[*]}" >&2
  "${sudo[@]}" apt-get update -qq >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  packages_came=1
}

# build PRESET [TARGET…]
build() {
  local preset=$1
  shift
  [[ -f build/$preset/build.ninja && $packages_came == 0 ]] || cmake --preset "$preset" >&2
  cmake --build --preset "$preset" ${1:+--target "$@"} >&2
}
