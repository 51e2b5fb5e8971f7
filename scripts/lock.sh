#!/usr/bin/env bash
# Lock the direct requirements (*.in) to exact versions with hashes (*.txt); pass --upgrade to take newer versions.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in base production dev; do
    echo "  $name.in -> $name.txt"
    CUSTOM_COMPILE_COMMAND="make lock" ../.venv/bin/pip-compile --quiet --generate-hashes --strip-extras \
        --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --output-file "$name.txt" "$@" "$name.in"
done
