#!/bin/sh
# Installs, as root on Debian or Ubuntu, what the tests use beside the Python packages.
set -eu
missing=""
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# On Ubuntu chromium is a snap, which a container cannot run: there the browser's tests are skipped.
. /etc/os-release
if [ "$ID" = debian ]; then command -v chromium >/dev/null || missing="$missing chromium"; fi
# The letters of the drawn cards.
ls /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf >/dev/null 2>&1 || missing="$missing fonts-dejavu-core"
python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
  apt-get update -qq
  # shellcheck disable=SC2086 -- the list is ours and is meant to be split
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi
