#!/usr/bin/env bash
# Print the first Python on this machine that is new enough (3.11 or later); say what to do when there is none.
set -euo pipefail
for name in "${PYTHON:-python3.11}" python3.11 python3.12 python3.13 python3 python3.14 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done
echo "Python 3.11 or later is needed. Install it, or name it: make setup PYTHON=/path/to/python3" >&2
exit 1
