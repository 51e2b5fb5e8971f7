#!/usr/bin/env bash
# Install Debian packages, if this is a machine where that can be done: apt is there, and we are root or may use sudo.
set -euo pipefail
if ! command -v apt-get >/dev/null; then
    echo "  cannot install $*: there is no apt on this machine" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "  cannot install $*: neither root nor sudo without a password" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null; }
echo "  installing $*"
install "$@" 2>/dev/null || { "${as_root[@]}" apt-get update -qq && install "$@"; }
