#!/usr/bin/env bash
# Make .venv at the root. Debian parts the venv module from Python, so it is installed when it is missing and can be.
set -euo pipefail
cd "$(dirname "$0")/.."
python="$(scripts/find_python.sh)"
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    scripts/install_packages.sh "python$version-venv"
fi
"$python" -m venv .venv
